'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import type { ProxyModeVerdict } from '@/core/graph/types'
import { standInKind } from '@/core/model/stand-in'
import { Shown } from '../../ui/hidden-value'
import { visibleText } from '../../ui/visible-text'
import { nodeAddress, roomIn, shortCidr } from '../addresses'
import type { NodeCardData } from '../flow-nodes'
import { ProxyGlyph, proxyShape } from '../glyphs/proxy-glyph'
import { SeverityGlyph } from '../glyphs/severity-glyph'

/** A node on the ground: name, address, proxy mode, load. */
export const NodeCard = memo(function NodeCard({ data, width = 0 }: NodeProps<Node<NodeCardData, 'node'>>) {
  const t = useTranslations('map')
  const { node, form, source, focused, faint } = data
  const shape = proxyShape(node.proxyMode)
  const down = node.ready === false
  // Whose name is kept back may not have its proxy read either: nothing to look after.
  const warns = down || (shape === 'unknown' && standInKind(node.name) === undefined)
  const cidr = node.podCIDRs.find((one) => one.includes(':') === (data.family === 'IPv6')) ?? node.podCIDRs[0]
  const mode = modeWord(node.proxyMode) ?? t('modeUnknown')
  return (
    <div
      className={`map-node map-node-${form}`}
      data-kind="Node"
      data-id={node.name}
      data-mode={shape}
      data-down={down || undefined}
      data-severity={warns ? 'warn' : undefined}
      data-source={source || undefined}
      data-focused={focused || undefined}
      data-faint={faint || undefined}
      title={visibleText(`${node.name} · ${mode}`)}
    >
      <span className="map-node-name">
        <span className="map-cut">
          <Shown text={data.label} />
        </span>
        {warns && <SeverityGlyph severity="warn" size={11} />}
      </span>
      {form !== 'chip' && (
        <span
          className="map-node-ip map-mono map-cut"
          data-field="status.addresses"
          title={nodeAddress(node, data.family)}
        >
          <Shown text={data.address}>{data.address ?? t('noAddress.notAllocated')}</Shown>
        </span>
      )}
      {form !== 'chip' && <Mode shape={shape} word={mode} />}
      {form === 'full' && <Load count={node.podCount} most={data.most} label={t('pods')} />}
      {form === 'full' && (
        <span className="map-node-cidr">
          <span className="map-cut">PodCIDR</span>
          <span className="map-mono map-cut" data-field="spec.podCIDR" title={cidr}>
            {cidr === undefined ? t('notSet') : shortCidr(cidr, roomIn(width - 10))}
          </span>
        </span>
      )}
    </div>
  )
})

function Mode(props: { shape: ReturnType<typeof proxyShape>; word: string }) {
  return (
    <span className="map-node-mode" data-field="proxyMode">
      <ProxyGlyph shape={props.shape} size={12} />
      <span className="map-node-word">
        <ModeWord word={props.word} />
      </span>
    </span>
  )
}

// The one name too long for a card has a place to break; the text stays what it is.
function ModeWord({ word }: { word: string }) {
  if (word !== 'kernelspace') return word
  return (
    <>
      kernel
      <wbr />
      space
    </>
  )
}

function Load(props: { count: number; most: number; label: string }) {
  return (
    <span className="map-node-load">
      <span className="map-node-pods">
        <span className="map-cut">{props.label}</span>
        <b data-field="podCount">{props.count}</b>
      </span>
      <span className="map-bar">
        <i style={{ width: `${Math.round((100 * props.count) / Math.max(1, props.most))}%` }} />
      </span>
    </span>
  )
}

/** The mode's own name; undefined when it is not known. */
export function modeWord(verdict: ProxyModeVerdict): string | undefined {
  if (verdict.state === 'unknown') return undefined
  if (verdict.state === 'replaced') return visibleText(verdict.by)
  return verdict.scheduler === null ? verdict.mode : `${verdict.mode} ${verdict.scheduler}`
}
