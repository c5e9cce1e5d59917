// What a page shows of an explanation: of long lists their head, and how long they are. An explanation of 5,000 endpoints is some
// megabytes, which a page that follows every change would be busy with.

import { type Arrival, arrivalOf } from './arrival'
import type { Decider, ExplainedEndpoint, Explanation } from './types'

const CANDIDATES = 200
/** Of one reason. */
const EXCLUDED = 60
const LEFT_OUT = 60
const DECIDERS = 30

/** An explanation with its lists cut; how many excluded endpoints a reason has stands in `groups`. */
export type ShownExplanation = Explanation & {
  /** Of the whole. */
  readonly counts: {
    readonly candidates: number
    readonly excluded: number
    readonly leftOut: number
    readonly deciders: number
  }
  /** Every candidate has a probability. */
  readonly numbered: boolean
  /** Of all candidates, also of those that are not listed. */
  readonly arrival: Arrival
}

/** Candidates with the greatest share are kept, else the first of each list; each list keeps its order. */
export function shownOf(explanation: Explanation): ShownExplanation {
  const { endpoints, leftOut, deciders, shares } = explanation
  const chosen = endpoints.filter((one) => one.chosen)
  const counts = {
    candidates: chosen.length,
    excluded: endpoints.length - chosen.length,
    leftOut: leftOut.length,
    deciders: deciders.length,
  }
  return {
    ...explanation,
    endpoints: headOf(endpoints, chosen),
    leftOut: leftOut.slice(0, LEFT_OUT),
    deciders: decidersOf(deciders),
    // No page lists them by node.
    shares: { ...shares, nodes: [] },
    counts,
    numbered: chosen.every(({ probability }) => probability !== undefined),
    arrival: arrivalOf(chosen),
  }
}

function headOf(
  endpoints: readonly ExplainedEndpoint[],
  chosen: readonly ExplainedEndpoint[],
): readonly ExplainedEndpoint[] {
  const best = new Set(
    chosen.length <= CANDIDATES
      ? chosen
      : chosen.toSorted((a, b) => (b.probability ?? 0) - (a.probability ?? 0)).slice(0, CANDIDATES),
  )
  const seen = new Map<string, number>()
  return endpoints.filter((one) => {
    if (one.chosen) return best.has(one)
    const count = (seen.get(one.reason.code) ?? 0) + 1
    seen.set(one.reason.code, count)
    return count <= EXCLUDED
  })
}

const decidersOf = (deciders: readonly Decider[]) => deciders.slice(0, DECIDERS)
