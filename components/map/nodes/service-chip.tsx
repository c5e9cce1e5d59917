'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { Shown } from '../../ui/hidden-value'
import { visibleText } from '../../ui/visible-text'
import { lastGroups } from '../addresses'
import type { ServiceData } from '../flow-nodes'
import { ServiceGlyph, serviceShape } from '../glyphs/service-glyph'
import { SeverityGlyph } from '../glyphs/severity-glyph'
import { readyCount, serviceAddress, worstSeverity } from '../service-facts'
import { useMapText } from '../use-map-text'

/** A Service at cluster depth: name, ClusterIP, ready endpoints, and its worst trouble as a mark. */
export const ServiceChip = memo(function ServiceChip({ data, width = 0 }: NodeProps<Node<ServiceData, 'service'>>) {
  const t = useMapText()
  const { service, family, tier, faint } = data
  const shape = serviceShape(service)
  const severity = worstSeverity(service.trouble)
  const { ready, total } = readyCount(service, family)
  const count = shape === 'externalName' ? '' : ready === total ? `${ready}` : `${ready}/${total}`
  const address = serviceAddress(service, family)
  // Beside the count, in the chip's own letters of 6.6 px.
  const room = Math.floor((width - 22) / 6.6) - count.length - 1
  const text = address.text?.includes(':') ? lastGroups(address.text, room) : address.text
  const level = ready === total && total > 0 ? 'full' : ready === 0 ? 'empty' : 'part'
  return (
    <div
      className="map-chip"
      data-kind="Service"
      data-id={`${service.namespace}/${service.name}`}
      data-shape={shape}
      data-severity={severity}
      data-faint={faint || undefined}
      title={visibleText(`${service.namespace}/${service.name}`)}
    >
      <span className="map-chip-name">
        <ServiceGlyph shape={shape} size={tier === 'chip' ? 12 : 10} />
        <span className="map-cut">{visibleText(service.name)}</span>
        {severity && <SeverityGlyph severity={severity} size={12} />}
        {tier === 'line' && (
          <span className="map-count" data-level={level}>
            {count}
          </span>
        )}
      </span>
      {tier === 'chip' && (
        <span className="map-chip-line">
          <span
            className="map-cut map-mono"
            data-field={address.field}
            title={address.text && visibleText(address.text)}
          >
            <Shown text={text}>{visibleText(text ?? t(`noAddress.${address.code}`))}</Shown>
          </span>
          <span className="map-count" data-level={level} data-field="endpoints">
            {count}
          </span>
        </span>
      )}
    </div>
  )
})
