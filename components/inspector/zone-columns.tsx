'use client'

import clsx from 'clsx'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { addShares, formatShare } from '@/client/numbers'
import { usePolicyCuts } from '@/client/policy-cuts'
import { type RouteView, useRoute } from '@/client/use-route'
import type { EndpointDetail } from '@/core/graph/types'
import { ConditionGlyph } from '../ui/glyphs'
import { DataText } from '../ui/value'
import { conditionOf } from './endpoint-facts'

type Cell = { readonly id: string; readonly endpoint: EndpointDetail; readonly chosen: boolean }
type Zone = { readonly zone: string | null; readonly share: number | undefined; readonly cells: readonly Cell[] }

const most = 24

/** The route on a phone: one column per zone, what each receives, and its endpoints as they stand. */
export function ZoneColumns({ endpoints }: { endpoints: readonly EndpointDetail[] }) {
  const t = useTranslations('inspector')
  const locale = useLocale()
  const view = useRoute()
  const zones = useMemo(() => (view ? zonesOf(view, endpoints) : []), [view, endpoints])
  const home = view?.source?.node?.zone
  const isCut = usePolicyCuts()?.explanation.policy.state === 'denied'
  if (zones.length === 0) return null
  return (
    <section
      aria-label={t('byZone')}
      className="flex shrink-0 gap-2 overflow-x-auto border-b border-line px-5 py-4 md:hidden"
    >
      {zones.map(({ zone, share, cells }) => (
        <div
          key={zone ?? ''}
          data-zone={zone ?? ''}
          className={clsx(
            'min-w-24 flex-1 rounded-group border bg-pod-bg p-2',
            isCut && share !== 0
              ? 'border-dashed border-crit'
              : share === 0
                ? 'border-line'
                : home !== undefined && zone === home
                  ? 'border-stay'
                  : home === undefined
                    ? 'border-line-2'
                    : 'border-cross',
          )}
        >
          <p className="flex flex-wrap justify-between gap-x-2 text-small">
            <span className="font-semibold wrap-anywhere">
              {zone === null ? t('noZone') : <DataText>{zone}</DataText>}
            </span>
            <span
              className={clsx(
                share === 0 ? 'text-text-3' : 'font-semibold',
                isCut && share !== 0 && 'text-crit line-through',
              )}
            >
              {formatShare(share, locale)}
            </span>
          </p>
          <ul className="mt-2 flex flex-wrap gap-1.5">
            {cells.slice(0, most).map(({ id, endpoint, chosen }) => (
              <li key={id} className={chosen ? undefined : 'opacity-50'}>
                <ConditionGlyph condition={conditionOf(endpoint)} size={14} />
              </li>
            ))}
          </ul>
          {cells.length > most && (
            <p className="mt-1 text-small text-text-2">{t('andMore', { count: cells.length - most })}</p>
          )}
        </div>
      ))}
    </section>
  )
}

function zonesOf(view: RouteView, endpoints: readonly EndpointDetail[]): Zone[] {
  const byPlace = new Map(endpoints.map((one) => [`${one.slice}#${one.index}`, one]))
  const zones = new Map<string | null, { share: number | undefined; cells: Cell[] }>()
  for (const { key, slice, index, zone, probability, chosen } of view.route.endpoints) {
    const endpoint = byPlace.get(`${slice}#${index}`)
    if (!endpoint) continue
    const own = zones.get(zone ?? null) ?? { share: 0, cells: [] }
    zones.set(zone ?? null, {
      share: addShares(own.share, probability),
      cells: [...own.cells, { id: key, endpoint, chosen }],
    })
  }
  return [...zones]
    .map(([zone, own]) => ({ zone, ...own }))
    .sort((a, b) => (a.zone ?? '\uffff').localeCompare(b.zone ?? '\uffff', 'en', { numeric: true }))
}
