import type { Clock } from '../clock'

export type FakeClock = Clock & {
  /** Runs every timer that is due within `ms`, in order. */
  advance(ms: number): void
  /** Time until the next timer; undefined when none is set. */
  untilNext(): number | undefined
  /** Sets the wall clock on or back; no timer notices. */
  jump(ms: number): void
}

/** A clock that stands still until it is told to move. `random` may be replaced by a seeded one. */
export function createFakeClock(random: () => number = () => 0.5): FakeClock {
  let now = 0
  let wall = 1_000_000_000_000
  let order = 0
  const timers = new Map<number, { at: number; run: () => void }>()

  function earliest(): [number, { at: number; run: () => void }] | undefined {
    let first: [number, { at: number; run: () => void }] | undefined
    for (const entry of timers) if (first === undefined || entry[1].at < first[1].at) first = entry
    return first
  }

  return {
    now: () => wall + now,
    elapsed: () => now,
    jump(ms) {
      wall += ms
    },
    random,
    after(ms, run) {
      const id = order++
      timers.set(id, { at: now + ms, run })
      return () => void timers.delete(id)
    },
    advance(ms) {
      const end = now + ms
      for (let next = earliest(); next !== undefined && next[1].at <= end; next = earliest()) {
        const [id, timer] = next
        now = Math.max(now, timer.at)
        timers.delete(id)
        timer.run()
      }
      now = end
    },
    untilNext() {
      const next = earliest()
      return next === undefined ? undefined : Math.max(0, next[1].at - now)
    },
  }
}
