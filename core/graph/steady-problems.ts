// The problems that a count beside the navigation counts: one that comes and goes while a pod is replaced does not make it go up and
// down. The list of problems shows each at once; this is for the number alone. Rule B15.

import type { Severity } from '../model/reason'

type Problem = { readonly id: string; readonly severity: Severity }
type Held = {
  readonly severity: Severity
  /** Epoch ms since when it is there without a break, and since when it is gone. */
  readonly since: number
  readonly gone: number | undefined
  readonly counted: boolean
}

/** Problems by id, with those that are awaited and those that have just gone. */
export type Steady = ReadonlyMap<string, Held>

const RISE_MS = 10_000
const FALL_MS = 5000

/**
 * Counted are all that are there when counting begins, one that breaks traffic at once, another when it has been there for ten seconds;
 * one that is gone counts five seconds more. `now` in epoch ms.
 */
export function steadied(before: Steady | undefined, found: readonly Problem[], now: number): Steady {
  const held = new Map<string, Held>()
  for (const { id, severity } of found) {
    const known = before?.get(id)
    const since = known?.since ?? now
    const counted = before === undefined || known?.counted || severity === 'crit' || now - since >= RISE_MS
    held.set(id, { severity, since, gone: undefined, counted })
  }
  for (const [id, one] of before ?? []) {
    const gone = one.gone ?? now
    if (!held.has(id) && one.counted && now - gone < FALL_MS) held.set(id, { ...one, gone })
  }
  return held
}

/** Ids of those that are counted. */
export const steadyIds = (steady: Steady): readonly string[] =>
  [...steady].flatMap(([id, { counted }]) => (counted ? [id] : []))

/** The worst of those that are counted. */
export function steadyWorst(steady: Steady): Severity | undefined {
  const counted = [...steady.values()].filter((one) => one.counted)
  return (['crit', 'warn', 'info'] as const).find((severity) => counted.some((one) => one.severity === severity))
}

/** When the count may change though nothing else does; epoch ms. */
export function steadyUntil(steady: Steady): number | undefined {
  const times = [...steady.values()].flatMap(({ counted, gone, since }) =>
    gone !== undefined ? [gone + FALL_MS] : counted ? [] : [since + RISE_MS],
  )
  return times.length === 0 ? undefined : Math.min(...times)
}
