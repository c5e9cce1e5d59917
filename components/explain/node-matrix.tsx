'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { formatShare } from '@/client/numbers'
import type { MatrixGroup } from '@/core/explain/matrix-types'
import type { ShownMatrix } from '@/core/explain/matrix-wire'
import { runsOf } from '@/core/explain/matrix-wire'
import { type Column, DataTable } from '../lists/data-table'
import { DataText } from '../ui/value'
import { VerdictWord } from './verdict-word'

const ROW = 44
const SHOWN_ROWS = 7

/** Every node against every endpoint. Nodes with the same answer share a row; its strip lights the endpoints they send to. */
export function NodeMatrix({ matrix }: { matrix: ShownMatrix }) {
  const t = useTranslations('explain')
  const columns = useColumns(matrix)
  return (
    <div
      data-matrix="nodes"
      style={{ height: 37 + Math.min(matrix.groups.length, SHOWN_ROWS) * (ROW + 1) }}
      className="-mx-4 flex max-md:h-auto! max-md:max-h-120"
    >
      <DataTable
        label={t('matrixNodes')}
        rows={matrix.groups}
        columns={columns}
        rowId={(group) => group.nodes[0] ?? ''}
        rowHeight={ROW}
        empty={t('noNodes')}
      />
    </div>
  )
}

function useColumns(matrix: ShownMatrix): readonly Column<MatrixGroup>[] {
  const t = useTranslations('explain')
  const locale = useLocale()
  return useMemo(
    () => [
      {
        id: 'nodes',
        title: t('column.from'),
        width: 'minmax(110px, 1fr)',
        card: 'lead',
        sortBy: (group) => group.nodes.length,
        cell: (group) => (
          <span className="block truncate" title={group.nodes.join(', ')} data-group={group.nodes[0]}>
            <DataText>{group.nodes[0] ?? ''}</DataText>
            {group.nodes.length > 1 && (
              <span className="text-text-3"> {t('andNodes', { count: group.nodes.length - 1 })}</span>
            )}
            <DataText className="block text-small text-text-3">
              {[group.zone, group.mode].filter(Boolean).join(', ')}
            </DataText>
          </span>
        ),
      },
      {
        id: 'strip',
        title: t('column.to', { count: matrix.endpointCount }),
        width: 'minmax(120px, 1.4fr)',
        card: 'below',
        cell: (group) => <Strip group={group} total={matrix.endpointCount} />,
      },
      {
        id: 'share',
        title: t('column.each'),
        width: 'minmax(80px, 0.7fr)',
        card: 'side',
        numeric: true,
        sortBy: (group) => group.probability ?? 0,
        cell: (group) =>
          group.verdict !== 'forward' ? (
            <VerdictWord verdict={group.verdict} />
          ) : (
            <span>
              <strong className="font-semibold">
                {group.probability === undefined ? t('byState') : formatShare(group.probability, locale)}
              </strong>
              <span className="block text-small text-text-3">{t('endpoints', { count: group.candidates.length })}</span>
            </span>
          ),
      },
    ],
    [t, locale, matrix.endpointCount],
  )
}

/** One tick per endpoint in the order of their addresses, lit where the group sends to it; neighbours merge into one bar. */
function Strip({ group, total }: { group: MatrixGroup; total: number }) {
  const t = useTranslations('explain')
  const path = useMemo(
    () => runsOf(group.candidates).map(([first, count]) => `M${first} 0h${count}v1h${-count}z`),
    [group],
  )
  return (
    <svg
      viewBox={`0 0 ${Math.max(1, total)} 1`}
      preserveAspectRatio="none"
      className="h-4 w-full rounded-segment bg-sunken"
      role="img"
      aria-label={t('strip', { count: group.candidates.length, total })}
    >
      <path d={path.join('')} className="fill-pod" />
    </svg>
  )
}
