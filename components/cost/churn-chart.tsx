'use client'

import dynamic from 'next/dynamic'
import { useFormatter, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Churn } from '@/core/cost/churn'
import { stepsOf, wholeSeries, windowSum } from '@/core/cost/rates'
import type { Bytes } from '@/core/cost/wire-size'
import { ScrollRegion } from '../ui/scroll-region'
import { PLOT_HEIGHT } from './plot-height'
import { useBytes } from './use-bytes'

// The library measures the window and draws on a canvas: there is nothing of it on the server, nor before somebody looks. Its place is kept.
const Plot = dynamic(() => import('./plot').then((module) => module.Plot), {
  ssr: false,
  loading: () => <div style={{ height: PLOT_HEIGHT }} />,
})

type ChurnChartProps = { readonly churn: Churn; readonly encoding: keyof Bytes; readonly heading: 'h2' | 'h3' }

/** Bytes to one watcher over the last half hour, as slices and as Endpoints; the same as a table, where something was written. */
export function ChurnChart({ churn, encoding, heading: Heading }: ChurnChartProps) {
  const t = useTranslations('cost.chart')
  const size = useBytes()
  const series = useMemo(() => wholeSeries(churn), [churn])
  const data = useMemo(() => {
    const steps = stepsOf(churn, series)
    return [
      steps.map(({ at }) => at / 1000),
      steps.map(({ bytes }) => bytes[encoding]),
      steps.map(({ legacyBytes }) => legacyBytes[encoding]),
    ] as const
  }, [churn, series, encoding])
  const quiet = churn.buckets.length === 0
  return (
    <section className="flex min-w-0 flex-col gap-3" data-churn={churn.buckets.length}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <Heading className="text-title">{t('title')}</Heading>
        <ul className="flex gap-4 text-small text-text-2">
          <li className="flex items-center gap-1.5">
            <span aria-hidden="true" className="h-0.5 w-4 bg-pod" />
            {t('slices')}
          </li>
          <li className="flex items-center gap-1.5">
            <span aria-hidden="true" className="w-4 border-t-2 border-dashed border-cross" />
            {t('endpoints')}
          </li>
        </ul>
      </div>
      {quiet ? (
        <p className="text-text-2">{t('quiet')}</p>
      ) : (
        <>
          {series.length < 2 ? (
            <p className="text-text-2">{t('soon')}</p>
          ) : (
            <div role="img" aria-label={t('label')}>
              <Plot data={data} format={size} />
            </div>
          )}
          <Summary churn={churn} encoding={encoding} />
          <details>
            <summary className="cursor-pointer text-text-2 hover:text-text">{t('asTable')}</summary>
            <ChurnTable churn={churn} encoding={encoding} />
          </details>
        </>
      )}
    </section>
  )
}

// What the picture says, for whoever cannot see it, and for who wants the numbers.
function Summary({ churn, encoding }: Omit<ChurnChartProps, 'heading'>) {
  const t = useTranslations('cost.chart')
  const format = useFormatter()
  const size = useBytes()
  const found = windowSum(churn, encoding)
  if (found === undefined) return null
  const { sum, most } = found
  return (
    <p className="text-text-2" data-summary={sum.writes}>
      {t('summary', {
        writes: sum.writes,
        bytes: size(sum.bytes[encoding]),
        legacy: size(sum.legacyBytes[encoding]),
        most: size(most.bytes[encoding]),
        time: format.dateTime(most.at, { timeStyle: 'medium', hourCycle: 'h23' }),
      })}
    </p>
  )
}

function ChurnTable({ churn, encoding }: Omit<ChurnChartProps, 'heading'>) {
  const t = useTranslations('cost.chart')
  const format = useFormatter()
  const size = useBytes()
  const cell = 'py-1 pl-4 text-right'
  return (
    <ScrollRegion className="mt-2 max-h-72" aria-label={t('title')}>
      <table className="w-full border-collapse text-small">
        <thead className="text-text-3">
          <tr>
            <th scope="col" className="py-1 text-left">
              {t('time')}
            </th>
            <th scope="col" className={cell}>
              {t('writes')}
            </th>
            <th scope="col" className={cell}>
              {t('slices')}
            </th>
            <th scope="col" className={cell}>
              {t('endpoints')}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...churn.buckets].reverse().map(({ at, writes, bytes, legacyBytes }) => (
            <tr key={at} className="border-t border-line">
              <th scope="row" className="py-1 text-left font-normal">
                {format.dateTime(at, { timeStyle: 'medium', hourCycle: 'h23' })}
              </th>
              <td className={cell}>{format.number(writes)}</td>
              <td className={cell}>{size(bytes[encoding])}</td>
              <td className={cell}>{size(legacyBytes[encoding])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
