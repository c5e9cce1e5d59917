// Which objects a page shows. Without a focus it is what passes its filters; with one, the focused object and what belongs to it:
// around a Service the map draws every node, around a pod or a node the rest of the map is only its surroundings.

import type { GraphView } from '@/core/graph/graph-view'
import { inNamespaces, isNodeListed, isServiceListed, isShown, type PageFilter } from '@/core/graph/page-filter'
import type { PageQuery } from '@/core/graph/page-query'
import type { FocusRef } from '@/core/graph/page-refs'
import { nodeSummary } from '@/core/graph/project-node'
import { serviceSummary } from '@/core/graph/project-service'
import { troubledOf } from '@/core/graph/troubled'
import { workloadScope } from '@/core/graph/workload-scope'
import { endpointSliceKey, endpointsKey, nodeKey, podKey, type ServiceKey, serviceKey } from '@/core/model/keys'
import type { EndpointSliceRecord, EndpointsRecord, NodeRecord, PodRecord, ServiceRecord } from '@/core/model/records'
import { podOfEndpoint, serviceOfSlice } from '@/core/model/references'

export type Shown = {
  readonly services: ReadonlyMap<string, ServiceRecord>
  readonly slices: ReadonlyMap<string, EndpointSliceRecord>
  readonly endpoints: ReadonlyMap<string, EndpointsRecord>
  readonly pods: ReadonlyMap<string, PodRecord>
  readonly nodes: ReadonlyMap<string, NodeRecord>
}

type Gathered = { [K in keyof Shown]: Map<string, Shown[K] extends ReadonlyMap<string, infer V> ? V : never> }

/** Undefined: the focused object is not there. */
export function shownObjects(view: GraphView, query: PageQuery): Shown | undefined {
  const found: Gathered = {
    services: new Map(),
    slices: new Map(),
    endpoints: new Map(),
    pods: new Map(),
    nodes: new Map(),
  }
  if (query.focus && !addFocus(view, query.focus, found)) return undefined
  const filter = { ...query, scope: query.workload && workloadScope(query.workload, owned(view)) }
  if (query.view === 'services') addServiceList(view, filter, found)
  else if (query.view === 'nodes') addNodeList(view, filter, found)
  else if (query.view === 'problems') addProblemList(view, filter, found)
  else if (!query.focus) addMap(view, filter, found)
  else if (query.view === 'map' && found.services.size > 0 && isOfService(query.focus)) addAllNodes(view, found)
  return found
}

function addMap(view: GraphView, filter: PageFilter, found: Gathered) {
  for (const service of view.services()) {
    const labels = [...service.labels]
    if (isShown({ ...service, kind: 'ServiceSummary', labels }, filter)) addServiceOnly(view, service, found)
  }
  // A slice of no Service is shown where its namespace is; labels are asked of Services and pods.
  for (const slice of view.slices()) {
    const owner = serviceOfSlice(slice)
    const orphan = owner === undefined || view.service(owner) === undefined
    if (orphan && filter.labels.length === 0 && !filter.scope && inNamespaces(slice.namespace, filter))
      found.slices.set(slice.key, slice)
  }
  for (const pod of view.pods()) {
    if (isShown({ ...pod, kind: 'PodSummary', labels: [...pod.labels] }, filter)) found.pods.set(pod.key, pod)
  }
  addAllNodes(view, found)
}

/** Pods with what a workload's scope reads of them. */
function* owned(view: GraphView) {
  for (const { key, namespace, name, nodeName = null, workload } of view.pods()) {
    const own = workload ? `${workload.kind}/${workload.name}` : null
    yield { namespace, name, nodeName, workload: own, services: view.servicesOfPod(key) }
  }
}

function addAllNodes(view: GraphView, found: Gathered) {
  for (const node of view.nodes()) found.nodes.set(node.key, node)
}

const isOfService = ({ kind }: FocusRef) => kind === 'Service' || kind === 'EndpointSlice'

