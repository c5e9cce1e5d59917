// Which family is meant where nobody names one, and between which there is a choice.

import type { IpFamily } from './records'
import { hiddenFamily } from './stand-in'

/** What is looked at: Services and nodes, as records or as the page has them. */
export type FamilyEvidence = {
  readonly services: Iterable<{ readonly clusterIPs: readonly string[] }>
  readonly nodes: Iterable<{ readonly addresses: readonly { readonly type: string; readonly address: string }[] }>
}

/** IPv4, unless all cluster IPs are of IPv6; where there are none, unless all addresses of nodes are. */
export function defaultFamily({ services, nodes }: FamilyEvidence): IpFamily {
  const own = familiesAmong(clusterIps(services))
  return (own.length > 0 ? own : familiesAmong(nodeIps(nodes)))[0] ?? 'IPv4'
}

/** The families of cluster IPs and of nodes' addresses, IPv4 first; empty where nothing is known. */
export function familiesSeen({ services, nodes }: FamilyEvidence): readonly IpFamily[] {
  return familiesAmong(both(clusterIps(services), nodeIps(nodes)))
}

/** The first of these families of which a client with these addresses has one; the first of all where none of its own is known. */
export function usableFamily(families: readonly IpFamily[], ips: readonly string[]): IpFamily | undefined {
  const own = familiesAmong(ips)
  return families.find((family) => own.length === 0 || own.includes(family)) ?? families[0]
}

/** Whether addresses of the client are known, and none of them is of the family. */
export function lacksFamily(family: IpFamily, ips: readonly string[]): boolean {
  const own = familiesAmong(ips)
  return own.length > 0 && !own.includes(family)
}

// Looks no further than it must: most clusters have the one family, or both in the first object.
function familiesAmong(texts: Iterable<string>): readonly IpFamily[] {
  const seen = new Set<IpFamily>()
  for (const text of texts) {
    const family = hiddenFamily(text) ?? (text.includes(':') ? 'IPv6' : text.includes('.') ? 'IPv4' : undefined)
    if (family) seen.add(family)
    if (seen.size === 2) break
  }
  return (['IPv4', 'IPv6'] as const).filter((family) => seen.has(family))
}

function* clusterIps(services: FamilyEvidence['services']): Generator<string> {
  for (const { clusterIPs } of services) yield* clusterIPs
}

function* nodeIps(nodes: FamilyEvidence['nodes']): Generator<string> {
  for (const { addresses } of nodes) for (const { type, address } of addresses) if (type.endsWith('IP')) yield address
}

function* both(first: Iterable<string>, second: Iterable<string>): Generator<string> {
  yield* first
  yield* second
}
