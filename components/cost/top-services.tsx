'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import type { Churn, ServiceChurn } from '@/core/cost/churn'
import type { Bytes } from '@/core/cost/wire-size'
import { splitKey } from '@/core/model/keys'
import { type Column, DataTable } from '../lists/data-table'
import { ServiceGlyph } from '../ui/glyphs'
import { DataText } from '../ui/value'
import { useBytes } from './use-bytes'
import { useEvents } from './use-events'

/** Services by what their slices cost in the last half hour; any column sorts. */
export function TopServices({ churn, encoding }: { churn: Churn; encoding: keyof Bytes }) {
  const t = useTranslations('cost.top')
  const { query, change } = usePageQuery()
  const columns = useColumns(encoding)
  const { services, serviceCount } = churn
  const { focus } = query
  return (
    <section className="flex min-w-0 flex-col gap-2 border-b border-line py-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-6 max-md:px-4">
        <h2 className="text-title">{t('title')}</h2>
        <span className="text-text-3">{t('shown', { shown: services.length, total: serviceCount })}</span>
      </div>
      <DataTable
        label={t('title')}
        rows={services}
        columns={columns}
        rowId={({ service }) => service}
        isCurrent={({ service }) => focus?.kind === 'Service' && service === `${focus.namespace}/${focus.name}`}
        onOpen={({ service }) => change({ focus: { kind: 'Service', ...splitKey(service) }, tab: 'cost' })}
        className="max-h-96 flex-none"
        empty={t('empty')}
      />
    </section>
  )
}

function useColumns(encoding: keyof Bytes): readonly Column<ServiceChurn>[] {
  const t = useTranslations('cost.top')
  const format = useFormatter()
  const size = useBytes()
  const events = useEvents()
  return useMemo(
    (): readonly Column<ServiceChurn>[] => [
      {
        id: 'service',
        card: 'lead',
        title: t('service'),
        width: 'minmax(160px, 1.4fr)',
        sortBy: ({ service }) => service,
        cell: ({ service }) => (
          <span className="flex items-start gap-2">
            <ServiceGlyph shape="clusterIP" className="mt-1" />
            <DataText className="min-w-0 font-semibold wrap-anywhere">{service}</DataText>
          </span>
        ),
      },
      {
        id: 'writes',
        title: t('writes'),
        width: 'minmax(80px, 0.6fr)',
        numeric: true,
        sortBy: ({ writes }) => writes,
        cell: ({ writes }) => format.number(writes),
      },
      {
        id: 'bytes',
        card: 'side',
        title: t('bytes'),
        width: 'minmax(90px, 0.7fr)',
        numeric: true,
        sortBy: ({ bytes }) => bytes[encoding],
        cell: ({ bytes }) => size(bytes[encoding]),
      },
      {
        id: 'legacy',
        title: t('legacy'),
        width: 'minmax(90px, 0.7fr)',
        numeric: true,
        sortBy: ({ legacyBytes }) => legacyBytes[encoding],
        cell: ({ legacyBytes }) => size(legacyBytes[encoding]),
      },
      {
        id: 'changes',
        card: 'below',
        title: t('changes'),
        width: 'minmax(180px, 2fr)',
        sortBy: ({ added, removed, becameReady, becameUnready, terminating }) =>
          added + removed + becameReady + becameUnready + terminating,
        cell: (row) => <span className="text-text-2">{events(row)}</span>,
      },
    ],
    [t, format, size, events, encoding],
  )
}
