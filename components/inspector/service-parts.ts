// What the tabs of a Service show: the objects of its part by kind.

import type { EndpointDetail, EndpointsDetail, PodDetail, ServiceDetail, SliceDetail } from '@/core/graph/types'
import type { FieldOf } from '../ui/value'

export type ServiceParts = {
  readonly service: ServiceDetail
  readonly slices: readonly SliceDetail[]
  readonly endpoints: readonly EndpointDetail[]
  readonly pods: readonly PodDetail[]
  readonly legacy: EndpointsDetail | undefined
}

/** A field of the Service by its API path. */
export function serviceField(service: { namespace: string; name: string }, field: string): FieldOf {
  return { kind: 'Service', id: `${service.namespace}/${service.name}`, field }
}
