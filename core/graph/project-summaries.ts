// The parts made of summaries: the overview, and one namespace of it.

import type { ClusterView } from '../model/cluster-view'
import type { ServiceCIDRRecord } from '../model/records'
import { graphId, nodeKeyOf, podKeyOf, serviceKeyOf, sliceKeyOf, splitGraphId } from './ids'
import { nodeSummary } from './project-node'
import { podSummary } from './project-pod'
import { serviceSummary } from './project-service'
import { sliceSummary } from './project-slice'
import type { Projector } from './projector'
import type { GraphId, GraphObject, NamespaceSummary, ServiceCIDRSummary } from './types'

export function overviewPart(view: ClusterView): Projector {
  return { ids: () => overviewIds(view), object: (id) => summary(view, id) }
}

/** The Services, slices and pods of one namespace. */
export function namespacePart(view: ClusterView, name: string): Projector {
  return {
    ids: () => namespaceIds(view, name),
    object: (id) => {
      const found = summary(view, id)
      return found !== undefined && 'namespace' in found && found.namespace === name ? found : undefined
    },
  }
}

function* overviewIds(view: ClusterView): Generator<GraphId> {
  const namespaces = new Set<string>()
  for (const { name } of view.namespaces()) namespaces.add(name)
  for (const service of view.services()) {
    namespaces.add(service.namespace)
    yield graphId('ServiceSummary', service.key)
  }
  for (const slice of view.slices()) {
    namespaces.add(slice.namespace)
    yield graphId('SliceSummary', slice.key)
  }
  for (const pod of view.pods()) {
    namespaces.add(pod.namespace)
    yield graphId('PodSummary', pod.key)
  }
  for (const node of view.nodes()) yield graphId('NodeSummary', node.key)
  for (const { name } of view.serviceCIDRs()) yield graphId('ServiceCIDRSummary', name)
  for (const name of namespaces) yield graphId('NamespaceSummary', name)
}

function* namespaceIds(view: ClusterView, name: string): Generator<GraphId> {
  for (const service of view.servicesOfNamespace(name)) yield graphId('ServiceSummary', service.key)
  for (const slice of view.slicesOfNamespace(name)) yield graphId('SliceSummary', slice.key)
  for (const pod of view.podsOfNamespace(name)) yield graphId('PodSummary', pod.key)
}

function summary(view: ClusterView, id: GraphId): GraphObject | undefined {
  const { kind, key } = splitGraphId(id)
  if (kind === 'PodSummary') {
    const pod = view.pod(podKeyOf(id))
    return pod && podSummary(view, pod)
  }
  if (kind === 'ServiceSummary') {
    const service = view.service(serviceKeyOf(id))
    return service && serviceSummary(view, service)
  }
  if (kind === 'SliceSummary') {
    const slice = view.slice(sliceKeyOf(id))
    return slice && sliceSummary(slice)
  }
  if (kind === 'NodeSummary') {
    const node = view.node(nodeKeyOf(id))
    return node && nodeSummary(view, node)
  }
  if (kind === 'ServiceCIDRSummary') {
    // A handful at most: no index is worth its upkeep.
    const range = [...view.serviceCIDRs()].find(({ name }) => name === key)
    return range && serviceCIDRSummary(range)
  }
  return kind === 'NamespaceSummary' ? namespaceSummary(view, key) : undefined
}

function serviceCIDRSummary({ name, cidrs, ready, deletedAt }: ServiceCIDRRecord): ServiceCIDRSummary {
  const state = deletedAt !== undefined ? 'deleting' : ready ? 'ready' : 'notReady'
  return { id: graphId('ServiceCIDRSummary', name), kind: 'ServiceCIDRSummary', name, cidrs, state }
}

// A namespace is known by its own object, or by what stands in it: who may not list namespaces still sees groups.
function namespaceSummary(view: ClusterView, name: string): NamespaceSummary | undefined {
  const isKnown =
    view.namespace(name) !== undefined ||
    view.servicesOfNamespace(name).length > 0 ||
    view.slicesOfNamespace(name).length > 0 ||
    view.podsOfNamespace(name).length > 0
  return isKnown ? { id: graphId('NamespaceSummary', name), kind: 'NamespaceSummary', name } : undefined
}
