'use client'

import { useTranslations } from 'next-intl'
import { basePath } from '@/client/base-path'
import { useChurn } from '@/client/use-cost'
import { Choice } from '../explain/choice'
import { ScrollRegion } from '../ui/scroll-region'
import { Asked } from './asked'
import { Calculator } from './calculator'
import { ChurnChart } from './churn-chart'
import { LiveMeter, useWatchers } from './live-meter'
import { Orphans } from './orphans'
import { TopServices } from './top-services'
import { useSum } from './use-sum'

/** What slice writes cost now, what they would have cost as Endpoints, and the arithmetic behind it. */
export function CostView() {
  const t = useTranslations('cost')
  const { sum, set } = useSum()
  const { encoding } = sum
  const own = useWatchers()
  const churn = useChurn()
  return (
    <>
      <header className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line bg-surface px-6 py-1.5 max-md:px-4">
        <h1 className="text-title">{t('title')}</h1>
        <span title={t('encoding.meaning')}>
          <Choice
            label={t('encoding.title')}
            value={encoding}
            onChange={(next) => set({ encoding: next })}
            options={[
              ['protobuf', t('encoding.protobuf')],
              ['json', t('encoding.json')],
            ]}
          />
        </span>
      </header>
      <ScrollRegion aria-label={t('title')}>
        <p className="max-w-3xl px-6 pt-4 text-text-2 max-md:px-4">
          {t('intro')}{' '}
          <a href={`${basePath}/docs/cost`} className="underline underline-offset-2 hover:text-text">
            {t('guide')}
          </a>
        </p>
        <Asked answer={churn}>
          {(data) =>
            data === null ? (
              <p className="px-6 py-5 text-text-2 max-md:px-4">{t('frozen')}</p>
            ) : (
              <>
                <LiveMeter
                  churn={data}
                  encoding={encoding}
                  watchers={sum.watchers ?? Math.max(1, own)}
                  onWatchers={(watchers) => set({ watchers })}
                />
                <div className="border-b border-line px-6 py-5 max-md:px-4">
                  <ChurnChart churn={data} encoding={encoding} heading="h2" />
                </div>
                <TopServices churn={data} encoding={encoding} />
              </>
            )
          }
        </Asked>
        <Calculator />
        <Orphans />
      </ScrollRegion>
    </>
  )
}
