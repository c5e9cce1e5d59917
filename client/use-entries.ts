'use client'
// Ways in, decided on the server because they need the whole cluster; asked for again when the Service changes, and every few seconds
// where nothing on the page tells of a change.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { EntryList } from '@/core/entries/entry-list'
import type { ServiceEntries } from '@/core/entries/types'
import { trpc } from './trpc'
import { usePart } from './use-graph'
import { useThrottledInvalidation } from './use-throttled-invalidation'

type Named = { readonly namespace: string; readonly name: string }
export type ShownEntries = EntryList & { readonly otherRoutes: readonly string[] }

const LEAST_MS = 1000
const AGAIN_MS = 5000

/** All ways in to a Service. */
export function useServiceEntries({ namespace, name }: Named) {
  const key = ['entries', 'service', namespace, name] as const
  const result = useQuery({
    queryKey: key,
    // JSON leaves out what is undefined, which reads the same.
    queryFn: async ({ signal }) =>
      (await trpc.entries.service.query({ namespace, name }, { signal })) as unknown as ServiceEntries,
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  })
  const objects = usePart(`service/${namespace}/${name}`)
  useThrottledInvalidation({ key, leastMs: LEAST_MS }, objects)
  return result
}

/** Entries with the text in their name, a host or a Service. `undefined` asks for nothing. */
export function useEntries(text: string | undefined, most: number) {
  return useQuery({
    queryKey: ['entries', 'list', text, most] as const,
    queryFn: async ({ signal }) =>
      (await trpc.entries.list.query({ text: text ?? '', most }, { signal })) as unknown as ShownEntries,
    enabled: text !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  })
}
