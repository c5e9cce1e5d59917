// How often somebody may try to sign in: per address and in all. A failure costs a try, success gives it back, time gives all back.

import type { Clock } from '../kube/clock'

export type Attempts = {
  /** Takes a try. The seconds to wait when there is none left. */
  take(peer: string): { readonly ok: true } | { readonly ok: false; readonly retryAfter: number }
  /** The try was a good one and does not count. */
  giveBack(peer: string): void
  /** Addresses remembered now. */
  size(): number
}

export type AttemptLimits = {
  /** Tries of one address, and of all together, in one window. */
  readonly perPeer: number
  readonly global: number
  readonly windowMs: number
  readonly capacity: number
}

/** Ten a minute for one address; a hundred a minute for all, so that a thousand addresses gain nothing by being many. */
export const signInLimits: AttemptLimits = { perPeer: 10, global: 100, windowMs: 60_000, capacity: 10_000 }

export function createAttempts(clock: Pick<Clock, 'elapsed'>, limits: AttemptLimits = signInLimits): Attempts {
  const { perPeer, windowMs, capacity } = limits
  const peers = new Map<string, number>()
  let total = 0
  let startedAt = clock.elapsed()

  function turnWindow() {
    if (clock.elapsed() - startedAt < windowMs) return
    startedAt = clock.elapsed()
    total = 0
    peers.clear()
  }

  return {
    take(peer) {
      turnWindow()
      const tried = peers.get(peer) ?? 0
      const isFull = !peers.has(peer) && peers.size >= capacity
      if (tried >= perPeer || total >= limits.global || isFull) {
        return { ok: false, retryAfter: Math.max(1, Math.ceil((startedAt + windowMs - clock.elapsed()) / 1000)) }
      }
      peers.set(peer, tried + 1)
      total += 1
      return { ok: true }
    },
    giveBack(peer) {
      const tried = peers.get(peer)
      if (tried === undefined) return
      if (tried > 1) peers.set(peer, tried - 1)
      else peers.delete(peer)
      total = Math.max(0, total - 1)
    },
    size: () => peers.size,
  }
}
