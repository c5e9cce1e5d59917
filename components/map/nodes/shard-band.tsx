'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { visibleText } from '@/components/ui/visible-text'
import type { SliceSummary } from '@/core/graph/types'
import type { ShardBandData } from '../flow-nodes'

/** EndpointSlices as thumbnails: height is the root of their fill, a stripe on top says trouble. */
export const ShardThumbs = memo(function ShardThumbs({ data }: NodeProps<Node<ShardBandData, 'shards'>>) {
  const { width, height } = data.cell
  return (
    <div className="map-shards">
      {data.cells.map(({ slice, x, y }) => (
        <span
          key={slice.id}
          className="map-shard"
          data-kind="EndpointSlice"
          data-id={`${slice.namespace}/${slice.name}`}
          data-service={slice.serviceName === null ? undefined : `${slice.namespace}/${slice.serviceName}`}
          title={visibleText(`${slice.namespace}/${slice.name}`)}
          style={{ left: x, top: y, width, height }}
        >
          <i data-tone={shardTone(slice)} style={{ height: fillHeight(slice.total, data.most, height) }} />
          {slice.counts.notReady + slice.counts.servingTerminating > 0 && slice.counts.ready > 0 && (
            <em
              data-tone={slice.counts.notReady > 0 ? 'bad' : 'term'}
              style={{ bottom: fillHeight(slice.total, data.most, height) }}
            />
          )}
        </span>
      ))}
    </div>
  )
})

/** Height of a thumbnail's fill: √ makes a shard of 5 visible beside one of 100. */
function fillHeight(total: number, most: number, height: number): number {
  if (total === 0) return 0
  return Math.max(3, Math.round((height - 6) * Math.sqrt(total / Math.max(1, most))))
}

export function shardTone(slice: SliceSummary): 'ready' | 'bad' | 'term' | 'empty' {
  const { ready, servingTerminating, notReady } = slice.counts
  if (slice.total === 0) return 'empty'
  if (ready > 0) return 'ready'
  return notReady >= servingTerminating ? 'bad' : 'term'
}
