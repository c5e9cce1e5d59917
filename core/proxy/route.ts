// Where a connection to a Service port goes, seen from a node, with a probability and a reason for every endpoint.
// iptables and nftables both give each chosen endpoint 1/n (pkg/proxy/{iptables,nftables}/proxier.go @v1.36.3); rules P25, P26.

import type { EndpointSliceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { EndpointSliceRecord, IpFamily, ServiceRecord } from '../model/records'
import { type LeftOutEndpoint, type ProxyEndpoint, portEndpoints } from './endpoints'
import { portId, type ServicePortFacts, servicePorts, whyNotProxied } from './service-port'
import {
  type Categorized,
  categorizeEndpoints,
  isReady,
  isServingTerminating,
  type NodeTopology,
  type TopologyMode,
} from './topology'
import { type ExternalVerdict, externalVerdict, type InternalVerdict, internalVerdict } from './verdict'
import { whyChosen, whyReachable } from './why'

export type RouteInput = { readonly service: ServiceRecord; readonly slices: readonly EndpointSliceRecord[] }

export type RouteFrom = {
  /** `name/PROTOCOL` of a Service port. */
  readonly port: string
  readonly family: IpFamily
  /** The node the traffic starts on. Without it: what can be routed to from somewhere. */
  readonly node?: { readonly name: string; readonly zone: string | undefined } | undefined
}

export type RoutedEndpoint = {
  /** `ip:port`. */
  readonly key: string
  readonly ip: string
  readonly port: number
  readonly slice: EndpointSliceKey
  readonly index: number
  readonly nodeName: string | undefined
  readonly zone: string | undefined
  readonly chosen: boolean
  readonly probability: number
  readonly reason: Reason
}

export type PortRoute = {
  readonly internal: InternalVerdict
  readonly external: ExternalVerdict
  readonly mode: TopologyMode
  /** Every endpoint of the port once, sorted by key. Chosen and probability are for traffic to the cluster IP. */
  readonly endpoints: readonly RoutedEndpoint[]
  /** Endpoints of the Service's slices that are no endpoint of this port: duplicates, other families, ports without a match. */
  readonly leftOut: readonly LeftOutEndpoint[]
  /** Share of connections that end in another zone; undefined without a source zone. Endpoints without a zone do not count. */
  readonly leavesZone: number | undefined
  /** Share that ends on endpoints whose zone is not known. */
  readonly zoneUnknown: number
  readonly hintReasons: readonly Reason[]
  /** Why kube-proxy has no rules for this port at all; undefined when it has. */
  readonly unserved: Reason | undefined
}

/** The route of one port. A port that kube-proxy does not serve gets verdicts `none` and no endpoints. */
export function routePort({ service, slices }: RouteInput, from: RouteFrom): PortRoute {
  const facts = servicePorts(service, from.family).find((port) => portId(port) === from.port)
  if (!facts) {
    const noPort = { code: 'service-without-port', values: { port: from.port } }
    return unserved(whyNotProxied(service, from.family) ?? noPort)
  }
  const query = { namespace: service.namespace, service: service.name, family: from.family, port: facts }
  const { endpoints, leftOut } = portEndpoints(slices, query)
  const route = from.node
    ? fromNode(endpoints, facts, { name: from.node.name, zone: from.node.zone ?? '' })
    : fromSomewhere(endpoints, facts)
  const share = (belongs: (routed: RoutedEndpoint) => boolean) =>
    route.endpoints.filter(belongs).reduce((sum, { probability }) => sum + probability, 0)
  const zone = from.node?.zone
  return {
    ...route,
    leftOut,
    leavesZone: zone ? share((routed) => !!routed.zone && routed.zone !== zone) : undefined,
    zoneUnknown: share((routed) => !routed.zone),
    unserved: undefined,
  }
}

type Routed = Pick<PortRoute, 'internal' | 'external' | 'mode' | 'endpoints' | 'hintReasons'>

function fromNode(endpoints: readonly ProxyEndpoint[], facts: ServicePortFacts, node: NodeTopology): Routed {
  const lists = categorizeEndpoints(endpoints, facts, node)
  const chosen = new Set(facts.internalLocal ? lists.local : lists.cluster)
  const why = (candidate: ProxyEndpoint) => whyChosen(candidate, chosen.has(candidate), { facts, lists, node })
  return {
    ...verdicts(facts, lists),
    mode: lists.mode,
    endpoints: endpoints.map((candidate) => toRouted(candidate, chosen, why(candidate))),
    hintReasons: facts.internalLocal ? [{ code: 'hints-local-policy', values: {} }] : lists.modeReasons,
  }
}

// Hints and Local policy have no meaning without a source, so every usable endpoint counts alike.
function fromSomewhere(endpoints: readonly ProxyEndpoint[], facts: ServicePortFacts): Routed {
  const ready = endpoints.filter(isReady)
  const usable = ready.length > 0 ? ready : endpoints.filter(isServingTerminating)
  const chosen = new Set(usable)
  const lists = {
    mode: 'none',
    modeReasons: [],
    cluster: usable,
    local: usable,
    reachable: usable,
    any: chosen.size > 0,
  } as const
  const why = (candidate: ProxyEndpoint) => whyReachable(candidate, chosen.has(candidate), ready.length)
  return {
    ...verdicts(facts, lists),
    mode: 'none',
    endpoints: endpoints.map((candidate) => toRouted(candidate, chosen, why(candidate))),
    hintReasons: [],
  }
}

const verdicts = (facts: ServicePortFacts, lists: Categorized) => ({
  internal: internalVerdict(facts, lists),
  external: externalVerdict(facts, lists),
})

function toRouted(candidate: ProxyEndpoint, among: ReadonlySet<ProxyEndpoint>, reason: Reason): RoutedEndpoint {
  const { key, ip, port, slice, index, endpoint } = candidate
  const chosen = among.has(candidate)
  const probability = chosen ? 1 / among.size : 0
  const { nodeName, zone } = endpoint
  return { key, ip, port, slice, index, nodeName, zone, chosen, probability, reason }
}

const unserved = (reason: Reason): PortRoute => ({
  internal: 'none',
  external: 'none',
  mode: 'none',
  endpoints: [],
  leftOut: [],
  leavesZone: undefined,
  zoneUnknown: 0,
  hintReasons: [],
  unserved: reason,
})
