// The records and all indexes over them, read as a ClusterView. Knows how to put a record in and take it out; who depends
// on it is the business of dirty-rules.ts.

import type { AddressOwner, ClusterView, Coverage, PodEndpoint } from '@/core/model/cluster-view'
import type { NodeKey, PodKey, ServiceKey } from '@/core/model/keys'
import type {
  ClusterRecord,
  EndpointSliceRecord,
  Kind,
  NetworkPolicyRecord,
  PodRecord,
  RecordOf,
  ServiceRecord,
} from '@/core/model/records'
import type { EntryKind, EntryOf } from '@/core/model/records-entries'
import { wantsTopologyHints } from '@/core/slices/hints'
import { AddressIndex } from './address-index'
import { CoverageMap } from './coverage-map'
import type { RuleView } from './dirty-rules'
import { EndpointIndex } from './endpoint-index'
import { EntryIndex } from './entry-index'
import { GroupIndex } from './group-index'
import { SelectorIndex } from './selector-index'
import { SortedRecords } from './sorted-records'

type EntryTables = { readonly [K in EntryKind]: SortedRecords<EntryOf<K>> }
type Tables = { readonly [K in Kind]: SortedRecords<RecordOf<K>> }

export class ClusterState implements RuleView, ClusterView {
  readonly coverages = new CoverageMap()
  private readonly tables: Tables = {
    Service: new SortedRecords(),
    EndpointSlice: new SortedRecords(),
    Node: new SortedRecords(),
    Pod: new SortedRecords(),
    Endpoints: new SortedRecords(),
    Namespace: new SortedRecords(),
    ConfigMap: new SortedRecords(),
    DaemonSet: new SortedRecords(),
    ServiceCIDR: new SortedRecords(),
    Ingress: new SortedRecords(),
    IngressClass: new SortedRecords(),
    GatewayClass: new SortedRecords(),
    Gateway: new SortedRecords(),
    HTTPRoute: new SortedRecords(),
    ReferenceGrant: new SortedRecords(),
    NetworkPolicy: new SortedRecords(),
  }
  private readonly entryTables: EntryTables = this.tables
  private readonly servicesByNamespace = new GroupIndex<ServiceRecord>()
  private readonly slicesByNamespace = new GroupIndex<EndpointSliceRecord>()
  private readonly podsByNamespace = new GroupIndex<PodRecord>()
  private readonly policiesByNamespace = new GroupIndex<NetworkPolicyRecord>()
  private readonly podsByNode = new GroupIndex<PodRecord>()
  private readonly endpointIndex = new EndpointIndex()
  private readonly entryIndex = new EntryIndex()
  private readonly selectors = new SelectorIndex()
  private readonly addresses = new AddressIndex()
  private readonly readingNodes = new Set<ServiceKey>()

  record(kind: Kind, key: string): ClusterRecord | undefined {
    return this.tables[kind].get(key)
  }

  records(kind: Kind): Iterable<ClusterRecord> {
    return this.tables[kind].values()
  }

  /** `before` leaves, `after` enters; both are one object under one key, or one of them is undefined. */
  replace(before: ClusterRecord | undefined, after: ClusterRecord | undefined): void {
    if (before !== undefined) this.takeOut(before, after)
    if (after !== undefined) this.putIn(after, before)
  }

  /** Ends a batch: Services whose selector is new get their pods. */
  fillSelectors(): readonly ServiceKey[] {
    return this.selectors.fill((namespace) => this.podsByNamespace.unordered(namespace))
  }

  private takeOut(record: ClusterRecord, after: ClusterRecord | undefined): void {
    if (after === undefined) this.tables[record.kind].delete(record.key)
    this.addresses.remove(record)
    this.entryIndex.remove(record)
    if (record.kind === 'Service') {
      this.servicesByNamespace.remove(record.namespace, record.key)
      this.readingNodes.delete(record.key)
      if (!keepsSelector(record, after)) this.selectors.removeService(record)
    } else if (record.kind === 'EndpointSlice') {
      this.slicesByNamespace.remove(record.namespace, record.key)
      this.endpointIndex.remove(record)
    } else if (record.kind === 'Pod') {
      this.podsByNamespace.remove(record.namespace, record.key)
      if (record.nodeName !== undefined) this.podsByNode.remove(record.nodeName, record.key)
      this.selectors.removePod(record)
    } else if (record.kind === 'NetworkPolicy') {
      this.policiesByNamespace.remove(record.namespace, record.key)
    }
  }

