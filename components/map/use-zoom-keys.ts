'use client'
import { useReactFlow } from '@xyflow/react'
import { type KeyboardEvent, useCallback } from 'react'
import { preferences } from '@/client/preferences'
import { pressed } from '../ui/shortcuts'

/** `+` and `-` zoom, `0` shows all, while the keyboard is on the map. Letters and signs can be switched off. */
export function useZoomKeys() {
  const flow = useReactFlow()
  return useCallback(
    (event: KeyboardEvent) => {
      const found = pressed('zoom', event, preferences().letters)
      if (!found) return
      if (found.key === '0') window.dispatchEvent(new Event('map-fit'))
      else void (found.key === '+' ? flow.zoomIn() : flow.zoomOut())
      event.preventDefault()
    },
    [flow],
  )
}
