'use client'

import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

type Asked = { readonly key: QueryKey; readonly leastMs: number }

/** Asks a query again when one of the things it was made from changes, at most once in `leastMs`. */
export function useThrottledInvalidation({ key, leastMs }: Asked, ...made: readonly unknown[]): void {
  const queries = useQueryClient()
  const latest = useRef(key)
  latest.current = key
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of what it was made from is the event
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    // An answer that takes longer than the time between two changes is waited for: asking anew would end it, each time.
    const ask = () => {
      const busy = queries.isFetching({ queryKey: latest.current }) > 0
      timer.current = busy ? setTimeout(ask, leastMs) : undefined
      if (!busy) void queries.invalidateQueries({ queryKey: latest.current })
    }
    timer.current ??= setTimeout(ask, leastMs)
  }, [...made])
  useEffect(() => () => clearTimeout(timer.current), [])
}
