'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { DetailData, NodeCardData, ServiceData } from '../flow-nodes'
import { NodeCard } from './node-card'
import { ServiceChip } from './service-chip'

/** A card in the place of a cell: written at its size on the screen, shrunk to the cell it stands in. */
export const DetailCard = memo(function DetailCard(props: NodeProps<Node<DetailData, 'detail'>>) {
  const { scale, inner } = props.data
  const style = {
    width: (props.width ?? 0) * scale,
    height: (props.height ?? 0) * scale,
    transform: `scale(${1 / scale})`,
    transformOrigin: '0 0',
  }
  return (
    <div style={style}>
      {inner.type === 'service' ? (
        <ServiceChip {...({ ...props, data: inner.data } as unknown as NodeProps<Node<ServiceData, 'service'>>)} />
      ) : (
        <NodeCard {...({ ...props, data: inner.data } as unknown as NodeProps<Node<NodeCardData, 'node'>>)} />
      )}
    </div>
  )
})
