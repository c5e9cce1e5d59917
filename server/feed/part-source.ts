// What the feed needs of the world: parts as they are now, and word of what may have changed.

import type { GraphId, GraphObject, GraphPart, PartKey } from '@/core/graph/types'

export type DirtyParts = ReadonlyMap<PartKey, ReadonlySet<GraphId>>

export type PartSource = {
  project(part: PartKey): GraphPart
  /** Undefined: the part does not hold it (any more). */
  projectObject(part: PartKey, id: GraphId): GraphObject | undefined
  subscribe(listener: (dirty: DirtyParts) => void): () => void
}

/** Time, as an argument: tests turn the hands themselves. */
export type FeedClock = {
  now(): number
  /** Runs `run` once after `ms`; the returned function takes it back. */
  after(ms: number, run: () => void): () => void
}
