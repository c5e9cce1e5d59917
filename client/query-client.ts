// What is asked of the server once, and how often it is tried again. A server that says "too often" (429) is given the time it asks
// for and more: what is on the page stays, and no refusal is shown for what a little patience brings.

import { QueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'

const triesOfOthers = 3
const longestDelayMs = 30_000

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        refetchOnWindowFocus: false,
        retry: (failures, error) => isTooOften(error) || failures < triesOfOthers,
        retryDelay: (failures, error) => retryDelayMs(failures, error, Math.random()),
      },
    },
  })
}

/** Whether the server answered 429. */
export function isTooOften(error: unknown): boolean {
  return error instanceof TRPCClientError && error.data?.code === 'TOO_MANY_REQUESTS'
}

/**
 * Milliseconds until the next try: doubling from a second to half a minute, and after a 429 never less than its Retry-After, a
 * quarter more by chance (`random` in [0, 1)), so that the tabs of one reader do not come back together.
 */
export function retryDelayMs(failures: number, error: unknown, random: number): number {
  const backoff = Math.min(longestDelayMs, 1000 * 2 ** failures)
  if (!isTooOften(error)) return backoff
  return Math.max(backoff, retryAfterMs(error)) * (1 + random / 4)
}

/** Asks until the answer is another than 429: for one of many pages, all of which would have to be asked for again. */
export async function patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await ask()
    } catch (error) {
      if (!isTooOften(error) || signal.aborted) throw error
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs(failures, error, Math.random())))
      if (signal.aborted) throw error
    }
  }
}

function retryAfterMs(error: unknown): number {
  const response = error instanceof TRPCClientError ? error.meta?.response : undefined
  const seconds = response instanceof Response ? Number(response.headers.get('retry-after')) : 0
  return Number.isFinite(seconds) ? seconds * 1000 : 0
}
