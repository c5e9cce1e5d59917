// Where a connection to a Service's cluster IP goes, seen from a node, with a probability and a reason for every endpoint;
// rules P25–P31.

import type { EndpointSliceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { EndpointSliceRecord, IpFamily, ServiceRecord } from '../model/records'
import { type Choice, choiceOf } from './choice'
import { decidePort } from './decide'
import { type LeftOutEndpoint, type ProxyEndpoint, portEndpoints } from './endpoints'
import { featuresOf } from './features'
import { type Judgement, judgeOf } from './judge'
import { modeNotes } from './mode-notes'
import { decidingNode, type PortInput, type SourceNode, schedulerOf } from './proxier'
import { portId, type ServicePortFacts, servicePorts, whyNotProxied } from './service-port'
import { isReady, isServingTerminating, type TopologyMode } from './topology'
import { type ExternalVerdict, externalVerdict, type InternalVerdict, internalVerdict } from './verdict'
import { versionNotes } from './versions'
import { whyReachable } from './why'

export type RouteInput = { readonly service: ServiceRecord; readonly slices: readonly EndpointSliceRecord[] }

export type RouteFrom = {
  /** `name/PROTOCOL` of a Service port. */
  readonly port: string
  readonly family: IpFamily
  /** The node the traffic starts on, and its proxy. Without it: what can be routed to from somewhere. */
  readonly node?: SourceNode | undefined
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
  /** Undefined where it depends on a state that cannot be seen (PortRoute.choice says which). */
  readonly probability: number | undefined
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
  readonly choice: Choice
  /** Share of connections that end in another zone; undefined without a source zone or a number. Endpoints without a zone do not count. */
  readonly leavesZone: number | undefined
  /** Share that ends on endpoints whose zone is not known; undefined without a number. */
  readonly zoneUnknown: number | undefined
  readonly hintReasons: readonly Reason[]
  /** Where the proxy's mode or version makes the route another one than today's iptables would. */
  readonly notes: readonly Reason[]
  /** Why kube-proxy has no rules for this port at all; undefined when it has. */
  readonly unserved: Reason | undefined
}

/** The route of one port. A port that kube-proxy does not serve gets verdicts `none` and no endpoints. */
export function routePort({ service, slices }: RouteInput, from: RouteFrom): PortRoute {
  const facts = servicePorts(service, from.family, featuresOf(from.node?.version)).find(
    (port) => portId(port) === from.port,
  )
  if (!facts) {
    const noPort = { code: 'service-without-port', values: { port: from.port } }
    return unserved(whyNotProxied(service, from.family) ?? noPort)
  }
  const query = { namespace: service.namespace, service: service.name, family: from.family, port: facts }
  const { endpoints, leftOut } = portEndpoints(slices, query)
  const route = from.node
    ? fromNode({ service, endpoints, facts, family: from.family }, from.node)
    : fromSomewhere(endpoints, facts)
  const zone = from.node?.zone
  return {
    ...route,
    leftOut,
    leavesZone: zone ? shareOf(route, (routed) => !!routed.zone && routed.zone !== zone) : undefined,
    zoneUnknown: shareOf(route, (routed) => !routed.zone),
    unserved: undefined,
  }
}

type Routed = Omit<PortRoute, 'leftOut' | 'leavesZone' | 'zoneUnknown' | 'unserved'>

function fromNode(input: PortInput, source: SourceNode): Routed {
  const { facts, endpoints, service } = input
  const node = decidingNode(source, service)
  const decision = decidePort(endpoints, facts, node)
  const { internal, external, lists } = decision
  const chooser = { mode: node.mode, scheduler: schedulerOf(source.mode) }
  const choice = choiceOf(chooser, internal.candidates.length, facts.affinitySeconds)
  const judge = judgeOf(internal, { decision, node, probability: choice.probability })
  return {
    internal: internal.verdict,
    external: external.verdict,
    mode: lists.mode,
    choice,
    endpoints: endpoints.map((candidate) => toRouted(candidate, judge(candidate))),
    hintReasons: internal.local
      ? [{ code: 'hints-local-policy', values: { policy: 'internalTrafficPolicy' } }]
      : lists.modeReasons,
    notes: [
      ...modeNotes({ asksLocal: facts.internalLocal, chosen: internal, lists }, node),
      ...versionNotes(input, source),
    ],
  }
}

// The one that is not asked for.
const NO_PROXY = { mode: 'unknown', scheduler: null } as const

// Hints and Local policy have no meaning without a source, so every usable endpoint counts alike.
function fromSomewhere(endpoints: readonly ProxyEndpoint[], facts: ServicePortFacts): Routed {
  const ready = endpoints.filter(isReady)
  const usable = ready.length > 0 ? ready : endpoints.filter(isServingTerminating)
  const among = new Set(usable)
  const lists = {
    mode: 'none',
    modeReasons: [],
    cluster: usable,
    local: usable,
    reachable: usable,
    any: among.size > 0,
  } as const
  const choice = choiceOf(NO_PROXY, among.size, facts.affinitySeconds)
  return {
    internal: internalVerdict(facts, lists),
    external: externalVerdict(facts, lists),
    mode: 'none',
    choice,
    endpoints: endpoints.map((candidate) => {
      const chosen = among.has(candidate)
      const reason = whyReachable(candidate, chosen, ready.length)
      return toRouted(candidate, { chosen, probability: chosen ? choice.probability : 0, reason })
    }),
    hintReasons: [],
    notes: [],
  }
}

function toRouted(candidate: ProxyEndpoint, { chosen, probability, reason }: Judgement): RoutedEndpoint {
  const { key, ip, port, slice, index, endpoint } = candidate
  const { nodeName, zone } = endpoint
  return { key, ip, port, slice, index, nodeName, zone, chosen, probability, reason }
}

/** Share of connections that end on endpoints of a sort. Without a number for each it is known only for all or none of them. */
function shareOf(
  { endpoints, choice }: Pick<PortRoute, 'endpoints' | 'choice'>,
  belongs: (routed: RoutedEndpoint) => boolean,
): number | undefined {
  const chosen = endpoints.filter((routed) => routed.chosen)
  const count = chosen.filter(belongs).length
  if (count === 0 || count === chosen.length) return count === 0 ? 0 : 1
  return choice.probability === undefined ? undefined : count * choice.probability
}

const unserved = (reason: Reason): PortRoute => ({
  internal: 'none',
  external: 'none',
  mode: 'none',
  endpoints: [],
  leftOut: [],
  choice: choiceOf(NO_PROXY, 0, 0),
  leavesZone: undefined,
  zoneUnknown: 0,
  hintReasons: [],
  notes: [],
  unserved: reason,
})
