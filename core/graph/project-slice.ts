import type { EndpointSliceRecord } from '../model/records'
import { countEndpoints } from '../proxy/endpoint-counts'
import { graphId } from './ids'
import { orNull, toPairs } from './pairs'
import type { EndpointDetail, GraphId, SliceDetail, SliceSummary } from './types'

export function sliceSummary(slice: EndpointSliceRecord): SliceSummary {
  return {
    id: graphId('SliceSummary', slice.key),
    kind: 'SliceSummary',
    namespace: slice.namespace,
    name: slice.name,
    serviceName: orNull(slice.serviceName),
    addressType: slice.addressType,
    managedBy: orNull(slice.managedBy),
    counts: countEndpoints(slice.endpoints),
    total: slice.endpoints.length,
  }
}

export function sliceDetail(slice: EndpointSliceRecord): SliceDetail {
  return {
    id: graphId('EndpointSlice', slice.key),
    kind: 'EndpointSlice',
    namespace: slice.namespace,
    name: slice.name,
    uid: slice.uid,
    createdAt: orNull(slice.createdAt),
    serviceName: orNull(slice.serviceName),
    managedBy: orNull(slice.managedBy),
    addressType: slice.addressType,
    ports: slice.ports.map((port) => ({
      name: orNull(port.name),
      protocol: port.protocol,
      port: orNull(port.port),
      appProtocol: orNull(port.appProtocol),
    })),
    labels: toPairs(slice.labels),
    owner: orNull(slice.owner),
    lastChangeTriggerTime: orNull(slice.lastChangeTriggerTime),
    total: slice.endpoints.length,
  }
}

/** The endpoint at a place of the slice's list, under the id `endpointIds` gave it. */
export function endpointDetail(
  slice: EndpointSliceRecord,
  { id, index }: { id: GraphId; index: number },
): EndpointDetail | undefined {
  const endpoint = slice.endpoints[index]
  if (endpoint === undefined) return undefined
  return {
    id,
    kind: 'Endpoint',
    slice: slice.key,
    index,
    addresses: endpoint.addresses,
    ready: endpoint.ready,
    serving: endpoint.serving,
    terminating: endpoint.terminating,
    absentConditions: endpoint.absentConditions,
    nodeName: orNull(endpoint.nodeName),
    zone: orNull(endpoint.zone),
    hostname: orNull(endpoint.hostname),
    hintZones: endpoint.hintZones,
    hintNodes: endpoint.hintNodes,
    targetRef: orNull(endpoint.targetRef),
  }
}
