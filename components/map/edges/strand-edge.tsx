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
      {data.end && <PolicyEnd {...data.end} sure={data.tone === 'cut'} />}
    </g>
  )
})

/** A bar with a shield: a cross in it where a policy cuts, a question where that cannot be said. */
function PolicyEnd({ x, y, sure }: { x: number; y: number; sure: boolean }) {
  return (
    <g className="map-strand-end" transform={`translate(${x} ${y})`} strokeWidth="1.6" data-policy-end={sure}>
      <path d="M-12 11h24" strokeWidth="3" />
      <path d="M0 -10 8 -7V0C8 5 4 8 0 10-4 8-8 5-8 0V-7Z" className="map-strand-shield" />
      <path d={sure ? 'M-3 -4 3 3M3 -4 -3 3' : 'M-2.5 -4.5a2.5 2.5 0 1 1 3 3q-.5 .3-.5 1.7M0 4v.6'} />
    </g>
  )
}
