'use client'

import clsx from 'clsx'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { formatShare } from '@/client/numbers'
import { usePolicyCuts } from '@/client/policy-cuts'
import { type RouteView, useRoute } from '@/client/use-route'
import type { EndpointCounts, PodCondition } from '@/core/graph/types'
import { PolicyArrival } from '../explain/policy-arrival'
import { ConditionGlyph } from '../ui/glyphs'
import { DataText } from '../ui/value'
import { visibleText } from '../ui/visible-text'
import { countConditions, type ZoneRow, zoneRows } from './endpoint-facts'
import { Section } from './section'
import type { ServiceParts } from './service-parts'

const CONDITIONS = ['ready', 'servingTerminating', 'notReady'] as const

/** How many endpoints there are by condition, where they stand, and what each zone receives from the source. */
export function EndpointSummary({ service, slices, endpoints }: ServiceParts) {
  const t = useTranslations('inspector')
  const view = useRoute()
  const families = [...new Set(slices.map((slice) => slice.addressType))]
  const rows = useMemo(() => {
    const family = view?.family
    const ofFamily = new Set(slices.filter((one) => family === undefined || one.addressType === family).map(keyOf))
    return zoneRows(
      endpoints.filter((one) => ofFamily.has(one.slice)),
      view?.route.endpoints ?? [],
    )
  }, [slices, endpoints, view])
  if (service.coverage.EndpointSlice !== 'synced') {
    return (
      <Section title={t('endpoints')}>
        <p className="text-text-2">{t(`coverage.${service.coverage.EndpointSlice}`)}</p>
      </Section>
    )
  }
  return (
    <Section title={t('endpoints')} aside={t('inSlices', { count: slices.length })}>
      {endpoints.length === 0 && <p className="text-text-2">{t('noEndpoints')}</p>}
      {families.map((family) => {
        const own = new Set(slices.filter((one) => one.addressType === family).map(keyOf))
        const counts = countConditions(endpoints.filter((one) => own.has(one.slice)))
        return <ConditionBar key={family} counts={counts} family={families.length > 1 ? family : undefined} />
      })}
      {endpoints.length > 0 && <ZoneTable rows={rows} share={shareOf(view)} />}
      <PolicyArrival className="mt-2" />
    </Section>
  )
}

function ConditionBar({ counts, family }: { counts: EndpointCounts; family: string | undefined }) {
  const t = useTranslations('inspector')
  const shell = useTranslations('shell.condition')
  const format = useFormatter()
  const total = counts.ready + counts.servingTerminating + counts.notReady
  let x = 0
  return (
    <div className="mb-3">
      {family !== undefined && <p className="mb-1 text-small text-text-2">{t('familyEndpoints', { family, total })}</p>}
      {total > 0 && (
        <svg viewBox="0 0 100 2" preserveAspectRatio="none" className="h-2 w-full rounded-segment" aria-hidden="true">
          {CONDITIONS.map((condition) => {
            const width = (counts[condition] / total) * 100
            const start = x
            x += width
            return <rect key={condition} x={start} y="0" width={width} height="2" className={fills[condition]} />
          })}
        </svg>
      )}
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        {CONDITIONS.filter((condition) => counts[condition] > 0 || condition === 'ready').map((condition) => (
          <li
            key={condition}
            className="flex items-center gap-1.5"
            data-condition={condition}
            data-count={counts[condition]}
          >
            <ConditionGlyph condition={condition} size={11} />
            {format.number(counts[condition])} {shell(condition)}
          </li>
        ))}
      </ul>
    </div>
  )
}

type Share = 'fromHere' | 'share' | undefined

// No share where no proxy chooses, and none of a Local policy before it is known whose node is meant.
function shareOf(view: RouteView | undefined): Share {
  if (!view || view.route.unserved) return undefined
  if (view.source?.node !== undefined) return 'fromHere'
  return view.service.internalTrafficPolicy === 'Local' ? undefined : 'share'
}

function ZoneTable({ rows, share }: { rows: readonly ZoneRow[]; share: Share }) {
  const t = useTranslations('inspector')
  const locale = useLocale()
  const most = Math.max(1, ...rows.map((row) => row.ready))
  const isCut = usePolicyCuts()?.explanation.policy.state === 'denied'
  return (
    <table className="mt-3 w-full border-collapse text-left">
      <thead>
        <tr className="text-small text-text-3">
          <th className="py-1 pr-3 font-normal">{t('zone')}</th>
          <th className="py-1 pr-3 font-normal">{t('readyEndpoints')}</th>
          <th className="py-1 pr-3 text-right font-normal">{t('hints')}</th>
          {share !== undefined && <th className="py-1 text-right font-normal">{t(share)}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.zone ?? ''} data-zone={row.zone ?? ''}>
            <th scope="row" className="py-1 pr-3 text-left font-normal">
              {row.zone === null ? <span className="text-text-3">{t('noZone')}</span> : <DataText>{row.zone}</DataText>}
            </th>
            <td className="py-1 pr-3">
              <span className="flex items-center gap-2">
                <Segments count={row.ready} most={most} bright={share === undefined || row.share !== 0} />
                {row.ready}
              </span>
            </td>
            <td className="py-1 pr-3 text-right text-text-2">
              {row.hints.size === 0
                ? t('noHints')
                : [...row.hints].map(([zone, count]) => t('hintsFor', { count, zone: visibleText(zone) })).join(', ')}
            </td>
            {share !== undefined && (
              <td
                className={clsx(
                  'py-1 text-right',
                  row.share !== 0 ? 'font-semibold' : 'text-text-3',
                  isCut && row.share !== 0 && 'text-crit line-through',
                )}
              >
                {formatShare(row.share, locale)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** One segment per endpoint up to a dozen, a bar above that. */
function Segments({ count, most, bright }: { count: number; most: number; bright: boolean }) {
  const single = most <= 12
  const width = single ? 8 : 96 / most
  return (
    <svg
      viewBox={`0 0 ${Math.max(1, count * width)} 6`}
      width={Math.max(1, count * width)}
      height="6"
      className="shrink-0"
      aria-hidden="true"
    >
      {single ? (
        Array.from({ length: count }, (_, i) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: equal segments in a row
            key={i}
            x={i * width}
            width={width - 2}
            height="6"
            rx="1.5"
            className={bright ? 'fill-pod' : 'fill-pod/45'}
          />
        ))
      ) : (
        <rect width={Math.max(1, count * width)} height="6" rx="1.5" className={bright ? 'fill-pod' : 'fill-pod/45'} />
      )}
    </svg>
  )
}

const keyOf = (slice: { namespace: string; name: string }) => `${slice.namespace}/${slice.name}`

const fills: Partial<Record<PodCondition, string>> = {
  ready: 'fill-pod',
  servingTerminating: 'fill-term-fill',
  notReady: 'fill-bad',
}
