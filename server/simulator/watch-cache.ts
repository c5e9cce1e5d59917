// The embedded cluster's etcd and watch cache in one: objects by key, one revision counter, and a bounded history per
// resource. The history serves both a resumed watch and the consistent snapshot of a paged list.

import { type ApiObject, objectKeyOf } from './api-object'
import { type ResourceName, resourceNames } from './resources'

export type CacheEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly resource: ResourceName
  readonly key: string
  readonly revision: number
  readonly object: ApiObject
  /** The object before, so that a selector sees objects enter and leave, and a snapshot can be wound back. */
  readonly previous: ApiObject | undefined
}

export type WatchCache = {
  revision(): number
  get(resource: ResourceName, key: string): ApiObject | undefined
  /** All objects of a resource in key order. */
  list(resource: ResourceName): readonly ApiObject[]
  /** Writes an object and gives it the next revision. Writing what is already there changes nothing. */
  put(resource: ResourceName, object: ApiObject): ApiObject
  remove(resource: ResourceName, key: string): void
  /** The list as it was at a revision, or undefined when the history does not reach that far. */
  snapshot(resource: ResourceName, revision: number): readonly ApiObject[] | undefined
  /** What happened after a revision, or undefined when the history does not reach that far. */
  since(resource: ResourceName, revision: number): readonly CacheEvent[] | undefined
  /** `onEnd`: the resource is served no more. */
  subscribe(resource: ResourceName, listener: (event: CacheEvent) => void, onEnd?: () => void): () => void
  /** False once its CRD has been removed. */
  isServed(resource: ResourceName): boolean
  /** Installs a CRD, or removes it with all its objects. */
  serve(resource: ResourceName, served: boolean): void
  /** Forgets all history: every watch and page older than now gets 410. */
  compact(): void
}

type Shelf = {
  readonly objects: Map<string, ApiObject>
  /** What was written last under each key, as text: tells a change from none. */
  readonly texts: Map<string, string>
  readonly listeners: Set<(event: CacheEvent) => void>
  readonly ends: Set<() => void>
  served: boolean
  sorted: readonly ApiObject[] | undefined
  history: CacheEvent[]
  /** Revision of the newest event that was forgotten. */
  forgotten: number
}

/**
 * `historySize` is the number of events kept per resource (a quarter more before the oldest go); `firstRevision` the revision before
 * the first write. Each event holds the object as it was: five hundred outlast every reconnection, and whoever comes later reads anew.
 */
export function createWatchCache({ historySize = 500, firstRevision = 1000 } = {}): WatchCache {
  let revision = firstRevision
  const shelves = Object.fromEntries(resourceNames.map((name) => [name, newShelf(firstRevision)])) as Record<
    ResourceName,
    Shelf
  >

  function record(event: CacheEvent) {
    const shelf = shelves[event.resource]
    shelf.sorted = undefined
    shelf.history.push(event)
    // Cut in one go now and then: shifting an array on every write would cost its length each time.
    if (shelf.history.length >= historySize * 1.25) {
      shelf.forgotten = shelf.history[shelf.history.length - historySize - 1]?.revision ?? shelf.forgotten
      shelf.history = shelf.history.slice(-historySize)
    }
    for (const listener of shelf.listeners) listener(event)
  }

  function list(resource: ResourceName): readonly ApiObject[] {
    const shelf = shelves[resource]
    shelf.sorted ??= inKeyOrder(shelf.objects)
    return shelf.sorted
  }

  function remove(resource: ResourceName, key: string) {
    const previous = shelves[resource].objects.get(key)
    if (previous === undefined) return
    revision += 1
    shelves[resource].objects.delete(key)
    shelves[resource].texts.delete(key)
    record({ type: 'DELETED', resource, key, revision, object: withRevision(previous, revision), previous })
  }

  function since(resource: ResourceName, from: number): readonly CacheEvent[] | undefined {
    const { history, forgotten } = shelves[resource]
    return from < forgotten ? undefined : history.slice(firstAfter(history, from))
  }

  return {
    list,
    since,
    revision: () => revision,
    get: (resource, key) => shelves[resource].objects.get(key),
    put(resource, object) {
      const key = objectKeyOf(object)
      const { objects, texts } = shelves[resource]
      const previous = objects.get(key)
      // The revision in the object handed in is not the writer's to set, and no difference.
      const text = JSON.stringify(withRevision(object, 0))
      if (previous !== undefined && texts.get(key) === text) return previous
      texts.set(key, text)
      revision += 1
      const written = withRevision(object, revision)
      objects.set(key, written)
      record({ type: previous ? 'MODIFIED' : 'ADDED', resource, key, revision, object: written, previous })
      return written
    },
    remove,
    snapshot(resource, at) {
      const later = since(resource, at)
      if (later === undefined) return undefined
      if (later.length === 0) return list(resource)
      const objects = new Map(shelves[resource].objects)
      for (const { key, previous } of later.toReversed()) {
        if (previous === undefined) objects.delete(key)
        else objects.set(key, previous)
      }
      return inKeyOrder(objects)
    },
    subscribe(resource, listener, onEnd = () => undefined) {
      const { listeners, ends } = shelves[resource]
      listeners.add(listener)
      ends.add(onEnd)
      return () => {
        listeners.delete(listener)
        ends.delete(onEnd)
      }
    },
    isServed: (resource) => shelves[resource].served,
    serve(resource, served) {
      const shelf = shelves[resource]
      if (!served) {
        for (const key of [...shelf.objects.keys()]) remove(resource, key)
        for (const end of [...shelf.ends]) end()
      }
      shelf.served = served
    },
    compact() {
      for (const name of resourceNames) {
        shelves[name].history = []
        shelves[name].forgotten = revision
      }
    },
  }
}

const newShelf = (forgotten: number): Shelf => ({
  objects: new Map(),
  texts: new Map(),
  listeners: new Set(),
  ends: new Set(),
  served: true,
  sorted: undefined,
  history: [],
  forgotten,
})

const inKeyOrder = (objects: ReadonlyMap<string, ApiObject>) =>
  [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)

function firstAfter(history: readonly CacheEvent[], revision: number): number {
  let low = 0
  let high = history.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((history[middle]?.revision ?? 0) <= revision) low = middle + 1
    else high = middle
  }
  return low
}

const withRevision = (object: ApiObject, revision: number): ApiObject => {
  const { apiVersion, kind, metadata, ...rest } = object
  return { apiVersion, kind, metadata: { ...metadata, resourceVersion: String(revision) }, ...rest }
}
