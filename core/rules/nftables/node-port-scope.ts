// On which addresses of the node the proxy answers node ports in nftables mode. Follows pkg/proxy/util/nodeport_addresses.go,
// cmd/kube-proxy/app/{server,server_linux}.go (`primary`) and nftables/proxier.go @v1.36.3; rule N6.

import { cidrHolds, parseCidr, parseIp } from '../../model/ip'
import type { IpFamily } from '../../model/records'
import type { ProxySettings } from '../types'

/** Undefined: every local address but loopback. Else the node's addresses that qualify, as far as the Node object tells them. */
export function nodePortIps(
  family: IpFamily,
  { nodePortAddresses }: Pick<ProxySettings, 'nodePortAddresses'>,
  addresses: readonly string[],
): readonly string[] | undefined {
  const known = addresses.flatMap((text) => {
    const ip = parseIp(text)
    return ip?.family === family && !isLoopback(ip.text) ? [ip.text] : []
  })
  const primary = nodePortAddresses.length === 1 && nodePortAddresses[0] === 'primary'
  const whole = family === 'IPv4' ? 32 : 128
  const told = primary ? known.slice(0, 1).map((ip) => `${ip}/${whole}`) : nodePortAddresses
  const ranges = told.filter((range) => parseCidr(range)?.family === family)
  if (ranges.length === 0 || ranges.some((range) => range.endsWith('/0'))) return undefined
  return [...new Set(known.filter((ip) => ranges.some((range) => cidrHolds(range, ip))))]
}

const isLoopback = (ip: string) => cidrHolds('127.0.0.0/8', ip) || ip === '::1'
