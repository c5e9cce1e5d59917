import type { ClusterView } from '../model/cluster-view'
import { endpointsKey, type PodKey, type ServiceKey, splitKey } from '../model/keys'
import type { EndpointSliceRecord, PodRecord } from '../model/records'
import { podOfEndpoint, selects, serviceOfSlice } from '../model/references'
import { endpointIds, graphId, podKeyOf, sliceKeyOf, sliceKeyOfEndpoint, splitGraphId } from './ids'
import { podDetail } from './project-pod'
import { endpointsDetail, serviceDetail } from './project-service'
import { endpointDetail, sliceDetail } from './project-slice'
import type { Projector } from './projector'
import type { GraphId, GraphObject } from './types'

/** A Service with its slices, their endpoints, the pods it selects or lists, and the legacy Endpoints object of its name. */
export function servicePart(view: ClusterView, service: ServiceKey): Projector {
  return { ids: () => ids(view, service), object: (id) => object(view, service, id) }
}

function* ids(view: ClusterView, service: ServiceKey): Generator<GraphId> {
  yield graphId('Service', service)
  yield graphId('Endpoints', service)
  const pods = new Set<PodKey>(view.podsOfService(service).map((pod) => pod.key))
  for (const slice of view.slicesOfService(service)) {
    yield graphId('EndpointSlice', slice.key)
    yield* endpointIds(slice).keys()
    for (const endpoint of slice.endpoints) {
      const pod = podOfEndpoint(slice, endpoint)
      if (pod !== undefined) pods.add(pod)
    }
  }
  for (const pod of pods) yield graphId('Pod', pod)
}

function object(view: ClusterView, service: ServiceKey, id: GraphId): GraphObject | undefined {
  const { kind, key } = splitGraphId(id)
  if (kind === 'Pod') {
    const pod = view.pod(podKeyOf(id))
    return pod && belongs(view, service, pod) ? podDetail(view, pod) : undefined
  }
  if (kind === 'EndpointSlice') {
    const slice = sliceOf(service, view.slice(sliceKeyOf(id)))
    return slice && sliceDetail(slice)
  }
  if (kind === 'Endpoint') {
    const slice = sliceOf(service, view.slice(sliceKeyOfEndpoint(id)))
    const index = slice && endpointIds(slice).get(id)
    return slice && index !== undefined ? endpointDetail(slice, { id, index }) : undefined
  }
  if (key !== service) return undefined
  if (kind === 'Endpoints') {
    const { namespace, name } = splitKey(service)
    const endpoints = view.endpoints(endpointsKey(namespace, name))
    return endpoints && endpointsDetail(endpoints)
  }
  const record = kind === 'Service' ? view.service(service) : undefined
  return record && serviceDetail(view, record)
}

function sliceOf(service: ServiceKey, slice: EndpointSliceRecord | undefined) {
  return slice !== undefined && serviceOfSlice(slice) === service ? slice : undefined
}

function belongs(view: ClusterView, service: ServiceKey, pod: PodRecord): boolean {
  const record = view.service(service)
  return (record !== undefined && selects(record, pod)) || view.servicesOfPod(pod.key).includes(service)
}
