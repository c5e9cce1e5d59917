// The feed of one epoch: parts that somebody looks at, kept up to date once for all who look. What changed is remembered as ids
// and projected when the frame is made, so the latest value wins and a burst costs one projection per object.

import type { WatchInput } from '@/core/feed/protocol'
import type { GraphId, PartKey } from '@/core/graph/types'
import { createCoalescer } from './coalescer'
import { createPartFeed, type PartFeed } from './part-feed'
import type { DirtyParts, FeedClock, PartSource } from './part-source'
import { type RingLimits, ringLimits } from './ring'
import { createSubscription, type Subscription } from './subscription'

/** Who sees what. One until there is sign-in: everybody sees all. */
type Audience = 'all'

export type GraphFeed = {
  readonly epoch: string
  subscribe(input: WatchInput, audience?: Audience): Subscription
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
  readonly maxSubscribers?: number
  readonly limits?: RingLimits
}

type Watched = { readonly feed: PartFeed; readers: number; forget: (() => void) | undefined }

/** Too many streams are open. */
export class FeedFullError extends Error {}

export function createGraphFeed(options: GraphFeedOptions): GraphFeed {
  const { epoch, source, clock, onFault, keepMs = 60_000, maxSubscribers = 200, limits = ringLimits } = options
  // A ring belongs to a part and an audience: two audiences never share a frame.
  const watched = new Map<Audience, Map<PartKey, Watched>>()
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
      if (![...watched.values()].some((parts) => parts.has(part))) continue
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
    for (const parts of watched.values()) {
      for (const [part, ids] of changes) if (refresh(parts, part, ids)) changed.add(part)
    }
    if (changed.size > 0) for (const subscription of subscriptions) subscription.wake()
  }

  function refresh(parts: Map<PartKey, Watched>, part: PartKey, ids: ReadonlySet<GraphId>): boolean {
    const entry = parts.get(part)
    if (!entry) return false
    try {
      return entry.feed.refresh(ids, nextSeq)
    } catch (error) {
      // Half-made frames must not be read on from: whoever reads this part starts again from a fresh projection.
      entry.forget?.()
      parts.delete(part)
      for (const subscription of [...subscriptions]) if (subscription.reads(part)) subscription.end({ fault: part })
      onFault(part, error)
      return false
    }
  }

  function enter(parts: Map<PartKey, Watched>, part: PartKey): PartFeed {
    const known = parts.get(part)
    if (known) {
      known.readers += 1
      known.forget?.()
      known.forget = undefined
      return known.feed
    }
    partNumber += 1
    const feed = createPartFeed(source, part, { number: partNumber, seq: nextSeq(), limits })
    parts.set(part, { feed, readers: 1, forget: undefined })
    return feed
  }

  function leave(parts: Map<PartKey, Watched>, part: PartKey, feed: PartFeed) {
    const entry = parts.get(part)
    if (entry?.feed !== feed) return
    entry.readers -= 1
    if (entry.readers > 0 || stopped) return
    entry.forget = clock.after(keepMs, () => parts.delete(part))
  }

  return {
    epoch,
    subscribe(input, audience = 'all') {
      if (stopped || subscriptions.size >= maxSubscribers) throw new FeedFullError(`${subscriptions.size} streams`)
      const parts = watched.get(audience) ?? new Map<PartKey, Watched>()
      watched.set(audience, parts)
      const entered = new Map<PartKey, PartFeed>()
      const leaveAll = () => {
        for (const [part, feed] of entered) leave(parts, part, feed)
      }
      try {
        for (const { key } of input.parts) if (!entered.has(key)) entered.set(key, enter(parts, key))
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
      const all = [...watched.values()].flatMap((parts) => [...parts.values()])
      const ringBytes = all.reduce((sum, { feed }) => sum + feed.ring.bytes(), 0)
      return { subscribers: subscriptions.size, parts: all.length, ringBytes, seq }
    },
    stop() {
      stopped = true
      unsubscribe()
      coalescer.stop()
      for (const subscription of [...subscriptions]) subscription.end('stopped')
      for (const parts of watched.values()) for (const entry of parts.values()) entry.forget?.()
      watched.clear()
    },
  }
}
