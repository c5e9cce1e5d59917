'use client'
// An answer of the server about an object on the page: what it needs is more than the parts that are streamed (ADR 0007).

import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query'
import { useThrottledInvalidation } from './use-throttled-invalidation'

type Question = {
  readonly key: QueryKey
  readonly ask: (options: { readonly signal: AbortSignal }) => Promise<unknown>
  /** Milliseconds after which it is asked again by the clock too: where nothing on the page tells of a change. */
  readonly againMs?: number
  /** False asks for nothing. */
  readonly enabled?: boolean
}

const LEAST_MS = 1000

/** `T` is what the procedure returns: JSON leaves out what is undefined, which reads the same. Asked again when `made`, a part of the stream, changes. */
export function useAnswer<T>({ key, ask, againMs, enabled = true }: Question, made: unknown) {
  const result = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await ask({ signal })) as T,
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: againMs ?? false,
  })
  useThrottledInvalidation({ key, leastMs: LEAST_MS }, made)
  return result
}
