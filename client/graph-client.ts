// The graph client of a browser tab: one store, one stream, real time.

import { build } from './build'
import { createGraphStore } from './graph-store'
import { createLive, type LiveClock } from './live'
import { trpcTransport } from './trpc'
import type { GraphClient } from './use-graph'
import { watchWaking } from './waking'

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
