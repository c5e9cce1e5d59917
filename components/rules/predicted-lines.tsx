'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import type { PredictedLine, RuleFact } from '@/core/rules/types'
import { ObjectLink } from '../explain/object-link'
import { ReasonText } from '../ui/reason'
import { ScrollRegion } from '../ui/scroll-region'
import { DataText } from '../ui/value'

const ROW = 44

/** Every line with what it does and the facts it comes from. Only the lines on the screen exist. */
export function PredictedLines({ lines }: { lines: readonly PredictedLine[] }) {
  const t = useTranslations('rules')
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  return (
    <ScrollRegion ref={scroller} aria-label={t('predicted')} data-count={lines.length}>
      {lines.length === 0 && <p className="p-6 text-text-2">{t('noLines')}</p>}
      <ol className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]
          if (!line) return null
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={lines.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${item.start}px)` }}
              className="absolute inset-x-0 top-0 border-b border-line px-6 py-1.5 max-md:px-4"
            >
              <Line line={line} number={item.index + 1} />
            </li>
          )
        })}
      </ol>
    </ScrollRegion>
  )
}

function Line({ line, number }: { line: PredictedLine; number: number }) {
  return (
    <div className="flex gap-3" data-line={number} data-table={line.table}>
      <span className="w-10 shrink-0 text-right font-mono text-small text-text-3">{number}</span>
      <div className="min-w-0 flex-1">
        <p className="font-mono text-small wrap-anywhere">
          <span className="text-text-3">{line.table}</span> <DataText>{line.text}</DataText>
        </p>
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
