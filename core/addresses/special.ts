// Addresses that no object of a cluster is found by: they never leave a host, or name no one host.

import type { Ip } from '../model/ip'
import { holds, spanOf } from './span'

export type SpecialKind = 'loopback' | 'unspecified' | 'link-local' | 'multicast' | 'broadcast'

const SPANS = (
  [
    ['unspecified', '0.0.0.0/32', '::/128'],
    ['loopback', '127.0.0.0/8', '::1/128'],
    ['link-local', '169.254.0.0/16', 'fe80::/10'],
    ['multicast', '224.0.0.0/4', 'ff00::/8'],
    ['broadcast', '255.255.255.255/32'],
  ] as const
).flatMap(([kind, ...cidrs]) => cidrs.map((cidr) => ({ kind, span: spanOf(cidr) })))

/** Which special use of RFC 6890 the address has; undefined for one that a host may have. */
export function specialKind(ip: Ip): SpecialKind | undefined {
  return SPANS.find(({ span }) => span && holds(span, ip))?.kind
}
