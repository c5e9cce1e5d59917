// Names of an address: PTR questions. Follows CoreDNS plugin/kubernetes/reverse.go and plugin/pkg/dnsutil/reverse.go @v1.15.0; rule C8.

import { parseStrictIp } from '../model/ip'
import { type DnsView, endpointLabel } from './dns-records'

/** The address that a name below in-addr.arpa or ip6.arpa spells backwards; undefined when it spells none. */
export function reversedAddress(name: string): string | undefined {
  const ipv4 = labelsBelow(name, '.in-addr.arpa.')
  if (ipv4) {
    const ip = parseStrictIp(ipv4.join('.'))
    return ip?.family === 'IPv4' ? ip.text : undefined
  }
  const nibbles = labelsBelow(name, '.ip6.arpa.')
  if (!nibbles) return undefined
  const groups = Array.from({ length: Math.floor(nibbles.length / 4) }, (_, i) =>
    nibbles.slice(i * 4, i * 4 + 4).join(''),
  )
  return parseStrictIp(groups.join(':'))?.text
}

/** The name that is asked for an address, without a final dot; undefined for what is no address. */
export function reverseName(address: string): string | undefined {
  const ip = parseStrictIp(address)
  if (ip === undefined) return undefined
  if (ip.family === 'IPv4') return `${[...ip.bytes].reverse().join('.')}.in-addr.arpa`
  const nibbles = ip.bytes.flatMap((byte) => [byte >> 4, byte & 15])
  return `${nibbles
    .reverse()
    .map((one) => one.toString(16))
    .join('.')}.ip6.arpa`
}

function labelsBelow(name: string, zone: string): readonly string[] | undefined {
  return name.endsWith(zone) ? name.slice(0, -zone.length).split('.').reverse() : undefined
}

/** The Service whose cluster IP it is, else one name per Service with a ready endpoint there; empty if nobody has it. */
export const namesOfAddress = (ip: string, view: DnsView, clusterZone: string): readonly string[] =>
  namesOfAddresses(new Set([ip]), view, clusterZone).get(ip) ?? []

/** The same for several at once: the cluster's endpoints are gone through once. */
export function namesOfAddresses(
  ips: ReadonlySet<string>,
  view: DnsView,
  clusterZone: string,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const { name, namespace, clusterIP, clusterIPs } of view.services()) {
    const own = clusterIPs.length > 0 ? clusterIPs : [clusterIP]
    for (const ip of own) if (ips.has(ip) && !found.has(ip)) found.set(ip, [`${name}.${namespace}.svc.${clusterZone}`])
  }
  const names = new Map<string, Set<string>>()
  for (const slice of found.size === ips.size ? [] : view.slices()) {
    for (const endpoint of slice.endpoints) {
      for (const host of endpoint.ready ? endpoint.addresses : []) {
        if (!ips.has(host) || found.has(host)) continue
        const name = `${endpointLabel(endpoint, host)}.${slice.serviceName ?? ''}.${slice.namespace}.svc.${clusterZone}`
        names.set(host, (names.get(host) ?? new Set()).add(name))
      }
    }
  }
  for (const [ip, own] of names) found.set(ip, [...own])
  return found
}
