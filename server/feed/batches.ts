// A subscription as an async iterable that never ends of itself: a generator that returns tells a browser that the stream is
// complete, and it would never come back.

import { TRPCError } from '@trpc/server'
import type { WatchInput } from '@/core/feed/protocol'
import { FeedFullError, type GraphFeed } from './graph-feed'
import type { Batch, Subscription } from './subscription'

/** Returns only when the reader has left (the signal); else it ends by SERVICE_UNAVAILABLE, on which readers try again. */
export async function* batches(
  feed: GraphFeed,
  input: WatchInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<Batch, void> {
  const subscription = subscribe(feed, input)
  const leave = () => subscription.end('left')
  signal?.addEventListener('abort', leave, { once: true })
  if (signal?.aborted) leave()
  try {
    for (;;) {
      const batch = await subscription.next()
      // Nobody reads on: an error would be nobody's either, an unhandled rejection.
      if (!batch && signal?.aborted) return
      if (!batch) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE' })
      yield batch
    }
  } finally {
    signal?.removeEventListener('abort', leave)
    leave()
  }
}

function subscribe(feed: GraphFeed, input: WatchInput): Subscription {
  try {
    return feed.subscribe(input)
  } catch (cause) {
    throw cause instanceof FeedFullError ? new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause }) : cause
  }
}