function addServiceList(view: GraphView, filter: PageFilter, found: Gathered) {
  for (const service of view.services()) {
    if (isServiceListed(serviceSummary(view, service), filter)) addServiceOnly(view, service, found)
  }
}

function addNodeList(view: GraphView, filter: PageFilter, found: Gathered) {
  for (const node of view.nodes()) if (isNodeListed(nodeSummary(view, node), filter)) found.nodes.set(node.key, node)
}

function addProblemList(view: GraphView, filter: PageFilter, found: Gathered) {
  for (const service of view.services()) {
    const summary = serviceSummary(view, service)
    if (summary.trouble.length > 0 && isServiceListed(summary, filter)) addServiceOnly(view, service, found)
  }
  for (const node of view.nodes()) {
    const summary = nodeSummary(view, node)
    const troubled = troubledOf({ services: [], nodes: [summary] }).length > 0
    if (troubled && isNodeListed(summary, filter)) found.nodes.set(node.key, node)
  }
}

function addFocus(view: GraphView, focus: FocusRef, found: Gathered): boolean {
  if (focus.kind === 'Node') return addNode(view, focus.name, found)
  const { namespace, name } = focus
  if (focus.kind === 'Service') return addService(view, serviceKey(namespace, name), found)
  if (focus.kind === 'Pod') return addPod(view, view.pod(podKey(namespace, name)), found)
  const slice = view.slice(endpointSliceKey(namespace, name))
  if (!slice) return false
  found.slices.set(slice.key, slice)
  const owner = serviceOfSlice(slice)
  if (owner === undefined || !addService(view, owner, found)) addTargets(view, slice, found)
  return true
}

/** A Service with everything behind it. */
function addService(view: GraphView, key: ServiceKey, found: Gathered): boolean {
  const service = view.service(key)
  if (!service) return false
  addServiceOnly(view, service, found)
  for (const slice of view.slicesOfService(key)) addTargets(view, slice, found)
  for (const pod of view.podsOfService(key)) addPodOnly(view, pod, found)
  return true
}

function addServiceOnly(view: GraphView, service: ServiceRecord, found: Gathered) {
  found.services.set(service.key, service)
  for (const slice of view.slicesOfService(service.key)) found.slices.set(slice.key, slice)
  const endpoints = view.endpoints(endpointsKey(service.namespace, service.name))
  if (endpoints) found.endpoints.set(endpoints.key, endpoints)
}

function addTargets(view: GraphView, slice: EndpointSliceRecord, found: Gathered) {
  for (const endpoint of slice.endpoints) {
    const target = podOfEndpoint(slice, endpoint)
    addPodOnly(view, target && view.pod(target), found)
    const node = endpoint.nodeName === undefined ? undefined : view.node(nodeKey(endpoint.nodeName))
    if (node) found.nodes.set(node.key, node)
  }
}

function addPodOnly(view: GraphView, pod: PodRecord | undefined, found: Gathered): boolean {
  if (!pod) return false
  found.pods.set(pod.key, pod)
  const node = pod.nodeName === undefined ? undefined : view.node(nodeKey(pod.nodeName))
  if (node) found.nodes.set(node.key, node)
  return true
}

function addPod(view: GraphView, pod: PodRecord | undefined, found: Gathered): boolean {
  if (!pod || !addPodOnly(view, pod, found)) return false
  for (const key of view.servicesOfPod(pod.key)) {
    const service = view.service(key)
    if (service) addServiceOnly(view, service, found)
  }
  return true
}

function addNode(view: GraphView, name: string, found: Gathered): boolean {
  const node = view.node(nodeKey(name))
  if (!node) return false
  found.nodes.set(node.key, node)
  for (const pod of view.podsOfNode(node.key)) found.pods.set(pod.key, pod)
  for (const key of view.servicesOfNode(node.key)) {
    const service = view.service(key)
    if (service) addServiceOnly(view, service, found)
  }
  return true
}
