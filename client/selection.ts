'use client'
// What the pointer or the keyboard is on, shared by the map, the lists and the inspector. It is not in the URL: it is gone
// with the next move. `picking` is on while a click on a pod or node chooses the source of a connection, `choosing` while the list
// of sources is open.

import { useSyncExternalStore } from 'react'
import type { GraphId } from '@/core/graph/types'

export type Selection = {
  /** Id of an overview object, e.g. `Service:shop/cart`. */
  readonly hovered: GraphId | undefined
  readonly picking: boolean
  readonly choosing: boolean
  /** A key chose a list: it takes the focus when it comes. */
  readonly entering: boolean
}

const nothing: Selection = { hovered: undefined, picking: false, choosing: false, entering: false }
let current = nothing
const listeners = new Set<() => void>()

/** Sets some of the selection; listeners hear of it only when something changed. */
export function select(change: Partial<Selection>): void {
  const next = { ...current, ...change }
  const { hovered, picking, choosing, entering } = current
  const same = next.hovered === hovered && next.picking === picking && next.choosing === choosing
  if (same && next.entering === entering) return
  current = next
  for (const listener of listeners) listener()
}

export function selection(): Selection {
  return current
}

function subscribeSelection(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSelection(): Selection {
  return useSyncExternalStore(subscribeSelection, selection, () => nothing)
}
