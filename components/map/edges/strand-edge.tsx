'use client'
import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { MapEdge } from '../flow-nodes'

/** One strand of a route. Its path is given by the layout; React Flow only keeps it. */
export const StrandEdge = memo(function StrandEdge({ data, id }: EdgeProps<MapEdge>) {
  if (!data) return null
  return (
    <g className="map-strand" data-tone={data.tone} data-strand={id} strokeWidth={data.width} fill="none">
      <path d={data.bend} />
      {data.fall !== '' && <path d={data.fall} className="map-strand-fall" />}
    </g>
  )
})
