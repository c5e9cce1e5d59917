'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { usePageFilter } from '@/client/use-page-filter'
import type { ServiceSummary } from '@/core/graph/types'
import { DataTable } from './data-table'
import { filterServices } from './filter'
import { ListHeader } from './list-header'
import { useServiceColumns } from './service-columns'

/** Every Service as a row: the same objects as on the map, as text. */
export function ServiceList() {
  const t = useTranslations('lists')
  const overview = useOverview()
  const { query, change } = usePageQuery()
  const filter = usePageFilter()
  const rows = useMemo(() => filterServices(overview?.services ?? [], filter), [overview?.services, filter])
  const columns = useServiceColumns()
  const total = overview?.services.length ?? 0
  const focus = query.focus
  const isCurrent = (service: ServiceSummary) =>
    focus?.kind === 'Service' && focus.namespace === service.namespace && focus.name === service.name
  return (
    <>
      <ListHeader title={t('services')} shown={rows.length} total={total} />
      <DataTable
        label={t('services')}
        rows={rows}
        columns={columns}
        rowId={(service) => service.id}
        isCurrent={isCurrent}
        onOpen={({ namespace, name }) => change({ focus: { kind: 'Service', namespace, name }, tab: undefined })}
        empty={!overview ? t('loading') : total === 0 ? t('noServices') : t('noMatch')}
      />
    </>
  )
}
