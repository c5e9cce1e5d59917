// Addresses as the map writes them: short where the prefix says nothing, always whole elsewhere.

import type { NodeSummary } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'
import { standInKind } from '@/core/model/stand-in'

export function nodeAddress(node: NodeSummary, family: IpFamily): string | undefined {
  const ofFamily = (address: string) => address.includes(':') === (family === 'IPv6')
  const internal = node.addresses.filter((one) => one.type === 'InternalIP')
  return (internal.find((one) => ofFamily(one.address)) ?? internal[0])?.address
}

/** What the addresses of a set have in common: whole groups only, e.g. `10.244`. */
export function commonPrefix(addresses: readonly string[]): string {
  let prefix: string[] | undefined
  let text = ''
  for (const address of addresses) {
    // Most addresses start like the one before: nothing to split then.
    if (text !== '' && address.startsWith(text)) continue
    const groups = address.split(separator(address)).slice(0, 2)
    prefix = prefix === undefined ? groups : shared(prefix, groups)
    text = prefix.length === 0 ? '' : `${prefix.join(separator(address))}${separator(address)}`
    if (prefix.length === 0) break
  }
  const first = addresses[0]
  return prefix && first ? prefix.join(separator(first)) : ''
}

function shared(a: readonly string[], b: readonly string[]): string[] {
  const length = a.findIndex((group, index) => b[index] !== group)
  return length < 0 ? [...a] : a.slice(0, length)
}

// What a narrow card has room for, in characters.
const cardRoom = 9

/** `10.244.1.18` after `10.244` is `.1.18`; an IPv6 address keeps its last groups, `…:3:2`. */
export function shortAddress(address: string, prefix: string): string {
  if (address.includes(':')) return lastGroups(address, cardRoom)
  return prefix !== '' && address.startsWith(`${prefix}.`) ? address.slice(prefix.length) : address
}

/** An IPv6 address or range in so many characters: its last groups, whole ones, tell it from its neighbours; one stays always. */
export function lastGroups(text: string, room: number): string {
  if (text.length <= room || standInKind(text) !== undefined) return text
  const groups = [...text.matchAll(/:+/g)].map(({ index }) => `…${text.slice(index)}`)
  return groups.find((rest) => rest.length <= room) ?? groups.at(-1) ?? text
}

const separator = (address: string) => (address.includes(':') ? ':' : '.')

/** `10.244.3.0/24` is `.3.0/24` on a card, where the plane names the rest; of an IPv6 range its end, in so many characters. */
export function shortCidr(cidr: string, room: number): string {
  if (cidr.includes(':')) return lastGroups(cidr, room)
  const groups = cidr.split('.')
  return groups.length === 4 ? `.${groups.slice(2).join('.')}` : cidr
}

/** A node's name in so many pixels: its end tells nodes apart, their common beginning does not. */
export function shortName(name: string, width: number): string {
  const room = Math.max(3, Math.floor(width / 5.9))
  if (name.length <= room || standInKind(name) !== undefined) return name
  const rest = name.slice(1 - room)
  const part = rest.search(/[-.]/)
  return `…${part > 0 && part < rest.length - 1 ? rest.slice(part) : rest}`
}

/** Characters of an address that a card so many pixels wide has room for. */
export const roomIn = (width: number): number => Math.floor((width - 9) / 6.1)

/** A node's address on its card: whole where it fits, else what tells it from the others'. */
export function cardAddress(
  node: NodeSummary,
  how: { family: IpFamily; prefix: string; width: number },
): string | undefined {
  const address = nodeAddress(node, how.family)
  if (address === undefined || address.length <= roomIn(how.width)) return address
  return address.includes(':') ? lastGroups(address, roomIn(how.width)) : shortAddress(address, how.prefix)
}
