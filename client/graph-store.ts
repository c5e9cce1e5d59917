// The browser's copy of the parts it looks at: a fold over feed events. An object that did not change keeps its identity, and
// however many events arrive, listeners hear of them once per animation frame.

import type { FeedEvent } from '@/core/feed/protocol'
import { deepEqual } from '@/core/graph/deep-equal'
import { applyInto } from '@/core/graph/delta'
import type { GraphId, GraphObject, PartKey } from '@/core/graph/types'
import { type ChangedIds, type PartObjects, PartView } from './part-view'

/** `gap`: an event is missing; nothing was taken, ask for a snapshot of the part. */
type Folded = 'applied' | 'duplicate' | 'gap'

export type GraphStore = {
  /** Undefined: not loaded. A new view whenever anything in the part changed, the same one otherwise. */
  part(key: PartKey): PartObjects | undefined
  object(key: PartKey, id: GraphId): GraphObject | undefined
  subscribePart(key: PartKey, listener: (changed: ChangedIds) => void): () => void
  subscribeObject(key: PartKey, id: GraphId, listener: () => void): () => void
  /** For `live.ts` only. */
  fold(event: FeedEvent): Folded
  epoch(): string | undefined
  keys(): readonly PartKey[]
  /** Position in the part's history, to resume from. Undefined: not loaded, ask for a snapshot. */
  position(key: PartKey): number | undefined
  /** Forgets the position, keeps what is shown until the snapshot comes. */
  invalidate(key: PartKey): void
  /** Forgets the part. */
  drop(key: PartKey): void
}

type PartState = {
  /** What readers see; replaced at most once per frame. */
  shown: PartView | undefined
  /** What has been folded; equal to `shown` when there is nothing to tell. */
  folded: Map<GraphId, GraphObject> | undefined
  seq: number | undefined
  incoming: { seq: number; next: number; objects: Map<GraphId, GraphObject> } | undefined
  changed: Set<GraphId> | 'all' | undefined
}

/** `schedule` runs its argument once, later: an animation frame in a browser. */
export function createGraphStore(options: { schedule?: (flush: () => void) => void } = {}): GraphStore {
  const schedule = options.schedule ?? nextFrame
  const parts = new Map<PartKey, PartState>()
  const partListeners = new Map<PartKey, Set<(changed: ChangedIds) => void>>()
  const objectListeners = new Map<PartKey, Map<GraphId, Set<() => void>>>()
  let epoch: string | undefined
  let scheduled = false

  function touch(state: PartState, change: ReadonlySet<GraphId> | 'all') {
    if (change !== 'all' && change.size === 0) return
    if (change === 'all') state.changed = 'all'
    else if (state.changed !== 'all') {
      state.changed ??= new Set()
      for (const id of change) state.changed.add(id)
    }
    if (scheduled) return
    scheduled = true
    schedule(flush)
  }

  function flush() {
    scheduled = false
    const changes: [PartKey, ChangedIds][] = []
    for (const [key, state] of parts) {
      if (state.changed === undefined) continue
      changes.push([key, state.changed])
      state.shown = show(state, state.changed)
      state.changed = undefined
      if (!state.folded && !state.incoming) parts.delete(key)
    }
    for (const [key, changed] of changes) notify(key, changed)
  }

  function notify(key: PartKey, changed: ChangedIds) {
    for (const listener of [...(partListeners.get(key) ?? [])]) listener(changed)
    const byId = objectListeners.get(key)
    if (!byId) return
    for (const id of changed === 'all' ? [...byId.keys()] : changed) {
      for (const listener of [...(byId.get(id) ?? [])]) listener()
    }
  }

  function stateOf(key: PartKey): PartState {
    const state = parts.get(key) ?? empty()
    parts.set(key, state)
    return state
  }

  function fold(event: FeedEvent): Folded {
    if (event.type === 'hello') {
      if (epoch !== undefined && epoch !== event.epoch) for (const state of parts.values()) forget(state)
      epoch = event.epoch
      return 'applied'
    }
    return event.type === 'snapshot' ? foldSnapshot(event) : foldDelta(event)
  }

  function foldSnapshot(event: Extract<FeedEvent, { type: 'snapshot' }>): Folded {
    const state = stateOf(event.part)
    // From here on the server's numbers are those of the snapshot: half of one cannot be continued from the old position.
    state.seq = undefined
    if (event.chunk === 0) state.incoming = { seq: event.seq, next: 0, objects: new Map() }
    const incoming = state.incoming
    if (!incoming || incoming.seq !== event.seq || incoming.next !== event.chunk) {
      state.incoming = undefined
      return 'gap'
    }
    for (const object of event.objects) incoming.objects.set(object.id, keep(state.folded?.get(object.id), object))
    incoming.next += 1
    if (incoming.next < event.chunks) return 'applied'
    state.folded = incoming.objects
    state.seq = event.seq
    state.incoming = undefined
    touch(state, 'all')
    return 'applied'
  }

  function foldDelta(event: Extract<FeedEvent, { type: 'delta' }>): Folded {
    const state = parts.get(event.part)
    if (!state?.folded || state.seq === undefined) return 'gap'
    if (event.seq <= state.seq) return 'duplicate'
    if (event.prev !== state.seq) return 'gap'
    const { folded } = state
    if (event.delta.patch.some(({ id }) => !folded.has(id))) return 'gap'
    touch(state, applyInto(folded, event.delta))
    state.seq = event.seq
    return 'applied'
  }

  return {
    part: (key) => parts.get(key)?.shown,
    object: (key, id) => parts.get(key)?.shown?.get(id),
    subscribePart(key, listener) {
      const listeners = partListeners.get(key) ?? new Set()
      partListeners.set(key, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && partListeners.get(key) === listeners) partListeners.delete(key)
      }
    },
    subscribeObject(key, id, listener) {
      const byId = objectListeners.get(key) ?? new Map<GraphId, Set<() => void>>()
      objectListeners.set(key, byId)
      const listeners = byId.get(id) ?? new Set()
      byId.set(id, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && byId.get(id) === listeners) byId.delete(id)
        if (byId.size === 0 && objectListeners.get(key) === byId) objectListeners.delete(key)
      }
    },
    fold,
    epoch: () => epoch,
    keys: () => [...parts.keys()],
    position: (key) => parts.get(key)?.seq,
    invalidate(key) {
      const state = parts.get(key)
      if (state) forget(state)
    },
    drop(key) {
      const state = parts.get(key)
      if (!state) return
      forget(state)
      state.folded = undefined
      touch(state, 'all')
    },
  }
}

function empty(): PartState {
  return {
    shown: undefined,
    folded: undefined,
    seq: undefined,
    incoming: undefined,
    changed: undefined,
  }
}

function show({ folded, shown }: PartState, changed: ChangedIds): PartView | undefined {
  if (!folded) return undefined
  if (changed === 'all' || !shown) return new PartView(new Map(folded))
  return shown.change(new Map([...changed].map((id) => [id, folded.get(id)] as const)))
}

function forget(state: PartState) {
  state.seq = undefined
  state.incoming = undefined
}

// A snapshot after a reconnect holds mostly what is there already: the old object stays, so that nothing is drawn again.
function keep(old: GraphObject | undefined, fresh: GraphObject): GraphObject {
  return deepEqual(old, fresh) && old ? old : fresh
}

function nextFrame(flush: () => void) {
  requestAnimationFrame(flush)
}
