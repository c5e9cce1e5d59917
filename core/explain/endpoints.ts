// Every endpoint of the port with its pod, its reason and the field of its slice that decides it.

import type { ClusterView } from '../model/cluster-view'
import type { EndpointSliceKey } from '../model/keys'
import { nodeKey } from '../model/keys'
import type { Endpoint, EndpointSliceRecord } from '../model/records'
import { podOfEndpoint } from '../model/references'
import type { RoutedEndpoint } from '../proxy/route'
import type { EndpointGroup, ExplainedEndpoint, FieldRef, Share, Shares } from './types'

type Shown = (
  routed: RoutedEndpoint,
  endpoint: Endpoint | undefined,
) => { readonly field: string; readonly value: string }

const condition =
  (name: 'ready' | 'serving' | 'terminating') => (_: RoutedEndpoint, endpoint: Endpoint | undefined) => ({
    field: `conditions.${name}`,
    value: endpoint === undefined || endpoint.absentConditions.includes(name) ? '' : String(endpoint[name]),
  })
const byNode: Shown = ({ nodeName }) => ({ field: 'nodeName', value: nodeName ?? '' })
const byZoneHint: Shown = (_, endpoint) => ({ field: 'hints.forZones', value: endpoint?.hintZones.join(', ') ?? '' })
const byNodeHint: Shown = (_, endpoint) => ({ field: 'hints.forNodes', value: endpoint?.hintNodes.join(', ') ?? '' })

const DECIDING: ReadonlyMap<string, Shown> = new Map<string, Shown>([
  ['endpoint-local', byNode],
  ['endpoint-not-local', byNode],
  ['endpoint-without-node', byNode],
  ['endpoint-local-last-resort', condition('terminating')],
  ['endpoint-last-resort', condition('terminating')],
  ['endpoint-terminating-others-ready', condition('terminating')],
  ['endpoint-terminating-never-used', condition('terminating')],
  ['endpoint-terminating-not-serving', condition('serving')],
  ['endpoint-not-serving', condition('serving')],
  ['endpoint-none-serves', condition('serving')],
  ['endpoint-same-zone', byZoneHint],
  ['endpoint-hinted-other-zone', byZoneHint],
  ['endpoint-same-node', byNodeHint],
  ['endpoint-hinted-other-node', byNodeHint],
])
const byReadiness = condition('ready')

export function explainEndpoints(view: ClusterView, routed: readonly RoutedEndpoint[]): readonly ExplainedEndpoint[] {
  const slices = new Map<EndpointSliceKey, EndpointSliceRecord | undefined>()
  const sliceOf = (key: EndpointSliceKey) => {
    if (!slices.has(key)) slices.set(key, view.slice(key))
    return slices.get(key)
  }
  return routed.map((one) => {
    const slice = sliceOf(one.slice)
    const endpoint = slice?.endpoints[one.index]
    const { key, index, zone, chosen, probability, reason } = one
    const { field, value } = (DECIDING.get(reason.code) ?? byReadiness)(one, endpoint)
    const decidedBy: FieldRef = { kind: 'EndpointSlice', id: one.slice, field: `endpoints[${index}].${field}`, value }
    const pod = slice && endpoint && podOfEndpoint(slice, endpoint)
    const node = one.nodeName === undefined ? undefined : nodeKey(one.nodeName)
    return { key, slice: one.slice, index, pod, node, zone, chosen, probability, reason, decidedBy }
  })
}

/** One group per outcome and reason, the chosen first, then as they come. */
export function groupEndpoints(endpoints: readonly ExplainedEndpoint[]): readonly EndpointGroup[] {
  const groups = new Map<string, { chosen: boolean; code: string; count: number }>()
  for (const { chosen, reason } of endpoints) {
    const id = `${chosen} ${reason.code}`
    const group = groups.get(id)
    if (group) group.count += 1
    else groups.set(id, { chosen, code: reason.code, count: 1 })
  }
  return [...groups.values()].sort((a, b) => Number(b.chosen) - Number(a.chosen))
}

/** Shares by node and zone. Where one of the candidates has no number there are none, but all or nothing is still known. */
export function sharesOf(endpoints: readonly ExplainedEndpoint[], fromZone: string | undefined): Shares {
  const chosen = endpoints.filter((one) => one.chosen)
  const leaving = chosen.filter(({ zone }) => !!zone && zone !== fromZone)
  const total = sum(chosen)
  const some = chosen.length > 0 && fromZone !== undefined
  const allOrNone = leaving.length === 0 ? 0 : leaving.length === chosen.length ? 1 : undefined
  const part = total ? (sum(leaving) ?? 0) / total : undefined
  return {
    nodes: total === undefined ? [] : by(chosen, ({ node }) => node ?? ''),
    zones: total === undefined ? [] : by(chosen, ({ zone }) => zone ?? ''),
    leavesZone: some ? (allOrNone ?? part) : undefined,
  }
}

function sum(list: readonly ExplainedEndpoint[]): number | undefined {
  let total = 0
  for (const { probability } of list) {
    if (probability === undefined) return undefined
    total += probability
  }
  return total
}

function by(list: readonly ExplainedEndpoint[], nameOf: (one: ExplainedEndpoint) => string): readonly Share[] {
  const shares = new Map<string, number>()
  for (const one of list) shares.set(nameOf(one), (shares.get(nameOf(one)) ?? 0) + (one.probability ?? 0))
  return [...shares]
    .map(([name, share]) => ({ name, share }))
    .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
}
