'use client'

import { useTranslations } from 'next-intl'
import type { RangeAnswer } from '@/core/addresses/types'
import { Panel } from '../explain/panel'
import { Button } from '../ui/button'
import { DataText } from '../ui/value'
import { Findings } from './findings'
import { OwnerName } from './owner-name'
import { RangeName, RangeSource } from './range-name'
import { UsageBar, useBigText } from './usage-bar'

type OneRangeProps = {
  readonly answer: RangeAnswer
  readonly after: number
  readonly onAfter: (after: number) => void
}

/** One range: which known ranges it meets, and who has addresses in it, page by page. */
export function OneRange({ answer, after, onAfter }: OneRangeProps) {
  const t = useTranslations('addresses')
  const big = useBigText()
  const { cidr, family, first, last, overlaps, overlapCount, owners } = answer
  const kinds = (['Service', 'Ingress', 'Gateway', 'Node', 'Pod', 'EndpointSlice', 'Endpoints'] as const).filter(
    (kind) => owners.counts[kind],
  )
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1" data-range={cidr}>
        <h2 className="font-mono text-verdict wrap-anywhere">
          <DataText>{cidr}</DataText>
        </h2>
        <span className="text-text-2 wrap-anywhere">
          {family} · {t('rangeOf', { first, last, size: big(answer.size) })}
        </span>
      </div>
      <Findings findings={[...answer.notes, ...answer.findings]} />
      <div className="grid grid-cols-2 items-start gap-3.5 max-xl:grid-cols-1">
        <Panel
          title={t('overlaps')}
          aside={overlapCount > overlaps.length && t('overlapsMore', { shown: overlaps.length, total: overlapCount })}
        >
          {overlaps.length === 0 && <p className="text-text-2">{t('noOverlaps')}</p>}
          <ul className="flex flex-col gap-4">
            {overlaps.map((range) => (
              <li key={`${range.cidr}/${range.object}`} data-relation={range.relation}>
                <p className="mb-1 flex flex-wrap items-baseline gap-x-3">
                  <RangeName cidr={range.cidr} />
                  <span className="text-small text-text-3">{t(`relation.${range.relation}`)}</span>
                  <RangeSource range={range} />
                </p>
                <UsageBar range={range} bands={overlaps.length < 4} />
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title={t('inside')} aside={t('insideCount', { total: owners.total })}>
          {owners.total === 0 && <p className="text-text-2">{t('noneInside')}</p>}
          <p className="mb-2 flex flex-wrap gap-x-4 text-small text-text-2">
            {kinds.map((kind) => (
              <span key={kind}>
                {t(`kind.${kind}`)} {big(String(owners.counts[kind]))}
              </span>
            ))}
          </p>
          <ul className="flex flex-col gap-1 max-md:gap-3">
            {owners.rows.map((row) => (
              <li
                key={`${row.ip}/${row.kind}/${row.namespace}/${row.name}/${row.role}`}
                className="flex flex-wrap items-baseline gap-x-3"
              >
                <DataText className="font-mono font-semibold wrap-anywhere">{row.ip}</DataText>
                <span className="text-small text-text-3">{t(`kind.${row.kind}`)}</span>
                <OwnerName owner={row} />
                <span className="text-small text-text-2">{t(`role.${row.role}`)}</span>
                {row.state !== 'now' && <span className="text-small text-term">{t(`state.${row.state}`)}</span>}
              </li>
            ))}
          </ul>
          {(after > 0 || owners.next !== null) && (
            <div className="mt-3 flex flex-wrap items-center gap-2">
              <span className="text-small text-text-3">
                {t('page', { from: after + 1, to: after + owners.rows.length, total: owners.total })}
              </span>
              {after > 0 && <Button onClick={() => onAfter(0)}>{t('firstPage')}</Button>}
              {owners.next !== null && <Button onClick={() => onAfter(owners.next ?? 0)}>{t('nextPage')}</Button>}
            </div>
          )}
        </Panel>
      </div>
    </>
  )
}
