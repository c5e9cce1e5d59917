// One state out of many: the stream from the server to this tab, and the server's watches of the cluster. The worst one that
// changes what the picture means wins; the rest is in the details.

import type { LiveState } from '@/client/live'
import type { WatchStatus } from '@/core/graph/types'
import { gatewayKinds } from '@/core/model/records-entries'

export type StreamView =
  | { readonly shape: 'connecting'; readonly since: number; readonly watches: readonly WatchStatus[] }
  | {
      readonly shape: 'synced'
      readonly since: number
      /** Kinds that cannot be read and that routing can do without. */
      readonly without: readonly string[]
      /** When they are asked for again. */
      readonly nextTryAt: number | undefined
      readonly watches: readonly WatchStatus[]
    }
  | {
      readonly shape: 'stale'
      /** Whose silence: this tab's server, or the server's API server. */
      readonly between: 'tab' | 'cluster'
      readonly since: number
      /** When the picture was last true: `since`, or earlier where the other one had gone silent before. */
      readonly asOf: number
      readonly nextTryAt: number | undefined
      readonly reason: { readonly code: string; readonly detail: string } | undefined
      readonly silent: readonly WatchStatus[]
      readonly watches: readonly WatchStatus[]
    }
  | {
      readonly shape: 'forbidden'
      readonly missing: readonly WatchStatus[]
      readonly nextTryAt: number | undefined
      readonly watches: readonly WatchStatus[]
    }
  | {
      readonly shape: 'broken'
      readonly between: 'tab' | 'cluster'
      readonly since: number
      readonly asOf: number
      readonly nextTryAt: number | undefined
      readonly reason: { readonly code: string; readonly detail: string } | undefined
      readonly failed: readonly WatchStatus[]
      readonly watches: readonly WatchStatus[]
    }

/** Times of watches are the server's; they are handed out in the tab's clock. */
export function streamView(live: LiveState, watches: readonly WatchStatus[]): StreamView {
  if (live.status === 'broken') {
    const asOf = lastTrue(watches, live)
    return { ...live, shape: 'broken', between: 'tab', asOf, nextTryAt: undefined, failed: [], watches }
  }
  if (live.status === 'stale') {
    return { ...live, shape: 'stale', between: 'tab', asOf: lastTrue(watches, live), silent: [], watches }
  }
  if (live.status === 'connecting' || watches.length === 0) {
    return { shape: 'connecting', since: live.since, watches }
  }
  return { ...clusterView(watches, live), watches }
}

const ownTime = (serverTime: number, live: LiveState) => serverTime - live.clockOffset

const inStates = (watches: readonly WatchStatus[], ...states: readonly WatchStatus['state'][]) =>
  watches.filter((watch) => states.includes(watch.state))

/** What the tab hears last cannot be younger than what its server had last heard. */
function lastTrue(watches: readonly WatchStatus[], live: LiveState): number {
  const silent = inStates(watches, 'stale', 'broken')
  return Math.min(live.since, ...silent.map((watch) => ownTime(watch.since, live)))
}

/** What routing cannot be explained without. */
function isEssential(watch: WatchStatus): boolean {
  return essential.has(watch.resource)
}

const essential: ReadonlySet<string> = new Set(['Service', 'EndpointSlice', 'Node', 'Pod'])

const optional: ReadonlySet<string> = new Set(gatewayKinds)

function clusterView(watches: readonly WatchStatus[], live: LiveState): StreamView {
  const inState = (state: WatchStatus['state']) => inStates(watches, state)
  const own = (serverTime: number) => ownTime(serverTime, live)
  const since = (some: readonly WatchStatus[]) => own(Math.min(...some.map((watch) => watch.since)))
  const nextTryAt = (some: readonly WatchStatus[]) => {
    const times = some.flatMap((watch) => (watch.nextTryAt === null ? [] : [own(watch.nextTryAt)]))
    return times.length > 0 ? Math.min(...times) : undefined
  }

  const silent = [...inState('stale'), ...inState('broken')]
  const asOf = since(silent)
  const failed = inState('broken').filter(isEssential)
  if (failed.length > 0) {
    const reason = failed[0]?.reason ?? undefined
    const times = { since: since(failed), asOf, nextTryAt: nextTryAt(failed) }
    return { shape: 'broken', between: 'cluster', ...times, reason, failed, watches }
  }
  if (silent.length > 0) {
    const reason = silent[0]?.reason ?? undefined
    const times = { since: since(silent), asOf, nextTryAt: nextTryAt(silent) }
    return { shape: 'stale', between: 'cluster', ...times, reason, silent, watches }
  }
  const connecting = inState('connecting')
  if (connecting.length > 0) return { shape: 'connecting', since: since(connecting), watches }
  const missing = inState('forbidden').filter(isEssential)
  if (missing.length > 0) return { shape: 'forbidden', missing, nextTryAt: nextTryAt(missing), watches }
  // A cluster without CRDs lacks nothing.
  const left = [...inState('forbidden'), ...inState('unserved').filter(({ resource }) => !optional.has(resource))]
  const without = [...new Set(left.map((watch) => watch.resource))]
  return { shape: 'synced', since: since(watches), without, nextTryAt: nextTryAt(left), watches }
}

/** One row per kind, for where the single watches do not matter: several namespaces or names of a kind are one. */
export function byKind(watches: readonly WatchStatus[]): readonly WatchStatus[] {
  const rows = new Map<string, WatchStatus>()
  for (const watch of watches) {
    const known = rows.get(watch.resource)
    rows.set(watch.resource, known ? merged(known, watch) : watch)
  }
  return [...rows.values()]
}

function merged(a: WatchStatus, b: WatchStatus): WatchStatus {
  const worse = severity.indexOf(a.state) >= severity.indexOf(b.state) ? a : b
  const expected = [a, b].some((one) => one.expected !== null)
    ? [a, b].reduce((sum, one) => sum + (one.expected ?? one.count), 0)
    : null
  return { ...worse, id: a.id, count: a.count + b.count, expected }
}

const severity: readonly WatchStatus['state'][] = ['synced', 'unserved', 'forbidden', 'connecting', 'stale', 'broken']
