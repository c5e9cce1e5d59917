import type { WatchState } from '../model/events'
import type { Reject } from '../model/from-api'
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

/** Whether a refused object was met by this watch. */
export function isRejectOf(watch: Pick<WatchState, 'kind' | 'scope'>, reject: Reject): boolean {
  return watch.kind === reject.kind && (watch.scope === '' || watch.scope === reject.namespace)
}

function* ids(view: GraphView): Generator<GraphId> {
  yield 'Cluster'
  for (const watch of view.watches()) yield watchId(watch)
}

function object(view: GraphView, id: GraphId): GraphObject | undefined {
  if (id === 'Cluster') return view.cluster()
  const { kind } = splitGraphId(id)
  // A dozen watches at most: no index is worth its upkeep.
  const watch = kind === 'Watch' ? view.watches().find((candidate) => watchId(candidate) === id) : undefined
  return watch && watchStatus(view, watch)
}

const MAX_REJECTS = 5

function watchStatus(view: GraphView, watch: WatchState): WatchStatus {
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
    rejects: view
      .rejectsOf(watch.kind)
      .filter((reject) => isRejectOf(watch, reject))
      .slice(0, MAX_REJECTS)
      .map(({ namespace, name, field, code }) => ({ namespace, name, field, code })),
  }
}
