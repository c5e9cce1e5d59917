'use client'
import { useReactFlow, type Viewport } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import type { Size } from '@/core/graph/layout-rect'
import type { Scene } from './scene'

const MAX_FIT = 1.6

/** A large screen shows the same map larger instead of emptier: the size that is laid out for, and enlarged to fit. */
export function layoutSize(stage: Size): Size {
  const scale = Math.min(MAX_FIT, Math.max(1, Math.min(stage.width / 1280, stage.height / 950)))
  return { width: Math.round(stage.width / scale), height: Math.round(stage.height / scale) }
}

/** The viewport that shows the whole scene. */
function fitViewport(world: Size, stage: Size): Viewport {
  const zoom = Math.min(MAX_FIT, Math.max(0.62, Math.min(stage.width / world.width, stage.height / world.height)))
  return { x: Math.max(0, (stage.width - world.width * zoom) / 2), y: 0, zoom }
}

/** Fits on start, on a new focus and on a new stage size, unless the person has moved the map since. */
export function useViewport(scene: Scene, stage: Size, key: string) {
  const flow = useReactFlow()
  const initial = useRef(fitViewport(scene.size, stage))
  const extent = useMemo<[[number, number], [number, number]]>(
    () => [
      [-stage.width * 0.3, -stage.height * 0.3],
      [
        Math.max(scene.size.width, stage.width) + stage.width * 0.3,
        Math.max(scene.size.height, stage.height) + stage.height * 0.3,
      ],
    ],
    [scene.size.width, scene.size.height, stage.width, stage.height],
  )
  const { width, height } = scene.size
  const shownKey = useRef(key)
  useEffect(() => {
    const moved = shownKey.current !== key
    shownKey.current = key
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    void flow.setViewport(fitViewport({ width, height }, stage), {
      duration: moved && !still ? 280 : 0,
      ease: easeFocus,
    })
  }, [flow, width, height, stage, key])
  useEffect(() => {
    const fit = () => void flow.setViewport(fitViewport({ width, height }, stage), { duration: 200 })
    window.addEventListener('map-fit', fit)
    return () => window.removeEventListener('map-fit', fit)
  }, [flow, width, height, stage])
  return { initial: initial.current, extent, minZoom: Math.min(0.5, fitViewport(scene.size, stage).zoom) }
}

// Close to cubic-bezier(.2, .8, .2, 1): fast away, soft arrival.
const easeFocus = (t: number) => 1 - (1 - t) ** 4
