// The graph client of a browser tab: one store, one stream, real time.

import { build } from './build'
import { createGraphStore } from './graph-store'
import { createLive, type Live, type LiveClock } from './live'
import { trpcTransport } from './trpc'
import type { GraphClient } from './use-graph'

const systemClock: LiveClock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}

/** Call once per tab. Nothing is opened until a component wants a part. */
export function createGraphClient(): GraphClient {
  const store = createGraphStore()
  const live = createLive({ store, transport: trpcTransport, clock: systemClock, build })
  if (typeof window !== 'undefined') watchWaking(live)
  return { store, live }
}

const tickMs = 2000
const sleptMs = 15_000

// A machine that slept, or a network that came back, has a connection that looks open and is dead. Asking again resumes, so it
// costs little; waiting for the silence to be noticed would show old data as live.
function watchWaking(live: Live) {
  let last = Date.now()
  setInterval(() => {
    const now = Date.now()
    if (now - last > tickMs + sleptMs && document.visibilityState === 'visible') live.retry()
    last = now
  }, tickMs)
  window.addEventListener('online', live.retry)
  window.addEventListener('pageshow', (event) => event.persisted && live.retry())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && live.state().status === 'stale') live.retry()
  })
}
