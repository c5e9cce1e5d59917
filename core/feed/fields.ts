// The fields of every kind in the order the wire has them. The types make the list complete: a field added to core/graph/types.ts
// does not compile until it has its place here. New fields go last, and protocolVersion goes up.

import type { EndpointCounts, EndpointsDetail, GraphKind, GraphObjectOf, PodDetail, Trouble } from '../graph/types'
import { applySubsetsEdit, editOfSubsets } from './list-edit'

type FieldsOf<K extends GraphKind> = Readonly<Record<Exclude<keyof GraphObjectOf<K>, 'kind'>, true>>

const nodeSummary: FieldsOf<'NodeSummary'> = {
  id: true,
  name: true,
  zone: true,
  addresses: true,
  podCIDRs: true,
  ready: true,
  unschedulable: true,
  os: true,
  kubeletVersion: true,
  allocatablePods: true,
  podCount: true,
  labels: true,
  proxyMode: true,
  proxyVersion: true,
}

const table: { readonly [K in GraphKind]: FieldsOf<K> } = {
  NamespaceSummary: { id: true, name: true },
  ServiceCIDRSummary: { id: true, name: true, cidrs: true, state: true },
  ServiceSummary: {
    id: true,
    namespace: true,
    name: true,
    type: true,
    headless: true,
    hasSelector: true,
    clusterIPs: true,
    externalIPs: true,
    loadBalancer: true,
    externalName: true,
    ports: true,
    labels: true,
    endpoints: true,
    sliceCount: true,
    trafficDistribution: true,
    internalTrafficPolicy: true,
    externalTrafficPolicy: true,
    hinted: true,
    entries: true,
    entryCount: true,
    trouble: true,
  },
  NodeSummary: nodeSummary,
  PodSummary: {
    id: true,
    namespace: true,
    name: true,
    nodeName: true,
    podIPs: true,
    hostNetwork: true,
    condition: true,
    services: true,
    workload: true,
    labels: true,
  },
  SliceSummary: {
    id: true,
    namespace: true,
    name: true,
    serviceName: true,
    addressType: true,
    managedBy: true,
    counts: true,
    total: true,
  },
  Service: {
    id: true,
    namespace: true,
    name: true,
    uid: true,
    createdAt: true,
    type: true,
    clusterIP: true,
    clusterIPs: true,
    ipFamilies: true,
    ipFamilyPolicy: true,
    selector: true,
    labels: true,
    annotations: true,
    ports: true,
    externalIPs: true,
    externalName: true,
    loadBalancerIngress: true,
    loadBalancerSourceRanges: true,
    loadBalancerClass: true,
    allocateLoadBalancerNodePorts: true,
    sessionAffinity: true,
    sessionAffinityTimeoutSeconds: true,
    internalTrafficPolicy: true,
    externalTrafficPolicy: true,
    healthCheckNodePort: true,
    publishNotReadyAddresses: true,
    trafficDistribution: true,
    hints: true,
    sliceLimit: true,
    problems: true,
    coverage: true,
    changedAt: true,
  },
  EndpointSlice: {
    id: true,
    namespace: true,
    name: true,
    uid: true,
    createdAt: true,
    serviceName: true,
    managedBy: true,
    addressType: true,
    ports: true,
    labels: true,
    owner: true,
    lastChangeTriggerTime: true,
    total: true,
  },
  Endpoint: {
    id: true,
    slice: true,
    index: true,
    addresses: true,
    ready: true,
    serving: true,
    terminating: true,
    absentConditions: true,
    nodeName: true,
    zone: true,
    hostname: true,
    hintZones: true,
    hintNodes: true,
    targetRef: true,
  },
  Pod: {
    id: true,
    namespace: true,
    name: true,
    uid: true,
    nodeName: true,
    podIPs: true,
    hostNetwork: true,
    phase: true,
    ready: true,
    terminating: true,
    readySince: true,
    workload: true,
    labels: true,
    containers: true,
    services: true,
  },
  Endpoints: { id: true, namespace: true, name: true, overCapacity: true, subsets: true },
  // What a node's part says of it begins with its summary.
  Node: {
    ...nodeSummary,
    uid: true,
    createdAt: true,
    kernelVersion: true,
    osImage: true,
    allocatableCpuMilli: true,
    evidence: true,
    contradictions: true,
    services: true,
  },
  Cluster: {
    id: true,
    source: true,
    name: true,
    version: true,
    contexts: true,
    context: true,
    namespaces: true,
    demoControls: true,
    demoDumps: true,
    otherRoutes: true,
    otherPolicies: true,
  },
  Watch: {
    id: true,
    resource: true,
    scope: true,
    state: true,
    reason: true,
    count: true,
    expected: true,
    since: true,
    nextTryAt: true,
    rejected: true,
    rejects: true,
  },
}

