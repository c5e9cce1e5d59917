// The making of a problem of a Service: what every check says in the same way.

import type { Reason, Severity } from '../model/reason'
import type { Endpoint, EndpointSliceRecord, PodRecord, ServiceRecord } from '../model/records'
import type { Problem, ProblemField } from './types'

type Values = Reason['values']
type Parts = Partial<Pick<Problem, 'fields' | 'evidence' | 'remedies' | 'commands' | 'since'>> & {
  readonly severity: Severity
  readonly reason: Reason
  /** Where it is not the reason's. */
  readonly code?: string
}

export function problem(service: ServiceRecord, parts: Parts): Problem {
  const { code = parts.reason.code, fields = [], evidence = [], remedies = [], commands = [], since = null } = parts
  const object = { kind: 'Service', id: service.key } as const
  return { code, severity: parts.severity, object, reason: parts.reason, fields, evidence, remedies, commands, since }
}

export const say = (code: string, values: Values = {}): Reason => ({ code, values })

export const serviceField = (service: ServiceRecord, field: string): ProblemField => ({
  kind: 'Service',
  id: service.key,
  field,
})

/** The newest time at which one of the slices was made or its endpoints changed; null when none of them says. */
export function changedAt(slices: readonly EndpointSliceRecord[]): number | null {
  const times = slices.flatMap(({ lastChangeTriggerTime, createdAt }) => lastChangeTriggerTime ?? createdAt ?? [])
  return times.length === 0 ? null : Math.max(...times)
}

/** The same for what the Service decides too; null unless it says when it was written last. */
export function decidedAt(
  { changedAt: written }: ServiceRecord,
  slices: readonly EndpointSliceRecord[],
): number | null {
  return written === undefined ? null : Math.max(written, changedAt(slices) ?? written)
}

/** The first few of many, and how many more there are: `{ names, more }` of a sentence. */
export function listed(names: readonly string[], most = 5): { readonly names: string; readonly more: number } {
  return { names: names.slice(0, most).join(', '), more: Math.max(0, names.length - most) }
}

/** What kube-proxy does where it has nothing to send to; DNS where there is no cluster IP. */
export function nothingToSendTo({ clusterIP, clusterIPs, namespace, name }: ServiceRecord): Reason {
  if (clusterIP === 'None') return say('evidence-dns-empty', { name: `${name}.${namespace}.svc` })
  return say('evidence-refused', { addresses: (clusterIPs.length > 0 ? clusterIPs : [clusterIP]).join(', ') })
}

/** Finished pods and pods without an address are in no slice (rule S3). */
export const canBeEndpoint = (pod: PodRecord) =>
  pod.phase !== 'Succeeded' && pod.phase !== 'Failed' && pod.podIPs.length > 0

export type PlacedEndpoint = {
  readonly slice: EndpointSliceRecord
  readonly index: number
  readonly endpoint: Endpoint
}

/** Endpoints of IPv4 and IPv6 slices: host names are nothing to kube-proxy. */
export function routableEndpoints(slices: readonly EndpointSliceRecord[]): readonly PlacedEndpoint[] {
  return slices
    .filter(({ addressType }) => addressType !== 'FQDN')
    .flatMap((slice) => slice.endpoints.map((endpoint, index) => ({ slice, index, endpoint })))
}

export const conditionField = ({ slice, index }: PlacedEndpoint, condition: string): ProblemField => ({
  kind: 'EndpointSlice',
  id: slice.key,
  field: `endpoints[${index}].conditions.${condition}`,
})

/** How people know an endpoint: by its pod where it has one. */
export const endpointName = ({ endpoint }: PlacedEndpoint): string =>
  endpoint.targetRef?.kind === 'Pod' ? endpoint.targetRef.name : (endpoint.addresses[0] ?? '')
