// Changes of a part: put, patch, remove by id. Three laws hold (delta.test.ts): apply(a, diff(a, b)) = b,
// apply(apply(a, d1), d2) = apply(a, squash(d1, d2)), and what does not change stays the very same object.

import { deepEqual } from './deep-equal'
import type { GraphDelta, GraphId, GraphObject, GraphPart, GraphPatch } from './types'

/** What became of one object; undefined when it is still the same. */
export type ObjectChange = { readonly put: GraphObject } | { readonly patch: GraphPatch } | { readonly remove: GraphId }

/** The change from one state of an object to another: a patch of the fields that differ where both are the same API object. */
export function diffObject(before: GraphObject | undefined, after: GraphObject | undefined): ObjectChange | undefined {
  if (before === after) return undefined
  if (after === undefined) return before && { remove: before.id }
  if (before === undefined || isAnother(before, after)) return { put: after }
  const changed = Object.entries(after).filter(([field, value]) => !deepEqual(fieldOf(before, field), value))
  return changed.length === 0 ? undefined : { patch: { id: after.id, set: Object.fromEntries(changed) } }
}

/** `before` becomes `after`. */
export function diff(before: GraphPart, after: GraphPart): GraphDelta {
  const changes: ObjectChange[] = []
  const note = (change: ObjectChange | undefined) => change && changes.push(change)
  for (const [id, object] of before.objects) note(diffObject(object, after.objects.get(id)))
  for (const [id, object] of after.objects) if (!before.objects.has(id)) note({ put: object })
  return toDelta(changes)
}

/** Gathers changes of different objects into one delta. */
export function toDelta(changes: Iterable<ObjectChange>): GraphDelta {
  const delta = { put: [] as GraphObject[], patch: [] as GraphPatch[], remove: [] as GraphId[] }
  for (const change of changes) {
    if ('put' in change) delta.put.push(change.put)
    else if ('patch' in change) delta.patch.push(change.patch)
    else delta.remove.push(change.remove)
  }
  return delta
}

export const isEmptyDelta = (delta: GraphDelta) =>
  delta.put.length === 0 && delta.patch.length === 0 && delta.remove.length === 0

/** The part after the delta; the same part if nothing in it changed. A patch of an object that is not there does nothing. */
export function apply(part: GraphPart, delta: GraphDelta): GraphPart {
  const objects = new Map(part.objects)
  return applyInto(objects, delta).size === 0 ? part : { key: part.key, objects }
}

/** Applies a delta to a map in place and returns the ids that changed; for holders of one living copy. */
export function applyInto(objects: Map<GraphId, GraphObject>, delta: GraphDelta): ReadonlySet<GraphId> {
  const changed = new Set<GraphId>()
  for (const id of delta.remove) if (objects.delete(id)) changed.add(id)
  for (const object of delta.put) {
    const before = objects.get(object.id)
    if (before !== undefined && deepEqual(before, object)) continue
    objects.set(object.id, object)
    changed.add(object.id)
  }
  for (const patch of delta.patch) {
    const before = objects.get(patch.id)
    const after = before && patched(before, patch)
    if (after === undefined || after === before) continue
    objects.set(patch.id, after)
    changed.add(patch.id)
  }
  return changed
}

/** One delta with the effect of `first` and then `second`. */
export function squash(first: GraphDelta, second: GraphDelta): GraphDelta {
  const changes = new Map<GraphId, ObjectChange>()
  for (const object of first.put) changes.set(object.id, { put: object })
  for (const patch of first.patch) changes.set(patch.id, { patch })
  for (const id of first.remove) changes.set(id, { remove: id })
  for (const id of second.remove) changes.set(id, { remove: id })
  for (const object of second.put) changes.set(object.id, { put: object })
  for (const patch of second.patch) changes.set(patch.id, patchAfter(changes.get(patch.id), patch))
  return toDelta(changes.values())
}

function patchAfter(earlier: ObjectChange | undefined, patch: GraphPatch): ObjectChange {
  if (earlier === undefined) return { patch }
  if ('put' in earlier) return { put: patched(earlier.put, patch) }
  if ('patch' in earlier) return { patch: { id: patch.id, set: { ...earlier.patch.set, ...patch.set } } }
  return earlier
}

// Keeps the object when every value is already there, and every field whose value is equal.
function patched(object: GraphObject, patch: GraphPatch): GraphObject {
  const changed = Object.entries(patch.set).filter(([field, value]) => !deepEqual(fieldOf(object, field), value))
  // The codec checks field names; the type of a patch cannot tie them to the object's kind.
  return changed.length === 0 ? object : ({ ...object, ...Object.fromEntries(changed) } as GraphObject)
}

// Objects of one kind have the same fields, so a patch reaches them all; another uid under the same name is another object.
function isAnother(before: GraphObject, after: GraphObject): boolean {
  return before.kind !== after.kind || fieldOf(before, 'uid') !== fieldOf(after, 'uid')
}

function fieldOf(object: GraphObject, field: string): unknown {
  return Object.getOwnPropertyDescriptor(object, field)?.value
}
