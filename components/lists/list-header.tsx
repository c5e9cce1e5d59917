'use client'

import { ListFilter } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { usePageQuery } from '@/client/url-state'
import { FilterChips } from '../palette/filter-chips'

type ListHeaderProps = {
  readonly title: string
  readonly shown: number
  readonly total: number
  readonly children?: ReactNode
}

/** Name, count and filter of a list. */
export function ListHeader({ title, shown, total, children }: ListHeaderProps) {
  const t = useTranslations('lists')
  const format = useFormatter()
  const { query, change } = usePageQuery()
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-2.5">
      <h1 className="text-title">{title}</h1>
      <span className="text-text-3" data-count={shown}>
        {shown === total ? format.number(total) : t('shownOf', { shown, total })}
      </span>
      <label className="flex h-8 w-72 max-w-full items-center gap-2 rounded-button border border-line bg-sunken px-2.5 focus-within:border-line-2 max-md:h-11 max-md:w-full">
        <ListFilter size={15} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
        <span className="sr-only">{t('filter')}</span>
        <input
          type="search"
          value={query.text}
          placeholder={t('filter')}
          onChange={(event) => change({ text: event.target.value }, 'replace')}
          className="min-w-0 flex-1 bg-transparent text-text outline-none placeholder:text-text-3"
        />
      </label>
      <FilterChips />
      {children}
    </header>
  )
}
