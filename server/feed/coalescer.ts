// When to flush: the first change after quiet at once, the next few soon (one event in the cluster comes as several: a pod, then
// its slice), and under load never more than ten flushes in any second.

import type { FeedClock } from './part-source'

export type Coalescer = {
  /** Something is waiting to be flushed. */
  mark(): void
  stop(): void
}

const perWindow = 10
const windowMs = 1000
// Least time since the flush before, for the second, third … flush of a burst.
const spacingMs = [25, 50, 100] as const
const quietMs = 250

export function createCoalescer(clock: FeedClock, flush: () => void): Coalescer {
  const times: number[] = []
  let burst = 0
  let cancel: (() => void) | undefined

  function dueAt(now: number): number {
    const last = times.at(-1)
    if (last === undefined || now - last >= quietMs) burst = 0
    const spaced =
      last === undefined || burst === 0 ? now : last + (spacingMs[Math.min(burst, spacingMs.length) - 1] ?? 0)
    const oldest = times[0]
    const windowed = oldest !== undefined && times.length >= perWindow ? oldest + windowMs : now
    return Math.max(now, spaced, windowed)
  }

  function run() {
    cancel = undefined
    times.push(clock.now())
    if (times.length > perWindow) times.shift()
    burst += 1
    flush()
  }

  return {
    mark() {
      if (cancel) return
      const now = clock.now()
      const due = dueAt(now)
      if (due <= now) run()
      else cancel = clock.after(due - now, run)
    },
    stop() {
      cancel?.()
      cancel = undefined
    },
  }
}
