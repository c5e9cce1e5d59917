import type { GraphId, GraphObject } from './types'

/** How one part is made: the ids it holds, and each object by itself. An id that is no longer there gives undefined. */
export type Projector = {
  readonly ids: () => Iterable<GraphId>
  readonly object: (id: GraphId) => GraphObject | undefined
}
