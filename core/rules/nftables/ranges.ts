// Address ranges as one canonical text: nft merges and shortens the ranges of a set, kube-proxy writes them as they are given.

import { parseIp } from '../../model/ip'
import type { IpFamily } from '../../model/records'

export type AddressRange = { readonly family: IpFamily; readonly from: bigint; readonly to: bigint }

/** Reads `address`, `address/bits` or `address-address`; undefined for anything else. */
export function parseRange(text: string): AddressRange | undefined {
  const dash = text.indexOf('-')
  if (dash > 0) {
    const from = parseRange(text.slice(0, dash))
    const to = parseRange(text.slice(dash + 1))
    return from && to && from.family === to.family ? { ...from, to: to.to } : undefined
  }
  const slash = text.indexOf('/')
  const ip = parseIp(slash < 0 ? text : text.slice(0, slash))
  if (!ip) return undefined
  const width = ip.bytes.length * 8
  const digits = slash < 0 ? String(width) : text.slice(slash + 1)
  if (!/^\d+$/.test(digits) || Number(digits) > width) return undefined
  const host = (1n << BigInt(width - Number(digits))) - 1n
  const value = ip.bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  return { family: ip.family, from: value & ~host, to: value | host }
}

/** Sorted, with neighbours and overlaps merged, as text that is equal for equal sets of addresses. */
export function rangesText(ranges: readonly AddressRange[]): string {
  const sorted = ranges.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const merged: { from: bigint; to: bigint }[] = []
  for (const { from, to } of sorted) {
    const last = merged.at(-1)
    if (!last || from > last.to + 1n) merged.push({ from, to })
    else if (to > last.to) last.to = to
  }
  return merged.map(({ from, to }) => `${from.toString(16)}-${to.toString(16)}`).join(',')
}
