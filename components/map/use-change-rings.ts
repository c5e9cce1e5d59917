'use client'
import { useEffect, useRef, useState } from 'react'
import type { Hover } from './draw-hover'
import type { MapModel } from './map-model'
import type { Scene } from './scene'

const FADE = 900
const MAX_RINGS = 40

/** One ring that fades around each pod that just changed; nothing flashes when more change than anybody can follow. */
export function useChangeRings(scene: Scene, model: MapModel): Hover['rings'] {
  const before = useRef<MapModel>(undefined)
  const since = useRef(new Map<string, number>())
  const [now, setNow] = useState(0)
  useEffect(() => {
    const old = before.current
    before.current = model
    if (!old || old === model || old.pods.length === 0) return
    const changed: string[] = []
    for (const pod of model.pods) {
      const was = old.podById.get(pod.id)
      if (was !== pod && (was?.condition !== pod.condition || was?.nodeName !== pod.nodeName)) changed.push(pod.id)
      if (changed.length > MAX_RINGS) return
    }
    const at = performance.now()
    for (const id of changed) since.current.set(id, at)
    if (changed.length > 0) setNow(at)
  }, [model])
  useEffect(() => {
    if (now === 0 || since.current.size === 0) return
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const next = still ? window.setTimeout(() => setNow(performance.now()), 2000) : requestAnimationFrame(setNow)
    return () => (still ? window.clearTimeout(next) : cancelAnimationFrame(next))
  }, [now])
  const rings: { at: number; strength: number }[] = []
  for (const [id, began] of since.current) {
    const strength = 1 - (now - began) / FADE
    const at = scene.dots.index.get(id)
    if (strength <= 0) since.current.delete(id)
    else if (at !== undefined) rings.push({ at, strength: Math.min(1, strength) })
  }
  return rings.length === 0 ? none : rings
}

const none: Hover['rings'] = []
