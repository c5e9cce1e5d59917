// What is chosen told apart from what gets through: the proxy knows nothing of NetworkPolicies and goes on choosing what they cut.

import type { PolicyState } from '../policy/types'
import type { ExplainedEndpoint, PolicyAnswer } from './types'

/**
 * Shares of new connections, 0 to 1: those that any endpoint is chosen for, and of these what policies let through, cut, and what
 * cannot be said of. Undefined where a candidate has no number; 0 is known also then.
 */
export type Arrival = {
  readonly chosen: number | undefined
  readonly allowed: number | undefined
  readonly denied: number | undefined
  readonly unknown: number | undefined
}

/** Over all candidates; one that no policy binds is let through. Rule F9. */
export function arrivalOf(endpoints: readonly ExplainedEndpoint[]): Arrival {
  const sums: Record<keyof Arrival, number | undefined> = { chosen: 0, allowed: 0, denied: 0, unknown: 0 }
  for (const { chosen, probability, policy } of endpoints) {
    if (!chosen) continue
    for (const state of ['chosen', policy?.state ?? 'allowed'] as const) {
      const sum = sums[state]
      sums[state] = sum === undefined || probability === undefined ? undefined : sum + probability
    }
  }
  return sums
}

/** What is worth a word, in its order: that nothing arrives only where that is certain. */
export function toldParts({ allowed, denied, unknown }: PolicyAnswer['counts']): readonly PolicyState[] {
  const parts: PolicyState[] = allowed > 0 || unknown === 0 ? ['allowed'] : []
  if (denied > 0) parts.push('denied')
  if (unknown > 0) parts.push('unknown')
  return parts
}
