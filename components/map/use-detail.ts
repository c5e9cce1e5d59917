'use client'
import { useStoreApi } from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import type { Rect, Size } from '@/core/graph/layout-rect'
import { MAX_FLOW_NODES, type MapNode } from './flow-nodes'
import type { Scene } from './scene'

/** Cards for the cells in view, a moment after the viewport has come to rest. */
export function useDetail(scene: Scene, stage: Size): readonly MapNode[] {
  const store = useStoreApi()
  const [view, setView] = useState<{ area: Rect; zoom: number }>()
  useEffect(() => {
    let timer = 0
    let seen = store.getState().transform
    const unsubscribe = store.subscribe(({ transform }) => {
      if (transform === seen) return
      seen = transform
      window.clearTimeout(timer)
      timer = window.setTimeout(() => {
        const [x, y, zoom] = seen
        const area = { x: -x / zoom, y: -y / zoom, width: stage.width / zoom, height: stage.height / zoom }
        setView(zoom > 1.8 ? { area, zoom } : undefined)
      }, 120)
    })
    return () => {
      window.clearTimeout(timer)
      unsubscribe()
    }
  }, [store, stage])
  return useMemo(
    () => (view ? scene.detail({ ...view, room: Math.max(0, MAX_FLOW_NODES - scene.nodes.length) }) : []),
    [scene, view],
  )
}
