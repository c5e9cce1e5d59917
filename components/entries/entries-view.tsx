'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useDeferredValue } from 'react'
import { usePageQuery } from '@/client/url-state'
import { type ShownEntries, useEntries } from '@/client/use-entries'
import { Asked } from '../discovery/asked'
import { Button } from '../ui/button'
import { ReasonText } from '../ui/reason'
import { ScrollRegion } from '../ui/scroll-region'
import { EntryRows } from './entry-rows'

/** Every Ingress, route and Gateway, the broken ones first. */
export function EntriesView() {
  const t = useTranslations('entries')
  const { query, change } = usePageQuery()
  const text = useDeferredValue(query.text)
  const result = useEntries(text, 200)
  return (
    <>
      <header className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-6 py-2 max-md:px-4">
        <h1 className="text-title">{t('title')}</h1>
        <label className="flex h-8 w-80 max-w-full items-center gap-2 rounded-button border border-line bg-sunken px-2.5 focus-within:border-line-2 max-md:h-11 max-md:w-full">
          <Search size={15} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
          <span className="sr-only">{t('search')}</span>
          <input
            type="search"
            value={query.text}
            placeholder={t('placeholder')}
            onChange={(event) => change({ text: event.target.value }, 'replace')}
            className="min-w-0 flex-1 bg-transparent text-text outline-none placeholder:text-text-3"
          />
        </label>
        {query.text !== '' && <Button onClick={() => change({ text: '' })}>{t('all')}</Button>}
      </header>
      <ScrollRegion aria-label={t('title')} aria-busy={result.isFetching} className="px-6 py-5 max-md:px-4">
        <div className="mx-auto flex max-w-[1480px] flex-col gap-3.5">
          <Asked result={result}>{(list) => <Listed list={list} />}</Asked>
        </div>
      </ScrollRegion>
    </>
  )
}

function Listed({ list }: { list: ShownEntries }) {
  const t = useTranslations('entries')
  const { rows, count, broken, notKnown, withoutGateways, otherRoutes } = list
  return (
    <>
      <p role="status" data-entries={count} data-broken={broken}>
        {t('verdict', { count, broken })}
      </p>
      {notKnown.map((reason) => (
        <p key={String(reason.values.kind)} className="text-text-2">
          <ReasonText reason={reason} />
        </p>
      ))}
      {withoutGateways && <p className="text-text-2">{t('withoutGateways')}</p>}
      {rows.length > 0 && <EntryRows rows={rows} />}
      {count > rows.length && <p className="text-small text-text-3">{t('more', { count: count - rows.length })}</p>}
      {otherRoutes.length > 0 && (
        <p className="text-small text-text-2" data-other-routes={otherRoutes.join(' ')}>
          {t('otherRoutes', { kinds: otherRoutes.join(', ') })}
        </p>
      )}
    </>
  )
}
