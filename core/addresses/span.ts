// Addresses as numbers, so that ranges of both families can be compared and counted.

import { type Cidr, type Ip, parseCidr, parseIp } from '../model/ip'
import type { IpFamily } from '../model/records'

/** All addresses from `first` to `last`, both included. */
export type Span = { readonly family: IpFamily; readonly prefix: number; readonly first: bigint; readonly last: bigint }

export const bitsOf = (family: IpFamily): number => (family === 'IPv4' ? 32 : 128)

/** The address as a number; undefined for one that is hidden from the reader, which has none. */
export function numberOf(ip: Ip): bigint | undefined {
  if (ip.bytes.length === 0) return undefined
  return ip.bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

/** The canonical text of a number of that family. */
export function textOf(family: IpFamily, number: bigint): string {
  const count = bitsOf(family) / 8
  const bytes = Array.from({ length: count }, (_, i) => Number((number >> BigInt((count - 1 - i) * 8)) & 0xffn))
  if (family === 'IPv4') return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[i * 2] ?? 0) * 256 + (bytes[i * 2 + 1] ?? 0)).toString(16))
  // As an address of its own it would be read, and printed, as the IPv4 one that it stands for.
  if (number >> 32n === 0xffffn) return `::ffff:${groups.slice(6).join(':')}`
  return parseIp(groups.join(':'))?.text ?? groups.join(':')
}

/** Undefined for a text that is no range. */
export function spanOf(text: string): Span | undefined {
  const cidr = parseCidr(text)
  return cidr && spanOfCidr(cidr)
}

function spanOfCidr({ family, prefix, text }: Cidr): Span | undefined {
  const ip = parseIp(text.slice(0, text.indexOf('/')))
  const first = ip && numberOf(ip)
  if (first === undefined) return undefined
  return { family, prefix, first, last: first + (1n << BigInt(bitsOf(family) - prefix)) - 1n }
}

/** Whether a number of that family lies in the span. */
export const spans = (
  span: Span,
  { family, number }: { readonly family: IpFamily; readonly number: bigint },
): boolean => family === span.family && span.first <= number && number <= span.last

/** Whether the address lies in the span; never for the other family or a hidden address. */
export function holds(span: Span, ip: Ip): boolean {
  const number = ip.family === span.family ? numberOf(ip) : undefined
  return number !== undefined && spans(span, { family: ip.family, number })
}

export const overlap = (a: Span, b: Span): boolean => a.family === b.family && a.first <= b.last && b.first <= a.last
