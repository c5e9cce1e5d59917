'use client'

import { useSyncExternalStore } from 'react'

/** Whether a media query holds; on the server, where there is no window, it does not. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => window.matchMedia(query).matches,
    () => false,
  )
}

/** Breakpoints of the layout (section 4 of the design language). */
export const PHONE = '(max-width: 767px)'
export const PANEL_FITS = '(min-width: 1280px)'
