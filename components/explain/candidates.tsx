'use client'

import clsx from 'clsx'
import { ShieldQuestionMark, ShieldX } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { formatShare } from '@/client/numbers'
import type { ShownExplanation } from '@/core/explain/shown'
import type { ExplainedEndpoint } from '@/core/explain/types'
import { type Column, DataTable } from '../lists/data-table'
import { ConditionGlyph } from '../ui/glyphs'
import { useReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { ObjectLink } from './object-link'
import { Panel } from './panel'
import { isLimited, useArrivalText } from './use-arrival'

const ROW = 34

type CandidatesProps = {
  readonly endpoints: readonly ExplainedEndpoint[]
  /** Of all of them; `endpoints` are some. */
  readonly explanation: Pick<ShownExplanation, 'counts' | 'arrival' | 'policy'>
  /** Node the connection starts on. */
  readonly from: string | undefined
}

/** Who may be chosen, each with its share; where policies have a say, that is told apart from what gets through. */
export function Candidates({ endpoints, explanation, from }: CandidatesProps) {
  const t = useTranslations('explain')
  const locale = useLocale()
  const arrivalText = useArrivalText()
  const limited = isLimited(explanation)
  const columns = useColumns(from, limited)
  if (endpoints.length === 0) return null
  const { arrival } = explanation
  const count = explanation.counts.candidates
  const title = t(limited ? 'chosenCandidates' : 'candidates', { count })
  const sum =
    arrival.chosen === undefined
      ? t('noNumber')
      : t(limited ? 'chosenSum' : 'sum', { share: formatShare(arrival.chosen, locale) })
  return (
    <Panel
      title={title}
      aside={<span data-sum={explanation.policy.state}>{limited ? `${sum}: ${arrivalText(explanation)}` : sum}</span>}
    >
      <div className="-mx-4 flex max-h-120">
        <DataTable
          label={title}
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

function useColumns(from: string | undefined, limited: boolean): readonly Column<ExplainedEndpoint>[] {
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
        title: t(limited ? 'column.chosen' : 'column.share'),
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
      ...(limited
        ? [
            {
              id: 'arrives',
              title: t('column.arrives'),
              width: 'minmax(140px, 1fr)',
              card: 'below',
              numeric: true,
              sortBy: (row) => (row.policy?.state === 'denied' ? 0 : (row.probability ?? -1)),
              cell: (row) => <Arrives endpoint={row} />,
            } satisfies Column<ExplainedEndpoint>,
          ]
        : []),
    ],
    [t, locale, from, limited],
  )
}

const policyMarks = {
  denied: { Icon: ShieldX, colour: 'text-crit' },
  unknown: { Icon: ShieldQuestionMark, colour: 'text-warn' },
} as const

/** What of a candidate's share gets through: the proxy goes on choosing what a NetworkPolicy cuts. */
function Arrives({ endpoint: { policy, probability } }: { endpoint: ExplainedEndpoint }) {
  const t = useTranslations('explain')
  const locale = useLocale()
  const reasonText = useReasonText()
  if (!policy || policy.state === 'allowed')
    return probability === undefined ? (
      t('byState')
    ) : (
      <b className="font-semibold">{formatShare(probability, locale)}</b>
    )
  const { state, reason } = policy
  const { Icon, colour } = policyMarks[state]
  return (
    <span
      className={clsx('inline-flex items-center gap-1.5', colour)}
      title={reasonText(reason)}
      data-policy={state}
      data-policy-reason={reason.code}
    >
      <Icon size={14} strokeWidth={1.75} className="shrink-0" aria-hidden="true" />
      {t(`policyMark.${state}`)}
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
