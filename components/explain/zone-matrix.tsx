'use client'

import clsx from 'clsx'
import { useLocale, useTranslations } from 'next-intl'
import { formatShare } from '@/client/numbers'
import type { ShownMatrix } from '@/core/explain/matrix-wire'
import type { ShownExplanation } from '@/core/explain/shown'
import { SeverityGlyph } from '../ui/glyphs'
import { DataText } from '../ui/value'
import { isLimited, useArrivalText } from './use-arrival'

type ZoneMatrixProps = {
  readonly matrix: ShownMatrix
  /** Zone the chosen source stands in. */
  readonly from: string | undefined
  readonly explanation: ShownExplanation | undefined
}

/** From every zone to every zone: the share of its connections, all its nodes alike. */
export function ZoneMatrix({ matrix, from, explanation }: ZoneMatrixProps) {
  const t = useTranslations('explain')
  const arrivalText = useArrivalText()
  const arrival = explanation && isLimited(explanation) ? arrivalText(explanation) : undefined
  const { zones } = matrix
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t('matrix')}
      className="overflow-x-auto -outline-offset-2"
      data-matrix="zones"
    >
      <table className="w-full border-separate border-spacing-1.5">
        <caption className="sr-only">{t('matrix')}</caption>
        <thead>
          <tr>
            <td />
            {zones.map((zone) => (
              <th key={zone} scope="col" className="min-w-20 font-normal text-text-2">
                {t.rich('toZone', { zone: () => <ZoneName zone={zone} /> })}
                <span className="block text-small text-text-3">
                  {t('endpoints', { count: endpointsIn(matrix, zone) })}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {zones.map((zone, row) => (
            <tr key={zone} data-from-zone={zone}>
              <th scope="row" className="min-w-24 pr-2 text-left font-normal text-text-2">
                {t.rich('fromZone', { zone: () => <ZoneName zone={zone} /> })}
                <span className="block text-small text-text-3">
                  {t('nodes', { count: matrix.zoneNodes[row] ?? 0 })}
                </span>
                {(matrix.zoneCut[row] ?? 0) > 0 && (
                  <span className="block text-small text-crit">
                    {t('cutNodes', { count: matrix.zoneCut[row] ?? 0 })}
                  </span>
                )}
                {zone === from && arrival !== undefined && (
                  <span className="block max-w-40 text-small text-warn" data-arrival={explanation?.policy.state}>
                    {t('fromSource', { arrival })}
                  </span>
                )}
              </th>
              {zones.map((to, column) => (
                <Cell key={to} matrix={matrix} row={row} column={column} own={zone === from} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {matrix.withoutNumber > 0 && (
        <p className="mt-2 flex items-center gap-2 text-text-2">
          <SeverityGlyph severity="info" />
          {t('withoutNumber', { count: matrix.withoutNumber })}
        </p>
      )}
    </section>
  )
}

function ZoneName({ zone }: { zone: string }) {
  const t = useTranslations('explain')
  return <strong className="font-semibold text-text">{zone === '' ? t('noZone') : <DataText>{zone}</DataText>}</strong>
}

type CellProps = { readonly matrix: ShownMatrix; readonly row: number; readonly column: number; readonly own: boolean }

function Cell({ matrix, row, column, own }: CellProps) {
  const t = useTranslations('explain')
  const locale = useLocale()
  const share = matrix.zoneShares[row * matrix.zones.length + column] ?? 0
  const nodes = matrix.zoneNodes[row] ?? 0
  const silent = nodes === 0 || (matrix.zoneCut[row] ?? 0) === nodes
  const inside = row === column
  const tint = inside ? 'var(--stay)' : 'var(--cross)'
  return (
    <td
      data-to-zone={matrix.zones[column]}
      data-share={silent ? undefined : share}
      className={clsx(
        'h-13 rounded-card text-center text-card',
        own && share > 0 && 'outline-2 outline-ink',
        silent || share === 0 ? 'bg-sunken font-normal text-text-3' : inside ? 'text-stay' : 'text-cross',
      )}
      style={
        share > 0 && !silent
          ? { background: `color-mix(in srgb, ${tint} ${Math.round(3 + share * 7)}%, var(--surface))` }
          : undefined
      }
    >
      {silent ? (
        <span className="text-small">{t(nodes === 0 ? 'noNodes' : 'cutZone')}</span>
      ) : (
        formatShare(share, locale)
      )}
    </td>
  )
}

const endpointsIn = (matrix: ShownMatrix, zone: string) => matrix.zoneEndpoints[matrix.zones.indexOf(zone)] ?? 0
