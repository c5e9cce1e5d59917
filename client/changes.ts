'use client'
// What changed since this page was opened, as far as the overview shows it. Kept in the tab, at most a few dozen lines.

import { useEffect, useState } from 'react'
import type { GraphObject } from '@/core/graph/types'
import type { GraphStore } from './graph-store'
import { useGraphClient } from './use-graph'

export type Change = {
  readonly at: number
  readonly object: GraphObject
  readonly what:
    | { readonly code: 'endpoints'; readonly from: number; readonly to: number }
    | { readonly code: 'came' | 'went' }
    | { readonly code: 'condition'; readonly from: string; readonly to: string }
    | { readonly code: 'mode' | 'nodeReady' | 'nodeNotReady' }
}

const limit = 40

/** Newest first. A snapshot is not a change. */
export function useChanges(): readonly Change[] {
  const { store } = useGraphClient()
  const [changes, setChanges] = useState<readonly Change[]>([])
  useEffect(() => watchChanges(store, (fresh) => setChanges((old) => [...fresh, ...old].slice(0, limit))), [store])
  return changes
}

/** Hands out what each frame changed. Returns its end. */
export function watchChanges(store: GraphStore, add: (fresh: readonly Change[]) => void): () => void {
  let before = store.part('overview')
  return store.subscribePart('overview', (changed) => {
    const now = store.part('overview')
    if (before && now && changed !== 'all') {
      const at = Date.now()
      const fresh = [...changed].flatMap((id) => changesOf(before?.get(id), now.get(id), at))
      if (fresh.length > 0) add(fresh.slice(0, limit))
    }
    before = now
  })
}

/** What a reader of the overview would call this change, if anything. */
export function changesOf(old: GraphObject | undefined, fresh: GraphObject | undefined, at: number): Change[] {
  const object = fresh ?? old
  if (!object || (object.kind !== 'ServiceSummary' && object.kind !== 'PodSummary' && object.kind !== 'NodeSummary')) {
    return []
  }
  if (!old || !fresh)
    return object.kind === 'PodSummary' ? [] : [{ at, object, what: { code: fresh ? 'came' : 'went' } }]
  if (old.kind === 'ServiceSummary' && fresh.kind === 'ServiceSummary') {
    const [from, to] = [readyOf(old), readyOf(fresh)]
    return from === to ? [] : [{ at, object, what: { code: 'endpoints', from, to } }]
  }
  if (old.kind === 'PodSummary' && fresh.kind === 'PodSummary' && old.condition !== fresh.condition) {
    if (fresh.condition === 'ready' || fresh.condition === 'outside') return []
    return [{ at, object, what: { code: 'condition', from: old.condition, to: fresh.condition } }]
  }
  if (old.kind === 'NodeSummary' && fresh.kind === 'NodeSummary') {
    if (old.ready !== fresh.ready) return [{ at, object, what: { code: fresh.ready ? 'nodeReady' : 'nodeNotReady' } }]
    if (JSON.stringify(old.proxyMode) !== JSON.stringify(fresh.proxyMode))
      return [{ at, object, what: { code: 'mode' } }]
  }
  return []
}

function readyOf(service: { readonly endpoints: { IPv4: { ready: number }; IPv6: { ready: number } } }): number {
  return Math.max(service.endpoints.IPv4.ready, service.endpoints.IPv6.ready)
}
