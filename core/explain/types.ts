// What becomes of a connection, as data: the verdict first, then what led to it. Every text is a Reason; commands are data, they
// are meant to be copied.

import type { ProxyModeName } from '../graph/types'
import type { Coverage } from '../model/cluster-view'
import type { EndpointSliceKey, NodeKey, ObjectKey, PodKey, ServiceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { IpFamily, Kind, Protocol } from '../model/records'
import type { PolicyState } from '../policy/types'
import type { Choice } from '../proxy/choice'
import type { Flow } from './flow'

/**
 * forward · drop (the client waits until it times out) · reject (refused at once) · mixed (it depends on the node that a load
 * balancer takes, or on the endpoint, where policies cut some) · answered (an entry answers itself, no endpoint is asked) · none
 * (nothing answers for this address and port) · unknown (it cannot be told from what is known).
 */
export type Verdict = 'forward' | 'drop' | 'reject' | 'mixed' | 'answered' | 'none' | 'unknown'

/** By which of a Service's addresses a connection comes; `pod-ip` and `elsewhere` meet no rule of a Service. */
export type Way = 'cluster-ip' | 'node-port' | 'external-ip' | 'load-balancer-ip' | 'headless' | 'pod-ip' | 'elsewhere'

export type ObjectRef = {
  readonly kind: Kind
  /** `namespace/name` or name. */
  readonly id: string
}

/** A field of an API object, and the value that was read there ('' is "not set"). */
export type FieldRef = ObjectRef & { readonly field: string; readonly value: string }

/**
 * proved: compared with the real proxy's rules and with packets (iptables, nftables) · by-vectors: compared with what the real
 * proxy writes, the kernel part is not run (ipvs) · from-source: read in the source (kernelspace, userspace) · unknown: which
 * proxy works on the node is not known, or it is not kube-proxy; the answer is what kube-proxy would do.
 */
export type Knowledge = {
  readonly how: 'proved' | 'by-vectors' | 'from-source' | 'unknown'
  readonly reason: Reason
}

/** The node whose rules decide. */
export type Decider = {
  readonly node: NodeKey
  readonly zone: string | undefined
  /** `unknown` also where something else does kube-proxy's work. */
  readonly mode: ProxyModeName | 'unknown'
  /** The version that decided, as the node tells it; undefined: today's was taken. */
  readonly version: string | undefined
  readonly knowledge: Knowledge
  readonly verdict: Verdict
  /** Share of connections that come to this node; 1 unless a load balancer chooses. */
  readonly share: number
  /** Answer of the Service's health check node port here; undefined without one. */
  readonly healthCheck: 200 | 503 | undefined
}

export type HopKind =
  | 'entry'
  | 'rule'
  | 'name'
  | 'address'
  | 'load-balancer'
  | 'rules'
  | 'candidates'
  | 'endpoint'
  | 'policy'
  | 'pod'
  | 'node'

/** One step of the way, in order. After one that stops there is no other. */
export type Hop = {
  readonly kind: HopKind
  readonly state: 'passed' | 'stops' | 'unknown'
  readonly title: Reason
  readonly details: readonly Reason[]
  readonly object: ObjectRef | undefined
}

export type ExplainedEndpoint = {
  /** `ip:port`. */
  readonly key: string
  readonly slice: EndpointSliceKey
  /** Place in the slice's list. */
  readonly index: number
  readonly pod: PodKey | undefined
  readonly node: NodeKey | undefined
  readonly zone: string | undefined
  readonly chosen: boolean
  /** Of one new connection; undefined where it depends on a state that cannot be seen (`choice` names it). */
  readonly probability: number | undefined
  readonly reason: Reason
  /** The field that decides it. */
  readonly decidedBy: FieldRef
  /** What NetworkPolicies make of a connection to it; undefined where it is not chosen, or nothing binds either end. */
  readonly policy: EndpointPolicy | undefined
}

export type EndpointPolicy = { readonly state: PolicyState; readonly reason: Reason }

/** What NetworkPolicies make of the connection, over all candidates; the proxy, and so every share, knows nothing of them. */
export type PolicyAnswer = {
  /** `none`: there is nobody to ask about. `mixed`: some are denied, others are not. */
  readonly state: PolicyState | 'mixed' | 'none'
  readonly counts: Readonly<Record<PolicyState, number>>
  /** Why, with how many candidates; denied before unknown before allowed, most first. */
  readonly reasons: readonly (EndpointPolicy & { readonly count: number })[]
  /** Every policy that has to do with what is cut, or that cannot be evaluated, each once, in key order. */
  readonly policies: readonly ObjectKey[]
}

/** Endpoints with one reason's code, in the order of `Explanation.endpoints`; chosen ones first. */
export type EndpointGroup = { readonly chosen: boolean; readonly code: string; readonly count: number }

export type Share = { readonly name: string; readonly share: number }

/** Sums of probabilities; empty and undefined where there are none. */
export type Shares = {
  /** By node name, '' for endpoints that name no node; greatest first. */
  readonly nodes: readonly Share[]
  /** By zone, '' where it is not known; greatest first. */
  readonly zones: readonly Share[]
  /** Of the connections that go anywhere: those that end in another zone than they start in. Undefined without a known start. */
  readonly leavesZone: number | undefined
}

export type SourceAddress = {
  /** What the pod sees as the client's address. `by-endpoint`: only a pod that reaches itself sees the node's. */
  readonly seen: 'client' | 'node' | 'by-endpoint' | 'unknown'
  readonly reason: Reason
}

/** A command that shows the fact; where it is run. It changes nothing. */
export type Command = { readonly where: 'kubectl' | 'node'; readonly text: string }

/** Something the explanation says, what it was read from, and how to see it for oneself. */
export type Claim = {
  readonly claim: Reason
  readonly evidence: readonly FieldRef[]
  readonly command: Command | undefined
}

export type FlowTarget = {
  readonly service: ServiceKey
  /** `name/PROTOCOL` of the Service port. */
  readonly port: string
  readonly protocol: Protocol
  readonly family: IpFamily
  readonly way: Way
  /** The address and port in the packet, `ip:port`. */
  readonly address: string
}

export type Explanation = {
  readonly flow: Flow
  readonly verdict: Verdict
  /** The whole answer in one sentence. */
  readonly sentence: Reason
  readonly knowledge: Knowledge
  /** Undefined when no Service is meant: a pod's own address, or an address of nobody. */
  readonly target: FlowTarget | undefined
  /** One; several behind a load balancer; none where no rules decide. */
  readonly deciders: readonly Decider[]
  readonly hops: readonly Hop[]
  /** Every endpoint of the port once, sorted by key. */
  readonly endpoints: readonly ExplainedEndpoint[]
  readonly groups: readonly EndpointGroup[]
  /** Endpoints of the Service's slices that are none of this port. */
  readonly leftOut: readonly { readonly slice: EndpointSliceKey; readonly index: number; readonly reason: Reason }[]
  readonly choice: Choice
  readonly shares: Shares
  readonly sourceAddress: SourceAddress
  /** Set when the source is itself a candidate. */
  readonly hairpin: Reason | undefined
  readonly openConnections: readonly Reason[]
  readonly networkPolicy: Reason
  readonly policy: PolicyAnswer
  /** Where the version of the deciding proxy made a difference. */
  readonly versions: readonly Reason[]
  /** Kinds that the answer needed and that are not wholly known. */
  readonly notKnown: readonly { readonly kind: Kind; readonly coverage: Exclude<Coverage, 'synced'> }[]
  readonly claims: readonly Claim[]
}
