'use client'

import { useTranslations } from 'next-intl'
import { useDeferredValue } from 'react'
import { usePageQuery } from '@/client/url-state'
import { type ShownEntries, useEntries } from '@/client/use-entries'
import { Asked } from '../discovery/asked'
import { SearchHeader } from '../lists/search-header'
import { ReasonText } from '../ui/reason'
import { ScrollRegion } from '../ui/scroll-region'
import { EntryRows } from './entry-rows'

/** Every Ingress, route and Gateway, the broken ones first. */
export function EntriesView() {
  const t = useTranslations('entries')
  const { query } = usePageQuery()
  const text = useDeferredValue(query.text)
  const result = useEntries(text, 200)
  return (
    <>
      <SearchHeader title={t('title')} label={t('search')} placeholder={t('placeholder')} all={t('all')} />
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
