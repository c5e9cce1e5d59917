// Which of the node's addresses an ipvs proxy uses. Follows pkg/proxy/util/nodeport_addresses.go,
// pkg/proxy/ipvs/{proxier,netlink_linux}.go and cmd/kube-proxy/app/server.go (`primary`, the node's IP) @v1.36.3; rules V4, V5.
// A node has more addresses than its Node object says (bridges of pods and containers): those can only be learned there.

import { cidrHolds, parseCidr, parseIp } from '../../model/ip'
import type { IpFamily } from '../../model/records'
import type { ProxySettings } from '../types'

export type NodeAddresses = {
  /** What the proxy takes for the node's own address: loopback if the node has none of the family. */
  readonly primary: string
  /** Addresses that are never put on kube-ipvs0, because another interface has them. */
  readonly own: ReadonlySet<string>
  /** Addresses that answer node ports. */
  readonly nodePort: readonly string[]
}

type Settings = Pick<ProxySettings, 'nodePortAddresses'>

/** `addresses`: those of the Node object, the primary one first; of other families, unreadable ones are left out. */
export function nodeAddresses(family: IpFamily, addresses: readonly string[], settings: Settings): NodeAddresses {
  const known = addresses.flatMap((text) => {
    const ip = parseIp(text)
    return ip?.family === family && !isLoopback(ip.text) ? [ip.text] : []
  })
  const primary = known[0] ?? (family === 'IPv4' ? '127.0.0.1' : '::1')
  const answers = nodePortScope(family, known[0], settings)
  return {
    primary,
    own: new Set(known.filter((ip) => !isLinkLocal(ip))),
    nodePort: [...new Set(known.filter(answers))],
  }
}

/** Whether an address of the node answers node ports. Without a range of the family all do but IPv6 link-local ones. */
export function nodePortScope(
  family: IpFamily,
  primary: string | undefined,
  { nodePortAddresses }: Settings,
): (address: string) => boolean {
  const isPrimary = nodePortAddresses.length === 1 && nodePortAddresses[0] === 'primary'
  const told = isPrimary && primary !== undefined ? [`${primary}/${family === 'IPv4' ? 32 : 128}`] : nodePortAddresses
  const ranges = told.flatMap((text) => {
    const range = parseCidr(text)
    return range?.family === family ? [range] : []
  })
  if (ranges.length === 0 || ranges.some(({ zero }) => zero)) return (ip) => !isLoopback(ip) && !isLinkLocal(ip)
  return (ip) => !isLoopback(ip) && ranges.some(({ text }) => cidrHolds(text, ip))
}

const isLoopback = (ip: string) => cidrHolds('127.0.0.0/8', ip) || ip === '::1'
const isLinkLocal = (ip: string) => cidrHolds('fe80::/10', ip)
