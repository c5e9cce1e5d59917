'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { Beside } from '@/core/endpoints/beside'
import { useBytes } from '../cost/use-bytes'

/** Which way the addresses go, and both lists in numbers. */
export function BesideFacts({ beside }: { beside: Beside }) {
  const t = useTranslations('cost.beside')
  const { direction, unknown } = beside
  return (
    <>
      {unknown.map(({ kind, coverage }) => (
        <p key={kind} className="text-warn">
          {coverage !== 'synced' && t('unknown', { kind, why: t(`coverage.${coverage}`) })}
        </p>
      ))}
      {unknown.length === 0 && <p data-direction={direction}>{t(`direction.${direction}`)}</p>}
      <BothLists beside={beside} />
    </>
  )
}

function BothLists({ beside: { legacy, slices, unknown } }: { beside: Beside }) {
  const t = useTranslations('cost.beside')
  const format = useFormatter()
  const size = useBytes()
  const cell = 'py-1 pl-2 text-right align-top'
  const value = `${cell} whitespace-nowrap`
  const isUnknown = unknown.some(({ kind }) => kind === 'Endpoints')
  const endpoints = legacy
    ? [
        '1',
        legacy.notReady > 0
          ? t('notReady', { ready: legacy.ready, notReady: legacy.notReady })
          : format.number(legacy.ready),
        size(legacy.bytes.protobuf),
        size(legacy.bytes.protobuf),
      ]
    : [isUnknown ? '?' : t('none'), '', '', '']
  const rows = [
    {
      way: 'slices',
      cells: [
        format.number(slices.count),
        format.number(slices.endpoints),
        size(slices.bytes.protobuf),
        slices.largest ? size(slices.largest.bytes.protobuf) : '',
      ],
    },
    { way: 'endpoints', cells: endpoints },
  ] as const
  const columns = ['objects', 'addresses', 'size', 'oneChange'] as const
  return (
    <table className="w-full border-collapse text-small">
      <thead className="text-text-3">
        <tr>
          <th scope="col" className="py-1 text-left">
            {t('side')}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" className={cell}>
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ way, cells }) => (
          <tr key={way} className="border-t border-line" data-side={way}>
            <th scope="row" className="py-1 text-left">
              {t(way)}
            </th>
            {columns.map((column, i) => (
              <td key={column} className={value}>
                {cells[i]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
