// Sessions that were signed out before their cookie's end: the cookie is worth nothing any more, and its streams end.
// Known to this replica: the others refuse the cookie at its own end.

import type { EndSource } from './ends'
import { GrantEnd } from './principal'

export type SignOuts = {
  /** Ends a session; its cookie would have been good until `expiresAt` (epoch ms). */
  end(id: string, expiresAt: number): void
  hasEnded(id: string): boolean
  /** Ends for good when the session is signed out. */
  endOf(id: string): EndSource
}

const capacity = 10_000

export function createSignOuts(now: () => number): SignOuts {
  const ended = new Map<string, number>()
  const streams = new Map<string, Set<() => void>>()

  // What has expired by itself goes first, then whoever came first.
  function makeRoom() {
    for (const [id, expiresAt] of ended) if (expiresAt <= now()) ended.delete(id)
    for (const id of ended.keys()) {
      if (ended.size < capacity) return
      ended.delete(id)
    }
  }

  return {
    end(id, expiresAt) {
      if (ended.size >= capacity) makeRoom()
      ended.set(id, expiresAt)
      for (const stop of [...(streams.get(id) ?? [])]) stop()
    },
    hasEnded: (id) => ended.has(id),
    endOf: (id) => (end) => {
      const stop = () => end(new GrantEnd(true, 'signed-out'))
      const open = streams.get(id) ?? new Set()
      streams.set(id, open.add(stop))
      return () => {
        open.delete(stop)
        if (open.size === 0 && streams.get(id) === open) streams.delete(id)
      }
    },
  }
}
