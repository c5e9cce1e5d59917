'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { visibleText } from '@/components/ui/visible-text'
import type { SegmentData, ShareData, SliceRowData } from '../flow-nodes'

/** One EndpointSlice: its facts in the gutter, a segment per endpoint standing above its pod. */
export const SliceRow = memo(function SliceRow({ data, height }: NodeProps<Node<SliceRowData, 'slice'>>) {
  const t = useTranslations('map')
  const { slice, gutter, limit } = data
  const rowHeight = height ?? 60
  const tall = rowHeight >= 52
  return (
    <div
      className="map-slice"
      data-kind="EndpointSlice"
      data-id={`${slice.namespace}/${slice.name}`}
      data-focused={data.focused || undefined}
    >
      <div
        className="map-slice-gutter"
        style={{ width: gutter - 12 }}
        title={visibleText(`${slice.namespace}/${slice.name}`)}
      >
        <span>
          <b className="map-mono map-cut">{visibleText(slice.name)}</b>
          <span className="map-mono" data-field="endpoints.length" title={t('fill', { count: slice.total, limit })}>
            {slice.total}/{limit}
          </span>
        </span>
        {rowHeight >= 36 && (
          <span data-room={rowHeight >= 58 || undefined}>
            <span className="map-mono map-cut" data-field="ports" title={visibleText(data.ports)}>
              {data.ports === '' ? t('noPorts') : visibleText(data.ports)}
            </span>
            {tall && data.hints && (
              <small
                className="map-cut"
                data-tone={data.hints === 'all' ? undefined : 'cross'}
                data-field="hints"
                title={t(`hints.${data.hints}`)}
              >
                {t(`hints.${data.hints}`)}
              </small>
            )}
          </span>
        )}
        {tall && <FillMeter data={data} />}
      </div>
      {data.segments.map((segment) => (
        <Segment key={segment.id} segment={segment} width={data.segmentWidth} rowHeight={rowHeight} />
      ))}
      {data.shares.map((share) => (
        <ShareBar key={share.x} share={share} />
      ))}
    </div>
  )
})

function Segment(props: { segment: SegmentData; width: number; rowHeight: number }) {
  const { segment, width } = props
  const height = Math.min(24, props.rowHeight - 4)
  return (
    <span
      className="map-segment"
      data-kind="Endpoint"
      data-id={segment.key}
      data-field={segment.field}
      data-condition={segment.condition}
      data-lit={segment.lit || undefined}
      data-routed={segment.routed}
      style={{
        left: Math.round(segment.x - width / 2),
        width,
        height,
        top: Math.round((props.rowHeight - height) / 2),
      }}
    >
      {width >= 13 && height >= 14 ? segment.letter : ''}
    </span>
  )
}

function ShareBar({ share }: { share: ShareData }) {
  const t = useTranslations('map')
  const total = Math.max(1, share.ready + share.servingTerminating + share.notReady)
  const part = (count: number) => ({ width: `${(100 * count) / total}%` })
  return (
    <span className="map-share" style={{ left: share.x, width: share.width }} data-lit={share.lit || undefined}>
      <i>
        <i data-tone="ready" style={part(share.ready)} />
        <i data-tone="term" style={part(share.servingTerminating)} />
        <i data-tone="bad" style={part(share.notReady)} />
      </i>
      <small data-count={total}>{t('readyOf', { ready: share.ready, total })}</small>
    </span>
  )
}

function FillMeter({ data }: { data: SliceRowData }) {
  const of = (count: number) => ({ width: `${Math.min(100, (100 * count) / Math.max(1, data.limit))}%` })
  return (
    <span className="map-meter" aria-hidden="true">
      <i data-tone="ready" style={of(data.ready)} />
      <i data-tone="term" style={of(data.servingTerminating)} />
      <i data-tone="bad" style={of(data.notReady)} />
    </span>
  )
}
