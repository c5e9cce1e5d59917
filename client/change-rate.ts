'use client'
// How much changes, where single changes are too many to be shown or read out one by one.

import { useEffect, useState } from 'react'
import { splitGraphId } from '@/core/graph/ids'
import type { GraphId } from '@/core/graph/types'
import { useGraphClient } from './use-graph'

/** Changed objects of the overview by kind. */
export type ChangeCounts = ReadonlyMap<string, number>

const none: ChangeCounts = new Map()

/** Counts each object once per window; kinds with no more than `above` changes are left out. */
export function countKinds(ids: Iterable<GraphId>, above: number): ChangeCounts {
  const counts = new Map<string, number>()
  for (const id of ids) {
    const { kind } = splitGraphId(id)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  for (const [kind, count] of counts) if (count <= above) counts.delete(kind)
  return counts.size === 0 ? none : counts
}

/** What changed in the window before this one, renewed once per window. A snapshot is not a change. */
export function useChangeCounts({ windowMs, above }: { windowMs: number; above: number }): ChangeCounts {
  const { store } = useGraphClient()
  const [counts, setCounts] = useState(none)
  useEffect(() => {
    const ids = new Set<GraphId>()
    const leave = store.subscribePart('overview', (changed) => {
      if (changed === 'all') ids.clear()
      else for (const id of changed) ids.add(id)
    })
    const timer = setInterval(() => {
      setCounts(countKinds(ids, above))
      ids.clear()
    }, windowMs)
    return () => {
      leave()
      clearInterval(timer)
    }
  }, [store, windowMs, above])
  return counts
}
