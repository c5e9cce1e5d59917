// Slices on their way to being written, and how a draft differs from what exists.

import { endpointSliceKey } from '../model/keys'
import type { Endpoint, EndpointSliceRecord, IpFamily, ServiceRecord, SlicePort } from '../model/records'

/** Who writes the slices of Services with a selector. Slices of anybody else are left alone. */
export const SLICE_CONTROLLER = 'endpointslice-controller.k8s.io'

const SERVICE_NAME = 'kubernetes.io/service-name'
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
const HEADLESS = 'service.kubernetes.io/headless'
const RESERVED = new Set([SERVICE_NAME, MANAGED_BY, HEADLESS])

export type SliceDraft = {
  /** The slice to update; undefined for one to create. */
  readonly existing: EndpointSliceRecord | undefined
  readonly addressType: IpFamily
  readonly ports: readonly SlicePort[]
  readonly labels: ReadonlyMap<string, string>
  readonly endpoints: readonly Endpoint[]
}

/** The slices of one family after a sync, but for those to delete. */
export type SlicePlan = {
  readonly create: readonly SliceDraft[]
  readonly update: readonly SliceDraft[]
  readonly unchanged: readonly EndpointSliceRecord[]
}

export type Group = { readonly service: ServiceRecord; readonly family: IpFamily; readonly ports: readonly SlicePort[] }

export const newDraft = ({ service, family, ports }: Group): SliceDraft => ({
  existing: undefined,
  addressType: family,
  ports,
  labels: labelsOf(service),
  endpoints: [],
})

/** An existing slice, ready to be changed. FQDN slices never come here: no Service has that family. */
export const draftOf = (slice: EndpointSliceRecord): SliceDraft => ({
  existing: slice,
  addressType: slice.addressType === 'IPv6' ? 'IPv6' : 'IPv4',
  ports: slice.ports,
  labels: slice.labels,
  endpoints: slice.endpoints,
})

/** Labels of the Service, but for the reserved ones, which say whose slice it is (S13). */
export function labelsOf(service: ServiceRecord): ReadonlyMap<string, string> {
  const headless = service.clusterIP === '' || service.clusterIP === 'None'
  return new Map([
    ...[...service.labels].filter(([key]) => !RESERVED.has(key)),
    ...(headless ? [[HEADLESS, ''] as const] : []),
    [SERVICE_NAME, service.name],
    [MANAGED_BY, SLICE_CONTROLLER],
  ])
}

/** Whether a slice must be rewritten for its labels alone; the reserved ones are not asked, so turning headless is no reason. */
export function labelsDiffer(slice: EndpointSliceRecord, service: ServiceRecord): boolean {
  const own = [...slice.labels].filter(([key]) => !RESERVED.has(key))
  const wanted = [...service.labels].filter(([key]) => !RESERVED.has(key))
  return own.length !== wanted.length || own.some(([key, value]) => service.labels.get(key) !== value)
}

/** Whether the slice is what a placeholder would be. A label that is missing equals an empty one here, as upstream. */
export function isPlaceholder(slice: EndpointSliceRecord, service: ServiceRecord): boolean {
  const wanted = labelsOf(service)
  const same = [...new Set([...wanted.keys(), ...slice.labels.keys()])].every(
    (key) => (wanted.get(key) ?? '') === (slice.labels.get(key) ?? ''),
  )
  return same && slice.endpoints.length === 0 && slice.ports.length === 0
}

/** The record to write. A created one has no uid and no resourceVersion yet: those are the API server's to give. */
export function toRecord(
  draft: SliceDraft,
  of: { readonly service: ServiceRecord; readonly name: string; readonly triggerTime: number | undefined },
): EndpointSliceRecord {
  const { service, name } = of
  const identity = draft.existing ?? { uid: '', resourceVersion: '', createdAt: undefined, deletedAt: undefined }
  return {
    uid: identity.uid,
    resourceVersion: identity.resourceVersion,
    createdAt: identity.createdAt,
    deletedAt: identity.deletedAt,
    kind: 'EndpointSlice',
    key: endpointSliceKey(service.namespace, name),
    namespace: service.namespace,
    name,
    serviceName: service.name,
    managedBy: SLICE_CONTROLLER,
    addressType: draft.addressType,
    ports: draft.ports,
    endpoints: draft.endpoints,
    labels: draft.labels,
    owner: { name: service.name, uid: service.uid },
    lastChangeTriggerTime: of.triggerTime,
  }
}
