// Which of the node's addresses an ipvs proxy uses. Follows pkg/proxy/ipvs/{proxier,netlink_linux}.go and
// cmd/kube-proxy/app/server.go (the node's IP) @v1.36.3; rules V4, V5. A node has more addresses than its Node object says
// (bridges of pods and containers): those can only be learned there.

import { cidrHolds, parseIp } from '../../model/ip'
import type { IpFamily } from '../../model/records'
import { isLoopback, nodePortAddresses } from '../node-port-addresses'
import type { ProxySettings } from '../types'

export type NodeAddresses = {
  /** What the proxy takes for the node's own address: loopback if the node has none of the family. */
  readonly primary: string
  /** Addresses that are never put on kube-ipvs0, because another interface has them. */
  readonly own: ReadonlySet<string>
  /** Addresses that answer node ports. */
  readonly nodePort: readonly string[]
  /** Where those must lie; empty: anywhere. */
  readonly nodePortRanges: readonly string[]
}

/** `addresses`: those of the Node object, the primary one first; of other families, unreadable ones are left out. */
export function nodeAddresses(
  family: IpFamily,
  addresses: readonly string[],
  settings: Pick<ProxySettings, 'nodePortAddresses'>,
): NodeAddresses {
  const known = addresses.flatMap((text) => {
    const ip = parseIp(text)
    return ip?.family === family && !isLoopback(ip.text) ? [ip.text] : []
  })
  const { ranges } = nodePortAddresses(settings, family, known)
  return {
    primary: known[0] ?? (family === 'IPv4' ? '127.0.0.1' : '::1'),
    own: new Set(known.filter((ip) => !isLinkLocal(ip))),
    nodePort: [...new Set(known.filter((ip) => answersNodePorts(ranges, ip)))],
    nodePortRanges: ranges,
  }
}

/** Whether an address of the node answers node ports. Without ranges all do but IPv6 link-local ones. */
export const answersNodePorts = (ranges: readonly string[], ip: string) =>
  !isLoopback(ip) && (ranges.length === 0 ? !isLinkLocal(ip) : ranges.some((range) => cidrHolds(range, ip)))

const isLinkLocal = (ip: string) => cidrHolds('fe80::/10', ip)
