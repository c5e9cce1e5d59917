// The feeds of one session: one for those who see everything, which is always there, and one for every other audience while
// somebody reads it. An audience that nobody reads costs nothing when the cluster changes.

import { type Audience, everything as everyone, seesEverything } from '@/core/access/audience'
import type { GraphView } from '@/core/graph/graph-view'
import { createGraphFeed, FeedFullError, type GraphFeed, type GraphFeedOptions, keepPartsMs } from './graph-feed'
import type { FeedClock, PartSource } from './part-source'
import { createStreamCap } from './stream-cap'

/** How one audience sees the cluster: a view for what is asked once, a source for what is kept up to date. */
export type AudienceSide = { readonly view: GraphView; readonly source: PartSource }

export type SessionFeeds = {
  readonly everything: GraphFeed
  viewOf(audience: Audience): GraphView
  /** Throws FeedFullError when too many audiences are read already. */
  feedOf(audience: Audience): GraphFeed
  stats(): { readonly audiences: number; readonly streams: number; readonly parts: number; readonly ringBytes: number }
  stop(): void
}

export type SessionFeedsOptions = Pick<GraphFeedOptions, 'epoch' | 'onFault'> & {
  readonly clock: FeedClock
  readonly sideOf: (audience: Audience) => AudienceSide
  /** Never the same twice, and tells nothing: a feed made anew counts from the start, so its epoch must be another. */
  readonly epochSuffix: () => string
  readonly mostStreams?: number
  readonly mostAudiences?: number
}

type Held = { readonly feed: GraphFeed; forget: (() => void) | undefined }

// Each keeps a redacted copy of every object it was shown: megabytes in a large cluster.
const mostIdleSides = 8

export function createSessionFeeds(options: SessionFeedsOptions): SessionFeeds {
  const { epoch, clock, onFault, sideOf, epochSuffix, mostStreams, mostAudiences = 100 } = options
  const whole = sideOf(everyone)
  const cap = createStreamCap(mostStreams)
  const everything = createGraphFeed({ epoch, source: whole.source, clock, onFault, cap })
  // In the order of last use.
  const sides = new Map<string, AudienceSide>()
  const held = new Map<string, Held>()
  let stopped = false

  function side(audience: Audience): AudienceSide {
    if (seesEverything(audience)) return whole
    const known = sides.get(audience.id) ?? sideOf(audience)
    sides.delete(audience.id)
    sides.set(audience.id, known)
    const idle = [...sides.keys()].filter((id) => !held.has(id))
    for (const id of idle.slice(0, -mostIdleSides)) sides.delete(id)
    return known
  }

  // A feed forgets a part some time after its last reader left, for readers who come back; without parts it goes itself.
  function dropWhenUnused(id: string, entry: Held) {
    entry.forget = clock.after(keepPartsMs, () => {
      if (held.get(id) !== entry) return
      const { parts, subscribers } = entry.feed.stats()
      if (parts > 0 || subscribers > 0) return dropWhenUnused(id, entry)
      held.delete(id)
      entry.feed.stop()
    })
  }

  function makeRoom() {
    if (held.size < mostAudiences) return
    for (const [id, entry] of held) {
      if (entry.feed.stats().subscribers > 0) continue
      entry.forget?.()
      held.delete(id)
      entry.feed.stop()
      return
    }
    throw new FeedFullError(`${held.size} audiences`)
  }

  return {
    everything,
    viewOf: (audience) => side(audience).view,
    feedOf(audience) {
      if (seesEverything(audience)) return everything
      const { id } = audience
      const known = held.get(id)
      if (known) return known.feed
      if (stopped) throw new FeedFullError('stopped')
      makeRoom()
      const feed = createGraphFeed({
        epoch: `${epoch}-${epochSuffix()}`,
        source: side(audience).source,
        clock,
        onFault,
        cap,
      })
      const entry: Held = { feed, forget: undefined }
      held.set(id, entry)
      dropWhenUnused(id, entry)
      return feed
    },
    stats() {
      const all = [everything, ...[...held.values()].map(({ feed }) => feed)].map((feed) => feed.stats())
      return {
        audiences: held.size,
        streams: cap.open(),
        parts: all.reduce((sum, { parts }) => sum + parts, 0),
        ringBytes: all.reduce((sum, { ringBytes }) => sum + ringBytes, 0),
      }
    },
    stop() {
      stopped = true
      everything.stop()
      for (const entry of held.values()) {
        entry.forget?.()
        entry.feed.stop()
      }
      held.clear()
    },
  }
}
