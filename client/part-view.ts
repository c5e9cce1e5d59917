// A part as readers see it: another view after each change, so that React notices, at the cost of the change. The latest view reads
// one Map that all views share; each earlier one remembers what the change after it replaced, and so stays as it was.

import type { GraphId, GraphObject } from '@/core/graph/types'

export type PartObjects = ReadonlyMap<GraphId, GraphObject>

/** Ids that changed; 'all' after a snapshot, or when the part came or went. */
export type ChangedIds = ReadonlySet<GraphId> | 'all'

/** What differs between two views: ids, or 'all' when they are not two frames in a row of one part. */
export function changesBetween(before: PartObjects | undefined, now: PartObjects): ChangedIds {
  return (before instanceof PartView ? before.changesTo(now) : undefined) ?? 'all'
}

/** New objects by id; undefined: gone. */
type PartChange = ReadonlyMap<GraphId, GraphObject | undefined>

export class PartView implements PartObjects {
  /** The view after this one, and what stood here in place of its changes. */
  private later: { readonly view: PartView; readonly was: PartChange } | undefined

  /** Takes the Map for its own and for the views after it. */
  constructor(private readonly objects: Map<GraphId, GraphObject>) {}

  /** The next view. Only the latest one has a next. */
  change(change: PartChange): PartView {
    const next = new PartView(this.objects)
    const was = new Map<GraphId, GraphObject | undefined>()
    for (const [id, object] of change) {
      was.set(id, this.objects.get(id))
      if (object) this.objects.set(id, object)
      else this.objects.delete(id)
    }
    this.later = { view: next, was }
    return next
  }

  /** Ids in which the next view differs, if `next` is the next. */
  changesTo(next: PartObjects): ReadonlySet<GraphId> | undefined {
    return this.later?.view === next ? new Set(this.later.was.keys()) : undefined
  }

  get(id: GraphId): GraphObject | undefined {
    let view: PartView = this
    while (view.later) {
      if (view.later.was.has(id)) return view.later.was.get(id)
      view = view.later.view
    }
    return view.objects.get(id)
  }

  has(id: GraphId): boolean {
    return this.get(id) !== undefined
  }

  get size(): number {
    return this.own().size
  }
  keys() {
    return this.own().keys()
  }
  values() {
    return this.own().values()
  }
  entries() {
    return this.own().entries()
  }
  [Symbol.iterator]() {
    return this.own()[Symbol.iterator]()
  }
  forEach(visit: (object: GraphObject, id: GraphId, map: PartObjects) => void) {
    this.own().forEach((object, id) => {
      visit(object, id, this)
    })
  }

  // Whoever walks over an earlier view, which is rare, gets a Map of its own.
  private own(): PartObjects {
    if (!this.later) return this.objects
    const steps: PartChange[] = []
    let view: PartView = this
    while (view.later) {
      steps.push(view.later.was)
      view = view.later.view
    }
    const objects = new Map(view.objects)
    for (const was of steps.reverse()) {
      for (const [id, object] of was) {
        if (object) objects.set(id, object)
        else objects.delete(id)
      }
    }
    return objects
  }
}
