// What lets connections in to a Service, as data. Every text is a Reason.

import type { ServiceKey } from '../model/keys'
import type { Reason } from '../model/reason'

/** An object that lets connections in. */
export type EntryRef = { readonly kind: 'Ingress' | 'HTTPRoute' | 'Gateway'; readonly id: string }

/** A listener that lets a route in, or an address of an Ingress' controller. */
export type Through = {
  readonly gateway: string
  readonly listener: string
  readonly port: number
  readonly protocol: string
}

/** One rule of an Ingress or a route that names the Service. */
export type EntryWay = {
  readonly entry: EntryRef
  /** Place of the rule, for a list that keeps it apart from others. */
  readonly id: string
  /** '' is every host; empty: none is left, or none is known. */
  readonly hosts: readonly string[]
  readonly path: string
  /** `Exact`, `Prefix`, `PathPrefix`, `RegularExpression`, `ImplementationSpecific`; `default` behind every other rule. */
  readonly pathType: string
  /** What else a request must have. */
  readonly conditions: readonly Reason[]
  /** Class of an Ingress; '' without one. */
  readonly className: string
  readonly through: readonly Through[]
  readonly addresses: readonly string[]
  readonly service: ServiceKey
  /** Number or name of the Service's port as the rule writes it; '' without one. */
  readonly port: number | string
  /** Number of the Service port; undefined when there is none. */
  readonly servicePort: number | undefined
  /** As it is written; 1 for an Ingress. */
  readonly weight: number
  /** Of the requests that this rule takes; undefined where the weights say nothing. */
  readonly share: number | undefined
  /** Its share is answered with a redirect: none of it comes to the Service. Rule Y14. */
  readonly redirects: boolean
  /** Whether the connection is encrypted up to the entry. */
  readonly tls: boolean
  /** What keeps it from leading there. */
  readonly broken: readonly Reason[]
  /** What cannot be said, and what is worth knowing. */
  readonly notes: readonly Reason[]
}

/** An address of the Service itself for clients outside. */
export type AddressWay = {
  readonly kind: 'load-balancer' | 'external-ip' | 'node-port'
  /** '' for a node port: every node's. */
  readonly address: string
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[]
  readonly notes: readonly Reason[]
}

export type ServiceEntries = {
  readonly addresses: readonly AddressWay[]
  /** Whole ones first, as their objects sort. */
  readonly ways: readonly EntryWay[]
  /** How many there are; `ways` holds the first of them. */
  readonly count: number
  /** How many of them lead nowhere. */
  readonly broken: number
  /** Kinds that cannot be told of, and why. */
  readonly notKnown: readonly Reason[]
}
