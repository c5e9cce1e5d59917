'use client'

import { useEffect } from 'react'

/**
 * Goes to the place that the address names. Chromium does so itself, but now and then, on a busy machine, it ends loading at the
 * top; a reader who is elsewhere already, or came back to where he was, is left there.
 */
export function GoToPlace() {
  useEffect(() => {
    const id = decodeURIComponent(location.hash.slice(1))
    if (id !== '' && scrollY === 0) document.getElementById(id)?.scrollIntoView()
  }, [])
  return null
}
