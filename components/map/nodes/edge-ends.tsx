'use client'
import { Handle, Position } from '@xyflow/react'

/** Where strands may begin and end on a card: React Flow looks for these elements whenever it measures one. */
export function EdgeEnds(props: { source?: boolean; target?: boolean }) {
  return (
    <>
      {props.source && <Handle type="source" position={Position.Bottom} isConnectable={false} className="map-handle" />}
      {props.target && <Handle type="target" position={Position.Top} isConnectable={false} className="map-handle" />}
    </>
  )
}
