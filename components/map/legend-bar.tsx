'use client'
import { useReactFlow } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ConditionGlyph } from './glyphs/condition-glyph'
import { ServiceGlyph } from './glyphs/service-glyph'
import { SeverityGlyph } from './glyphs/severity-glyph'

type Props = {
  readonly depth: 'cluster' | 'focus'
  readonly muted: ReadonlySet<string>
  readonly onToggle: (key: string) => void
}

/** What the shapes mean; an entry fades its objects when it is switched off. */
export function LegendBar({ depth, muted, onToggle }: Props) {
  const t = useTranslations('map')
  const flow = useReactFlow()
  const entry = (key: keyof typeof glyphs) => (
    <button
      key={key}
      type="button"
      className="map-legend-entry"
      aria-pressed={!muted.has(key)}
      title={t(`legend.${key}`)}
      onClick={() => onToggle(key)}
    >
      {glyphs[key]}
      <span className="map-cut">{t(`legend.${key}`)}</span>
    </button>
  )
  return (
    <div className="map-legend" role="toolbar" aria-label={t('legend.label')}>
      <div className="map-legend-entries">
        {depth === 'focus' && (
          <>
            {(['stay', 'cross'] as const).map(entry)}
            <hr />
          </>
        )}
        {(['ready', 'servingTerminating', 'notReady'] as const).map(entry)}
        {depth === 'cluster' && (
          <>
            {entry('outside')}
            <hr />
            {(['clusterIP', 'loadBalancer', 'headless', 'externalName'] as const).map(entry)}
            <hr />
            {(['crit', 'warn', 'info'] as const).map(entry)}
          </>
        )}
      </div>
      <div className="map-zoom">
        <button type="button" aria-label={t('legend.zoomOut')} onClick={() => flow.zoomOut()}>
          <Minus size={14} aria-hidden="true" />
        </button>
        <button type="button" aria-label={t('legend.zoomIn')} onClick={() => flow.zoomIn()}>
          <Plus size={14} aria-hidden="true" />
        </button>
        <button
          type="button"
          aria-label={t('legend.fit')}
          data-fit=""
          onClick={() => window.dispatchEvent(new Event('map-fit'))}
        >
          <Maximize size={13} aria-hidden="true" />
        </button>
      </div>
    </div>
  )
}

const strand = (tone: 'stay' | 'cross'): ReactNode => (
  <svg width="22" height="10" viewBox="0 0 22 10" aria-hidden="true" className="map-glyph">
    {tone === 'stay' ? (
      <path d="M1 5h20" stroke="var(--stay)" strokeWidth="5" />
    ) : (
      <path d="M1 9 21 1" stroke="var(--cross)" strokeWidth="1.8" strokeDasharray="7 3" />
    )}
  </svg>
)

const glyphs = {
  stay: strand('stay'),
  cross: strand('cross'),
  ready: <ConditionGlyph condition="ready" />,
  servingTerminating: <ConditionGlyph condition="servingTerminating" />,
  notReady: <ConditionGlyph condition="notReady" />,
  outside: <ConditionGlyph condition="outside" />,
  clusterIP: <ServiceGlyph shape="clusterIP" />,
  loadBalancer: <ServiceGlyph shape="loadBalancer" />,
  headless: <ServiceGlyph shape="headless" />,
  externalName: <ServiceGlyph shape="externalName" />,
  crit: <SeverityGlyph severity="crit" />,
  warn: <SeverityGlyph severity="warn" />,
  info: <SeverityGlyph severity="info" />,
} as const
