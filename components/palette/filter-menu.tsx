'use client'

import { Check, ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useMemo, useState } from 'react'
import { collator } from '@/client/overview-index'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { Button } from '../ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { DataText } from '../ui/value'
import { FilterChips } from './filter-chips'

/** Namespaces and labels that limit the map and the lists; they are in the URL. */
export function FilterMenu() {
  const t = useTranslations('palette')
  const { query } = usePageQuery()
  const active = query.namespaces.length + query.labels.length + (query.workload ? 1 : 0)
  return (
    <Popover>
      <PopoverTrigger asChild>
        <button
          type="button"
          aria-label={active > 0 ? t('filterActive', { count: active }) : t('filter')}
          title={t('filter')}
          className="relative flex size-8 shrink-0 items-center justify-center rounded-button border border-line bg-surface text-text-2 hover:bg-raised hover:text-text max-md:size-11"
        >
          <ListFilter size={16} strokeWidth={1.75} aria-hidden="true" />
          {active > 0 && (
            <span className="absolute -top-1.5 -right-1.5 min-w-4 rounded-full bg-ink px-1 text-center text-caption leading-4 text-ink-on">
              {active}
            </span>
          )}
        </button>
      </PopoverTrigger>
      <PopoverContent align="center" className="w-80">
        <div className="border-b border-line p-3 empty:hidden">
          <FilterChips />
          <LabelForm />
        </div>
        <Namespaces />
      </PopoverContent>
    </Popover>
  )
}

function Namespaces() {
  const t = useTranslations('palette')
  const overview = useOverview()
  const { query, change } = usePageQuery()
  const names = useMemo(() => {
    const all = new Set(overview?.services.map((service) => service.namespace))
    for (const namespace of overview?.namespaces ?? []) all.add(namespace.name)
    return [...all].sort(collator.compare)
  }, [overview?.services, overview?.namespaces])
  return (
    <fieldset className="p-2">
      <legend className="float-left w-full px-2 py-1 text-caption text-text-3">{t('namespaces')}</legend>
      {names.map((name) => {
        const on = query.namespaces.includes(name)
        const next = on ? query.namespaces.filter((one) => one !== name) : [...query.namespaces, name]
        return (
          <button
            key={name}
            type="button"
            aria-pressed={on}
            onClick={() => change({ namespaces: next }, 'replace')}
            className="flex w-full items-center gap-2 rounded-chip px-2 py-1.5 text-left hover:bg-raised max-md:min-h-11"
          >
            <Check size={14} strokeWidth={2} className={on ? 'shrink-0' : 'shrink-0 opacity-0'} aria-hidden="true" />
            <DataText className="min-w-0 wrap-anywhere">{name}</DataText>
          </button>
        )
      })}
    </fieldset>
  )
}

function LabelForm() {
  const t = useTranslations('palette')
  const { query, change } = usePageQuery()
  const [text, setText] = useState('')
  const [bad, setBad] = useState(false)
  function add(event: FormEvent) {
    event.preventDefault()
    const equals = text.indexOf('=')
    // The URL lists labels with commas; a Kubernetes label holds none.
    if (equals < 1 || text.includes(',')) return setBad(true)
    change({ labels: [...query.labels, [text.slice(0, equals).trim(), text.slice(equals + 1).trim()]] }, 'replace')
    setText('')
    return setBad(false)
  }
  return (
    <form onSubmit={add} className="mt-2 flex gap-2 first:mt-0">
      <input
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={t('label')}
        aria-invalid={bad}
        placeholder={t('labelExample')}
        className="h-8 min-w-0 flex-1 rounded-button border border-line bg-sunken px-2.5 font-mono text-small placeholder:text-text-3 aria-invalid:border-crit"
      />
      <Button type="submit">{t('add')}</Button>
      {bad && (
        <span role="alert" className="sr-only">
          {t('badLabel')}
        </span>
      )}
    </form>
  )
}
