'use client'

import clsx from 'clsx'
import { ShieldQuestionMark, ShieldX } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { formatShare } from '@/client/numbers'
import type { EndpointPolicy, ExplainedEndpoint } from '@/core/explain/types'
import { type Column, DataTable } from '../lists/data-table'
import { ConditionGlyph } from '../ui/glyphs'
import { useReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { ObjectLink } from './object-link'
import { Panel } from './panel'

const ROW = 34
const SHOWN_ROWS = 10

type CandidatesProps = {
  readonly endpoints: readonly ExplainedEndpoint[]
  /** How many there are; `endpoints` are some of them. */
  readonly count: number
  /** Each of them all has a number. */
  readonly numbered: boolean
  /** Node the connection starts on. */
  readonly from: string | undefined
}

/** Who can receive the connection, each with its share. */
export function Candidates({ endpoints, count, numbered, from }: CandidatesProps) {
  const t = useTranslations('explain')
  const columns = useColumns(from)
  if (endpoints.length === 0) return null
  return (
    <Panel title={t('candidates', { count })} aside={numbered ? t('sum') : t('noNumber')}>
      <div
        style={{ height: 37 + Math.min(endpoints.length, SHOWN_ROWS) * (ROW + 1) }}
        className="-mx-4 flex max-md:h-auto! max-md:max-h-120"
      >
        <DataTable
          label={t('candidates', { count })}
          rows={endpoints}
          columns={columns}
          rowId={(endpoint) => endpoint.key}
          rowHeight={ROW}
          empty=""
        />
      </div>
      {count > endpoints.length && (
        <p className="pt-2 text-text-2" data-cut-list={count}>
          {t('candidatesCut', { shown: endpoints.length, count })}
        </p>
      )}
    </Panel>
  )
}

function useColumns(from: string | undefined): readonly Column<ExplainedEndpoint>[] {
  const t = useTranslations('explain')
  const locale = useLocale()
  return useMemo(
    () => [
      {
        id: 'address',
        title: t('column.address'),
        width: 'minmax(150px, 1.2fr)',
        card: 'lead',
        sortBy: (row) => row.key,
        cell: (row) => (
          <span
            className="flex items-center gap-2"
            data-endpoint={row.key}
            data-chosen={row.chosen}
            data-probability={row.probability}
            data-reason={row.reason.code}
          >
            <ConditionGlyph condition="ready" size={11} />
            <DataText className="font-mono wrap-anywhere">{row.key}</DataText>
            {row.policy && row.policy.state !== 'allowed' && <PolicyMark policy={row.policy} />}
          </span>
        ),
      },
      {
        id: 'pod',
        title: t('column.pod'),
        width: 'minmax(120px, 1.2fr)',
        card: 'below',
        sortBy: (row) => row.pod ?? '',
        cell: (row) =>
          row.pod ? (
            <ObjectLink object={{ kind: 'Pod', id: row.pod }} />
          ) : (
            <span className="text-text-3">{t('noPod')}</span>
          ),
      },
      {
        id: 'node',
        title: t('column.node'),
        width: 'minmax(110px, 1fr)',
        card: 'below',
        sortBy: (row) => row.node ?? '',
        cell: (row) => (
          <span className="flex flex-wrap items-baseline gap-x-2">
            {row.node ? (
              <ObjectLink object={{ kind: 'Node', id: row.node }} />
            ) : (
              <span className="text-text-3">{t('noNode')}</span>
            )}
            {row.node !== undefined && row.node === from && (
              <span className="rounded-chip border border-line px-1.5 text-small text-text-2">{t('sameNode')}</span>
            )}
            {row.zone && <DataText className="text-small text-text-3">{row.zone}</DataText>}
          </span>
        ),
      },
      {
        id: 'share',
        title: t('column.share'),
        width: 'minmax(120px, 0.8fr)',
        card: 'side',
        numeric: true,
        sortBy: (row) => row.probability ?? -1,
        cell: (row) =>
          row.probability === undefined ? (
            <span className="text-text-2">{t('byState')}</span>
          ) : (
            <span className="flex items-center gap-3">
              <ShareBar share={row.probability} lost={row.policy?.state === 'denied'} />
              <span className="min-w-14 text-right font-semibold">{formatShare(row.probability, locale)}</span>
            </span>
          ),
      },
    ],
    [t, locale, from],
  )
}

const policyMarks = {
  denied: { Icon: ShieldX, colour: 'text-crit' },
  unknown: { Icon: ShieldQuestionMark, colour: 'text-warn' },
} as const

/** A candidate that a NetworkPolicy cuts, or may cut: the proxy goes on choosing it. */
function PolicyMark({ policy: { state, reason } }: { policy: EndpointPolicy }) {
  const t = useTranslations('explain')
  const sentence = useReasonText()(reason)
  if (state === 'allowed') return null
  const { Icon, colour } = policyMarks[state]
  return (
    <span className={clsx('shrink-0', colour)} title={sentence} data-policy={state} data-policy-reason={reason.code}>
      <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
      <span className="sr-only">{t(`policyMark.${state}`)}</span>
    </span>
  )
}

function ShareBar({ share, lost }: { share: number; lost: boolean }) {
  return (
    <span className="h-1.5 flex-1 rounded-full bg-sunken max-md:hidden" aria-hidden="true">
      <span
        className={clsx('block h-full rounded-full', lost ? 'bg-crit' : 'bg-stay')}
        style={{ width: `${Math.max(1, share * 100)}%` }}
      />
    </span>
  )
}
