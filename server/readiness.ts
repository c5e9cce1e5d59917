// Whether this process wants traffic. One answer for the main port and the operations port; it lives on globalThis, because the
// runtime (in Next's bundle) knows the watches and the server in front of Next (plain Node) answers. No imports but Node's.

import { getHeapStatistics } from 'node:v8'

export type NotReady = 'starting' | 'first-sync' | 'draining' | 'heap'

type ReadinessFacts = {
  /** The state of every watch, as WatchState says it; undefined until the runtime stands. */
  readonly watches: readonly { readonly state: string }[] | undefined
  /** Since the runtime stands. */
  readonly openForMs: number
  readonly syncedOnce: boolean
  readonly draining: boolean
  /** Used part of what the heap may grow to, 0 to 1. */
  readonly heapShare: number
}

/** A first list that takes longer than this is shown as it grows: degraded, but serving. */
export const firstSyncPatienceMs = 30_000
/** So close to the limit new readers are sent elsewhere. */
export const heapLimitShare = 0.9

/**
 * Why not, if anything. An API server that is away, refuses or says nothing makes nobody unready: the page says so. Only the very
 * first moments count, until each watch has had one answer of any kind.
 */
export function notReady(facts: ReadinessFacts): readonly NotReady[] {
  const reasons: NotReady[] = []
  if (facts.watches === undefined) reasons.push('starting')
  else if (!facts.syncedOnce && facts.openForMs < firstSyncPatienceMs && !answered(facts.watches))
    reasons.push('first-sync')
  if (facts.draining) reasons.push('draining')
  if (facts.heapShare >= heapLimitShare) reasons.push('heap')
  return reasons
}

const answered = (watches: NonNullable<ReadinessFacts['watches']>) =>
  watches.length > 0 && watches.every(({ state }) => state !== 'connecting')

type State = {
  watches: (() => NonNullable<ReadinessFacts['watches']>) | undefined
  openedAt: number
  syncedOnce: boolean
  draining: boolean
}

const place = Symbol.for('triplane.readiness')

function state(): State {
  const holder = globalThis as { [place]?: State }
  holder[place] ??= { watches: undefined, openedAt: 0, syncedOnce: false, draining: false }
  return holder[place]
}

/** The runtime stands; `watches` tells where each watch stands now. */
export function runtimeStands(watches: NonNullable<State['watches']>): void {
  Object.assign(state(), { watches, openedAt: performance.now() })
}

/** From now on this process only ends what it has begun. There is no way back. */
export function beginDraining(): void {
  state().draining = true
}

/** Whether the process has been told to end. */
export const isDraining = (): boolean => state().draining

/** Reasons not to send traffic here now; empty when ready. */
export function readinessNow(): readonly NotReady[] {
  const known = state()
  const watches = known.watches?.()
  const openForMs = performance.now() - known.openedAt
  const reasons = notReady({ ...known, watches, openForMs, heapShare: heapShare() })
  if (watches !== undefined && !reasons.includes('first-sync')) known.syncedOnce = true
  return reasons
}

/** Used heap as a part of its limit, 0 to 1. */
export function heapShare(): number {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  return used / limit
}
