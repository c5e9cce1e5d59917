import type { Change } from '@/client/changes'

/**
 * Of what the page has seen, what the server's log does not tell: everything but endpoints, and those too as long as they are younger than
 * the log that was read last. `clockOffset` makes a page's time the server's (ms).
 */
export function ownChanges(
  changes: readonly Change[],
  log: { readonly now: number } | null | undefined,
  clockOffset: number,
): readonly Change[] {
  if (!log) return changes
  return changes.filter(({ at, what }) => what.code !== 'endpoints' || at + clockOffset > log.now)
}
