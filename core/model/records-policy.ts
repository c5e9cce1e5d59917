// NetworkPolicies and the selectors they are written with.

import type { ObjectKey } from './keys'
import type { Meta } from './meta'

/** One entry of matchExpressions; an operator that is none of the four known ones is kept as it is written. */
export type LabelRequirement = { readonly key: string; readonly operator: string; readonly values: readonly string[] }

/** A label selector as policies write it. Empty in both: it selects everything. */
export type LabelSelector = {
  readonly labels: ReadonlyMap<string, string>
  readonly expressions: readonly LabelRequirement[]
}

export type IpBlock = { readonly cidr: string; readonly except: readonly string[] }

export type PolicyPeer = {
  readonly podSelector: LabelSelector | undefined
  readonly namespaceSelector: LabelSelector | undefined
  readonly ipBlock: IpBlock | undefined
}

export type PolicyPort = {
  /** TCP where it is not set; another word than the three known ones is kept. */
  readonly protocol: string
  /** Undefined: every port of the protocol. */
  readonly port: number | string | undefined
  readonly endPort: number | undefined
}

/** What a rule lets in or out. Empty lists mean all: all peers, all ports. */
export type PolicyRule = { readonly peers: readonly PolicyPeer[]; readonly ports: readonly PolicyPort[] }

export type NetworkPolicyRecord = Meta & {
  readonly kind: 'NetworkPolicy'
  readonly key: ObjectKey
  readonly namespace: string
  readonly name: string
  readonly podSelector: LabelSelector
  /** As written; empty where it is not set, which means Ingress, and Egress if there are egress rules. */
  readonly policyTypes: readonly string[]
  readonly ingress: readonly PolicyRule[]
  readonly egress: readonly PolicyRule[]
}
