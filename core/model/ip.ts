// IP addresses as kube-proxy and the controllers read and print them. Follows k8s.io/utils/net (forked parser) and Go's
// net.IP.String @v1.36.3: leading zeros are decimal, IPv4-mapped IPv6 is IPv4, IPv6 prints in its shortest form.

import type { IpFamily } from './records'
import { hiddenFamily } from './stand-in'

export type Ip = { readonly family: IpFamily; readonly bytes: readonly number[]; readonly text: string }
export type Cidr = { readonly family: IpFamily; readonly prefix: number; readonly zero: boolean; readonly text: string }

/** The address, or undefined if it cannot be read even loosely. An address that is hidden from the reader has no bytes. */
export function parseIp(text: string): Ip | undefined {
  const bytes = readBytes(text)
  if (bytes) return toIp(bytes)
  const family = hiddenFamily(text)
  return family && { family, bytes: [], text }
}

/** The address as Go's own parser reads it: no leading zeros in IPv4, at most four digits in a group of IPv6. */
export function parseStrictIp(text: string): Ip | undefined {
  if (hiddenFamily(text) !== undefined) return parseIp(text)
  const isLoose = text.split(':').some((group) => (group.includes('.') ? /(^|\.)0\d/.test(group) : group.length > 4))
  return isLoose ? undefined : parseIp(text)
}

/** `family` and `text` tell a mapped range as IPv4; `zero` is judged on the mask as it was written. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/')
  const bytes = slash < 0 ? undefined : readBytes(text.slice(0, slash))
  const digits = text.slice(slash + 1)
  const written = /^\d+$/.test(digits) ? Number(digits) : Number.NaN
  if (!bytes || !(written <= bytes.length * 8)) return undefined
  const masked = toIp(bytes.map((byte, i) => byte & maskByte(written - i * 8)))
  const prefix = masked.family === 'IPv4' && bytes.length === 16 ? written - 96 : written
  return { family: masked.family, prefix, zero: written === 0, text: `${masked.text}/${prefix}` }
}

/** The smallest network around addresses and ranges of one family; undefined for none, mixed or unreadable ones. */
export function commonBlock(texts: readonly string[]): string | undefined {
  let block: { readonly bytes: readonly number[]; readonly prefix: number } | undefined
  for (const text of texts) {
    const cidr = text.includes('/') ? parseCidr(text) : undefined
    const ip = parseIp(cidr ? cidr.text.slice(0, cidr.text.indexOf('/')) : text)
    if (!ip || ip.bytes.length === 0 || (block && block.bytes.length !== ip.bytes.length)) return undefined
    const own = cidr?.prefix ?? ip.bytes.length * 8
    block = block
      ? { bytes: block.bytes, prefix: Math.min(block.prefix, own, sharedBits(block.bytes, ip.bytes)) }
      : { bytes: ip.bytes, prefix: own }
  }
  return block && parseCidr(`${toIp(block.bytes).text}/${block.prefix}`)?.text
}

/** Whether the address lies in the range. Never for another family, nor for texts that cannot be read; a hidden address lies in /0. */
export function cidrHolds(range: string, address: string): boolean {
  const cidr = parseCidr(range)
  const network = cidr && parseIp(cidr.text.slice(0, cidr.text.indexOf('/')))
  const ip = parseIp(address)
  if (!cidr || !network || ip?.family !== cidr.family) return false
  return sharedBits(network.bytes, ip.bytes) >= cidr.prefix
}

function sharedBits(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at < 0 ? a.length * 8 : at * 8 + Math.clz32((a[at] ?? 0) ^ (b[at] ?? 0)) - 24
}

/** `ip:port`, IPv6 in brackets. */
export function joinHostPort(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
}

const maskByte = (bits: number) => (bits >= 8 ? 0xff : bits <= 0 ? 0 : (0xff << (8 - bits)) & 0xff)

function readBytes(text: string): readonly number[] | undefined {
  const dot = text.indexOf('.')
  const colon = text.indexOf(':')
  return colon >= 0 && (dot < 0 || colon < dot) ? readIpv6(text) : readIpv4(text)
}

function readIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part))) return undefined
  const bytes = parts.map(Number)
  return bytes.every((byte) => byte <= 0xff) ? bytes : undefined
}

function readIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half) => (half === '' ? [] : readGroups(half)))
  if (!head || (halves.length === 2 && !tail)) return undefined
  const count = head.length + (tail?.length ?? 0)
  if (tail ? count >= 16 : count !== 16) return undefined
  return [...head, ...Array<number>(16 - count).fill(0), ...(tail ?? [])]
}

/** Colon-separated groups as bytes; the last may be an IPv4 address. */
function readGroups(text: string): readonly number[] | undefined {
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [i, group] of groups.entries()) {
    if (i === groups.length - 1 && group.includes('.')) {
      const ipv4 = readIpv4(group)
      if (!ipv4) return undefined
      bytes.push(...ipv4)
    } else {
      const value = /^[\da-f]+$/i.test(group) ? Number.parseInt(group, 16) : Number.NaN
      if (!(value <= 0xffff)) return undefined
      bytes.push(value >> 8, value & 0xff)
    }
  }
  return bytes
}

function toIp(bytes: readonly number[]): Ip {
  const mapped =
    bytes.length === 16 && bytes.slice(0, 10).every((b) => b === 0) && bytes[10] === 255 && bytes[11] === 255
  const ipv4 = mapped ? bytes.slice(12) : bytes
  if (ipv4.length === 4) return { family: 'IPv4', bytes: ipv4, text: ipv4.join('.') }
  return { family: 'IPv6', bytes, text: printIpv6(bytes) }
}

/** Lower case, no leading zeros, the first longest run of two or more zero groups as `::`. */
function printIpv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[i * 2] ?? 0) << 8) | (bytes[i * 2 + 1] ?? 0))
  let start = -1
  let length = 1
  for (let i = 0; i < 8; i++) {
    let end = i
    while (end < 8 && groups[end] === 0) end++
    if (end - i > length) {
      start = i
      length = end - i
    }
    if (end > i) i = end
  }
  const hex = (from: number, to: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':')
  return start < 0 ? hex(0, 8) : `${hex(0, start)}::${hex(start + length, 8)}`
}
