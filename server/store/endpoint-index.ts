// What the endpoints of slices say about other objects: slices by Service, endpoints by pod, Services by node.

import type { PodEndpoint } from '@/core/model/cluster-view'
import { type NodeKey, nodeKey, type PodKey, type ServiceKey } from '@/core/model/keys'
import type { Endpoint, EndpointSliceRecord } from '@/core/model/records'
import { podOfEndpoint, serviceOfSlice } from '@/core/model/references'
import { GroupIndex } from './group-index'
import { compareText } from './sorted-records'

export class EndpointIndex {
  readonly slices = new GroupIndex<EndpointSliceRecord>()
  private readonly byPod = new Map<PodKey, readonly PodEndpoint[]>()
  /** How many endpoints of a Service stand on a node. */
  private readonly byNode = new Map<NodeKey, Map<ServiceKey, number>>()

  add(slice: EndpointSliceRecord): void {
    const service = serviceOfSlice(slice)
    if (service !== undefined) this.slices.add(service, slice)
    for (const endpoint of slice.endpoints) {
      const pod = podOfEndpoint(slice, endpoint)
      if (pod !== undefined) this.byPod.set(pod, [...(this.byPod.get(pod) ?? []), { slice, endpoint }])
      if (service !== undefined) this.count(endpoint, service, 1)
    }
  }

  remove(slice: EndpointSliceRecord): void {
    const service = serviceOfSlice(slice)
    if (service !== undefined) this.slices.remove(service, slice.key)
    for (const endpoint of slice.endpoints) {
      const pod = podOfEndpoint(slice, endpoint)
      if (pod !== undefined) this.forget(pod, slice)
      if (service !== undefined) this.count(endpoint, service, -1)
    }
  }

  /** By slice key, then place in the slice. */
  endpointsOfPod(pod: PodKey): readonly PodEndpoint[] {
    const endpoints = this.byPod.get(pod) ?? []
    return endpoints.length < 2 ? endpoints : endpoints.toSorted((a, b) => compareText(a.slice.key, b.slice.key))
  }

  servicesOfPod(pod: PodKey): readonly ServiceKey[] {
    const services = (this.byPod.get(pod) ?? []).flatMap(({ slice }) => serviceOfSlice(slice) ?? [])
    return [...new Set(services)].sort(compareText)
  }

  servicesOfNode(node: NodeKey): readonly ServiceKey[] {
    return [...(this.byNode.get(node)?.keys() ?? [])].sort(compareText)
  }

  private forget(pod: PodKey, slice: EndpointSliceRecord): void {
    const rest = this.byPod.get(pod)?.filter((endpoint) => endpoint.slice !== slice) ?? []
    if (rest.length === 0) this.byPod.delete(pod)
    else this.byPod.set(pod, rest)
  }

  private count(endpoint: Endpoint, service: ServiceKey, by: 1 | -1): void {
    if (endpoint.nodeName === undefined) return
    const node = nodeKey(endpoint.nodeName)
    const counts = this.byNode.get(node) ?? new Map<ServiceKey, number>()
    const count = (counts.get(service) ?? 0) + by
    if (count === 0) counts.delete(service)
    else counts.set(service, count)
    if (counts.size === 0) this.byNode.delete(node)
    else this.byNode.set(node, counts)
  }
}
