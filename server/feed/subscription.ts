// One reader: a cursor per part, nothing queued. It is pulled; what it has not asked for stays in the rings, and a cursor that fell
// off its ring gets one snapshot. However slow a reader is, it holds one batch and, at most, the rows of one snapshot per part.

import { encodeHello, type SnapshotFrames, type WireFrame } from '@/core/feed/codec'
import { formatEventId, parseEventId, protocolVersion, type WatchInput } from '@/core/feed/protocol'
import type { PartKey } from '@/core/graph/types'
import { build } from './build'
import type { PartFeed } from './part-feed'

/** Everything there is to say at this moment, within limits; `id` says how far the reader is complete when it has read this. */
export type Batch = { readonly id: string; readonly frames: readonly WireFrame[] }

type EndReason = 'left' | 'stopped' | { readonly fault: PartKey }

export type Subscription = {
  /** The next batch; resolves when there is something. Undefined after the end. One call at a time. */
  next(): Promise<Batch | undefined>
  wake(): void
  reads(part: PartKey): boolean
  end(reason: EndReason): void
  endReason(): EndReason | undefined
}

type Context = {
  readonly epoch: string
  readonly now: () => number
  /** Newest seq of the feed. */
  readonly head: () => number
  readonly parts: ReadonlyMap<PartKey, PartFeed>
  readonly onEnd: () => void
}

type Cursor = {
  readonly feed: PartFeed
  /** Undefined: the reader has nothing of this part to continue from. */
  position: number | undefined
  sending: { readonly seq: number; readonly frames: SnapshotFrames; next: number } | undefined
}

const maxBatchBytes = 256 * 1024

export function createSubscription(input: WatchInput, context: Context): Subscription {
  const cursors = new Map<PartKey, Cursor>()
  for (const [part, feed] of context.parts) {
    cursors.set(part, { feed, position: resumePosition(input, part, context), sending: undefined })
  }
  let greeted = false
  let ended: EndReason | undefined
  let waiting: ((batch: Batch | undefined) => void) | undefined

  function take(): Batch | undefined {
    const frames: WireFrame[] = []
    if (!greeted) {
      const { epoch, now } = context
      frames.push(encodeHello({ type: 'hello', version: protocolVersion, epoch, serverTime: now(), build }))
      greeted = true
    }
    let room = maxBatchBytes
    for (const cursor of cursors.values()) {
      if (room <= 0) break
      room -= advance(cursor, frames, room)
    }
    return frames.length === 0 ? undefined : { id: formatEventId(context.epoch, completeUpTo()), frames }
  }

  // A resumed stream may miss nothing of any part up to its id, so the part that lags most decides.
  function completeUpTo(): number {
    let complete = context.head()
    for (const { feed, position = 0, sending } of cursors.values()) {
      const caughtUp = sending === undefined && position >= feed.ring.head()
      if (!caughtUp) complete = Math.min(complete, sending ? 0 : position)
    }
    return complete
  }

  return {
    next() {
      if (ended) return Promise.resolve(undefined)
      const batch = take()
      if (batch) return Promise.resolve(batch)
      return new Promise((resolve) => {
        waiting = resolve
      })
    },
    wake() {
      if (!waiting) return
      const batch = take()
      if (!batch) return
      const resolve = waiting
      waiting = undefined
      resolve(batch)
    },
    reads: (part) => cursors.has(part),
    end(reason) {
      if (ended) return
      ended = reason
      cursors.clear()
      context.onEnd()
      waiting?.(undefined)
      waiting = undefined
    },
    endReason: () => ended,
  }
}

/** Moves the cursor on by as much as fits and returns the bytes it took. A snapshot goes one chunk per batch. */
function advance(cursor: Cursor, frames: WireFrame[], room: number): number {
  if (cursor.sending) return sendChunk(cursor, cursor.sending, frames)
  const pending = cursor.position === undefined ? undefined : cursor.feed.ring.after(cursor.position)
  if (!pending) {
    const { seq, frames: chunks } = cursor.feed.snapshot()
    return sendChunk(cursor, { seq, frames: chunks, next: 0 }, frames)
  }
  let bytes = 0
  for (const one of pending) {
    if (bytes > 0 && bytes + one.bytes > room) break
    frames.push(one.frame)
    cursor.position = one.seq
    bytes += one.bytes
  }
  return bytes
}

function sendChunk(cursor: Cursor, sending: NonNullable<Cursor['sending']>, frames: WireFrame[]): number {
  frames.push(sending.frames.chunk(sending.next))
  sending.next += 1
  const done = sending.next === sending.frames.chunks
  cursor.sending = done ? undefined : sending
  if (done) cursor.position = sending.seq
  // Half of a batch: two small parts still share the first event, two large chunks do not.
  return maxBatchBytes / 2
}

// The newest of the positions the reader names, if they are of this life of the server. A position the ring cannot continue from
// (too old, from the future, nonsense) is found out there, and costs a snapshot.
function resumePosition(input: WatchInput, part: PartKey, context: Context): number | undefined {
  const named: number[] = []
  const asked = input.parts.find((one) => one.key === part)?.since
  if (input.epoch === context.epoch && asked !== undefined) named.push(asked)
  const last = input.lastEventId === undefined ? undefined : parseEventId(input.lastEventId)
  if (last?.epoch === context.epoch && last.seq > 0) named.push(last.seq)
  const known = named.filter((seq) => Number.isSafeInteger(seq) && seq > 0 && seq <= context.head())
  return known.length === 0 ? undefined : Math.max(...known)
}
