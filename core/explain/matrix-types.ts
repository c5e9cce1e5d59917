// All sources of one Service port at once. Nodes with the same answer stand in one group, numbers in typed arrays: a thousand
// nodes times a thousand endpoints make no million objects.

import type { ProxyModeName } from '../graph/types'
import type { NodeKey, PodKey, ServiceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { IpFamily } from '../model/records'
import type { PodsPolicies } from '../policy/of-pods'
import type { Knowledge, Verdict } from './types'

export type MatrixQuery = {
  readonly service: ServiceKey
  /** `name/PROTOCOL` of the Service port. */
  readonly port: string
  readonly family: IpFamily
  /** `inside`: from pods and nodes to the cluster IP. `outside`: from outside to a node port or external address of each node. */
  readonly from: 'inside' | 'outside'
}

export type MatrixEndpoint = {
  /** `ip:port`. */
  readonly key: string
  readonly pod: PodKey | undefined
  readonly node: NodeKey | undefined
  readonly zone: string | undefined
}

/** Nodes from which a connection has one and the same answer. */
export type MatrixGroup = {
  readonly nodes: readonly NodeKey[]
  /** Undefined: without a zone label. */
  readonly zone: string | undefined
  readonly mode: ProxyModeName | 'unknown'
  readonly knowledge: Knowledge['how']
  /** What does kube-proxy's work on these nodes; undefined where kube-proxy does, or nothing is known. */
  readonly replacedBy: string | undefined
  readonly verdict: Verdict
  /** Why it is that verdict. */
  readonly reason: Reason
  /** Candidates, as places in `endpoints`. */
  readonly candidates: Uint32Array
  /** Of each candidate; undefined where it depends on a state that cannot be seen. */
  readonly probability: number | undefined
}

export type MatrixPolicies = PodsPolicies & {
  /** Endpoints of which it is not known whose they are, so neither is what binds them. */
  readonly unclear: number
}

export type Matrix = {
  readonly query: MatrixQuery
  /** Why there is nothing to show: the port has no rules at all. */
  readonly unserved: Reason | undefined
  readonly endpoints: readonly MatrixEndpoint[]
  readonly groups: readonly MatrixGroup[]
  /** Zones of sources and endpoints, sorted; '' (last) for those without one. */
  readonly zones: readonly string[]
  /** How many nodes each zone has, and how many of them do not forward. */
  readonly zoneNodes: Uint32Array
  readonly zoneCut: Uint32Array
  /** Row by row (from) and column by column (to): share of the connections from a zone that end in a zone, its nodes alike. */
  readonly zoneShares: Float64Array
  /** Nodes whose share is not known as a number (ipvs schedulers that go by state); left out of `zoneShares`. */
  readonly withoutNumber: number
  /** Share of each endpoint when every node that forwards starts equally many connections. */
  readonly endpointShares: Float64Array
  /** Places in `groups` whose verdict is not forward: who cannot reach it. */
  readonly cut: readonly number[]
  /** Who gets in to the endpoints at all, which no share here knows of. */
  readonly policies: MatrixPolicies
}
