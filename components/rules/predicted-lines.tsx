'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useRef, useState } from 'react'
import type { PredictedLine, RuleFact } from '@/core/rules/types'
import { ObjectLink } from '../explain/object-link'
import { ServiceGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { ScrollRegion } from '../ui/scroll-region'
import { DataText } from '../ui/value'
import { type LineRow, lineRows } from './line-rows'

const ROW = 44

/** Service by Service, every line with what it does and the facts it comes from. Only the lines on the screen exist. */
export function PredictedLines({ lines }: { lines: readonly PredictedLine[] }) {
  const t = useTranslations('rules')
  const [folded, setFolded] = useState(true)
  const rows = useMemo(() => lineRows(lines, folded), [lines, folded])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  return (
    <ScrollRegion ref={scroller} aria-label={t('predicted')} data-count={lines.length}>
      {lines.length === 0 && <p className="p-6 text-text-2">{t('noLines')}</p>}
      <ol className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${item.start}px)` }}
              className="absolute inset-x-0 top-0 border-b border-line"
            >
              {row.kind === 'line' ? (
                <Line line={row.line} number={row.number} />
              ) : (
                <Head head={row} folded={folded} onFold={() => setFolded(!folded)} />
              )}
            </li>
          )
        })}
      </ol>
    </ScrollRegion>
  )
}

type HeadProps = {
  readonly head: Extract<LineRow, { kind: 'head' }>
  readonly folded: boolean
  readonly onFold: () => void
}

/** Whose lines follow. What stands without a Service is seldom what one looks for, so it is folded. */
function Head({ head: { service, count }, folded, onFold }: HeadProps) {
  const t = useTranslations('rules')
  const lines = <span className="text-small text-text-3">{t('lines', { count })}</span>
  const look = 'flex min-h-9 w-full flex-wrap items-center gap-x-3 bg-surface px-6 py-1 text-left max-md:px-4'
  if (service === undefined) {
    return (
      <button type="button" aria-expanded={!folded} onClick={onFold} className={clsx('group', look)} data-lines-of="">
        <ChevronRight
          size={15}
          strokeWidth={1.75}
          className="shrink-0 text-text-3 group-aria-expanded:rotate-90"
          aria-hidden="true"
        />
        <strong className="font-semibold">{t('ofNoService')}</strong>
        {lines}
      </button>
    )
  }
  return (
    <h2 className={look} data-lines-of={service}>
      <ServiceGlyph shape="clusterIP" />
      <ObjectLink object={{ kind: 'Service', id: service }} className="font-semibold" />
      {lines}
    </h2>
  )
}

function Line({ line, number }: { line: PredictedLine; number: number }) {
  return (
    <div className="flex gap-3 px-6 py-1.5 max-md:gap-2 max-md:px-4" data-line={number} data-table={line.table}>
      <span className="w-10 shrink-0 text-right max-md:w-7 font-mono text-small text-text-3">{number}</span>
      <div className="min-w-0 flex-1">
        <pre className="font-mono text-small whitespace-pre-wrap wrap-anywhere">
          <span className="text-text-3">{line.table}</span> <DataText>{line.text}</DataText>
        </pre>
        <p className="flex flex-wrap items-baseline gap-x-3 text-small text-text-2">
          <span>
            <ReasonText reason={line.about} />
          </span>
          {line.facts.map((fact) => (
            <Fact key={`${fact.kind}/${fact.id}/${fact.field}`} fact={fact} />
          ))}
        </p>
      </div>
    </div>
  )
}

/** The field a line comes from; an object of it opens on the map. */
function Fact({ fact }: { fact: RuleFact }) {
  return (
    <span
      className="inline-flex flex-wrap items-baseline gap-x-1 rounded-chip border border-line px-1.5"
      data-fact={fact.field}
    >
      {fact.kind === 'ProxySettings' ? null : <ObjectLink object={{ kind: fact.kind, id: fact.id }} />}
      <DataText className="font-mono wrap-anywhere">{fact.field}</DataText>
    </span>
  )
}
