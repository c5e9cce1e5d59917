// Why a Service's name has no record of a type, or does not exist. Follows coredns/coredns@v1.15.0 plugin/kubernetes/kubernetes.go
// (findServices); rules C3, C4, Q3.

import type { Reason } from '../model/reason'
import type { EndpointSliceRecord, IpFamily, ServiceRecord } from '../model/records'

/** Why a headless Service's name does not exist; undefined when it does. */
export function whyNoName(service: ServiceRecord, slices: readonly EndpointSliceRecord[]): Reason | undefined {
  const all = slices.flatMap(({ endpoints }) => endpoints)
  if (all.some(({ ready }) => ready)) return undefined
  const terminating = all.filter((one) => one.terminating).length
  if (all.length > 0) return { code: 'names-none-ready', values: { count: all.length, terminating } }
  return { code: service.selector === undefined ? 'names-no-slices' : 'names-no-endpoints', values: {} }
}

type Of = {
  readonly slices: readonly EndpointSliceRecord[]
  readonly family: IpFamily
  readonly isHeadless: boolean
}

/** Why the name, which exists, has no address of the family. */
export function whyNoAddress({ slices, family, isHeadless }: Of): Reason {
  if (!isHeadless) return { code: 'names-family-not-given', values: { family } }
  const has = slices.some(({ addressType, endpoints }) => addressType === family && endpoints.length > 0)
  return { code: has ? 'names-family-none-ready' : 'names-family-no-endpoints', values: { family } }
}
