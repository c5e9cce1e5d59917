// Which records hold an address in the fields that make them its owner, as the store's own index of addresses reads them.

import type { AddressOwner } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import type { EndpointSliceRecord, EndpointsRecord, NodeRecord, PodRecord, ServiceRecord } from '../model/records'
import { bareAddresses } from '../model/references'

type Via = Extract<AddressOwner, { kind: 'Service' }>['via']

const has = (texts: readonly (string | undefined)[], ip: string): boolean => {
  const wanted = parseIp(ip)?.text
  return wanted !== undefined && texts.some((text) => text !== undefined && parseIp(text)?.text === wanted)
}

/** By which of its fields a Service owns the address; the first that counts, as everywhere. */
export function serviceHolds(service: ServiceRecord, ip: string): Via | undefined {
  if (has([service.clusterIP, ...service.clusterIPs], ip)) return 'clusterIP'
  if (has(service.externalIPs, ip)) return 'externalIP'
  return has(
    service.loadBalancerIngress.map((ingress) => ingress.ip),
    ip,
  )
    ? 'loadBalancerIP'
    : undefined
}

/** An endpoint that names a pod is owned by its pod. */
export function holds(record: PodRecord | NodeRecord | EndpointSliceRecord | EndpointsRecord, ip: string): boolean {
  if (record.kind === 'Endpoints') return has(bareAddresses(record), ip)
  if (record.kind === 'Pod') return has(record.podIPs, ip)
  if (record.kind === 'Node') {
    return has(
      record.addresses.map(({ address }) => address),
      ip,
    )
  }
  const bare = record.endpoints.filter(({ targetRef }) => targetRef?.kind !== 'Pod')
  return bare.some(({ addresses }) => has(addresses, ip))
}
