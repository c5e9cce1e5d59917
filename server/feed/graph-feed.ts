// The feed of one audience in one epoch: parts that somebody looks at, kept up to date once for all who look. What changed is
// remembered as ids and projected when the frame is made, so the latest value wins and a burst costs one projection per object.
// Audiences never share a frame, a sequence or a position: session-feeds.ts makes a feed for each.

import type { WatchInput } from '@/core/feed/protocol'
import type { GraphId, PartKey } from '@/core/graph/types'
import { byName } from '../by-name'
import { createCoalescer } from './coalescer'
import { createPartFeed, type PartFeed } from './part-feed'
import type { DirtyParts, FeedClock, PartSource } from './part-source'
import { type RingLimits, ringLimits } from './ring'
import { createStreamCap, type StreamCap } from './stream-cap'
import { createSubscription, type Subscription } from './subscription'

export type GraphFeed = {
  readonly epoch: string
  subscribe(input: WatchInput): Subscription
  stats(): { subscribers: number; parts: number; ringBytes: number; seq: number }
  /** Ends every subscription with `ended`; the feed makes nothing more. */
  stop(): void
}

export type GraphFeedOptions = {
  readonly epoch: string
  readonly source: PartSource
  readonly clock: FeedClock
  /** A part could not be projected. Its readers are cut off and start again; the rest goes on. */
  readonly onFault: (part: PartKey, error: unknown) => void
  /** How long a part is kept up to date after its last reader left, so that a reader who comes back can resume. */
  readonly keepMs?: number
  /** Streams of all feeds together; a cap of its own by default. */
  readonly cap?: StreamCap
  readonly limits?: RingLimits
}

type Watched = { readonly feed: PartFeed; readers: number; forget: (() => void) | undefined }

/** How long a part is kept up to date for readers who come back. */
export const keepPartsMs = 60_000

/** Too many streams are open. */
export class FeedFullError extends Error {
  override readonly name = 'FeedFullError'
  static override readonly [Symbol.hasInstance] = byName('FeedFullError')
}

export function createGraphFeed(options: GraphFeedOptions): GraphFeed {
  const { epoch, source, clock, onFault, keepMs = keepPartsMs, cap = createStreamCap(), limits = ringLimits } = options
  const watched = new Map<PartKey, Watched>()
  const dirty = new Map<PartKey, Set<GraphId>>()
  const subscriptions = new Set<Subscription>()
  let seq = 0
  let partNumber = 0
  let stopped = false
  const nextSeq = () => {
    seq += 1
    return seq
  }

  const coalescer = createCoalescer(clock, flush)
  const unsubscribe = source.subscribe(mark)

  function mark(changes: DirtyParts) {
    let any = false
    for (const [part, ids] of changes) {
      if (!watched.has(part)) continue
      const known = dirty.get(part)
      if (known) for (const id of ids) known.add(id)
      else dirty.set(part, new Set(ids))
      any = true
    }
    if (any) coalescer.mark()
  }

  function flush() {
    const changes = [...dirty]
    dirty.clear()
    const changed = new Set<PartKey>()
    for (const [part, ids] of changes) if (refresh(part, ids)) changed.add(part)
    if (changed.size > 0) for (const subscription of subscriptions) subscription.wake()
  }

  function refresh(part: PartKey, ids: ReadonlySet<GraphId>): boolean {
    const entry = watched.get(part)
    if (!entry) return false
    try {
      return entry.feed.refresh(ids, nextSeq)
    } catch (error) {
      // Half-made frames must not be read on from: whoever reads this part starts again from a fresh projection.
      entry.forget?.()
      watched.delete(part)
      for (const subscription of [...subscriptions]) if (subscription.reads(part)) subscription.end({ fault: part })
      onFault(part, error)
      return false
    }
  }

  function enter(part: PartKey): PartFeed {
    const known = watched.get(part)
    if (known) {
      known.readers += 1
      known.forget?.()
      known.forget = undefined
      return known.feed
    }
    partNumber += 1
    const feed = createPartFeed(source, part, { number: partNumber, seq: nextSeq(), limits })
    watched.set(part, { feed, readers: 1, forget: undefined })
    return feed
  }

  function leave(part: PartKey, feed: PartFeed) {
    const entry = watched.get(part)
    if (entry?.feed !== feed) return
    entry.readers -= 1
    if (entry.readers > 0 || stopped) return
    entry.forget = clock.after(keepMs, () => watched.delete(part))
  }

  return {
    epoch,
    subscribe(input) {
      if (stopped || !cap.enter()) throw new FeedFullError(`${cap.open()} streams`)
      const entered = new Map<PartKey, PartFeed>()
      const leaveAll = () => {
        cap.leave()
        for (const [part, feed] of entered) leave(part, feed)
      }
      try {
        for (const { key } of input.parts) if (!entered.has(key)) entered.set(key, enter(key))
      } catch (error) {
        leaveAll()
        throw error
      }
      const subscription = createSubscription(input, {
        epoch,
        now: () => clock.now(),
        head: () => seq,
        parts: entered,
        onEnd() {
          if (subscriptions.delete(subscription)) leaveAll()
        },
      })
      subscriptions.add(subscription)
      return subscription
    },
    stats() {
      const all = [...watched.values()]
      const ringBytes = all.reduce((sum, { feed }) => sum + feed.ring.bytes(), 0)
      return { subscribers: subscriptions.size, parts: all.length, ringBytes, seq }
    },
    stop() {
      stopped = true
      unsubscribe()
      coalescer.stop()
      for (const subscription of [...subscriptions]) subscription.end('stopped')
      for (const entry of watched.values()) entry.forget?.()
      watched.clear()
    },
  }
}
