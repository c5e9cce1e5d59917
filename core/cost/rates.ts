// What the buckets of the churn log amount to per second, now.

import type { Churn, ChurnSum } from './churn'
import { type Bytes, nothing, sumBytes } from './wire-size'

/** The last whole minute, or what there is of it. */
const SPAN_MS = 60_000

/** Per second, for one watcher. The bucket that is still being filled is left out, or every rate would sink as it begins. */
export function currentRates({ buckets, now, since, bucketMs }: Churn): ChurnSum {
  const end = Math.floor(now / bucketMs) * bucketMs
  const begin = Math.max(end - SPAN_MS, since)
  const seconds = (end - begin) / 1000
  const own = buckets.filter(({ at }) => at < end && at + bucketMs > begin)
  const sum = addChurn(own)
  if (seconds <= 0) return NONE
  const per = ({ json, protobuf }: Bytes): Bytes => ({ json: json / seconds, protobuf: protobuf / seconds })
  return {
    writes: sum.writes / seconds,
    legacyWrites: sum.legacyWrites / seconds,
    bytes: per(sum.bytes),
    legacyBytes: per(sum.legacyBytes),
  }
}

const NONE: ChurnSum = { writes: 0, legacyWrites: 0, bytes: nothing, legacyBytes: nothing }

const addChurn = (all: readonly ChurnSum[]): ChurnSum => ({
  writes: all.reduce((sum, { writes }) => sum + writes, 0),
  legacyWrites: all.reduce((sum, { legacyWrites }) => sum + legacyWrites, 0),
  bytes: sumBytes(all.map(({ bytes }) => bytes)),
  legacyBytes: sumBytes(all.map(({ legacyBytes }) => legacyBytes)),
})

/** All writes of the buckets, and the bucket with the most bytes in this encoding; undefined when nothing was written. */
export function windowSum(
  { buckets }: Churn,
  encoding: keyof Bytes,
): { readonly sum: ChurnSum; readonly most: ChurnSum & { readonly at: number } } | undefined {
  const [first, ...rest] = buckets
  if (first === undefined) return undefined
  const most = rest.reduce((top, one) => (one.bytes[encoding] > top.bytes[encoding] ? one : top), first)
  return { sum: addChurn(buckets), most }
}

/** Steps of a line through the series: a point where each bucket begins, and one more where the last ends. */
export function stepsOf({ bucketMs }: Churn, series: ReturnType<typeof wholeSeries>): ReturnType<typeof wholeSeries> {
  const last = series.at(-1)
  return last === undefined ? [] : [...series, { ...last, at: last.at + bucketMs }]
}

/** Every bucket from the first that is known to the one of now, those without a write as zero. */
export function wholeSeries({ buckets, from, now, bucketMs }: Churn): readonly (ChurnSum & { readonly at: number })[] {
  const known = new Map(buckets.map((bucket) => [bucket.at, bucket]))
  const first = Math.ceil(from / bucketMs) * bucketMs
  const count = Math.max(0, Math.floor(now / bucketMs) - first / bucketMs)
  return Array.from({ length: count }, (_, i) => first + i * bucketMs).map((at) => known.get(at) ?? { at, ...NONE })
}
