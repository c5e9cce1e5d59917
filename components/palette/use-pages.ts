'use client'
// Pages that the rail has no room for: found by their names, and by what they can answer.

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { readAsk } from '@/core/addresses/ask'
import type { PageView } from '@/core/graph/page-query'

/** A page and what is searched for there. */
export type FoundPage = { readonly view: PageView; readonly title: string; readonly text: string }

/** All of them before anything is typed, then those of which a word begins with it; for an address or a range, the page that tells who has it. */
export function usePages(raw: string): readonly FoundPage[] {
  const t = useTranslations('palette.page')
  return useMemo(() => {
    const text = raw.trim()
    const ask = readAsk(text)
    if (ask.kind === 'address') return [{ view: 'addresses', title: t('addressesOf', { text: ask.ip }), text: ask.ip }]
    if (ask.kind === 'range') return [{ view: 'addresses', title: t('addressesOf', { text: ask.cidr }), text }]
    const named: readonly FoundPage[] = [
      { view: 'addresses', title: t('addresses'), text: '' },
      { view: 'entries', title: t('entries'), text: '' },
      { view: 'cost', title: t('cost'), text: '' },
    ]
    if (text === '') return named
    return text.length < 2 ? [] : named.filter(({ view, title }) => isNamed(text, `${view} ${title}`))
  }, [raw, t])
}

const isNamed = (text: string, names: string) =>
  names
    .toLowerCase()
    .split(/\s+/)
    .some((word) => word.startsWith(text.toLowerCase()))
