'use client'

// The quiet frame of the map: plane names, namespaces, zones, ways in.

import type { Node, NodeProps } from '@xyflow/react'
import { useLocale } from 'next-intl'
import { memo, useContext } from 'react'
import { formatShare } from '@/client/numbers'
import { Shown } from '../../ui/hidden-value'
import { visibleText } from '../../ui/visible-text'
import { ChangeCounter } from '../change-counter'
import type { GutterData, GutterRange, NamespaceData, NoteData, WayData, ZoneData } from '../flow-nodes'
import { SeverityGlyph } from '../glyphs/severity-glyph'
import { WayGlyph } from '../glyphs/way-glyph'
import { MapActions } from '../map-actions'
import { percent } from '../percent'
import { useMapText } from '../use-map-text'
import { EdgeEnds } from './edge-ends'

export const PlaneGutter = memo(function PlaneGutter({ data }: NodeProps<Node<GutterData, 'gutter'>>) {
  const t = useMapText()
  return (
    <div className="map-gutter" data-plane={data.plane}>
      <b className="map-cut" title={t(`plane.${data.plane}`)}>
        {t(`plane.${data.plane}`)}
      </b>
      {data.ranges.map((range, i) => (
        <RangeLine
          key={`${range.block} ${range.object}`}
          range={range}
          named={range.source !== data.ranges[i - 1]?.source}
        />
      ))}
      {data.moreRanges !== undefined && data.moreRanges.length > 0 && <MoreRanges ranges={data.moreRanges} />}
      <ul>
        {data.plane !== 'waysIn' && <ChangeCounter plane={data.plane} />}
        {data.facts.map((fact) => (
          <li
            key={fact.id ?? fact.key}
            data-tone={fact.tone}
            data-wraps={fact.wraps}
            data-workload={fact.id}
            title={t(`gutter.${fact.title ?? fact.key}`, fact.values)}
          >
            {t(`gutter.${fact.key}`, fact.values)}
          </li>
        ))}
      </ul>
      {data.note !== undefined && <p>{t(`gutter.${data.note}`)}</p>}
    </div>
  )
})

/** Where a block of addresses is from, and the block: it leads to who has addresses in it. */
function RangeLine({ range: { source, block, object = '' }, named }: { range: GutterRange; named: boolean }) {
  const t = useMapText()
  const { onRange } = useContext(MapActions)
  return (
    <button
      type="button"
      className="map-gutter-range nopan"
      data-range={source}
      data-block={block}
      title={visibleText(t(`range.${source}Why`, { block, object }))}
      onClick={() => onRange?.(block)}
    >
      {named && <small className="map-cut">{t(`range.${source}`)}</small>}
      <span className="map-mono map-cut">{block}</span>
    </button>
  )
}

/** Those for which there is no room. */
function MoreRanges({ ranges }: { ranges: readonly GutterRange[] }) {
  const t = useMapText()
  const { onRange } = useContext(MapActions)
  const deleting = ranges.every(({ source }) => source === 'deleting')
  return (
    <button
      type="button"
      className="map-gutter-range nopan"
      data-range="more"
      title={ranges.map(({ block, source }) => `${t(`range.${source}`)} ${block}`).join(', ')}
      onClick={() => onRange?.('')}
    >
      <small className="map-cut">{t(deleting ? 'range.moreDeleting' : 'range.more', { count: ranges.length })}</small>
    </button>
  )
}

export const NamespaceHeader = memo(function NamespaceHeader({ data }: NodeProps<Node<NamespaceData, 'namespace'>>) {
  return (
    <div className="map-namespace" title={visibleText(data.name)} data-kind="Namespace" data-id={data.name}>
      <span className="map-cut">{visibleText(data.name)}</span>
      <span>{data.count}</span>
    </div>
  )
})

export const ZoneHeader = memo(function ZoneHeader({ data }: NodeProps<Node<ZoneData, 'zone'>>) {
  const t = useMapText()
  const name = data.kind === 'outside' ? t('outside') : visibleText(data.zone ?? t('noZone'))
  const parts = [
    data.ready === undefined ? t('zoneNodes', { nodes: data.nodes }) : t('zoneReady', { ready: data.ready }),
    ...(data.pods === undefined ? [] : [t('zonePods', { pods: data.pods })]),
    ...(data.hiddenNodes > 0 ? [t('moreNodes', { count: data.hiddenNodes })] : []),
  ]
  return (
    <div
      className="map-zone"
      data-zone={data.zone ?? ''}
      data-source={data.source || undefined}
      data-receives={data.receives || undefined}
      data-hatched={(data.zone === null && data.kind === 'zone') || undefined}
      title={[name, ...parts].join(' · ')}
    >
      <EdgeEnds target />
      <b className="map-cut">{name}</b>
      {data.source && <span>{t('source')}</span>}
      <span className="map-cut map-zone-facts">{parts.join(' · ')}</span>
      {data.share !== undefined && (
        <strong
          data-field="share"
          data-policy={data.policy}
          data-tone={data.share === 0 ? undefined : data.source ? 'stay' : 'cross'}
        >
          {percent(data.share)}
        </strong>
      )}
    </div>
  )
})

export const WayPill = memo(function WayPill({ data }: NodeProps<Node<WayData, 'way'>>) {
  const t = useMapText()
  const locale = useLocale()
  const { onWays } = useContext(MapActions)
  if (data.way === 'more') {
    return (
      <button type="button" className="map-way map-way-more nopan" title={t('moreWaysTitle')} onClick={onWays}>
        {t('moreWays', { count: data.count })}
      </button>
    )
  }
  return (
    <div
      className="map-way"
      data-kind={data.entry?.kind ?? 'Service'}
      data-id={data.entry?.id ?? data.service}
      data-field={data.entry ? undefined : data.field}
      data-broken={data.broken}
      title={visibleText(`${t(`way.${data.way}`)} ${data.label} → ${data.target}`)}
    >
      <WayGlyph kind={data.way} />
      <span className="map-way-kind">{t(`way.${data.way}`)}</span>
      <b className="map-mono map-cut">
        <Shown text={data.label} />
      </b>
      {data.share !== undefined && data.share < 1 && (
        <span className="map-way-kind">{formatShare(data.share, locale)}</span>
      )}
      {data.broken && <SeverityGlyph severity="warn" size={11} />}
      <span className="map-cut map-way-target">→ {visibleText(data.target)}</span>
    </div>
  )
})

export const Note = memo(function Note({ data }: NodeProps<Node<NoteData, 'note'>>) {
  const t = useMapText()
  const text = visibleText(t(`note.${data.key}`, data.values))
  return (
    <div className="map-note" title={text}>
      <EdgeEnds source />
      <span className="map-cut">{text}</span>
    </div>
  )
})
