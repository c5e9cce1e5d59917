'use client'

import { usePageQuery } from '@/client/url-state'
import { Button } from '../ui/button'
import { SearchField } from './search-field'

type SearchHeaderProps = {
  readonly title: string
  readonly label: string
  readonly placeholder: string
  /** What the button that empties the search shows again. */
  readonly all: string
  readonly className?: string
}

/** Name and search of a page whose answers are made of what is searched for. */
export function SearchHeader({ title, label, placeholder, all, className }: SearchHeaderProps) {
  const { query, change } = usePageQuery()
  return (
    <header className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-6 py-2 max-md:px-4">
      <h1 className="text-title">{title}</h1>
      <SearchField label={label} placeholder={placeholder} className={className} />
      {query.text !== '' && <Button onClick={() => change({ text: '' })}>{all}</Button>}
    </header>
  )
}
