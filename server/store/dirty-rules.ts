// Which objects of which parts may look different after a change. Each rule names what projections read; a rule too few
// shows as a stale screen, so store-laws.test.ts compares every part with a full projection after every batch.
// Rules run twice, with the indexes as they were and as they are, so that what a change leaves behind is marked as well.

import { deepEqual } from '@/core/graph/deep-equal'
import { graphId, namespacePart, nodePart, servicePart } from '@/core/graph/ids'
import type { ClusterView } from '@/core/model/cluster-view'
import { nodeKey, type PodKey, podKey, type ServiceKey, serviceKey } from '@/core/model/keys'
import type {
  ClusterRecord,
  EndpointSliceRecord,
  Kind,
  NodeRecord,
  PodRecord,
  ServiceRecord,
} from '@/core/model/records'
import { podOfEndpoint, serviceOfSlice } from '@/core/model/references'
import { whyNotReady } from '@/core/readiness/why-not-ready'
import { isEntryChange, servicesOfEntries, servicesOfEntry } from './dirty-entries'
import type { DirtyParts } from './dirty-parts'
import { endpointChanges } from './endpoint-changes'

/** What the rules ask of the store beyond a ClusterView. */
export type RuleView = ClusterView & {
  servicesSelecting(pod: PodRecord): readonly ServiceKey[]
  /** Services whose problems are a matter of all nodes: those that ask for topology hints, or have a policy Local. */
  servicesReadingNodes(): Iterable<ServiceKey>
}

/** An object before and after; one of them is undefined when it came or went. */
export type Change<T extends ClusterRecord = ClusterRecord> = {
  readonly before: T | undefined
  readonly after: T | undefined
}

/** Marks what depends on the changed object in the present state of the indexes. */
export function markChange(view: RuleView, dirty: DirtyParts, change: Change): void {
  const record = change.after ?? change.before
  if (record === undefined) return
  for (const state of [change.before, change.after]) {
    if (state === undefined || !isEntryChange(state)) continue
    for (const service of servicesOfEntry(view, state)) markServiceObject(dirty, service)
  }
  if (!('namespace' in record)) {
    if (record.kind === 'Node') markNodeChange({ view, dirty }, change as Change<NodeRecord>)
    else if (record.kind === 'Namespace') dirty.mark('overview', graphId('NamespaceSummary', record.name))
    else if (record.kind === 'ServiceCIDR') dirty.mark('overview', graphId('ServiceCIDRSummary', record.name))
    return
  }
  if (change.before === undefined || change.after === undefined) {
    dirty.mark('overview', graphId('NamespaceSummary', record.namespace))
  }
  if (record.kind === 'Service') markService({ view, dirty }, change as Change<ServiceRecord>)
  else if (record.kind === 'EndpointSlice') markSlice({ view, dirty }, change as Change<EndpointSliceRecord>)
  else if (record.kind === 'Pod') markPodChange({ view, dirty }, change as Change<PodRecord>)
  else if (record.kind === 'Endpoints') {
    const key = serviceKey(record.namespace, record.name)
    dirty.mark(servicePart(key), graphId('Endpoints', record.key))
  } else if (record.kind === 'ConfigMap' || record.kind === 'DaemonSet') markProxies({ view, dirty })
}

/** What is known of a kind changed: counts, troubles and verdicts that said "not known" may now say more, or less. */
export function markCoverage(view: RuleView, dirty: DirtyParts, { kind, scope }: { kind: Kind; scope: string }): void {
  const inScope = (record: { readonly namespace: string }) => scope === '' || record.namespace === scope
  if (kind === 'EndpointSlice' || kind === 'Pod' || kind === 'Node' || kind === 'Endpoints') {
    for (const service of view.services()) if (inScope(service)) markServiceObject(dirty, service.key)
  }
  for (const service of servicesOfEntries(view, kind)) markServiceObject(dirty, service)
  if (kind === 'EndpointSlice') {
    for (const pod of view.pods()) if (inScope(pod)) markPodSummary(dirty, pod.key, pod.namespace)
  }
  if (kind === 'Pod' || kind === 'ConfigMap' || kind === 'DaemonSet') markProxies({ view, dirty })
}

/** The pods a Service's selector matches, after the selector changed. */
export function markSelected(view: ClusterView, dirty: DirtyParts, key: ServiceKey): void {
  markServiceObject(dirty, key)
  for (const pod of view.podsOfService(key)) dirty.mark(servicePart(key), graphId('Pod', pod.key))
}

type Context = { readonly view: RuleView; readonly dirty: DirtyParts }

function markService({ view, dirty }: Context, { before, after }: Change<ServiceRecord>): void {
  const key = (after ?? before)?.key
  if (key === undefined) return
  markServiceObject(dirty, key)
  if (!deepEqual(before?.selector, after?.selector)) markSelected(view, dirty, key)
}

function markServiceObject(dirty: DirtyParts, key: ServiceKey): void {
  const id = graphId('ServiceSummary', key)
  dirty.mark('overview', id)
  dirty.mark(namespacePart(key.slice(0, key.indexOf('/'))), id)
  dirty.mark(servicePart(key), graphId('Service', key))
}

