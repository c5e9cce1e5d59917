// What one node's proxy does with connections to a Service port, by its mode: to the cluster IP, to an external address from
// outside, and to one from a pod or the node itself. Follows pkg/proxy/{iptables,nftables,ipvs,winkernel}/proxier.go @v1.36.3;
// rules P23, P27, P28, P30. userspace is history (removed in 1.26).

import type { ProxyModeName } from '../graph/types'
import type { ProxyEndpoint } from './endpoints'
import type { ServicePortFacts } from './service-port'
import { type Categorized, categorizeEndpoints, isLocal, isReady, type NodeTopology } from './topology'
import { type ExternalVerdict, externalVerdict, type InternalVerdict, internalVerdict } from './verdict'

/** Where a connection goes: the candidates are empty unless it is forwarded. */
export type Decision<Verdict> = {
  readonly verdict: Verdict
  readonly candidates: readonly ProxyEndpoint[]
  /** The candidates are this node's own, by a Local policy. */
  readonly local: boolean
}

export type PortDecision = {
  readonly lists: Categorized
  readonly internal: Decision<InternalVerdict>
  readonly external: Decision<ExternalVerdict>
  /** To an external address, from a pod or the node itself: externalTrafficPolicy Local does not bind them (P30). */
  readonly externalFromInside: Decision<InternalVerdict>
  /** Of the external addresses only those of a load balancer are answered for (kernelspace, P28). */
  readonly onlyLoadBalancer?: boolean
}

export type DecidingNode = NodeTopology & {
  /** `unknown` decides as iptables would: the closest answer there is. */
  readonly mode: ProxyModeName | 'unknown'
}

/** The three decisions of a port on a node. `endpoints` are de-duplicated and sorted. */
export function decidePort(
  endpoints: readonly ProxyEndpoint[],
  facts: ServicePortFacts,
  node: DecidingNode,
): PortDecision {
  if (node.mode === 'kernelspace') return kernelspace(endpoints, facts, node)
  if (node.mode === 'userspace') return userspace(endpoints, facts)
  const lists = categorizeEndpoints(endpoints, facts, node)
  return node.mode === 'ipvs' ? ipvs(facts, lists) : iptables(facts, lists)
}

// iptables and nftables write the same verdicts.
function iptables(facts: ServicePortFacts, lists: Categorized): PortDecision {
  const internal = internalVerdict(facts, lists)
  const external = externalVerdict(facts, lists)
  const inside = external === 'drop-unless-short-circuited' ? 'forward' : external
  const byPolicy = (local: boolean) => ({ local, candidates: local ? lists.local : lists.cluster })
  return {
    lists,
    internal: { verdict: internal, ...only(internal, byPolicy(facts.internalLocal)) },
    external: { verdict: external, ...only(external, byPolicy(facts.externalLocal)) },
    externalFromInside: { verdict: inside, ...only(inside, byPolicy(false)) },
  }
}

// P27: one virtual server per address for everybody; a Local one without local endpoints takes the Cluster list. A server without
// endpoints refuses, also where the Cluster list is empty because the port is not exposed.
function ipvs(facts: ServicePortFacts, lists: Categorized): PortDecision {
  const byPolicy = (asksLocal: boolean) => {
    const candidates = asksLocal && lists.local.length > 0 ? lists.local : lists.cluster
    const local = asksLocal && (candidates === lists.local || candidates.length === 0)
    return { verdict: candidates.length > 0 ? ('forward' as const) : ('reject' as const), local, candidates }
  }
  const external = facts.exposed ? byPolicy(facts.externalLocal) : NO_RULE
  return { lists, internal: byPolicy(facts.internalLocal), external, externalFromInside: external }
}

// P28: no hints are read. Terminating endpoints are used only by ports with a load balancer address, and only if every endpoint
// that is ready or terminating is terminating; if none serves at all, every one is used, but not for node ports and external IPs.
// Without candidates nothing is programmed: the packet goes its way unchanged, and the client waits in vain.
function kernelspace(endpoints: readonly ProxyEndpoint[], facts: ServicePortFacts, node: NodeTopology): PortDecision {
  const here = endpoints.filter((candidate) => isLocal(candidate, node))
  const judged = facts.externalLocal ? here : endpoints
  const asks = facts.vips.length > 0
  const allTerminating =
    asks && judged.every(({ endpoint }) => (!endpoint.ready && !endpoint.terminating) || endpoint.terminating)
  const noneServes = asks && judged.every(({ endpoint }) => !endpoint.serving)
  const usable = endpoints.filter(
    ({ endpoint }) => noneServes || (endpoint.serving && (allTerminating || endpoint.ready)),
  )
  const local = usable.filter((candidate) => isLocal(candidate, node))
  const decide = (asksLocal: boolean) => {
    const candidates = asksLocal ? local : usable
    return { verdict: candidates.length > 0 ? ('forward' as const) : ('drop' as const), local: asksLocal, candidates }
  }
  const external = facts.exposed ? decide(facts.externalLocal) : NO_RULE
  const lists = {
    mode: 'none',
    modeReasons: [],
    cluster: usable,
    local,
    reachable: usable,
    any: usable.length > 0,
  } as const
  const onlyLoadBalancer = allTerminating || noneServes
  return { lists, internal: decide(facts.internalLocal), external, externalFromInside: external, onlyLoadBalancer }
}

function userspace(endpoints: readonly ProxyEndpoint[], facts: ServicePortFacts): PortDecision {
  const ready = endpoints.filter(isReady)
  const lists = {
    mode: 'none',
    modeReasons: [],
    cluster: ready,
    local: [],
    reachable: ready,
    any: ready.length > 0,
  } as const
  const verdict = ready.length > 0 ? ('forward' as const) : ('reject' as const)
  const internal = { verdict, candidates: ready, local: false }
  const external = facts.exposed ? internal : NO_RULE
  return { lists, internal, external, externalFromInside: external }
}

const NO_RULE = { verdict: 'none', candidates: [], local: false } as const

const only = (verdict: string, by: { readonly local: boolean; readonly candidates: readonly ProxyEndpoint[] }) =>
  verdict === 'forward' ? by : { local: by.local, candidates: [] }
