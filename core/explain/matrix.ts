// All sources of a Service port at once: zone by zone, node by node, and who cannot reach it. Rule E13.

import type { ClusterView } from '../model/cluster-view'
import type { PodKey } from '../model/keys'
import { nodeKey } from '../model/keys'
import { podOfEndpoint } from '../model/references'
import { choiceOf } from '../proxy/choice'
import type { ProxyEndpoint } from '../proxy/endpoints'
import { schedulerOf } from '../proxy/proxier'
import { portId, whyNotProxied } from '../proxy/service-port'
import { knowledgeOf } from './knowledge'
import { matrixPolicies } from './matrix-policies'
import type { Matrix, MatrixEndpoint, MatrixGroup, MatrixQuery } from './matrix-types'
import { groupNodes, type NodeGroup } from './node-groups'
import { outcomeAt } from './outcome'
import { PLAIN_SETTINGS } from './settings'
import { addToZones, endpointShares, zoneNames } from './zone-shares'

/** Undefined when there is no such Service. A port without rules has no groups, and says why in `unserved`. */
export function matrix(view: ClusterView, query: MatrixQuery): Matrix | undefined {
  const service = view.service(query.service)
  if (!service) return undefined
  const { port, family } = query
  const missing = service.ports.every((one) => portId(one) !== port)
  const unserved =
    whyNotProxied(service, family) ?? (missing ? { code: 'service-without-port', values: { port } } : undefined)
  const grouped = groupNodes(view, { service, port, family }, unserved ? [] : view.nodes())
  const places = new Map(grouped.endpoints.map((endpoint, at) => [endpoint, at]))
  const groups = grouped.groups.map((group) => toGroup(query, { group, endpoints: grouped.endpoints, places }))
  const endpoints = unserved ? [] : grouped.endpoints.map((endpoint) => toEndpoint(view, endpoint))
  const zones = zoneNames(groups, endpoints)
  return {
    query,
    unserved,
    endpoints,
    groups,
    zones,
    ...addToZones(groups, endpoints, zones),
    endpointShares: endpointShares(groups, endpoints.length),
    cut: groups.flatMap(({ verdict }, at) => (verdict === 'forward' ? [] : [at])),
    policies: matrixPolicies(view, query.service, endpoints),
  }
}

type Of = {
  readonly group: NodeGroup
  readonly endpoints: readonly ProxyEndpoint[]
  readonly places: ReadonlyMap<ProxyEndpoint, number>
}

function toGroup({ family, from }: MatrixQuery, { group, endpoints, places }: Of): MatrixGroup {
  const [record] = group.nodes
  if (!record) throw new Error('a group has a node')
  const inside = from === 'inside'
  const start = {
    kind: inside ? ('node' as const) : ('outside' as const),
    node: record.key,
    zone: record.zone,
    pod: undefined,
    address: undefined,
  }
  const call = { way: inside ? ('cluster-ip' as const) : ('external-ip' as const), ip: '', family, start, endpoints }
  const { verdict, reason, decision } = outcomeAt(call, { record, decided: group, settings: PLAIN_SETTINGS })
  const candidates = new Uint32Array(decision.candidates.length)
  for (const [at, candidate] of decision.candidates.entries()) candidates[at] = places.get(candidate) ?? 0
  const chooser = { mode: group.node.mode, scheduler: schedulerOf(group.mode) }
  return {
    nodes: group.nodes.map(({ key }) => key),
    zone: record.zone,
    mode: group.node.mode,
    knowledge: knowledgeOf(group.mode, record.name).how,
    replacedBy: group.mode.state === 'replaced' ? group.mode.by : undefined,
    verdict,
    reason,
    candidates,
    probability: choiceOf(chooser, candidates.length, 0).probability,
  }
}

function toEndpoint(view: ClusterView, { key, slice, endpoint }: ProxyEndpoint): MatrixEndpoint {
  const record = view.slice(slice)
  const pod: PodKey | undefined = record && podOfEndpoint(record, endpoint)
  const { nodeName, zone } = endpoint
  return { key, pod, node: nodeName === undefined ? undefined : nodeKey(nodeName), zone }
}
