'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import type { AddressOverview as Overview, RangeFact } from '@/core/addresses/types'
import { Panel } from '../explain/panel'
import { type Column, DataTable } from '../lists/data-table'
import { FamilyPanel } from './family-panel'
import { Findings } from './findings'
import { NodePortPanel } from './node-port-panel'
import { RangeName, RangeSource } from './range-name'
import { UsageBar } from './usage-bar'

const isService = ({ source }: RangeFact) => source === 'service-cidr' || source === 'inferred-service'

/** Every range, per family, and how full it is; node ports; which families the cluster and its Services have. */
export function AddressOverview({ overview }: { overview: Overview }) {
  const t = useTranslations('addresses')
  const { change } = usePageQuery()
  const services = overview.ranges.filter(isService)
  const pods = useMemo(() => overview.ranges.filter((one) => !isService(one)), [overview.ranges])
  const columns = useColumns()
  return (
    <>
      <Findings findings={overview.findings} />
      <div className="grid grid-cols-2 items-start gap-3.5 max-xl:grid-cols-1">
        <Panel title={t('serviceRanges')}>
          {services.length === 0 && <p className="text-text-2">{t('noServiceRanges')}</p>}
          <ul className="flex flex-col gap-4">
            {services.map((range) => (
              <li key={`${range.cidr}/${range.object}`} data-service-range={range.cidr}>
                <p className="mb-1 flex flex-wrap items-baseline gap-x-3">
                  <RangeName cidr={range.cidr} />
                  <span className="text-small text-text-2">{range.family}</span>
                  <RangeSource range={range} />
                </p>
                <UsageBar range={range} bands />
              </li>
            ))}
          </ul>
        </Panel>
        <div className="flex min-w-0 flex-col gap-3.5">
          <FamilyPanel families={overview.families} />
          <NodePortPanel ports={overview.nodePorts} />
        </div>
      </div>
      <Panel title={t('podRanges')} aside={pods.length}>
        {pods.length === 0 ? (
          <p className="text-text-2">{t('noPodRanges')}</p>
        ) : (
          <div className="flex h-96 flex-col">
            <DataTable
              label={t('podRanges')}
              rows={pods}
              columns={columns}
              rowId={(range) => `${range.cidr}/${range.object}`}
              onOpen={({ cidr }) => change({ text: cidr })}
              empty={t('noPodRanges')}
            />
          </div>
        )}
      </Panel>
    </>
  )
}

function useColumns(): readonly Column<RangeFact>[] {
  const t = useTranslations('addresses')
  return useMemo(
    (): readonly Column<RangeFact>[] => [
      {
        id: 'range',
        card: 'lead',
        title: t('col.range'),
        width: 'minmax(170px, 1.2fr)',
        sortBy: (range) => range.cidr,
        cell: (range) => <RangeName cidr={range.cidr} />,
      },
      {
        id: 'family',
        card: 'side',
        title: t('col.family'),
        width: '70px',
        sortBy: (range) => range.family,
        cell: (range) => range.family,
      },
      {
        id: 'of',
        card: 'below',
        title: t('col.of'),
        width: 'minmax(170px, 1.2fr)',
        sortBy: (range) => range.object,
        cell: (range) => <RangeSource range={range} />,
      },
      {
        id: 'used',
        card: 'below',
        title: t('col.used'),
        width: 'minmax(220px, 2fr)',
        sortBy: (range) => range.usage?.used ?? -1,
        cell: (range) => <UsageBar range={range} />,
      },
    ],
    [t],
  )
}
