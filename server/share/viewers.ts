// How many look through one link at once, on this server. Counted by what is open, not by cookies: who closes the page makes room.

import type { Grant } from '../access/principal'
import type { ShareStore } from './store'

export type Viewers = {
  /** Takes a place; the result gives it back. Undefined when all are taken. Only readers of links are counted. */
  enter(grant: Grant): (() => void) | undefined
  count(id: string): number
}

export function createViewers(store: Pick<ShareStore, 'links'>): Viewers {
  const open = new Map<string, number>()
  const count = (id: string) => open.get(id) ?? 0
  return {
    count,
    enter({ principal }) {
      if (principal.kind !== 'share') return () => undefined
      const id = principal.shareId
      if (count(id) >= (store.links().get(id)?.maxViewers ?? 0)) return undefined
      open.set(id, count(id) + 1)
      let inside = true
      return () => {
        if (!inside) return
        inside = false
        if (count(id) > 1) open.set(id, count(id) - 1)
        else open.delete(id)
      }
    },
  }
}
