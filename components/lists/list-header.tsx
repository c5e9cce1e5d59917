'use client'

import { ListFilter } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { FilterChips } from '../palette/filter-chips'
import { SearchField } from './search-field'

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
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-2.5">
      <h1 className="text-title">{title}</h1>
      <span className="text-text-3" data-count={shown}>
        {shown === total ? format.number(total) : t('shownOf', { shown, total })}
      </span>
      <SearchField label={t('filter')} icon={ListFilter} />
      <FilterChips />
      {children}
    </header>
  )
}
