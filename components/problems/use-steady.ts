'use client'

import { useEffect, useState } from 'react'
import { type Steady, steadied, steadyUntil } from '@/core/graph/steady-problems'
import type { Troubled } from '@/core/graph/troubled'

/** What the count of problems counts; `undefined` while nothing is known begins it anew. */
export function useSteady(found: readonly Troubled[] | undefined): Steady | undefined {
  const [steady, setSteady] = useState<Steady>()
  useEffect(() => setSteady((before) => found && steadied(before, found, Date.now())), [found])
  useEffect(() => {
    const until = steady && steadyUntil(steady)
    if (until === undefined || !found) return
    const renew = () => setSteady((before) => steadied(before, found, Date.now()))
    const timer = setTimeout(renew, Math.max(0, until - Date.now()))
    return () => clearTimeout(timer)
  }, [steady, found])
  return found && steady
}
