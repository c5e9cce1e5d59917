'use client'
import { useReactFlow } from '@xyflow/react'
import { type KeyboardEvent, useCallback } from 'react'
import { preferences } from '@/client/preferences'

/** `+` and `-` zoom, `0` shows all, while the keyboard is on the map. Letters and signs can be switched off. */
export function useZoomKeys() {
  const flow = useReactFlow()
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !preferences().letters) return
      if (event.key === '+' || event.key === '=') void flow.zoomIn()
      else if (event.key === '-') void flow.zoomOut()
      else if (event.key === '0') window.dispatchEvent(new Event('map-fit'))
      else return
      event.preventDefault()
    },
    [flow],
  )
}
