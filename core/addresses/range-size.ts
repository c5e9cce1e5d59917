// How many addresses a Service range gives, and which of them go to Services that ask for one. Rules I6, I7.

import type { IpFamily } from '../model/records'
import { bitsOf, type Span, textOf } from './span'

export type UsableRange = {
  readonly size: bigint
  readonly first: bigint
  readonly last: bigint
  /** Number of addresses at the start that the allocator draws from only when the rest is full; 0: no such band. */
  readonly asked: bigint
}

const MOST_HOSTS = 2n ** 64n - 1n
const MOST_RANGE = 2n ** 63n - 1n

/**
 * As hostsPerNetwork, calculateRangeOffset and NewIPAllocator in pkg/registry/core/service/ipallocator @v1.36.3 count it: without the
 * network's own address, in IPv4 without the broadcast address; a band of min(max(16, size/16), 256) addresses for Services that ask,
 * none in ranges of 16 or fewer. IPv6 ranges wider than /64 are refused by the allocator: undefined.
 */
export function usableRange(span: Span): UsableRange | undefined {
  if (span.family === 'IPv6' && span.prefix < 64) return undefined
  const hosts = 1n << BigInt(bitsOf(span.family) - span.prefix)
  const taken = span.family === 'IPv4' ? 2n : 1n
  const size = hosts > taken ? least(hosts - taken, MOST_HOSTS) : 0n
  const first = span.first + 1n
  const last = span.family === 'IPv4' ? span.last - 1n : span.last
  return { size, first, last, asked: askedBand(hosts) }
}

// RangeSize of k8s.io/utils/net gives 0 for IPv4 ranges of /1 and wider, which no cluster has.
function askedBand(hosts: bigint): bigint {
  const range = least(hosts, MOST_RANGE)
  if (range <= 16n) return 0n
  const share = range / 16n
  return share < 16n ? 16n : least(share, 256n)
}

const least = (a: bigint, b: bigint) => (a < b ? a : b)

/** First and last address of the two bands; undefined where there is but one. */
export function bandsOf(family: IpFamily, { first, last, asked, size }: UsableRange) {
  if (asked === 0n) return undefined
  const border = first + asked
  return {
    border,
    asked: { first: textOf(family, first), last: textOf(family, border - 1n), size: String(asked) },
    drawn: { first: textOf(family, border), last: textOf(family, last), size: String(size - asked) },
  }
}
