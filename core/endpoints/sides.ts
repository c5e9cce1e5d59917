import type { ClusterView } from '../model/cluster-view'
import type { EndpointSliceRecord, EndpointsRecord, ServiceRecord } from '../model/records'

/** A Service with both of its lists. */
export type Sides = {
  readonly view: ClusterView
  readonly service: ServiceRecord
  readonly slices: readonly EndpointSliceRecord[]
  readonly legacy: EndpointsRecord | undefined
}

export const CONTROLLER = 'endpointslice-controller.k8s.io'
export const MIRRORING = 'endpointslicemirroring-controller.k8s.io'
