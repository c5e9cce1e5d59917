import 'server-only'
import type { WatchState } from '@/core/model/events'
import packageJson from '@/package.json'
import { sentBytes } from '../access-log'
import { heapShare, readinessNow } from '../readiness'
import type { Readings } from './registry'

type Sources = {
  readonly watches: () => readonly WatchState[]
  /** Everybody may look without signing in. */
  readonly anonymous: boolean
  readonly now: () => number
}

/** What /metrics asks the runtime for. Several watches of one kind (namespaces, names) are one series: their names stay inside. */
export function readingsOf({ watches, anonymous, now }: Sources): Readings {
  const one = (value: number, labels: Readonly<Record<string, string>> = {}) => [{ labels, value }]
  return {
    triplane_build_info: () => one(1, { version: packageJson.version }),
    triplane_ready: () => one(readinessNow().length === 0 ? 1 : 0),
    triplane_heap_used_ratio: () => one(heapShare()),
    triplane_anonymous_mode: () => one(anonymous ? 1 : 0),
    triplane_watches: () => watchCounts(watches()),
    triplane_watch_age_seconds: () => byKind(watches(), (all) => Math.max(...all.map((watch) => ageOf(watch, now())))),
    triplane_watch_objects: () => byKind(watches(), (all) => all.reduce((sum, { count }) => sum + count, 0)),
    triplane_http_sent_bytes_total: () =>
      Object.entries(sentBytes()).map(([kind, value]) => ({ labels: { kind }, value })),
  }
}

// A watch that never heard anything is as old as its wait.
const ageOf = ({ heardAt, since }: WatchState, now: number) => Math.max(0, (now - (heardAt ?? since)) / 1000)

function byKind(watches: readonly WatchState[], value: (all: readonly WatchState[]) => number) {
  return [...grouped(watches, ({ kind }) => kind)].map(([resource, all]) => ({
    labels: { resource },
    value: value(all),
  }))
}

function watchCounts(watches: readonly WatchState[]) {
  const groups = [...grouped(watches, ({ kind, state }) => `${kind}/${state}`).values()]
  return groups.flatMap((all) =>
    all.slice(0, 1).map(({ kind, state }) => ({ labels: { resource: kind, state }, value: all.length })),
  )
}

function grouped(watches: readonly WatchState[], keyOf: (watch: WatchState) => string): Map<string, WatchState[]> {
  const groups = new Map<string, WatchState[]>()
  for (const watch of watches) groups.set(keyOf(watch), [...(groups.get(keyOf(watch)) ?? []), watch])
  return groups
}
