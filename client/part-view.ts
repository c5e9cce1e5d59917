// One frame's view of a part's objects. Frames share one Map, which is changed in place: a change costs what it changes, not
// the part. Only the view is new, so that React sees that something is.

import type { GraphId, GraphObject } from '@/core/graph/types'

export type PartObjects = ReadonlyMap<GraphId, GraphObject>

/** Ids that changed; 'all' after a snapshot, or when the part came or went. */
export type ChangedIds = ReadonlySet<GraphId> | 'all'

/** What differs between two views: ids, or 'all' when they are not two frames in a row of one part. */
export function changesBetween(before: PartObjects | undefined, now: PartObjects): ChangedIds {
  return now instanceof FrameView && before !== undefined && now.follows === before ? now.changed : 'all'
}

/** The view of the next frame. `before` is let go of by the one after it, so that no chain of frames is kept. */
export function nextView(
  objects: ReadonlyMap<GraphId, GraphObject>,
  changed: ChangedIds,
  before: PartObjects | undefined,
): PartObjects {
  if (before instanceof FrameView) before.follows = undefined
  return new FrameView(objects, changed, before)
}

class FrameView implements PartObjects {
  constructor(
    private readonly objects: ReadonlyMap<GraphId, GraphObject>,
    readonly changed: ChangedIds,
    public follows: PartObjects | undefined,
  ) {}

  get size() {
    return this.objects.size
  }
  get(id: GraphId) {
    return this.objects.get(id)
  }
  has(id: GraphId) {
    return this.objects.has(id)
  }
  keys() {
    return this.objects.keys()
  }
  values() {
    return this.objects.values()
  }
  entries() {
    return this.objects.entries()
  }
  forEach(run: (object: GraphObject, id: GraphId, all: ReadonlyMap<GraphId, GraphObject>) => void) {
    this.objects.forEach(run)
  }
  [Symbol.iterator]() {
    return this.objects.entries()
  }
}
