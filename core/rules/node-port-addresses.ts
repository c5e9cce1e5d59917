// On which addresses of a node its node ports answer. Follows pkg/proxy/util/nodeport_addresses.go and newProxyServer in
// cmd/kube-proxy/app/server.go @v1.36.3; rule R15.

import { cidrHolds, parseCidr } from '../model/ip'
import type { IpFamily } from '../model/records'
import type { ProxySettings } from './types'

export type NodePortAddresses = {
  /** Every local address; `ranges` is empty then. */
  readonly all: boolean
  readonly ranges: readonly string[]
}

const LOOPBACK: Readonly<Record<IpFamily, string>> = { IPv4: '127.0.0.1', IPv6: '::1' }

/**
 * The ranges of the family. `primary` is the node's first address of the family. Without a range of the family every address
 * counts, even if there are ranges of the other one.
 */
export function nodePortAddresses(
  { nodePortAddresses: told }: Pick<ProxySettings, 'nodePortAddresses'>,
  family: IpFamily,
  addresses: readonly string[],
): NodePortAddresses {
  const [primary] = addresses
  const own = primary === undefined ? [] : [`${primary}/${family === 'IPv4' ? 32 : 128}`]
  const texts = told.length === 1 && told[0] === 'primary' ? own : told
  const ranges = texts.flatMap((text) => {
    const cidr = parseCidr(text)
    return cidr?.family === family ? [cidr] : []
  })
  const all = ranges.length === 0 || ranges.some(({ zero }) => zero)
  return { all, ranges: all ? [] : ranges.map(({ text }) => text) }
}

/** Addresses inside the ranges: those of the Node object, and loopback. The node may have others that the API does not tell. */
export function matchingAddresses(
  { ranges }: NodePortAddresses,
  family: IpFamily,
  addresses: readonly string[],
): readonly string[] {
  const known = [...addresses, LOOPBACK[family]]
  return [...new Set(ranges.flatMap((range) => known.filter((address) => cidrHolds(range, address))))]
}

/** R16: whether node ports answer on 127.0.0.1: in iptables mode and IPv4 only, if it is allowed and no range excludes it. */
export function allowsLocalhost(
  settings: Pick<ProxySettings, 'localhostNodePorts' | 'nodePortAddresses'>,
  family: IpFamily,
  addresses: readonly string[],
): boolean {
  if (family === 'IPv6' || !settings.localhostNodePorts) return false
  const { all, ranges } = nodePortAddresses(settings, family, addresses)
  return all || ranges.some((range) => range.startsWith('127.') || cidrHolds(range, '127.0.0.0'))
}

export const isLoopback = (address: string) => address === '::1' || address.startsWith('127.')
