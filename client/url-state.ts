'use client'
// What the person looks at lives in the URL, so that a copied URL shows the same. nuqs keeps the single parameters; what
// they mean is decided by core/graph/page-query, the same parser that GET /api/view.json uses.

import { parseAsString, useQueryStates } from 'nuqs'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { changeQuery } from '@/core/graph/page-change'
import { formatPageQuery, type PageQuery, type PageQueryNote, parsePageQuery } from '@/core/graph/page-query'

const parameters = {
  view: parseAsString,
  focus: parseAsString,
  from: parseAsString,
  outside: parseAsString,
  client: parseAsString,
  to: parseAsString,
  port: parseAsString,
  way: parseAsString,
  family: parseAsString,
  ns: parseAsString,
  label: parseAsString,
  workload: parseAsString,
  q: parseAsString,
  tab: parseAsString,
  name: parseAsString,
  sum: parseAsString,
}

type Values = { readonly [K in keyof typeof parameters]: string | null }
const cleared: Values = {
  view: null,
  focus: null,
  from: null,
  outside: null,
  client: null,
  to: null,
  port: null,
  way: null,
  family: null,
  ns: null,
  label: null,
  workload: null,
  q: null,
  tab: null,
  name: null,
  sum: null,
}

/** `push` makes a step that Back undoes (a new focus); `replace` does not (typing in a filter). */
export type ChangePageQuery = (change: Partial<PageQuery>, history?: 'push' | 'replace') => void

/** The page's query, what of it could not be read, and the one way to change it. */
export function usePageQuery(): { query: PageQuery; notes: readonly PageQueryNote[]; change: ChangePageQuery } {
  const [values, setValues] = useQueryStates(parameters)
  const unknown = useUnknownNotes()
  const { query, notes } = useMemo(() => parsePageQuery(pairs(values)), [values])
  const latest = useRef(query)
  latest.current = query

  const change = useCallback<ChangePageQuery>(
    (part, history = 'push') => {
      latest.current = changeQuery(latest.current, part)
      void setValues({ ...cleared, ...Object.fromEntries(formatPageQuery(latest.current)) }, { history })
    },
    [setValues],
  )
  return { query, notes: useMemo(() => [...unknown, ...notes], [unknown, notes]), change }
}

// nuqs hands out known parameters only; a misspelt one is noted once, when the page opens.
function useUnknownNotes(): readonly PageQueryNote[] {
  const [notes, setNotes] = useState<readonly PageQueryNote[]>([])
  useEffect(() => {
    const { notes: all } = parsePageQuery(new URLSearchParams(window.location.search))
    const unknown = all.filter((note) => note.code === 'query-unknown' || note.code === 'query-repeated')
    if (unknown.length > 0) setNotes(unknown)
  }, [])
  return notes
}

function pairs(values: Values): [string, string][] {
  return Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]]))
}