  private putIn(record: ClusterRecord, before: ClusterRecord | undefined): void {
    // Each table holds the records of its own kind, which a lookup by a union of kinds cannot say.
    const table = this.tables[record.kind] as SortedRecords<ClusterRecord>
    table.set(record)
    this.addresses.add(record)
    this.entryIndex.add(record)
    if (record.kind === 'Service') {
      this.servicesByNamespace.add(record.namespace, record)
      if (readsNodes(record)) this.readingNodes.add(record.key)
      if (keepsSelector(before, record)) this.selectors.replaceService(record)
      else this.selectors.addService(record)
    } else if (record.kind === 'EndpointSlice') {
      this.slicesByNamespace.add(record.namespace, record)
      this.endpointIndex.add(record)
    } else if (record.kind === 'Pod') {
      this.podsByNamespace.add(record.namespace, record)
      if (record.nodeName !== undefined) this.podsByNode.add(record.nodeName, record)
      this.selectors.addPod(record)
    } else if (record.kind === 'NetworkPolicy') {
      this.policiesByNamespace.add(record.namespace, record)
    }
  }

  coverage = (kind: Kind, namespace?: string): Coverage => this.coverages.of(kind, namespace)
  service = (key: ServiceKey) => this.tables.Service.get(key)
  services = () => this.tables.Service.values()
  slice = (key: string) => this.tables.EndpointSlice.get(key)
  slices = () => this.tables.EndpointSlice.values()
  slicesOfService = (key: ServiceKey) => this.endpointIndex.slices.of(key)
  node = (key: NodeKey) => this.tables.Node.get(key)
  nodes = () => this.tables.Node.values()
  pod = (key: PodKey) => this.tables.Pod.get(key)
  pods = () => this.tables.Pod.values()
  podsOfNode = (key: NodeKey) => this.podsByNode.of(key)
  podsOfService = (key: ServiceKey) => this.selectors.podsOf(key).flatMap((pod) => this.pod(pod) ?? [])
  servicesReadingNodes = (): Iterable<ServiceKey> => this.readingNodes
  servicesSelecting = (pod: PodRecord) => this.selectors.matching(pod)
  endpoints = (key: string) => this.tables.Endpoints.get(key)
  namespace = (name: string) => this.tables.Namespace.get(name)
  namespaces = () => this.tables.Namespace.values()
  servicesOfNamespace = (name: string) => this.servicesByNamespace.of(name)
  slicesOfNamespace = (name: string) => this.slicesByNamespace.of(name)
  podsOfNamespace = (name: string) => this.podsByNamespace.of(name)
  configMaps = () => this.tables.ConfigMap.values()
  daemonSets = () => this.tables.DaemonSet.values()
  networkPoliciesOfNamespace = (name: string) => this.policiesByNamespace.of(name)
  serviceCIDRs = () => this.tables.ServiceCIDR.values()
  servicesOfNode = (key: NodeKey) => this.endpointIndex.servicesOfNode(key)
  servicesOfPod = (key: PodKey) => this.endpointIndex.servicesOfPod(key)
  endpointsOfPod = (key: PodKey): readonly PodEndpoint[] => this.endpointIndex.endpointsOfPod(key)
  entry = <K extends EntryKind>(kind: K, key: string): EntryOf<K> | undefined => this.entryTables[kind].get(key)
  entries = <K extends EntryKind>(kind: K): Iterable<EntryOf<K>> => this.entryTables[kind].values()
  entriesOfService = (key: ServiceKey) => this.entryIndex.of(key)
  ownersOf = (ip: string): readonly AddressOwner[] => this.addresses.ownersOf(ip)
}

// A Service that keeps its selector keeps its pods without a walk over them.
function keepsSelector(before: ClusterRecord | undefined, after: ClusterRecord | undefined): boolean {
  if (before?.kind !== 'Service' || after?.kind !== 'Service') return false
  const [old, now] = [before.selector, after.selector]
  if (old === undefined || now === undefined) return old === now
  return old.size === now.size && [...old].every(([name, value]) => now.get(name) === value)
}

const readsNodes = (service: ServiceRecord) =>
  wantsTopologyHints(service) || service.internalTrafficPolicy === 'Local' || service.externalTrafficPolicy === 'Local'