type Field = {
  readonly name: string
  readonly toWire: (value: unknown) => unknown
  readonly fromWire: (value: unknown) => unknown
}

/** A field whose patches may say what changed in it; both ends then keep its last value. */
type EditedField = {
  readonly place: number
  readonly edit: (before: unknown, after: unknown) => unknown
  readonly apply: (before: unknown, edit: unknown) => unknown
}

export type KindFields = {
  readonly kind: GraphKind
  readonly number: number
  readonly fields: readonly Field[]
  readonly places: ReadonlyMap<string, number>
  readonly edited: EditedField | undefined
}

type Form = Omit<Field, 'name'>

// What changes with every endpoint and would repeat its field names each time travels as a tuple.
function formOf(kind: string, name: string): Form {
  if (kind === 'SliceSummary' && name === 'counts') return countsForm
  if (kind === 'ServiceSummary' && name === 'endpoints') return familiesForm
  if (kind === 'Pod' && name === 'containers') return containersForm
  if (name === 'trouble') return troubleForm
  return plainForm
}

const plainForm: Form = { toWire: (value) => value, fromWire: (value) => value }

const countsForm: Form = {
  toWire: (value) => countsToWire(value as EndpointCounts),
  fromWire: countsFromWire,
}

const familiesForm: Form = {
  toWire(value) {
    const { IPv4, IPv6 } = value as Record<'IPv4' | 'IPv6', EndpointCounts>
    return [countsToWire(IPv4), countsToWire(IPv6)]
  },
  fromWire(value) {
    const [ipv4, ipv6] = Array.isArray(value) ? value : []
    return { IPv4: countsFromWire(ipv4), IPv6: countsFromWire(ipv6) }
  },
}

const containersForm: Form = {
  toWire: (value) =>
    (value as PodDetail['containers']).map(({ name, role, ports, hasReadinessProbe, ready, restartCount }) => [
      ...[name, role, hasReadinessProbe, ready, restartCount],
      ports.map((port) => [port.name, port.protocol, port.containerPort]),
    ]),
  fromWire: (value) =>
    tuples(value).map(([name, role, hasReadinessProbe, ready, restartCount, ports]) => ({
      ...{ name, role, hasReadinessProbe, ready, restartCount },
      ports: tuples(ports).map(([portName, protocol, containerPort]) => ({ name: portName, protocol, containerPort })),
    })),
}

const troubleForm: Form = {
  toWire: (value) =>
    (value as readonly Trouble[]).map(({ severity, reason, since }) => [severity, reason.code, reason.values, since]),
  fromWire: (value) =>
    tuples(value).map(([severity, code, values, since]) => ({ severity, reason: { code, values }, since })),
}

function subsetsField(place: number): EditedField {
  type Subsets = EndpointsDetail['subsets']
  return { place, edit: (before, after) => editOfSubsets(before as Subsets, after as Subsets), apply: applySubsetsEdit }
}

function tuples(value: unknown): readonly (readonly unknown[])[] {
  return Array.isArray(value) ? value.filter(Array.isArray) : []
}

function countsToWire(counts: EndpointCounts): number[] {
  return [counts.ready, counts.servingTerminating, counts.notReady]
}

function countsFromWire(value: unknown): EndpointCounts {
  const [ready = 0, servingTerminating = 0, notReady = 0] = Array.isArray(value) ? value : []
  return { ready, servingTerminating, notReady }
}

/** Kinds by their number on the wire. */
export const kindsByNumber: readonly KindFields[] = Object.entries(table).map(([kind, fields], number) => {
  const names = Object.keys(fields)
  return {
    kind: kind as GraphKind,
    number,
    fields: names.map((name) => ({ name, ...formOf(kind, name) })),
    places: new Map(names.map((name, place) => [name, place])),
    edited: kind === 'Endpoints' ? subsetsField(names.indexOf('subsets')) : undefined,
  }
})

export const kindsByName: ReadonlyMap<string, KindFields> = new Map(kindsByNumber.map((entry) => [entry.kind, entry]))
