'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useRef } from 'react'
import { useDeparted } from '@/client/use-node-rules'
import type { Compared } from '@/core/rules/compare-dump'
import { type DepartedEndpoint, departureOf } from '@/core/rules/departed'
import type { RuleDifference } from '@/core/rules/types'
import { ObjectLink } from '../explain/object-link'
import { Age } from '../ui/age'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { ScrollRegion } from '../ui/scroll-region'
import { DataText } from '../ui/value'

type DifferencesProps = {
  readonly compared: Compared
  /** Only those of this Service; undefined: all. */
  readonly service: string | undefined
  readonly node: string
}

const MARKS = { missing: '−', extra: '+', different: '≠' } as const
const TONES = { missing: 'text-warn', extra: 'text-crit', different: 'text-warn' } as const

/** The answer first, then how much differs, then each difference with what was expected and what is there. */
export function Differences({ compared, service, node }: DifferencesProps) {
  const t = useTranslations('rules')
  const { differences, expected } = compared
  const { data: departed = [] } = useDeparted()
  const shown = useMemo(
    () => (service === undefined ? differences : differences.filter((one) => one.service === service)),
    [differences, service],
  )
  const count = (kind: RuleDifference['kind']) => shown.filter((one) => one.kind === kind).length
  const isLeaving = ({ reason }: RuleDifference) => reason.code.startsWith('ipvs-draining')
  const worst =
    shown.find(({ reason }) => reason.code.includes('stale')) ?? shown.find((one) => !isLeaving(one)) ?? shown[0]
  const severity = worst && isLeaving(worst) ? 'info' : worst?.kind === 'extra' ? 'crit' : 'warn'
  return (
    <>
      <div className="flex flex-col gap-1.5 border-b border-line bg-surface px-6 py-3 max-md:px-4" role="status">
        <h2 className="flex items-start gap-2 text-card" data-differences={shown.length}>
          {worst ? (
            <SeverityGlyph severity={severity} size={16} className="mt-0.5" />
          ) : (
            <CircleCheck size={16} strokeWidth={2} className="mt-0.5 shrink-0 text-stay" aria-hidden="true" />
          )}
          {worst ? (
            <span>
              <ReasonText reason={worst.reason} /> <Gone at={departureOf(departed, worst)} />
            </span>
          ) : (
            t('equal', { node, count: expected })
          )}
        </h2>
        <p className="flex flex-wrap gap-x-5 text-text-2">
          {(['extra', 'missing', 'different'] as const).map((kind) => (
            <span key={kind} data-count-of={kind}>
              <span className={clsx('font-mono', TONES[kind])} aria-hidden="true">
                {MARKS[kind]}
              </span>{' '}
              {t(`kind.${kind}`, { count: count(kind) })}
            </span>
          ))}
        </p>
      </div>
      <DifferenceList differences={shown} departed={departed} />
    </>
  )
}

/** How long the endpoint of a rule has been gone, where that was seen. */
function Gone({ at }: { at: number | undefined }) {
  const t = useTranslations('rules')
  if (at === undefined) return null
  return <span data-gone={at}>{t.rich('gone', { age: () => <Age at={at} /> })}</span>
}

type ListProps = { readonly differences: readonly RuleDifference[]; readonly departed: readonly DepartedEndpoint[] }

function DifferenceList({ differences, departed }: ListProps) {
  const t = useTranslations('rules')
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: differences.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 76,
    overscan: 8,
  })
  return (
    <ScrollRegion ref={scroller} aria-label={t('differences')}>
      <ol className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const difference = differences[item.index]
          if (!difference) return null
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={differences.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${item.start}px)` }}
              className="absolute inset-x-0 top-0 border-b border-line px-6 py-2 max-md:px-4"
            >
              <Difference difference={difference} goneAt={departureOf(departed, difference)} />
            </li>
          )
        })}
      </ol>
    </ScrollRegion>
  )
}

function Difference({ difference, goneAt }: { difference: RuleDifference; goneAt: number | undefined }) {
  const t = useTranslations('rules')
  const { kind, table, predicted, found, service, endpoint, reason } = difference
  return (
    <div className="flex gap-3" data-difference={kind} data-reason={reason.code} data-endpoint={endpoint}>
      <span className={clsx('w-5 shrink-0 text-center font-mono font-semibold', TONES[kind])} aria-hidden="true">
        {MARKS[kind]}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="sr-only">{t(`kindWord.${kind}`)}</span>
          <strong className="font-semibold">
            <ReasonText reason={reason} />
          </strong>
          <Gone at={goneAt} />
          {service && <ObjectLink object={{ kind: 'Service', id: service }} className="text-small" />}
        </p>
        {found && <Rule label={t('foundLine', { line: found.line })} table={table} text={found.text} />}
        {predicted !== undefined && <Rule label={t('expected')} table={table} text={predicted} />}
      </div>
    </div>
  )
}

function Rule({ label, table, text }: { label: string; table: string; text: string }) {
  return (
    <div className="flex flex-wrap gap-x-2 text-small">
      <span className="text-text-3">{label}</span>
      <pre className="min-w-0 font-mono whitespace-pre-wrap wrap-anywhere">
        <span className="text-text-3">{table}</span> <DataText>{text}</DataText>
      </pre>
    </div>
  )
}
