// Records back out of a part: the browser runs the decisions of core/proxy on what it has been sent.

import { endpointSliceKey, nodeKey, serviceKey } from '../model/keys'
import type { Endpoint, EndpointSliceRecord, NodeRecord, ServiceRecord } from '../model/records'
import { fromPairs, orUndefined } from './pairs'
import type { EndpointDetail, GraphPart, NodeDetail, NodeSummary, ServiceDetail, SliceDetail } from './types'

export type ServiceWithSlices = {
  readonly service: ServiceRecord
  /** Sorted by name, their endpoints in the order of the API object. */
  readonly slices: readonly EndpointSliceRecord[]
}

/** The Service of a `service/...` part; undefined when the part holds no Service (it is gone, or not loaded). */
export function serviceFromPart(part: Pick<GraphPart, 'objects'>): ServiceWithSlices | undefined {
  let service: ServiceRecord | undefined
  const slices: SliceDetail[] = []
  const endpoints = new Map<string, EndpointDetail[]>()
  for (const object of part.objects.values()) {
    if (object.kind === 'Service') service = serviceFromDetail(object)
    else if (object.kind === 'EndpointSlice') slices.push(object)
    else if (object.kind === 'Endpoint') endpoints.set(object.slice, [...(endpoints.get(object.slice) ?? []), object])
  }
  if (service === undefined) return undefined
  slices.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return {
    service,
    slices: slices.map((slice) => sliceFromDetail(slice, endpoints.get(`${slice.namespace}/${slice.name}`) ?? [])),
  }
}

function serviceFromDetail(detail: ServiceDetail): ServiceRecord {
  return {
    ...metaOf(detail),
    kind: 'Service',
    key: serviceKey(detail.namespace, detail.name),
    namespace: detail.namespace,
    name: detail.name,
    labels: fromPairs(detail.labels),
    annotations: fromPairs(detail.annotations),
    type: detail.type,
    clusterIP: detail.clusterIP,
    clusterIPs: detail.clusterIPs,
    ipFamilies: detail.ipFamilies,
    ipFamilyPolicy: orUndefined(detail.ipFamilyPolicy),
    selector: detail.selector === null ? undefined : fromPairs(detail.selector),
    ports: detail.ports.map((port) => ({
      name: port.name,
      protocol: port.protocol,
      port: port.port,
      targetPort: orUndefined(port.targetPort),
      nodePort: orUndefined(port.nodePort),
      appProtocol: orUndefined(port.appProtocol),
    })),
    externalIPs: detail.externalIPs,
    externalName: orUndefined(detail.externalName),
    loadBalancerIngress: detail.loadBalancerIngress.map(({ ip, hostname, ipMode }) => ({
      ip: orUndefined(ip),
      hostname: orUndefined(hostname),
      ipMode: orUndefined(ipMode),
    })),
    loadBalancerSourceRanges: detail.loadBalancerSourceRanges,
    loadBalancerClass: orUndefined(detail.loadBalancerClass),
    allocateLoadBalancerNodePorts: orUndefined(detail.allocateLoadBalancerNodePorts),
    sessionAffinity: detail.sessionAffinity,
    sessionAffinityTimeoutSeconds: orUndefined(detail.sessionAffinityTimeoutSeconds),
    internalTrafficPolicy: orUndefined(detail.internalTrafficPolicy),
    externalTrafficPolicy: orUndefined(detail.externalTrafficPolicy),
    healthCheckNodePort: orUndefined(detail.healthCheckNodePort),
    publishNotReadyAddresses: detail.publishNotReadyAddresses,
    changedAt: orUndefined(detail.changedAt),
    trafficDistribution: orUndefined(detail.trafficDistribution),
  }
}

function sliceFromDetail(detail: SliceDetail, endpoints: readonly EndpointDetail[]): EndpointSliceRecord {
  return {
    ...metaOf(detail),
    kind: 'EndpointSlice',
    key: endpointSliceKey(detail.namespace, detail.name),
    namespace: detail.namespace,
    name: detail.name,
    serviceName: orUndefined(detail.serviceName),
    managedBy: orUndefined(detail.managedBy),
    addressType: detail.addressType,
    ports: detail.ports.map((port) => ({
      name: orUndefined(port.name),
      protocol: port.protocol,
      port: orUndefined(port.port),
      appProtocol: orUndefined(port.appProtocol),
    })),
    endpoints: endpoints.toSorted((a, b) => a.index - b.index).map(endpointFromDetail),
    labels: fromPairs(detail.labels),
    owner: orUndefined(detail.owner),
    lastChangeTriggerTime: orUndefined(detail.lastChangeTriggerTime),
  }
}

const endpointFromDetail = (detail: EndpointDetail): Endpoint => ({
  addresses: detail.addresses,
  ready: detail.ready,
  serving: detail.serving,
  terminating: detail.terminating,
  absentConditions: detail.absentConditions,
  nodeName: orUndefined(detail.nodeName),
  zone: orUndefined(detail.zone),
  hostname: orUndefined(detail.hostname),
  hintZones: detail.hintZones,
  hintNodes: detail.hintNodes,
  targetRef: orUndefined(detail.targetRef),
})

/** A node as the overview or its own part tells it. What only its own part tells is undefined in a summary's record. */
export function nodeFromSummary(node: NodeSummary | NodeDetail): NodeRecord {
  const detail = node.kind === 'Node' ? node : undefined
  return {
    ...metaOf({ uid: detail?.uid ?? '', createdAt: detail?.createdAt ?? null }),
    kind: 'Node',
    key: nodeKey(node.name),
    name: node.name,
    zone: orUndefined(node.zone),
    labels: fromPairs(node.labels),
    addresses: node.addresses,
    podCIDRs: node.podCIDRs,
    ready: orUndefined(node.ready),
    unschedulable: node.unschedulable,
    os: orUndefined(node.os),
    kubeletVersion: orUndefined(node.kubeletVersion),
    kernelVersion: detail?.kernelVersion ?? undefined,
    osImage: detail?.osImage ?? undefined,
    allocatableCpuMilli: detail?.allocatableCpuMilli ?? undefined,
    allocatablePods: orUndefined(node.allocatablePods),
  }
}

// Versions and deletion times stay on the server; nothing is decided by them.
function metaOf({ uid, createdAt }: { readonly uid: string; readonly createdAt: number | null }) {
  return { uid, resourceVersion: '', createdAt: orUndefined(createdAt), deletedAt: undefined }
}
