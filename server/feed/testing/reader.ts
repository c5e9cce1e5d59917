// A browser in miniature: decodes batches, folds them, refuses what does not join on. The real one is client/graph-store.ts.

import { createDecoder } from '@/core/feed/codec'
import type { WatchInput } from '@/core/feed/protocol'
import { applyInto } from '@/core/graph/delta'
import type { GraphId, GraphObject, PartKey } from '@/core/graph/types'
import type { Batch } from '../subscription'
import { nameOf } from './fake-source'

type Held = { objects: Map<GraphId, GraphObject>; seq: number | undefined; incoming: Map<GraphId, GraphObject> }

export function createReader(parts: readonly PartKey[]) {
  const decoder = createDecoder()
  const held = new Map<PartKey, Held>(
    parts.map((part) => [part, { objects: new Map(), seq: undefined, incoming: new Map() }]),
  )
  let epoch: string | undefined
  let lastId: string | undefined
  let snapshots = 0
  const gaps: string[] = []

  function read(batch: Batch) {
    for (const frame of batch.frames) {
      const event = decoder.decode(JSON.parse(JSON.stringify(frame)))
      if (event.type === 'unreadable') gaps.push(`unreadable ${event.part}`)
      else if (event.type === 'hello') epoch = event.epoch
      else fold(event)
    }
    lastId = batch.id
  }

  function fold(event: Exclude<ReturnType<typeof decoder.decode>, { type: 'hello' | 'unreadable' }>) {
    const part = held.get(event.part)
    if (!part) return
    if (event.type === 'snapshot') {
      if (event.chunk === 0) part.incoming = new Map()
      part.seq = undefined
      for (const object of event.objects) part.incoming.set(object.id, object)
      if (event.chunk + 1 < event.chunks) return
      snapshots += 1
      part.objects = part.incoming
      part.seq = event.seq
    } else if (part.seq !== undefined && event.seq > part.seq) {
      if (event.prev !== part.seq) gaps.push(`${event.part}: ${part.seq} then ${event.prev}`)
      applyInto(part.objects, event.delta)
      part.seq = event.seq
    }
  }

  return {
    read,
    gaps,
    snapshots: () => snapshots,
    lastId: () => lastId,
    /** Resumes by the position of each part. */
    input: (): WatchInput => ({
      epoch,
      parts: parts.map((key) => ({ key, since: held.get(key)?.seq })),
      lastEventId: undefined,
    }),
    values: (part: PartKey) =>
      Object.fromEntries([...(held.get(part)?.objects ?? [])].map(([id, object]) => [id, nameOf(object)])),
  }
}

export type Reader = ReturnType<typeof createReader>
