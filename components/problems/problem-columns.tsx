'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { Troubled } from '@/core/graph/troubled'
import type { ServiceSummary } from '@/core/graph/types'
import type { Severity } from '@/core/model/reason'
import type { Column } from '../lists/data-table'
import { NodeGlyph, ServiceGlyph, type ServiceShape, SeverityGlyph, serviceShape } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { Since } from './since'

/** Severity, object, one sentence, and since when. */
export function useProblemColumns(services: readonly ServiceSummary[]): readonly Column<Troubled>[] {
  const t = useTranslations('problems')
  const shapes = useMemo(
    () => new Map(services.map((one) => [`${one.namespace}/${one.name}`, serviceShape(one)])),
    [services],
  )
  return useMemo(
    (): readonly Column<Troubled>[] => [
      {
        id: 'severity',
        card: 'lead',
        title: t('col.severity'),
        width: 'minmax(132px, 0.7fr)',
        sortBy: ({ severity }) => rank[severity],
        cell: ({ severity }) => <SeverityLabel severity={severity} />,
      },
      {
        id: 'object',
        card: 'lead',
        title: t('col.object'),
        width: 'minmax(170px, 1fr)',
        sortBy: ({ focus }) => focus.name,
        cell: (row) => <ObjectName row={row} shape={shapes.get(row.title) ?? 'clusterIP'} />,
      },
      {
        id: 'what',
        card: 'below',
        title: t('col.what'),
        width: 'minmax(260px, 3fr)',
        cell: ({ reason }) => (
          <span data-trouble={reason.code} className="wrap-anywhere text-text-2">
            <ReasonText reason={reason} />
          </span>
        ),
      },
      {
        id: 'since',
        card: 'side',
        title: t('col.since'),
        width: 'minmax(78px, 0.4fr)',
        numeric: true,
        sortBy: ({ since }) => -(since ?? 0),
        cell: ({ since }) => <Since at={since} />,
      },
    ],
    [t, shapes],
  )
}

const rank: Readonly<Record<Severity, number>> = { crit: 0, warn: 1, info: 2 }

/** The word beside the shape: neither colour nor shape has to be known. */
export function SeverityLabel({ severity }: { severity: Severity }) {
  const t = useTranslations('problems.severity')
  return (
    <span data-severity={severity} className="flex items-start gap-2">
      <SeverityGlyph severity={severity} size={15} className="mt-0.5" />
      <span className={severity === 'crit' ? 'font-semibold text-crit' : 'text-text'}>{t(severity)}</span>
    </span>
  )
}

function ObjectName({ row, shape }: { row: Troubled; shape: ServiceShape }) {
  const { focus } = row
  if (focus.kind === 'Node') {
    return (
      <span className="flex items-start gap-2">
        <NodeGlyph className="mt-1" />
        <DataText className="min-w-0 font-semibold wrap-anywhere">{focus.name}</DataText>
      </span>
    )
  }
  return (
    <span className="flex items-start gap-2">
      <ServiceGlyph shape={shape} className="mt-1" />
      <span className="min-w-0">
        <DataText className="block font-semibold wrap-anywhere">{focus.name}</DataText>
        <DataText className="block text-small text-text-3 wrap-anywhere">{focus.namespace}</DataText>
      </span>
    </span>
  )
}
