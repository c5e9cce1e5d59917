// Addresses of peers: which are this machine's own, which are trusted, and who a trusted proxy says it speaks for.

import { BlockList, isIP } from 'node:net'

/** An IP address, or one with a prefix length. */
export function isCidr(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** Addresses and names that lead to this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}

/** Tells whether an address is among them. */
export function addressMatcher(cidrs: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/')
    const version = isIP(address)
    list.addSubnet(address, bits === undefined ? (version === 6 ? 128 : 32) : Number(bits), familyOf(address))
  }
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address))
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** An IPv4 address in IPv6 clothes, as dual-stack sockets give it, in its own. */
export const plainAddress = (address: string) =>
  (/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address).toLowerCase()

/**
 * What of an address is one asker's, where something is limited by address: an IPv4 address, or the /64 that one IPv6 line is given
 * whole (RFC 6177) and may call itself by any address of.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address)
  if (isIP(plain) !== 6) return plain
  // A URL writes an address in one way only; a zone is of this machine and names no other network.
  const [, host = ''] = /^\[(.*)\]$/.exec(new URL(`http://[${plain.replace(/%.*$/, '')}]`).hostname) ?? []
  const [head = '', tail] = host.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after]
  // IPv4 in IPv6 clothes, written as groups.
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff') {
    return groups
      .slice(6)
      .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
      .join('.')
  }
  return `${groups.slice(0, 4).join(':')}::/64`
}

/**
 * Who asks: the peer of the connection, or, while that is a trusted proxy, whom it names. Each proxy appends what it saw, so the
 * list is read from its end, and what stands before the first untrusted address is hearsay.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, isTrusted: (address: string) => boolean) {
  let client = peer
  const hops = (forwardedFor ?? '').split(',').map((hop) => plainAddress(hop.trim()))
  while (isTrusted(client)) {
    const hop = hops.pop()
    if (hop === undefined || isIP(hop) === 0) break
    client = hop
  }
  return client
}
