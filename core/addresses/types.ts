// What the page of addresses is told. Plain JSON, as everything that travels: null is "not set", big numbers are decimal texts.

import type { Coverage } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { IpFamily, Kind, Protocol } from '../model/records'

/** What somebody searched for, as it was understood. */
export type Ask =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'address'; readonly ip: string; readonly family: IpFamily; readonly notes: readonly Reason[] }
  | { readonly kind: 'range'; readonly cidr: string; readonly family: IpFamily; readonly notes: readonly Reason[] }
  | { readonly kind: 'refused'; readonly why: Reason }

/** On which of the three planes an address lies; `special` is one that never leaves a host or names no one host. */
export type Plane = 'node' | 'pod' | 'cluster-ip' | 'outside' | 'special' | 'unknown'

/** In which of its fields an object holds an address. */
export type OwnerRole =
  | 'clusterIP'
  | 'externalIP'
  | 'loadBalancerIP'
  | 'podIP'
  | 'hostNetwork'
  | 'endpoint'
  | 'legacyEndpoint'
  | 'InternalIP'
  | 'ExternalIP'
  | 'nodeAddress'
  | 'wayIn'

export type Owner = {
  readonly kind: 'Service' | 'Ingress' | 'Gateway' | 'Pod' | 'Node' | 'EndpointSlice' | 'Endpoints'
  /** '' for nodes. */
  readonly namespace: string
  readonly name: string
  readonly role: OwnerRole
  /** `released`: the object still names the address, but its pod has ended and the address may be given to another. */
  readonly state: 'now' | 'terminating' | 'released'
  /** Services behind which it stands, `namespace/name`. */
  readonly services: readonly string[]
  /** The node of a pod. */
  readonly node: string | null
}

/** Where a range is written down; `inferred`: nowhere that can be read, only the addresses seen in it. */
export type RangeSource = 'service-cidr' | 'pod-cidr' | 'inferred-service' | 'inferred-pod'

/** Part of a Service range: who is given addresses from it first. */
type Band = {
  readonly first: string
  readonly last: string
  readonly size: string
  readonly used: number
}

export type Usage = {
  /** How many addresses may be given out, or, of a pod range, lie in it. */
  readonly size: string
  readonly used: number
  /** Null while not everything that could use it is known. */
  readonly free: string | null
  /** Addresses below are for Services that ask for one, those above for those that do not. Null for pod ranges and small ones. */
  readonly bands: { readonly asked: Band; readonly drawn: Band } | null
  /** Pods of the node whose address lies in none of its ranges: the network plugin gives addresses by itself. */
  readonly outside: number
}

export type RangeFact = {
  readonly cidr: string
  readonly family: IpFamily
  readonly source: RangeSource
  /** Name of the ServiceCIDR or of the node; '' where none is known. */
  readonly object: string
  readonly usage: Usage | null
}

type Departure = { readonly service: string; readonly at: number }

export type AddressAnswer = {
  readonly kind: 'address'
  readonly ip: string
  readonly family: IpFamily
  readonly notes: readonly Reason[]
  readonly plane: Plane
  readonly owners: readonly Owner[]
  readonly ranges: readonly RangeFact[]
  readonly findings: readonly Reason[]
  /** Services it left lately, the newest first. */
  readonly departed: readonly Departure[]
}

export type RangeAnswer = {
  readonly kind: 'range'
  readonly cidr: string
  readonly family: IpFamily
  readonly notes: readonly Reason[]
  readonly first: string
  readonly last: string
  readonly size: string
  /** `contains`: the known range lies in the one asked for; `within`: the other way round. */
  readonly overlaps: readonly (RangeFact & { readonly relation: 'same' | 'contains' | 'within' })[]
  /** How many known ranges overlap it, listed or not. */
  readonly overlapCount: number
  readonly owners: {
    readonly total: number
    readonly counts: Readonly<Record<Owner['kind'], number>>
    readonly rows: readonly (Owner & { readonly ip: string })[]
    /** Where the next page starts; null after the last. */
    readonly next: number | null
  }
  readonly findings: readonly Reason[]
}

export type NodePortUse = {
  readonly port: number
  readonly service: string
  readonly protocol: Protocol
  /** '' for a port without a name. */
  readonly name: string
  /** `health`: healthCheckNodePort, which is taken from the same range. */
  readonly use: 'port' | 'health'
}

export type NodePorts = {
  readonly first: number
  readonly last: number
  /** How the range is known: by the flag of the API server's own pod, by that pod having none, or not at all. */
  readonly source: 'flag' | 'default' | 'assumed'
  readonly size: number
  /** Different numbers in use. */
  readonly used: number
  readonly free: number | null
  /** Ports up to this one are for Services that ask for one; null in a range that has no such band. */
  readonly lastAsked: number | null
  /** Uses outside the range: the API server has another range than is assumed, or had another when it gave them out. */
  readonly outside: readonly NodePortUse[]
  /** Numbers that two Services have. */
  readonly collisions: readonly { readonly port: number; readonly uses: readonly NodePortUse[] }[]
}

/** Services of one ipFamilyPolicy and one list of families. */
export type FamilyGroup = {
  readonly policy: string | null
  readonly families: readonly IpFamily[]
  readonly count: number
  readonly examples: readonly string[]
}

export type FamilyState = {
  /** Families in which the cluster has ranges or addresses. Empty: nothing is known. */
  readonly families: readonly IpFamily[]
  /** Of Services that do not ask; null when it cannot be told. */
  readonly first: IpFamily | null
  readonly groups: readonly FamilyGroup[]
  /** Services of two families of which only one has ready endpoints. */
  readonly half: readonly { readonly service: string; readonly without: IpFamily }[]
  /** Services that would take two families and got one. */
  readonly single: readonly string[]
}

export type AddressOverview = {
  readonly kind: 'overview'
  readonly ranges: readonly RangeFact[]
  readonly nodePorts: NodePorts
  readonly families: FamilyState
  readonly findings: readonly Reason[]
  readonly coverage: Readonly<Record<'Service' | 'Pod' | 'Node' | 'ServiceCIDR', Coverage>>
}

export type AddressPage =
  | AddressOverview
  | AddressAnswer
  | RangeAnswer
  | { readonly kind: 'refused'; readonly why: Reason }

/** What is known beside the records. */
export type Knowledge = {
  /** Some objects or addresses may be hidden from the reader or are not watched: nothing is said to be free. */
  readonly partial: boolean
  readonly departed: readonly { readonly service: string; readonly address: string; readonly at: number }[]
}

export type CoverageKind = Extract<Kind, 'Service' | 'Pod' | 'Node' | 'EndpointSlice'>
