// Zone hints asked for by the annotation topology-mode: as many endpoints per zone as the zone has CPU, or no hints at all
// when a safeguard fails. Follows k8s.io/endpointslice topologycache/{topologycache,sliceinfo,utils}.go @v0.36.3;
// rules S15–S20. Where real code walks a map in random order, zones go by name here.

import type { Reason } from '../model/reason'
import type { EndpointSliceRecord, NodeRecord } from '../model/records'
import { isHintable, withoutHints } from './hints'
import { count, hinter, planMoves } from './move-hints'
import { draftOf, type SliceDraft, type SlicePlan } from './slice-draft'

/** An endpoint may get this much more than its share before hints are given up. */
const OVERLOAD_THRESHOLD = 0.2
const EXCLUDED_LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master']

/** Share of allocatable CPU by zone, in the order of the zones' names; or why there is none. */
export type ZoneRatios =
  | { readonly ok: true; readonly ratios: ReadonlyMap<string, number> }
  | { readonly ok: false; readonly reason: Reason }

type Allocation = { readonly minimum: number; readonly maximum: number; readonly desired: number }

export type Allocations =
  | { readonly ok: true; readonly byZone: ReadonlyMap<string, Allocation> }
  | { readonly ok: false; readonly reason: Reason }

/** Hints written, or removed for a reason. `byZone` counts the hints per zone afterwards. */
export type TopologyHints =
  | { readonly ok: true; readonly plan: SlicePlan; readonly byZone: ReadonlyMap<string, number> }
  | { readonly ok: false; readonly plan: SlicePlan; readonly reason: Reason }

/** S15: control-plane nodes and nodes that are not ready do not count; one counted node without zone or CPU spoils all. */
export function zoneRatios(nodes: Iterable<NodeRecord>): ZoneRatios {
  const cpuByZone = new Map<string, number>()
  const unusable: string[] = []
  for (const node of nodes) {
    if (node.ready !== true || EXCLUDED_LABELS.some((label) => node.labels.has(label))) continue
    if (!node.zone || !node.allocatableCpuMilli) unusable.push(node.name)
    else cpuByZone.set(node.zone, (cpuByZone.get(node.zone) ?? 0) + node.allocatableCpuMilli)
  }
  const [first] = unusable.sort()
  if (first !== undefined) {
    return { ok: false, reason: { code: 'safeguard-node-facts', values: { node: first, nodes: unusable.length } } }
  }
  const [zone] = cpuByZone.keys()
  if (zone === undefined) return { ok: false, reason: { code: 'safeguard-no-node', values: {} } }
  if (cpuByZone.size < 2) return { ok: false, reason: { code: 'safeguard-one-zone', values: { zone } } }
  const total = [...cpuByZone.values()].reduce((sum, cpu) => sum + cpu, 0)
  return { ok: true, ratios: new Map([...cpuByZone].sort(byZoneName).map(([name, cpu]) => [name, cpu / total])) }
}

/** S16, S17: how many endpoints each zone needs at least, at most and ideally, for this many ready ones. */
export function allocate(nodes: ZoneRatios, endpoints: number): Allocations {
  if (!nodes.ok) return nodes
  const zones = nodes.ratios.size
  if (zones > endpoints) {
    return { ok: false, reason: { code: 'safeguard-too-few-endpoints', values: { endpoints, zones } } }
  }
  const minimums = new Map([...nodes.ratios].map(([zone, ratio]) => [zone, minimumFor(ratio * endpoints)]))
  const needed = [...minimums.values()].reduce((sum, minimum) => sum + minimum, 0)
  if (needed > endpoints) {
    return { ok: false, reason: { code: 'safeguard-overload', values: { endpoints, zones, needed } } }
  }
  const byZone = [...nodes.ratios].map(([zone, ratio]) => {
    const minimum = minimums.get(zone) ?? 0
    return [
      zone,
      { minimum, maximum: minimum + endpoints - needed, desired: Math.max(ratio * endpoints, minimum) },
    ] as const
  })
  return { ok: true, byZone: new Map(byZone) }
}

