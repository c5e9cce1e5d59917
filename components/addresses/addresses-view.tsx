'use client'

import { useTranslations } from 'next-intl'
import { useDeferredValue, useEffect, useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useAddresses } from '@/client/use-addresses'
import type { AddressPage } from '@/core/addresses/types'
import { SearchHeader } from '../lists/search-header'
import { Button } from '../ui/button'
import { ScrollRegion } from '../ui/scroll-region'
import { AddressOverview } from './address-overview'
import { Findings } from './findings'
import { OneAddress } from './one-address'
import { OneRange } from './one-range'

/** Who has an address or lies in a range; without either, every range of the cluster and how full it is. */
export function AddressesView() {
  const t = useTranslations('addresses')
  const { query } = usePageQuery()
  const text = useDeferredValue(query.text)
  const [after, setAfter] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text starts at its first page
  useEffect(() => setAfter(0), [text])
  const { data, error, isFetching, refetch } = useAddresses(text, after)
  return (
    <>
      <SearchHeader
        title={t('title')}
        label={t('search')}
        placeholder={t('placeholder')}
        all={t('all')}
        className="font-mono"
      />
      <ScrollRegion
        aria-label={t('title')}
        aria-busy={isFetching}
        data-addresses={data?.kind}
        className="px-6 py-5 max-md:px-4"
      >
        {error ? (
          <div role="alert" className="flex flex-col items-start gap-3">
            <p>{t('failed', { message: error.message })}</p>
            <Button onClick={() => void refetch()}>{t('again')}</Button>
          </div>
        ) : data ? (
          <div className="mx-auto flex max-w-[1480px] flex-col gap-3.5">
            <Answer page={data} after={after} onAfter={setAfter} />
          </div>
        ) : (
          <p className="text-text-2">{t('loading')}</p>
        )}
      </ScrollRegion>
    </>
  )
}

type AnswerProps = {
  readonly page: AddressPage
  readonly after: number
  readonly onAfter: (after: number) => void
}

function Answer({ page, after, onAfter }: AnswerProps) {
  if (page.kind === 'refused') return <Findings findings={[page.why]} />
  if (page.kind === 'address') return <OneAddress answer={page} />
  if (page.kind === 'range') return <OneRange answer={page} after={after} onAfter={onAfter} />
  return <AddressOverview overview={page} />
}
