// What of a run of the benches fails it.

import type { AudienceCost } from './audiences'
import type { ChangeCost } from './change-cost'
import type { ExplainCost } from './explain'
import type { FeedRow } from './feed'

/** A change may cost so much more in a cluster ten times the size. */
export const MAX_RATIO = 1.3

/** From the API to every stream, as many as a server takes. */
const MAX_P99_MS = 1000

export type Measured = {
  readonly changes: readonly Pick<ChangeCost, 'change' | 'ratio'>[]
  readonly explained: readonly ExplainCost[]
  readonly audiences: readonly Pick<AudienceCost, 'what' | 'ratio' | 'allowed'>[]
  readonly feed: readonly Pick<FeedRow, 'subscribers' | 'changes' | 'lost' | 'p99'>[]
}

/** One sentence for each bar that was missed. What was not measured at all (NaN, no row) has missed it. */
export function failures({ changes, explained, audiences, feed }: Measured): readonly string[] {
  const empty = Object.entries({ changes, explained, audiences, feed }).filter(([, rows]) => rows.length === 0)
  return [
    ...empty.map(([what]) => `${what}: nothing measured`),
    ...changes
      .filter(({ ratio }) => !(ratio <= MAX_RATIO))
      .map(({ change, ratio }) => `${change}: ratio ${ratio.toFixed(2)} is over ${MAX_RATIO}`),
    ...explained
      .filter(({ milliseconds, allowed }) => !(milliseconds <= allowed))
      .map(({ what, milliseconds, allowed }) => `${what}: ${milliseconds.toFixed(2)} ms is over ${allowed} ms`),
    ...audiences
      .filter(({ ratio, allowed }) => !(ratio <= allowed))
      .map(({ what, ratio, allowed }) => `${what}: ratio ${ratio.toFixed(2)} is over ${allowed}`),
    ...feed
      .filter((row) => row.lost !== 0)
      .map((row) => `${row.subscribers} streams: ${row.lost} receipts of ${row.changes} changes were not seen`),
    ...feed
      .filter(({ p99 }) => !(p99 <= MAX_P99_MS))
      .map(({ subscribers, p99 }) => `${subscribers} streams: p99 ${p99.toFixed(0)} ms is over ${MAX_P99_MS} ms`),
  ]
}
