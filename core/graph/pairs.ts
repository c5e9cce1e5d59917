import type { Pairs } from './types'

const pairsOf = new WeakMap<ReadonlyMap<string, string>, Pairs>()

/** A label set as pairs sorted by name; kept per label set, which never changes. */
export function toPairs(map: ReadonlyMap<string, string>): Pairs {
  const known = pairsOf.get(map)
  if (known !== undefined) return known
  const pairs = [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  pairsOf.set(map, pairs)
  return pairs
}

export const fromPairs = (pairs: Pairs): ReadonlyMap<string, string> => new Map(pairs)

/** `null` is how graph objects say "not set". */
export const orNull = <T>(value: T | undefined): T | null => value ?? null
export const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined
