// The hinge of the way of the data: every decision function reads a ClusterView. The server's store implements it whole;
// a browser implements it over the parts it has, and says "not loaded" where it cannot know.

import type { EndpointSliceKey, EndpointsKey, NodeKey, PodKey, ServiceKey } from './keys'
import type {
  ConfigMapRecord,
  DaemonSetRecord,
  Endpoint,
  EndpointSliceRecord,
  EndpointsRecord,
  Kind,
  NamespaceRecord,
  NetworkPolicyRecord,
  NodeRecord,
  PodRecord,
  ServiceCIDRRecord,
  ServiceRecord,
} from './records'
import type { EntryKind, EntryOf, HTTPRouteRecord, IngressRecord } from './records-entries'

/** What can be said about a kind: `loading` before its first list, `forbidden` 403, `unserved` when the API has no such resource. */
export type Coverage = 'synced' | 'loading' | 'forbidden' | 'unserved'

/** Who has an address. Several may: a hostNetwork pod shares its node's. */
export type AddressOwner =
  | { readonly kind: 'Service'; readonly key: ServiceKey; readonly via: 'clusterIP' | 'externalIP' | 'loadBalancerIP' }
  | { readonly kind: 'Pod'; readonly key: PodKey }
  | { readonly kind: 'Node'; readonly key: NodeKey }
  | { readonly kind: 'EndpointSlice'; readonly key: EndpointSliceKey }
  | { readonly kind: 'Endpoints'; readonly key: EndpointsKey }

/** One endpoint that names a pod as its target, and the slice it stands in. */
export type PodEndpoint = { readonly slice: EndpointSliceRecord; readonly endpoint: Endpoint }

/** Absent objects give undefined or an empty list; `coverage` tells absent from not known. Iteration is in key order. */
export interface ClusterView {
  /** With a namespace: what is known of the kind there, for readers who may see only some namespaces. */
  coverage(kind: Kind, namespace?: string): Coverage
  service(key: ServiceKey): ServiceRecord | undefined
  services(): Iterable<ServiceRecord>
  slice(key: EndpointSliceKey): EndpointSliceRecord | undefined
  slices(): Iterable<EndpointSliceRecord>
  /** Slices whose service-name label names this Service, sorted by name. */
  slicesOfService(key: ServiceKey): readonly EndpointSliceRecord[]
  node(key: NodeKey): NodeRecord | undefined
  nodes(): Iterable<NodeRecord>
  pod(key: PodKey): PodRecord | undefined
  pods(): Iterable<PodRecord>
  podsOfNode(key: NodeKey): readonly PodRecord[]
  /** Pods of the Service's namespace that its selector matches; empty without a selector. */
  podsOfService(key: ServiceKey): readonly PodRecord[]
  endpoints(key: EndpointsKey): EndpointsRecord | undefined
  namespace(name: string): NamespaceRecord | undefined
  namespaces(): Iterable<NamespaceRecord>
  servicesOfNamespace(name: string): readonly ServiceRecord[]
  slicesOfNamespace(name: string): readonly EndpointSliceRecord[]
  podsOfNamespace(name: string): readonly PodRecord[]
  configMaps(): Iterable<ConfigMapRecord>
  daemonSets(): Iterable<DaemonSetRecord>
  serviceCIDRs(): Iterable<ServiceCIDRRecord>
  networkPoliciesOfNamespace(name: string): readonly NetworkPolicyRecord[]
  /** Services with at least one endpoint on this node. */
  servicesOfNode(key: NodeKey): readonly ServiceKey[]
  /** Services whose slices name this pod as an endpoint's targetRef. */
  servicesOfPod(key: PodKey): readonly ServiceKey[]
  /** Every endpoint whose targetRef names this pod, also in slices of no Service. */
  endpointsOfPod(key: PodKey): readonly PodEndpoint[]
  /** An object of a kind that lets connections in, by `namespace/name` or name. */
  entry<K extends EntryKind>(kind: K, key: string): EntryOf<K> | undefined
  entries<K extends EntryKind>(kind: K): Iterable<EntryOf<K>>
  /** Ingresses and HTTPRoutes with a rule that names this Service, whether or not it is there. */
  entriesOfService(key: ServiceKey): readonly (IngressRecord | HTTPRouteRecord)[]
  /** What the program knows of the cluster as a whole: kinds of policies that are served and not read. */
  cluster?(): { readonly otherPolicies: readonly string[] } | undefined
  /** Who owns an address (canonical spelling). */
  ownersOf(ip: string): readonly AddressOwner[]
}
