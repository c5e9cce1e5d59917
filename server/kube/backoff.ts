// How long to wait before the next try. Numbers of client-go tools/cache/reflector.go@32ce75a7d: 0.8 s doubling to 30 s,
// forgotten after 2 minutes of health; the jitter is full (0 to the limit), so that many watches do not return as one.
import type { Clock } from './clock'

const first = 800
const longest = 30_000
const forgetAfter = 2 * 60_000
/** A watch that lived this long proves that the server was well: a new outage begins after it. */
const provenAfter = 10_000
/** A short outage must not be outslept: while it is this young (or twice its age), no wait is longer. */
const shortest = 4_000
/** A server that has been away this long is asked at most twice a minute. */
const longOutage = 10 * 60_000

export type Backoff = {
  next(): number
  /** To be told how long the watch that just ended had lived. */
  lived(ms: number): void
  attempts(): number
}

/** `boundByAge`: waits no longer than the outage is old. Not for what ends in a list, which is dear to the server. */
export function createBackoff(clock: Clock, options: { boundByAge: boolean }): Backoff {
  let attempts = 0
  let outageSince: number | undefined
  return {
    next() {
      const now = clock.elapsed()
      outageSince ??= now
      const limit = Math.min(longest, first * 2 ** Math.min(attempts, 10))
      attempts += 1
      if (options.boundByAge && now - outageSince >= longOutage) return longest + Math.round(clock.random() * longest)
      const bound = options.boundByAge ? Math.min(limit, Math.max(shortest, now - outageSince)) : limit
      return Math.round(clock.random() * bound)
    },
    lived(ms) {
      if (ms >= provenAfter) outageSince = undefined
      if (ms >= forgetAfter) attempts = 0
    },
    attempts: () => attempts,
  }
}

/** A wait that can be ended from outside, and that an aborted signal does not let begin. */
export function createPause(clock: Clock, signal: AbortSignal): { wait(ms: number): Promise<void>; end(): void } {
  let end: () => void = () => undefined
  return {
    wait(ms) {
      if (ms <= 0 || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const cancel = clock.after(ms, resolve)
        end = () => {
          cancel()
          resolve()
        }
      })
    },
    end: () => end(),
  }
}
