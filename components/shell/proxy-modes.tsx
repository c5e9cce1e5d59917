'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { NodeSummary } from '@/core/graph/types'
import { ModeGlyph, type ModeShape, modeShape } from '../ui/mode-glyph'
import { useModeText } from '../ui/mode-text'

type Row = { readonly text: string; readonly shape: ModeShape; readonly count: number }

/** How many nodes run which proxy mode. "Unknown" is a row like the others, only amber. */
export function ProxyModes({ nodes }: { nodes: readonly NodeSummary[] }) {
  const t = useTranslations('shell.now')
  const format = useFormatter()
  const modeText = useModeText()
  const rows = useMemo(() => {
    const byText = new Map<string, Row>()
    for (const node of nodes) {
      const text = modeText(node.proxyMode)
      const row = byText.get(text)
      byText.set(text, { text, shape: modeShape(node.proxyMode), count: (row?.count ?? 0) + 1 })
    }
    return [...byText.values()].sort((a, b) => b.count - a.count)
  }, [nodes, modeText])
  if (nodes.length === 0) return null
  const evident = nodes.filter((node) => node.proxyMode.confidence !== 'unknown').length
  return (
    <section className="border-b border-line px-5 py-4">
      <div className="mb-2 flex flex-wrap justify-between gap-x-3 text-text-3">
        <h3 className="text-caption">{t('modes', { count: nodes.length })}</h3>
        <span className="text-small">{t('evidence', { count: evident })}</span>
      </div>
      <ul>
        {rows.map((row) => (
          <li key={row.text} className="flex h-6 items-center gap-2.5">
            <ModeGlyph shape={row.shape} />
            <span className="w-34 truncate" title={row.text}>
              <bdi>{row.text}</bdi>
            </span>
            <meter
              className="mode-meter h-1.5 min-w-0 flex-1"
              min={0}
              max={nodes.length}
              value={row.count}
              aria-label={row.text}
            />
            <span className="w-10 text-right">{format.number(row.count)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
