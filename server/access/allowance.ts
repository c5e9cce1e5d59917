// How much of this server one reader may take: a token bucket of the time that answers take. What is cheap may be asked often, what
// is dear (a large view.json takes a second) seldom, and one number holds for every procedure and route.

import type { Clock } from '../kube/clock'

export type Allowance = {
  /** Whole seconds until this reader may ask again; 0: now. */
  wait(reader: string): number
  /** An answer took so long (ms). */
  spend(reader: string, ms: number): void
  /** Readers remembered now. */
  size(): number
}

export type AllowanceLimits = {
  /** Of each second, so many ms are one reader's. */
  readonly msPerSecond: number
  /** What a reader who has been quiet may take at once, ms. As much may be owed after an answer that took longer. */
  readonly burstMs: number
  /** The least an answer counts for, ms: what is spent on a request beside making its answer. */
  readonly leastMs: number
  readonly capacity: number
}

/** A quarter of the time. A page asks at most some ten times a second, for answers of a few ms; fifty of them are let through. */
export const readerLimits: AllowanceLimits = { msPerSecond: 250, burstMs: 15_000, leastMs: 5, capacity: 10_000 }

type Bucket = { left: number; at: number }

export function createAllowance(clock: Pick<Clock, 'elapsed'>, limits: AllowanceLimits = readerLimits): Allowance {
  const { msPerSecond, burstMs, leastMs, capacity } = limits
  // In the order of last use; who was not seen for longest is forgotten first.
  const buckets = new Map<string, Bucket>()

  function leftOf(reader: string): number {
    const bucket = buckets.get(reader)
    if (bucket === undefined) return burstMs
    return Math.min(burstMs, bucket.left + ((clock.elapsed() - bucket.at) / 1000) * msPerSecond)
  }

  return {
    wait(reader) {
      const left = leftOf(reader)
      return left > 0 ? 0 : Math.max(1, Math.ceil(-left / msPerSecond))
    },
    spend(reader, ms) {
      const left = Math.max(-burstMs, leftOf(reader) - Math.max(leastMs, ms))
      buckets.delete(reader)
      buckets.set(reader, { left, at: clock.elapsed() })
      for (const oldest of buckets.keys()) {
        if (buckets.size <= capacity) break
        buckets.delete(oldest)
      }
    },
    size: () => buckets.size,
  }
}
