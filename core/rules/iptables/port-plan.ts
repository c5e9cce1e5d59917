// What the rules of one Service port depend on, decided once. Follows syncProxyRules in pkg/proxy/iptables/proxier.go @v1.36.3.

import { parseIp } from '../../model/ip'
import type { ServiceRecord } from '../../model/records'
import type { ProxyEndpoint } from '../../proxy/endpoints'
import { portId, type ServicePortFacts } from '../../proxy/service-port'
import type { Categorized } from '../../proxy/topology'
import { servicePortName } from '../names'
import { servedPorts } from '../served-ports'
import type { RuleFact, RuleInput } from '../types'
import { endpointChain, type PortChains, portChains } from './chains'

/** Above this many endpoints kube-proxy prefers few bytes to comments. */
export const LARGE_CLUSTER_ENDPOINTS = 1000

export type PlannedEndpoint = ProxyEndpoint & { readonly chain: string }

export type PortPlan = {
  readonly input: RuleInput
  readonly service: ServiceRecord
  readonly port: ServicePortFacts
  /** `namespace/service:port`, as comments have it. */
  readonly name: string
  /** Lower case, as rules have it. */
  readonly protocol: string
  readonly chains: PortChains
  /** Something is usable somewhere. */
  readonly any: boolean
  readonly cluster: readonly PlannedEndpoint[]
  readonly local: readonly PlannedEndpoint[]
  readonly reachable: readonly PlannedEndpoint[]
  /** Traffic to the cluster IP has somewhere to go. */
  readonly hasInternal: boolean
  /** Traffic from outside has somewhere to go. */
  readonly hasExternal: boolean
  /** Its load balancer addresses are guarded by source ranges. */
  readonly guarded: boolean
  /** Chains of endpoints carry comments: not in a large cluster (R14). */
  readonly comments: boolean
}

/** Plans of every Service port that the node's proxy serves, in the order of the Services and of their ports. */
export function planPorts(input: RuleInput): readonly PortPlan[] {
  const served = input.services.flatMap((entry) =>
    servedPorts(entry, input).map((served) => ({ ...served, service: entry.service })),
  )
  const total = input.totalEndpoints ?? served.reduce((sum, { endpoints }) => sum + endpoints.length, 0)
  const comments = total <= LARGE_CLUSTER_ENDPOINTS
  return served.map(({ service, port, lists }) => ({ ...planPort(service, port, lists), input, comments }))
}

function planPort(
  service: ServiceRecord,
  port: ServicePortFacts,
  lists: Categorized,
): Omit<PortPlan, 'input' | 'comments'> {
  const name = servicePortName(service, port.name)
  const planned = new Map(
    lists.reachable.map((one) => [one.key, { ...one, chain: endpointChain(name, port.protocol, one.key) }]),
  )
  const withChains = (list: readonly ProxyEndpoint[]) => list.flatMap(({ key }) => planned.get(key) ?? [])
  const { any, local } = lists
  return {
    service,
    port,
    name,
    protocol: port.protocol.toLowerCase(),
    chains: portChains(name, port.protocol),
    any,
    cluster: withChains(lists.cluster),
    local: withChains(local),
    reachable: withChains(lists.reachable),
    hasInternal: any && !(port.internalLocal && local.length === 0),
    hasExternal: any && !(port.externalLocal && local.length === 0),
    guarded: any && port.vips.length > 0 && port.sourceRanges.length > 0,
  }
}

/** The field of the Service that a rule comes from; `port` is put before the fields of the Service's port. */
export function serviceFact({ service, port }: PortPlan, field: string): RuleFact {
  // Of two ports with one name and protocol the later one counts.
  const index = service.ports.findLastIndex((own) => portId(own) === portId(port))
  return { kind: 'Service', id: service.key, field: field.replace(/^port\b/, `spec.ports[${index}]`) }
}

/** The entry of a list of the Service that holds an address or range, e.g. `spec.externalIPs[1]`. */
export function entryFact(plan: PortPlan, list: 'externalIPs' | 'vips' | 'sourceRanges', text: string): RuleFact {
  const { service } = plan
  const is = (own: string | undefined) => own !== undefined && (own.trim() === text || parseIp(own)?.text === text)
  if (list === 'externalIPs') return serviceFact(plan, `spec.externalIPs[${service.externalIPs.findIndex(is)}]`)
  if (list === 'sourceRanges') {
    const at = service.loadBalancerSourceRanges.findIndex(is)
    return serviceFact(plan, `spec.loadBalancerSourceRanges${at < 0 ? '' : `[${at}]`}`)
  }
  return serviceFact(
    plan,
    `status.loadBalancer.ingress[${service.loadBalancerIngress.findIndex(({ ip }) => is(ip))}].ip`,
  )
}

export const endpointFact = ({ slice, index }: ProxyEndpoint, field: string): RuleFact => ({
  kind: 'EndpointSlice',
  id: slice,
  field: `endpoints[${index}].${field}`,
})

export const settingFact = (field: string): RuleFact => ({ kind: 'ProxySettings', id: '', field })
