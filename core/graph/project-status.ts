import type { WatchState } from '../model/events'
import type { GraphView } from './graph-view'
import { graphId, splitGraphId } from './ids'
import { orNull } from './pairs'
import type { Projector } from './projector'
import type { GraphId, GraphObject, WatchStatus } from './types'

/** Which cluster this is, and where each watch stands. */
export function statusPart(view: GraphView): Projector {
  return { ids: () => ids(view), object: (id) => object(view, id) }
}

/** `Watch:<kind>/<scope>`; neither holds a slash. */
export const watchId = ({ kind, scope }: Pick<WatchState, 'kind' | 'scope'>): GraphId =>
  graphId('Watch', `${kind}/${scope}`)

function* ids(view: GraphView): Generator<GraphId> {
  yield 'Cluster'
  for (const watch of view.watches()) yield watchId(watch)
}

function object(view: GraphView, id: GraphId): GraphObject | undefined {
  if (id === 'Cluster') return view.cluster()
  const { kind } = splitGraphId(id)
  // A dozen watches at most: no index is worth its upkeep.
  const watch = kind === 'Watch' ? view.watches().find((candidate) => watchId(candidate) === id) : undefined
  return watch && watchStatus(watch)
}

function watchStatus(watch: WatchState): WatchStatus {
  return {
    id: watchId(watch),
    kind: 'Watch',
    resource: watch.kind,
    scope: watch.scope,
    state: watch.state,
    reason: orNull(watch.reason),
    count: watch.count,
    expected: orNull(watch.expected),
    since: watch.since,
    nextTryAt: orNull(watch.nextTryAt),
    rejected: watch.rejected,
  }
}
