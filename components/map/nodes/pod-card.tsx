'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { Shown } from '../../ui/hidden-value'
import { visibleText } from '../../ui/visible-text'
import type { PodCardData } from '../flow-nodes'
import { ConditionGlyph } from '../glyphs/condition-glyph'
import { percent } from '../percent'
import { useMapText } from '../use-map-text'
import { useShortReason } from '../use-short-reason'
import { EdgeEnds } from './edge-ends'

/** An endpoint of the focused Service: condition, address, port, and its share of connections or why it has none. */
export const PodCard = memo(function PodCard({ data }: NodeProps<Node<PodCardData, 'pod'>>) {
  const t = useMapText()
  const reason = useShortReason(data.reason)
  const { tier, probability, condition } = data
  const receives = data.routed === true
  const outcome = receives
    ? probability === undefined
      ? undefined
      : percent(probability)
    : (reason ?? (condition === 'ready' ? undefined : t(`condition.${condition}`)))
  const cut = receives && data.policy !== undefined ? t(`policyOf.${data.policy}`) : undefined
  return (
    <div
      className={`map-pod map-pod-${tier}`}
      data-kind={data.kind}
      data-id={data.key}
      data-condition={condition}
      data-routed={data.routed}
      data-probability={probability}
      data-crosses={(receives && data.crosses) || undefined}
      data-policy={receives ? data.policy : undefined}
      data-focused={data.focused || undefined}
      title={visibleText([data.key, data.address, outcome, cut].filter(Boolean).join(' · '))}
    >
      <EdgeEnds target />
      <span className="map-pod-head">
        <ConditionGlyph condition={condition} size={tier === 'line' ? 9 : 10} />
        <b className="map-mono map-cut" data-field="addresses[0]">
          <Shown text={data.short} />
        </b>
        {tier === 'line' && receives && probability !== undefined && <strong>{percent(probability)}</strong>}
      </span>
      {tier === 'card' && (
        <span className="map-mono map-pod-port" data-field="port">
          {data.port === undefined ? '–' : `:${data.port}`}
        </span>
      )}
      {tier !== 'line' && outcome !== undefined && (
        <span className="map-pod-outcome map-cut" data-field={receives ? 'probability' : 'reason'}>
          {outcome}
        </span>
      )}
    </div>
  )
})
