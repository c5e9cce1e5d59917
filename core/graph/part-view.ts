// The records a Service's part was made of, as far as routing reads them: so the browser runs core/proxy on what it has.

import { endpointSliceKey, serviceKey } from '../model/keys'
import type { Endpoint, EndpointSliceRecord, ServiceRecord } from '../model/records'
import type { EndpointDetail, GraphObject, GraphPart, Pairs, ServiceDetail, SliceDetail } from './types'

/** The Service and its slices in name order, endpoints in the slices' own order; undefined when the part has no Service. */
export function serviceFromPart(
  part: Pick<GraphPart, 'objects'>,
): { service: ServiceRecord; slices: EndpointSliceRecord[] } | undefined {
  let service: ServiceDetail | undefined
  const slices: SliceDetail[] = []
  const endpoints = new Map<string, EndpointDetail[]>()
  for (const object of part.objects.values() as Iterable<GraphObject>) {
    if (object.kind === 'Service') service = object
    else if (object.kind === 'EndpointSlice') slices.push(object)
    else if (object.kind === 'Endpoint') {
      const list = endpoints.get(object.slice)
      if (list) list.push(object)
      else endpoints.set(object.slice, [object])
    }
  }
  if (!service) return undefined
  slices.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return {
    service: toService(service),
    slices: slices.map((slice) => toSlice(slice, endpoints.get(`${slice.namespace}/${slice.name}`) ?? [])),
  }
}

const toMap = (pairs: Pairs): ReadonlyMap<string, string> => new Map(pairs)
const set = <T>(value: T | null): T | undefined => value ?? undefined

function toService(detail: ServiceDetail): ServiceRecord {
  return {
    ...detail,
    kind: 'Service',
    key: serviceKey(detail.namespace, detail.name),
    resourceVersion: '',
    createdAt: set(detail.createdAt),
    deletedAt: undefined,
    labels: toMap(detail.labels),
    annotations: toMap(detail.annotations),
    selector: detail.selector === null ? undefined : toMap(detail.selector),
    ipFamilyPolicy: set(detail.ipFamilyPolicy),
    ports: detail.ports.map((port) => ({
      ...port,
      targetPort: set(port.targetPort),
      nodePort: set(port.nodePort),
      appProtocol: set(port.appProtocol),
    })),
    externalName: set(detail.externalName),
    loadBalancerIngress: detail.loadBalancerIngress.map((one) => ({
      ip: set(one.ip),
      hostname: set(one.hostname),
      ipMode: set(one.ipMode),
    })),
    loadBalancerClass: set(detail.loadBalancerClass),
    allocateLoadBalancerNodePorts: set(detail.allocateLoadBalancerNodePorts),
    sessionAffinityTimeoutSeconds: set(detail.sessionAffinityTimeoutSeconds),
    internalTrafficPolicy: set(detail.internalTrafficPolicy),
    externalTrafficPolicy: set(detail.externalTrafficPolicy),
    healthCheckNodePort: set(detail.healthCheckNodePort),
    trafficDistribution: set(detail.trafficDistribution),
  }
}

function toSlice(detail: SliceDetail, endpoints: EndpointDetail[]): EndpointSliceRecord {
  return {
    ...detail,
    kind: 'EndpointSlice',
    key: endpointSliceKey(detail.namespace, detail.name),
    resourceVersion: '',
    createdAt: set(detail.createdAt),
    deletedAt: undefined,
    serviceName: set(detail.serviceName),
    managedBy: set(detail.managedBy),
    ports: detail.ports.map((port) => ({
      name: set(port.name),
      protocol: port.protocol,
      port: set(port.port),
      appProtocol: set(port.appProtocol),
    })),
    labels: toMap(detail.labels),
    owner: set(detail.owner),
    lastChangeTriggerTime: set(detail.lastChangeTriggerTime),
    endpoints: endpoints.sort((a, b) => a.index - b.index).map(toEndpoint),
  }
}

function toEndpoint(detail: EndpointDetail): Endpoint {
  return {
    ...detail,
    nodeName: set(detail.nodeName),
    zone: set(detail.zone),
    hostname: set(detail.hostname),
    targetRef: set(detail.targetRef),
  }
}
