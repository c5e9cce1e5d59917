'use client'

import { type LucideIcon, Search } from 'lucide-react'
import { usePageQuery } from '@/client/url-state'

type SearchFieldProps = {
  readonly label: string
  readonly placeholder?: string
  readonly icon?: LucideIcon
  readonly className?: string
}

/** What is searched for or filtered by on this page, as it stands in its URL. */
export function SearchField({ label, placeholder = label, icon: Icon = Search, className = '' }: SearchFieldProps) {
  const { query, change } = usePageQuery()
  return (
    <label className="flex h-8 w-80 max-w-full items-center gap-2 rounded-button border border-line bg-sunken px-2.5 focus-within:border-line-2 max-md:h-11 max-md:w-full">
      <Icon size={15} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
      <span className="sr-only">{label}</span>
      <input
        type="search"
        value={query.text}
        placeholder={placeholder}
        onChange={(event) => change({ text: event.target.value }, 'replace')}
        className={`min-w-0 flex-1 bg-transparent text-text outline-none placeholder:text-text-3 ${className}`}
      />
    </label>
  )
}
