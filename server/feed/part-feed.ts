// One part for one audience: what its readers have been told so far, and the frames that told them.

import { createPartEncoder, type SnapshotFrames, type WireFrame } from '@/core/feed/codec'
import { applyInto, diffObject, isEmptyDelta, type ObjectChange, toDelta } from '@/core/graph/delta'
import type { GraphId, GraphObject, PartKey } from '@/core/graph/types'
import type { PartSource } from './part-source'
import { createRing, type Ring, type RingLimits } from './ring'

// Rows of a snapshot event: small enough that no event is a megabyte, large enough that a part is not a thousand events.
const chunkSize = 500

export type PartFeed = {
  readonly ring: Ring
  /** Projects these objects again. False when readers would see no difference. */
  refresh(ids: ReadonlySet<GraphId>, nextSeq: () => number): boolean
  snapshot(): { seq: number; frames: SnapshotFrames }
}

export type PartFeedStart = { readonly number: number; readonly seq: number; readonly limits: RingLimits }

export function createPartFeed(source: PartSource, key: PartKey, start: PartFeedStart): PartFeed {
  const objects = new Map<GraphId, GraphObject>(source.project(key).objects)
  const encoder = createPartEncoder(key, start.number, objects.values())
  const ring = createRing(start.seq, start.limits)
  // For all readers who come before the next change; let go of with the last of them.
  let shared: { readonly seq: number; readonly frames: WeakRef<SnapshotFrames> } | undefined

  return {
    ring,
    refresh(ids, nextSeq) {
      const changes: ObjectChange[] = []
      for (const id of ids) {
        const change = diffObject(objects.get(id), source.projectObject(key, id))
        if (change) changes.push(change)
      }
      const delta = toDelta(changes)
      if (isEmptyDelta(delta)) return false
      const prev = ring.head()
      const seq = nextSeq()
      const frame = encoder.delta(delta, { seq, prev })
      ring.push({ seq, frame, bytes: JSON.stringify(frame).length })
      applyInto(objects, delta)
      return true
    },
    snapshot() {
      const seq = ring.head()
      const known = shared?.seq === seq ? shared.frames.deref() : undefined
      const frames = known ?? madeOnce(encoder.snapshot(objects.values(), { seq, chunkSize }))
      if (!known) shared = { seq, frames: new WeakRef(frames) }
      return { seq, frames }
    },
  }
}

function madeOnce({ chunks, chunk }: SnapshotFrames): SnapshotFrames {
  const made: WireFrame[] = []
  return {
    chunks,
    chunk(index) {
      const frame = made[index] ?? chunk(index)
      made[index] = frame
      return frame
    },
  }
}