/** Hints for all slices of one family. Slices whose hints still fit stay unwritten (S18). */
export function addTopologyHints(plan: SlicePlan, nodes: ZoneRatios): TopologyHints {
  const drafts = [...plan.create, ...plan.update]
  const ready = [...drafts, ...plan.unchanged].flatMap(({ endpoints }) => endpoints).filter(isHintable).length
  const allocations = allocate(nodes, ready)
  if (!allocations.ok) return { ok: false, plan: withoutHints(plan), reason: allocations.reason }

  const kept = keepFitting(plan.unchanged, allocations.byZone)
  const update = [...plan.update, ...kept.rewrite.map(draftOf)]
  const next = { create: plan.create, update, unchanged: kept.unchanged }
  const hintable = [...plan.create, ...update].flatMap(({ endpoints }) => endpoints).filter(isHintable)
  const unzoned = hintable.filter(({ zone }) => !zone)
  const [first] = unzoned
  if (first) {
    const values = { endpoint: first.addresses[0] ?? '', endpoints: unzoned.length }
    return { ok: false, plan: withoutHints(next), reason: { code: 'safeguard-endpoint-without-zone', values } }
  }

  const byZone = new Map(kept.byZone)
  for (const { zone } of hintable) count(byZone, zone ?? '', 1)
  const hint = hinter(planMoves(allocations.byZone, byZone))
  const hinted = (draft: SliceDraft): SliceDraft => ({
    ...draft,
    endpoints: draft.endpoints.map((endpoint) => {
      if (!isHintable(endpoint)) return endpoint
      const own = endpoint.zone ?? ''
      const zone = hint(own)
      count(byZone, own, -1)
      count(byZone, zone, 1)
      return { ...endpoint, hintZones: [zone], hintNodes: [] }
    }),
  })
  return { ok: true, plan: { ...next, create: plan.create.map(hinted), update: update.map(hinted) }, byZone }
}

/** S20: whether the hints of a Service, per zone, are out of balance for these nodes, so that it must be looked at again. */
export function isOverloaded(byZone: ReadonlyMap<string, number>, nodes: ZoneRatios): boolean {
  if (byZone.size === 0) return false
  if (!nodes.ok) return true
  const total = [...byZone.values()].reduce((sum, hints) => sum + hints, 0)
  return [...nodes.ratios].some(
    ([zone, ratio]) => (byZone.get(zone) ?? 0) < minimumFor(total * ratio) || !byZone.has(zone),
  )
}

const minimumFor = (share: number) => Math.ceil(share * (1 / (1 + OVERLOAD_THRESHOLD)))

const byZoneName = ([a]: readonly [string, number], [b]: readonly [string, number]) => (a < b ? -1 : 1)

// S18: a slice stays if every ready endpoint has hints, all for zones that count, and no zone gets more than its maximum.
function keepFitting(slices: readonly EndpointSliceRecord[], allocations: ReadonlyMap<string, Allocation>) {
  const byZone = new Map<string, number>()
  const unchanged: EndpointSliceRecord[] = []
  const rewrite: EndpointSliceRecord[] = []
  for (const slice of slices) {
    const own = new Map<string, number>()
    const endpoints = slice.endpoints.filter(isHintable)
    for (const zone of endpoints.flatMap(({ hintZones }) => hintZones)) count(own, zone, 1)
    const fits =
      endpoints.every(({ hintZones }) => hintZones.length > 0) &&
      [...own].every(([zone, hints]) => hints + (byZone.get(zone) ?? 0) <= (allocations.get(zone)?.maximum ?? -1))
    if (!fits) rewrite.push(slice)
    else {
      unchanged.push(slice)
      for (const [zone, hints] of own) count(byZone, zone, hints)
    }
  }
  return { byZone, unchanged, rewrite }
}
