// A clock whose hands the test turns.

import type { FeedClock } from '../part-source'

export type FakeClock = FeedClock & { advance(ms: number): void }

export function createFakeClock(start = 1_000_000): FakeClock {
  let now = start
  let order = 0
  const timers = new Map<number, { at: number; run: () => void }>()

  function nextDue(until: number): number | undefined {
    let due: { id: number; at: number } | undefined
    for (const [id, { at }] of timers) if (at <= until && (!due || at < due.at)) due = { id, at }
    return due?.id
  }

  return {
    now: () => now,
    after(ms, run) {
      order += 1
      const id = order
      timers.set(id, { at: now + ms, run })
      return () => timers.delete(id)
    },
    advance(ms) {
      const until = now + ms
      for (let id = nextDue(until); id !== undefined; id = nextDue(until)) {
        const timer = timers.get(id)
        timers.delete(id)
        now = Math.max(now, timer?.at ?? now)
        timer?.run()
      }
      now = until
    },
  }
}
