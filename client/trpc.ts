// The typed way to the server: subscriptions over server-sent events, everything else in batches.

import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import type { AppRouter } from '@/server/routers/_app'
import { basePath } from './base-path'
import type { LiveReason, LiveTransport } from './live'
import { sharedPage } from './share-page'

const share = sharedPage()
// A page that was opened by a link asks for that link's view, whatever else its browser may see.
const url = share === undefined ? `${basePath}/api/trpc` : `${basePath}/api/trpc?share=${share}`

export const trpc = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      // The sentence would wait for the matrix of all sources, were both asked for in one request.
      false: splitLink({
        condition: ({ path }) => path.startsWith('explain.'),
        true: httpLink({ url }),
        false: httpBatchLink({ url, maxItems: 10 }),
      }),
    }),
  ],
})

/** One subscription per connection. The link would reconnect by itself in some cases and not in others; live.ts does it in all. */
export const trpcTransport: LiveTransport = (input, { onBatch, onEnd }) => {
  let started = false
  let over = false
  const end = (reason: LiveReason) => {
    if (over) return
    over = true
    subscription.unsubscribe()
    onEnd(reason)
  }
  const subscription = trpc.graph.watch.subscribe(input, {
    onStarted() {
      started = true
    },
    onData({ id, data }) {
      if (!over) onBatch(id, data)
    },
    onConnectionStateChange({ state, error }) {
      if (state === 'connecting' && error) end(reasonOf(error, started))
    },
    onError: (error) => end(reasonOf(error, started)),
    onComplete: () => end({ code: 'connection-lost', detail: '' }),
  })
  return () => {
    over = true
    subscription.unsubscribe()
  }
}

type StreamError = { readonly message: string; readonly data?: { readonly code?: string } | null | undefined }

function reasonOf(error: StreamError, started: boolean): LiveReason {
  const code = error.data?.code
  if (code === 'SERVICE_UNAVAILABLE') return { code: 'connection-lost', detail: code }
  if (code !== undefined) return { code: 'rejected', detail: code, why: error.message }
  // The link's own words for 45 s without a ping; it has no code for it.
  if (error.message.startsWith('Timeout of')) return { code: 'silent', detail: '' }
  return { code: started ? 'connection-lost' : 'refused', detail: '' }
}
