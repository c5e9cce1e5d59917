'use client'
// Where a route begins and where it is rewritten, and how it ends when it reaches nothing.

import type { Node, NodeProps } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { useReasonText } from '@/components/ui/reason'
import { visibleText } from '@/components/ui/visible-text'
import type { EndData, PortalData, SourceData } from '../flow-nodes'
import { ProxyGlyph } from '../glyphs/proxy-glyph'
import { EdgeEnds } from './edge-ends'

export const Portal = memo(function Portal({ data }: NodeProps<Node<PortalData, 'portal'>>) {
  const t = useTranslations('map')
  const key = data.mode === 'replaced' ? 'portalReplaced' : data.mode === 'unknown' ? 'portalUnknown' : 'portal'
  const text = visibleText(t(key, { node: data.node, by: data.by }))
  return (
    <div className="map-portal" title={text}>
      <EdgeEnds source target />
      <ProxyGlyph shape={data.mode} size={11} />
      <span className="map-cut">{text}</span>
    </div>
  )
})

export const SourceCard = memo(function SourceCard({ data }: NodeProps<Node<SourceData, 'source'>>) {
  const t = useTranslations('map')
  return (
    <div
      className="map-source"
      data-kind={data.kind}
      data-id={data.key}
      data-role="source"
      title={visibleText(data.key)}
    >
      <EdgeEnds source />
      <b>{t('from')}</b>
      <span className="map-mono map-cut">{visibleText(data.label)}</span>
    </div>
  )
})

export const RouteEnd = memo(function RouteEnd({ data }: NodeProps<Node<EndData, 'end'>>) {
  const t = useTranslations('map')
  const sentence = useReasonText()
  return (
    <div className="map-end" data-verdict={data.verdict} data-side={data.side} data-field="verdict">
      <svg width="30" height="40" viewBox="0 0 30 40" aria-hidden="true">
        <defs>
          <linearGradient id="map-drop" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="var(--crit)" />
            <stop offset="1" stopColor="var(--crit)" stopOpacity="0" />
          </linearGradient>
        </defs>
        {data.verdict === 'DROP' ? (
          <rect x="11" y="0" width="8" height="40" fill="url(#map-drop)" />
        ) : (
          <>
            <path d="M15 0v24" stroke="var(--crit)" strokeWidth="6" />
            <path d="m8 23 14 14m0-14L8 37" stroke="var(--crit)" strokeWidth="3" />
          </>
        )}
      </svg>
      <span className="map-end-text">
        <b>{t(`verdict.${data.verdict}`)}</b>
        {data.reason && <span>{sentence(data.reason)}</span>}
      </span>
    </div>
  )
})
