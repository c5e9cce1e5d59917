// Every endpoint of the port with its pod, its reason and the field of its slice that decides it.

import { nodeKey, type PodKey, podKey, splitKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { Endpoint } from '../model/records'
import type { ProxyEndpoint } from '../proxy/endpoints'
import type { Judgement } from '../proxy/judge'
import type { EndpointGroup, ExplainedEndpoint, FieldRef, Share, Shares } from './types'

type Shown = (endpoint: Endpoint) => { readonly field: string; readonly value: string }

const condition = (name: 'ready' | 'serving' | 'terminating'): Shown => {
  const field = `conditions.${name}`
  return (endpoint) => ({ field, value: endpoint.absentConditions.includes(name) ? '' : String(endpoint[name]) })
}
const byNode: Shown = ({ nodeName }) => ({ field: 'nodeName', value: nodeName ?? '' })
const byZoneHint: Shown = ({ hintZones }) => ({ field: 'hints.forZones', value: hintZones.join(', ') })
const byNodeHint: Shown = ({ hintNodes }) => ({ field: 'hints.forNodes', value: hintNodes.join(', ') })

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

/** In the order given. `judge` is told the place in the list too. */
export function explainEndpoints(
  endpoints: readonly ProxyEndpoint[],
  judge: (candidate: ProxyEndpoint, at: number) => Judgement,
): readonly ExplainedEndpoint[] {
  return endpoints.map((candidate, at) => {
    const { key, slice, index, endpoint } = candidate
    const { chosen, probability, reason } = judge(candidate, at)
    const { field, value } = (DECIDING.get(reason.code) ?? byReadiness)(endpoint)
    const decidedBy: FieldRef = { kind: 'EndpointSlice', id: slice, field: `endpoints[${index}].${field}`, value }
    const node = endpoint.nodeName === undefined ? undefined : nodeKey(endpoint.nodeName)
    const pod = podOf(candidate)
    return {
      key,
      slice,
      index,
      pod,
      node,
      zone: endpoint.zone,
      chosen,
      probability,
      reason,
      decidedBy,
      policy: undefined,
    }
  })
}

// A reference without a namespace means the slice's own.
function podOf({ slice, endpoint: { targetRef } }: ProxyEndpoint): PodKey | undefined {
  if (targetRef === undefined || targetRef.kind !== 'Pod') return undefined
  return podKey(targetRef.namespace || splitKey(slice).namespace, targetRef.name)
}

/** The different target ports of endpoints, ascending. */
export const portsOf = (endpoints: readonly ProxyEndpoint[]): readonly number[] =>
  [...new Set(endpoints.map(({ port }) => port))].sort((a, b) => a - b)

/** One group per outcome and reason, the chosen first, then as they come. */
export function groupEndpoints(endpoints: readonly ExplainedEndpoint[]): readonly EndpointGroup[] {
  const counts = new Map<Reason, { readonly chosen: boolean; count: number }>()
  for (const { chosen, reason } of endpoints) {
    const same = counts.get(reason)
    if (same) same.count += 1
    else counts.set(reason, { chosen, count: 1 })
  }
  const groups = new Map<string, EndpointGroup>()
  for (const [{ code }, { chosen, count }] of counts) {
    const id = `${chosen} ${code}`
    groups.set(id, { chosen, code, count: count + (groups.get(id)?.count ?? 0) })
  }
  return [...groups.values()].sort((a, b) => Number(b.chosen) - Number(a.chosen))
}

/** Shares by node and zone. Where one of the candidates has no number there are none, but all or nothing is still known; where one has no zone, nothing is. */
export function sharesOf(endpoints: readonly ExplainedEndpoint[], fromZone: string | undefined): Shares {
  const chosen = endpoints.filter((one) => one.chosen)
  const leaving = chosen.filter(({ zone }) => !!zone && zone !== fromZone)
  const isKnown = chosen.every(({ zone }) => !!zone)
  const total = sum(chosen)
  const some = chosen.length > 0 && fromZone !== undefined
  const allOrNone = leaving.length === 0 ? 0 : leaving.length === chosen.length ? 1 : undefined
  const part = total ? (sum(leaving) ?? 0) / total : undefined
  return {
    nodes: total === undefined ? [] : by(chosen, ({ node }) => node ?? ''),
    zones: total === undefined ? [] : by(chosen, ({ zone }) => zone ?? ''),
    leavesZone: some && isKnown ? (allOrNone ?? part) : undefined,
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
  for (const one of list) {
    const name = nameOf(one)
    shares.set(name, (shares.get(name) ?? 0) + (one.probability ?? 0))
  }
  return [...shares]
    .map(([name, share]) => ({ name, share }))
    .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
}
