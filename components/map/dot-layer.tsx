'use client'
import { useStoreApi } from '@xyflow/react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { type CanvasColors, readColors } from './canvas-colors'
import { createDotPainter, type DotPainter } from './draw-dots'
import { drawHover, type Hover } from './draw-hover'
import type { Scene } from './scene'

type Layer = {
  base: DotPainter
  overlay: CanvasRenderingContext2D | null
  colors: CanvasColors
  frame: number
  dirty: 'none' | 'hover' | 'all'
}

/** The canvases below React Flow, painted in the frame after the viewport or the scene changed. Not for screen readers. */
export function DotLayer(props: { scene: Scene; hover: Hover }) {
  const store = useStoreApi()
  const base = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const layer = useRef<Layer | undefined>(undefined)
  const latest = useRef(props)
  latest.current = props
  const requested = useRef((_what: 'hover' | 'all') => {})

  useEffect(() => {
    const canvas = base.current
    const top = overlay.current
    if (!canvas || !top) return
    const state: Layer = {
      base: createDotPainter(canvas),
      overlay: top.getContext('2d'),
      colors: readColors(canvas),
      frame: 0,
      dirty: 'none',
    }
    layer.current = state

    function paint() {
      state.frame = 0
      const [x, y, zoom] = store.getState().transform
      const ratio = window.devicePixelRatio || 1
      const transform = { x, y, zoom, ratio }
      const { scene, hover } = latest.current
      if (state.dirty === 'all') state.base.paint(scene, state.colors, transform)
      if (state.overlay) drawHover(state.overlay, scene, { hover, colors: state.colors, transform })
      state.dirty = 'none'
    }
    function request(what: 'hover' | 'all') {
      if (state.dirty !== 'all') state.dirty = what
      if (state.frame === 0) state.frame = requestAnimationFrame(paint)
    }
    requested.current = request
    function resize() {
      if (!canvas || !top) return
      const ratio = window.devicePixelRatio || 1
      for (const one of [canvas, top]) {
        one.width = Math.round(canvas.clientWidth * ratio)
        one.height = Math.round(canvas.clientHeight * ratio)
      }
      request('all')
    }
    function recolor() {
      if (canvas) state.colors = readColors(canvas)
      request('all')
    }
    resize()
    const sizes = new ResizeObserver(resize)
    sizes.observe(canvas)
    const theme = new MutationObserver(recolor)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
    const scheme = window.matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', recolor)
    let seen = store.getState().transform
    const unsubscribe = store.subscribe((next) => {
      if (next.transform === seen) return
      seen = next.transform
      request('all')
    })
    return () => {
      cancelAnimationFrame(state.frame)
      sizes.disconnect()
      theme.disconnect()
      scheme.removeEventListener('change', recolor)
      unsubscribe()
    }
  }, [store])

  const shown = useRef<Scene | undefined>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new hover is painted, though this effect does not read it
  useLayoutEffect(() => {
    requested.current(shown.current === props.scene ? 'hover' : 'all')
    shown.current = props.scene
  }, [props.scene, props.hover])

  return (
    <div aria-hidden="true">
      <canvas ref={base} className="map-canvas" data-dim={props.hover.related !== undefined || undefined} />
      <canvas ref={overlay} className="map-canvas" />
    </div>
  )
}
