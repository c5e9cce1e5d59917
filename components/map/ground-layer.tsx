'use client'
import { useStoreApi } from '@xyflow/react'
import { memo, useEffect, useRef } from 'react'
import type { GroundRect } from './scene'

/** Planes, zones and blocks: plain rectangles that move with the viewport, below the dots. */
export const GroundLayer = memo(function GroundLayer({ ground }: { ground: readonly GroundRect[] }) {
  const store = useStoreApi()
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const follow = () => {
      const [x, y, zoom] = store.getState().transform
      if (element.current) element.current.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`
    }
    follow()
    return store.subscribe(follow)
  }, [store])
  return (
    <div className="map-ground" aria-hidden="true" ref={element}>
      {ground.map(({ key, rect, tone }) => (
        <div
          key={key}
          className={`map-ground-${tone}`}
          style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
        />
      ))}
    </div>
  )
})
