'use client'
// When this tab last got anything new of the overview: the age beside "Synced".

import { useEffect, useState } from 'react'
import { useGraphClient } from '@/client/use-graph'

export function useLastChange(): number | undefined {
  const { store } = useGraphClient()
  const [at, setAt] = useState<number>()
  useEffect(() => {
    let latest = 0
    const stop = store.subscribePart('overview', () => {
      latest = Date.now()
    })
    // Shown in steps of a second; a state per change would redraw the bar for nothing.
    const timer = setInterval(() => latest > 0 && setAt(latest), 1000)
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [store])
  return at
}
