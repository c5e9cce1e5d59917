'use client'
// What the form of a new link asks for, begun from what the page shows.

import { useMemo, useState } from 'react'
import { collator } from '@/client/overview-index'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { formatPageQuery } from '@/core/graph/page-query'
import { defaultShareDays, hideAll, maxShareNamespaces, type ShareShow } from '@/core/share/record'
import { namespacesOfPage } from '@/core/share/view'

export type Wish = {
  readonly label: string
  readonly namespaces: readonly string[]
  readonly show: ShareShow
  readonly mode: 'live' | 'frozen'
  readonly days: number
}

export const shareDays = [1, 7, 30, 90] as const

/** The form's values, how to change them, and every namespace there is to choose from. */
export function useWish() {
  const { query } = usePageQuery()
  const overview = useOverview()
  const all = useMemo(() => {
    const names = new Set(overview?.services.map(({ namespace }) => namespace))
    for (const { name } of overview?.namespaces ?? []) names.add(name)
    return [...names].sort(collator.compare)
  }, [overview?.services, overview?.namespaces])
  const [changes, setChanges] = useState<Partial<Wish>>({})
  const begun = namespacesOfPage(query, all.slice(0, maxShareNamespaces))
  const wish: Wish = {
    ...{ label: '', mode: 'live', days: defaultShareDays, show: hideAll },
    namespaces: begun,
    ...changes,
  }
  return {
    wish,
    all,
    /** Query string of the page. */
    search: new URLSearchParams(formatPageQuery(query).map(([name, value]) => [name, value])).toString(),
    change: (next: Partial<Wish>) => setChanges({ ...changes, ...next }),
  }
}
