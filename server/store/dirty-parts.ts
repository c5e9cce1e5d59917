import type { GraphId, PartKey } from '@/core/graph/types'

/** Parts with the objects in them that may have changed. */
export class DirtyParts {
  readonly parts = new Map<PartKey, Set<GraphId>>()

  mark(part: PartKey, id: GraphId): void {
    const ids = this.parts.get(part)
    if (ids === undefined) this.parts.set(part, new Set([id]))
    else ids.add(id)
  }
}
