// Entries of sets in one spelling. ipset leaves the mask of a whole address away, and prints IPv6 as the C library does.

import { parseCidr, parseIp } from '../../model/ip'

/** `ip,proto:port,ip`, and what a set may hold of it. Parts that are no address stay as they are. */
export const canonicalEntry = (entry: string) => entry.split(',').map(canonicalPart).join(',')

function canonicalPart(part: string): string {
  const ip = parseIp(part)
  if (ip) return ip.text
  const cidr = part.includes('/') ? parseCidr(part) : undefined
  if (!cidr) return part
  const whole = cidr.family === 'IPv4' ? 32 : 128
  return cidr.prefix === whole ? cidr.text.slice(0, cidr.text.indexOf('/')) : cidr.text
}
