// How objects name each other: slice → Service, endpoint → pod, selector → pods.

import { type PodKey, podKey, type ServiceKey, serviceKey } from './keys'
import type { Endpoint, EndpointSliceRecord, EndpointsRecord, PodRecord, ServiceRecord } from './records'

/** The Service a slice belongs to: by its label alone, as kube-proxy reads it (semantics.md 1). */
export function serviceOfSlice(slice: EndpointSliceRecord): ServiceKey | undefined {
  return slice.serviceName === undefined ? undefined : serviceKey(slice.namespace, slice.serviceName)
}

/** The pod an endpoint names as its target; a reference without a namespace means the slice's own. */
export function podOfEndpoint(
  slice: Pick<EndpointSliceRecord, 'namespace'>,
  { targetRef }: Endpoint,
): PodKey | undefined {
  if (targetRef === undefined || targetRef.kind !== 'Pod') return undefined
  return podKey(targetRef.namespace || slice.namespace, targetRef.name)
}

/** Addresses of a legacy object that name no pod. */
export const bareAddresses = ({ subsets }: EndpointsRecord): readonly string[] =>
  subsets
    .flatMap(({ addresses, notReadyAddresses }) => [...addresses, ...notReadyAddresses])
    .flatMap(({ ip, targetRef }) => (targetRef?.kind === 'Pod' ? [] : ip))

/** Whether every pair of the selector is among the labels. */
export function selectorMatches(selector: ReadonlyMap<string, string>, labels: ReadonlyMap<string, string>): boolean {
  for (const [name, value] of selector) if (labels.get(name) !== value) return false
  return true
}

/** Whether the Service's selector matches the pod; false without a selector. */
export function selects(service: ServiceRecord, pod: PodRecord): boolean {
  if (service.selector === undefined || service.namespace !== pod.namespace) return false
  return selectorMatches(service.selector, pod.labels)
}
