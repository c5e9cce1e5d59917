// A subscription as an async iterable that never ends of itself: a generator that returns tells the browser the stream is complete,
// and it would never come back.

import { TRPCError } from '@trpc/server'
import type { Batch, Subscription } from './subscription'

/** Ends by the signal (the reader left) or by SERVICE_UNAVAILABLE, on which the reader tries again. */
export async function* batches(
  subscription: Subscription,
  signal: AbortSignal | undefined,
): AsyncGenerator<Batch, never> {
  const leave = () => subscription.end('left')
  signal?.addEventListener('abort', leave, { once: true })
  if (signal?.aborted) leave()
  try {
    for (;;) {
      const batch = await subscription.next()
      if (!batch)
        throw signal?.aborted ? new DOMException('left', 'AbortError') : new TRPCError({ code: 'SERVICE_UNAVAILABLE' })
      yield batch
    }
  } finally {
    signal?.removeEventListener('abort', leave)
    leave()
  }
}
