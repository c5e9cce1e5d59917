// The addresses of records as numbers, read once per record: whoever counts a range reads every record that may lie in it.

import { parseIp } from '../model/ip'
import type { EndpointSliceRecord, IpFamily, NodeRecord, PodRecord, ServiceRecord } from '../model/records'
import type { GatewayRecord, IngressRecord } from '../model/records-entries'
import { numberOf, type Span, spanOf } from './span'

/** An address that is shown, with its number. */
export type Placed = { readonly family: IpFamily; readonly text: string; readonly number: bigint }

const ipsOf = (texts: readonly (string | undefined)[]): readonly Placed[] =>
  texts.flatMap((text) => {
    const ip = text === undefined ? undefined : parseIp(text)
    const number = ip && numberOf(ip)
    // A hidden address has no number: it lies in no range that could be told.
    return ip && number !== undefined ? [{ family: ip.family, text: ip.text, number }] : []
  })

function once<T extends object, R>(make: (record: T) => R): (record: T) => R {
  const known = new WeakMap<T, R>()
  return (record) => {
    const found = known.get(record) ?? make(record)
    known.set(record, found)
    return found
  }
}

/** Its cluster IPs, each once; none for a headless one. */
export const clusterIps = once(({ clusterIP, clusterIPs }: ServiceRecord) => {
  const all = new Map(ipsOf([clusterIP, ...clusterIPs]).map((ip) => [ip.text, ip]))
  return [...all.values()]
})

export const externalIps = once(({ externalIPs }: ServiceRecord) => ipsOf(externalIPs))

export const loadBalancerIps = once(({ loadBalancerIngress }: ServiceRecord) =>
  ipsOf(loadBalancerIngress.map(({ ip }) => ip)),
)

export const podIps = once(({ podIPs }: PodRecord) => ipsOf(podIPs))

export const nodeIps = once(({ addresses }: NodeRecord) => ipsOf(addresses.map(({ address }) => address)))

/** What its controller says that it answers at; names are left out. */
export const entryIps = once(({ addresses }: IngressRecord | GatewayRecord) => ipsOf(addresses))

/** Addresses of endpoints that name no pod: nothing else in the cluster explains them. */
export const bareIps = once(({ endpoints }: EndpointSliceRecord) =>
  ipsOf(endpoints.flatMap(({ targetRef, addresses }) => (targetRef?.kind === 'Pod' ? [] : addresses))),
)

/** The node's pod ranges that can be read. */
export const podSpans = once(({ podCIDRs }: NodeRecord) =>
  podCIDRs.flatMap((cidr): { readonly cidr: string; readonly span: Span }[] => {
    const span = spanOf(cidr)
    return span ? [{ cidr, span }] : []
  }),
)
