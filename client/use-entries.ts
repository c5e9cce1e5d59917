'use client'
// Ways in, decided on the server because they need the whole cluster; asked for again when the Service changes, and every few seconds
// where nothing on the page tells of a change.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { EntryList } from '@/core/entries/entry-list'
import type { ServiceEntries } from '@/core/entries/types'
import { trpc } from './trpc'
import { useAnswer } from './use-answer'
import { usePart } from './use-graph'

type Named = { readonly namespace: string; readonly name: string }
export type ShownEntries = EntryList & { readonly otherRoutes: readonly string[] }

const AGAIN_MS = 5000

/** All ways in to a Service. */
export function useServiceEntries({ namespace, name }: Named) {
  return useAnswer<ServiceEntries>(
    {
      key: ['entries', 'service', namespace, name],
      ask: (options) => trpc.entries.service.query({ namespace, name }, options),
      againMs: AGAIN_MS,
    },
    usePart(`service/${namespace}/${name}`),
  )
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
