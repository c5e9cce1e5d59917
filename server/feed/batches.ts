// A subscription as an async iterable that never ends of itself: a generator that returns tells a browser that the stream is
// complete, and it would never come back.

import { TRPCError } from '@trpc/server'
import type { WatchInput } from '@/core/feed/protocol'
import { GrantEnd } from '../access/principal'
import { FeedFullError, type GraphFeed } from './graph-feed'
import type { Batch, Subscription } from './subscription'

export type StreamEnds = {
  /** Aborts when the reader has gone. */
  readonly left: AbortSignal | undefined
  /** Aborts with a GrantEnd when the reader's right to it ends or becomes another. */
  readonly ended: AbortSignal
}

/**
 * Returns only when the reader has left; else it ends by an error: FORBIDDEN when the grant ended for good, and
 * SERVICE_UNAVAILABLE, on which readers try again, when it became another or the server stops.
 */
export async function* batches(
  feed: () => GraphFeed,
  input: WatchInput,
  { left, ended }: StreamEnds,
): AsyncGenerator<Batch, void> {
  const subscription = subscribe(feed, input)
  const leave = () => subscription.end('left')
  for (const signal of [left, ended]) {
    signal?.addEventListener('abort', leave, { once: true })
    if (signal?.aborted) leave()
  }
  try {
    for (;;) {
      const batch = await subscription.next()
      // Nobody reads on: an error would be nobody's either, an unhandled rejection.
      if (!batch && left?.aborted) return
      // What the reader may no longer see is not sent, even when it was made before.
      if (ended.aborted) throw endOf(ended)
      if (!batch) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE' })
      yield batch
    }
  } finally {
    for (const signal of [left, ended]) signal?.removeEventListener('abort', leave)
    leave()
  }
}

function endOf({ reason }: AbortSignal): TRPCError {
  const isFinal = reason instanceof GrantEnd && reason.final
  const message = reason instanceof GrantEnd ? reason.code : 'grant-ended'
  return new TRPCError({ code: isFinal ? 'FORBIDDEN' : 'SERVICE_UNAVAILABLE', message })
}

function subscribe(feed: () => GraphFeed, input: WatchInput): Subscription {
  try {
    return feed().subscribe(input)
  } catch (cause) {
    throw cause instanceof FeedFullError ? new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause }) : cause
  }
}