function markSlice({ view, dirty }: Context, change: Change<EndpointSliceRecord>): void {
  const slice = change.after ?? change.before
  if (slice === undefined) return
  const summary = graphId('SliceSummary', slice.key)
  dirty.mark('overview', summary)
  dirty.mark(namespacePart(slice.namespace), summary)
  const { ids, changed } = endpointChanges(change)
  const services = new Set([change.before, change.after].flatMap((state) => (state && serviceOfSlice(state)) ?? []))
  for (const service of services) {
    markServiceObject(dirty, service)
    dirty.mark(servicePart(service), graphId('EndpointSlice', slice.key))
    for (const id of ids) dirty.mark(servicePart(service), id)
  }
  for (const { slice: state, endpoint } of changed) {
    if (endpoint.nodeName !== undefined)
      dirty.mark(nodePart(nodeKey(endpoint.nodeName)), graphId('Node', endpoint.nodeName))
    const pod = podOfEndpoint(state, endpoint)
    if (pod !== undefined) markPodEverywhere({ view, dirty }, pod)
  }
}

function markPodChange({ view, dirty }: Context, { before, after }: Change<PodRecord>): void {
  const key = (after ?? before)?.key
  if (key === undefined) return
  markPodEverywhere({ view, dirty }, key)
  // The node counts its pods, and reads the proxy's and its replacement's among them.
  if (before?.nodeName !== after?.nodeName || speaksOfProxy(before) || speaksOfProxy(after)) {
    for (const pod of [before, after]) if (pod?.nodeName !== undefined) markNodeObject(dirty, pod.nodeName)
  }
  // Which nodes a Local policy binds is a matter of their proxies.
  if (!isSameToProxies(before, after))
    for (const service of view.servicesReadingNodes()) markServiceObject(dirty, service)
  // Why an endpoint is not ready is part of a Service's problems as its own part tells them; its summary names no cause.
  if (!deepEqual(causesOf(before), causesOf(after)))
    for (const service of view.servicesOfPod(key)) dirty.mark(servicePart(service), graphId('Service', service))
  if (isSameToServices(before, after)) return
  for (const service of servicesAround(view, key)) markServiceObject(dirty, service)
}

const speaksOfProxy = (pod: PodRecord | undefined) =>
  pod !== undefined && (pod.proxyArgs !== undefined || pod.workload?.kind === 'DaemonSet')

const causesOf = (pod: PodRecord | undefined) => (pod === undefined ? [] : whyNotReady(pod))

// What of a proxy's or its replacement's pod tells the node's mode.
function isSameToProxies(before: PodRecord | undefined, after: PodRecord | undefined): boolean {
  if (!speaksOfProxy(before) && !speaksOfProxy(after)) return true
  const read = (pod: PodRecord | undefined) =>
    pod && [pod.nodeName, pod.phase, pod.deletedAt, pod.startedAt, pod.createdAt, pod.proxyArgs, pod.workload]
  return deepEqual(read(before), read(after))
}

// A Service's problems read of its pods who they are, whether they can be endpoints, and the names of their ports.
function isSameToServices(before: PodRecord | undefined, after: PodRecord | undefined): boolean {
  const read = (pod: PodRecord | undefined) =>
    pod && [pod.labels, pod.phase, pod.podIPs, pod.containers.map(({ role, ports }) => [role, ports])]
  return deepEqual(read(before), read(after))
}

// A pod in each part that shows it: its namespace's, its node's, and those of Services that select or list it.
function markPodEverywhere({ view, dirty }: Context, key: PodKey): void {
  markPodSummary(dirty, key, key.slice(0, key.indexOf('/')))
  const nodeName = view.pod(key)?.nodeName
  if (nodeName !== undefined) dirty.mark(nodePart(nodeKey(nodeName)), graphId('Pod', key))
  for (const service of servicesAround(view, key)) dirty.mark(servicePart(service), graphId('Pod', key))
}

function servicesAround(view: RuleView, key: PodKey): ReadonlySet<ServiceKey> {
  const pod = view.pod(key)
  return new Set([...view.servicesOfPod(key), ...(pod === undefined ? [] : view.servicesSelecting(pod))])
}

function markPodSummary(dirty: DirtyParts, key: PodKey, namespace: string): void {
  const id = graphId('PodSummary', podKey(namespace, key.slice(namespace.length + 1)))
  dirty.mark('overview', id)
  dirty.mark(namespacePart(namespace), id)
}

function markNodeChange({ view, dirty }: Context, { before, after }: Change<NodeRecord>): void {
  const node = after ?? before
  if (node === undefined) return
  markNodeObject(dirty, node.name)
  const read = (state: NodeRecord | undefined) =>
    state && [state.zone, state.ready, state.allocatableCpuMilli, state.labels, state.os]
  if (deepEqual(read(before), read(after))) return
  for (const service of view.servicesReadingNodes()) markServiceObject(dirty, service)
}

function markNodeObject(dirty: DirtyParts, name: string): void {
  dirty.mark('overview', graphId('NodeSummary', name))
  dirty.mark(nodePart(nodeKey(name)), graphId('Node', name))
}

function markProxies({ view, dirty }: Context): void {
  for (const node of view.nodes()) markNodeObject(dirty, node.name)
  for (const service of view.servicesReadingNodes()) markServiceObject(dirty, service)
}
