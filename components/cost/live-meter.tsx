'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useOverview } from '@/client/use-overview'
import type { Churn, ChurnSum } from '@/core/cost/churn'
import { currentRates } from '@/core/cost/rates'
import type { Bytes } from '@/core/cost/wire-size'
import { ScrollRegion } from '../ui/scroll-region'
import { SliderField } from './slider-field'
import { useByteRate, useBytes } from './use-bytes'

type LiveMeterProps = {
  readonly churn: Churn
  readonly encoding: keyof Bytes
  readonly watchers: number
  readonly onWatchers: (watchers: number) => void
}

/** Writes and bytes now and since the start, as slices and as Endpoints objects. */
export function LiveMeter({ churn, encoding, watchers, onWatchers }: LiveMeterProps) {
  const t = useTranslations('cost.live')
  const format = useFormatter()
  const own = useWatchers()
  return (
    <section className="flex flex-col gap-4 border-b border-line px-6 py-5 max-md:px-4" data-live="">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <h2 className="text-title">{t('title')}</h2>
        <div className="w-72 max-w-full">
          <SliderField label={t('watchers')} figure="watchers" value={watchers} onChange={onWatchers} />
        </div>
      </div>
      <Table churn={churn} encoding={encoding} watchers={watchers} />
      <p className="text-text-2" data-factor="">
        <Factor total={churn.total} encoding={encoding} />
      </p>
      <p className="text-small text-text-3">
        {own > 0 && t('watchersMeaning', { count: own })} {t('replay')} {churn.isEstimated && t('estimated')}{' '}
        {t.rich('since', {
          time: () => (
            <time dateTime={new Date(churn.since).toISOString()}>
              {format.dateTime(churn.since, { dateStyle: 'medium', timeStyle: 'short' })}
            </time>
          ),
        })}
      </p>
    </section>
  )
}

/** Nodes on which a kube-proxy watches slices, as far as it is known; 0 while no node is. */
export function useWatchers(): number {
  const overview = useOverview()
  return overview?.nodes.filter(({ proxyMode }) => proxyMode.state !== 'replaced').length ?? 0
}

const ways = ['slices', 'endpoints'] as const

function Table({ churn, encoding, watchers }: Omit<LiveMeterProps, 'onWatchers'>) {
  const t = useTranslations('cost.live')
  const format = useFormatter()
  const size = useBytes()
  const rate = useByteRate()
  const now = currentRates(churn)
  const cell = 'py-1.5 pl-4 text-right align-top'
  return (
    <ScrollRegion aria-label={t('title')} className="overflow-x-auto">
      <table className="w-full min-w-md border-collapse">
        <thead className="text-caption text-text-3">
          <tr>
            <th scope="col" className="py-1.5 text-left">
              {t('way')}
            </th>
            {(['writesPerSecond', 'toAllPerSecond', 'writes', 'toAll'] as const).map((column) => (
              <th key={column} scope="col" className={cell}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ways.map((way) => {
            const [current, total] = [partOf(now, way), partOf(churn.total, way)]
            return (
              <tr key={way} className="border-t border-line" data-way={way}>
                <th scope="row" className="py-1.5 text-left">
                  {t(way)}
                </th>
                <td className={cell}>{format.number(current.writes, { maximumSignificantDigits: 3 })}</td>
                <td className={cell}>{rate(current.bytes[encoding] * watchers)}</td>
                <td className={cell} data-total={total.writes}>
                  {format.number(total.writes)}
                </td>
                <td className={cell}>{size(total.bytes[encoding] * watchers)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function partOf(sum: ChurnSum, way: (typeof ways)[number]): { writes: number; bytes: Bytes } {
  return way === 'slices' ? sum : { writes: sum.legacyWrites, bytes: sum.legacyBytes }
}

function Factor({ total, encoding }: { total: ChurnSum; encoding: keyof Bytes }) {
  const t = useTranslations('cost.live')
  const format = useFormatter()
  if (total.writes === 0) return <>{t('none')}</>
  const factor = total.legacyBytes[encoding] / total.bytes[encoding]
  return <>{factor < 1 ? t('less') : t('factor', { factor: format.number(factor, { maximumSignificantDigits: 3 }) })}</>
}
