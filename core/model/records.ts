// Slim records of the API objects Triplane reads: what routing, slicing and the map need, nothing else.
// A field that the object did not set is `undefined` (the screen prints "not set"); the few fields whose nil has one
// meaning in every reader (endpoint conditions, port protocol, Service type) are resolved by from-api.ts.
// Times are epoch milliseconds. Records are immutable: a change of the object makes a new record.
// Each topic has a file of its own; everybody else takes the types from here, those of entries from records-entries.

import type {
  ConfigMapRecord,
  DaemonSetRecord,
  NamespaceRecord,
  NodeRecord,
  ServiceCIDRRecord,
} from './records-cluster'
import type { EndpointSliceRecord, EndpointsRecord } from './records-endpoints'
import type { EntryRecord } from './records-entries'
import type { PodRecord } from './records-pod'
import type { NetworkPolicyRecord } from './records-policy'
import type { ServiceRecord } from './records-service'

export type {
  ConfigMapRecord,
  DaemonSetRecord,
  NamespaceRecord,
  NodeRecord,
  ServiceCIDRRecord,
} from './records-cluster'
export type { IpFamily, Protocol, TargetRef } from './records-common'
export type {
  ConditionName,
  Endpoint,
  EndpointSliceRecord,
  EndpointsAddress,
  EndpointsPort,
  EndpointsRecord,
  EndpointsSubset,
  SlicePort,
} from './records-endpoints'
export type {
  ContainerPort,
  ContainerRecord,
  ContainerState,
  HostAlias,
  PodConditionRecord,
  PodDnsConfig,
  PodRecord,
  ProbeRecord,
  Workload,
} from './records-pod'
export type {
  IpBlock,
  LabelRequirement,
  LabelSelector,
  NetworkPolicyRecord,
  PolicyPeer,
  PolicyPort,
  PolicyRule,
} from './records-policy'
export type { LoadBalancerIngress, ServicePort, ServiceRecord, TrafficPolicy } from './records-service'

export type ClusterRecord =
  | ServiceRecord
  | EndpointSliceRecord
  | NodeRecord
  | PodRecord
  | EndpointsRecord
  | NamespaceRecord
  | ConfigMapRecord
  | DaemonSetRecord
  | ServiceCIDRRecord
  | EntryRecord
  | NetworkPolicyRecord

export type Kind = ClusterRecord['kind']
export type RecordOf<K extends Kind> = Extract<ClusterRecord, { kind: K }>
