// Parts a test writes by hand. Namespace summaries are the smallest graph objects; their name carries the value.

import type { GraphId, GraphObject, PartKey } from '@/core/graph/types'
import type { DirtyParts, PartSource } from '../part-source'

export type FakeSource = PartSource & {
  set(part: PartKey, id: GraphId, value: string | undefined): void
  /** Values by id, as a reader should see them. */
  values(part: PartKey): Record<string, string>
  projections(): number
  failOn(id: GraphId | undefined): void
}

export function createFakeSource(): FakeSource {
  const parts = new Map<PartKey, Map<GraphId, GraphObject>>()
  const listeners = new Set<(dirty: DirtyParts) => void>()
  let projections = 0
  let failing: GraphId | undefined

  const objectsOf = (part: PartKey) => parts.get(part) ?? new Map<GraphId, GraphObject>()

  return {
    project: (key) => ({ key, objects: new Map(objectsOf(key)) }),
    projectObject(part, id) {
      projections += 1
      if (id === failing) throw new Error(`cannot project ${id}`)
      return objectsOf(part).get(id)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(part, id, value) {
      const objects = objectsOf(part)
      parts.set(part, objects)
      if (value === undefined) objects.delete(id)
      else objects.set(id, { id, kind: 'NamespaceSummary', name: value })
      for (const listener of listeners) listener(new Map([[part, new Set([id])]]))
    },
    values: (part) => Object.fromEntries([...objectsOf(part)].map(([id, object]) => [id, nameOf(object)])),
    projections: () => projections,
    failOn(id) {
      failing = id
    },
  }
}

export function nameOf(object: GraphObject): string {
  return 'name' in object ? object.name : ''
}
