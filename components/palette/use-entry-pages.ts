'use client'

import { useDeferredValue } from 'react'
import { useEntries } from '@/client/use-entries'
import type { FoundPage } from './use-pages'

const most = 6

/** Ingresses, routes and Gateways that have what was typed in their name, a host or a Service: each leads to itself among all ways in. */
export function useEntryPages(raw: string): readonly FoundPage[] {
  const text = useDeferredValue(raw.trim())
  const { data } = useEntries(text.length < 2 ? undefined : text, most)
  if (!data || text.length < 2) return []
  return data.rows.map(({ kind, id }) => ({ view: 'entries', title: `${kind} ${id}`, text: `${kind} ${id}` }))
}
