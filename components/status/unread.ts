import type { WatchStatus } from '@/core/graph/types'

export type Unread = { readonly state: 'none' | 'loading' | 'unseen'; readonly kinds: readonly string[] }

/** Without Services and their slices there is no verdict: no problem found is not the same as none there. */
export function unread(watches: readonly WatchStatus[]): Unread {
  const needed = watches.filter(({ resource }) => resource === 'Service' || resource === 'EndpointSlice')
  const unseen = needed.filter(({ state }) => state === 'forbidden' || state === 'unserved')
  if (unseen.length > 0) return { state: 'unseen', kinds: [...new Set(unseen.map(({ resource }) => resource))] }
  const loading = needed.length === 0 || needed.some(({ state }) => state === 'connecting')
  return { state: loading ? 'loading' : 'none', kinds: [] }
}
