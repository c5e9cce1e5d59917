'use client'
// React's way into the graph store and the live stream. Hooks only read; what is wanted is said with useWantedParts.

import {
  createContext,
  createElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useSyncExternalStore,
} from 'react'
import type { GraphId, GraphObject, PartKey } from '@/core/graph/types'
import type { GraphStore } from './graph-store'
import type { Live, LiveState } from './live'
import type { PartObjects } from './part-view'

/** One per tab; tests hand in their own. */
export type GraphClient = { readonly store: GraphStore; readonly live: Live }

const GraphClientContext = createContext<GraphClient | undefined>(undefined)

export function GraphClientProvider(props: { client: GraphClient; children: ReactNode }) {
  return createElement(GraphClientContext, { value: props.client }, props.children)
}

export function useGraphClient(): GraphClient {
  const client = useContext(GraphClientContext)
  if (!client) throw new Error('GraphClientProvider is missing above this component')
  return client
}

/** The objects of a part, undefined while it is not loaded. The Map's identity changes when anything in it does. */
export function usePart(key: PartKey | undefined): PartObjects | undefined {
  const { store } = useGraphClient()
  const subscribe = useCallback(
    (listener: () => void) => (key === undefined ? noop : store.subscribePart(key, listener)),
    [store, key],
  )
  return useSyncExternalStore(subscribe, () => (key === undefined ? undefined : store.part(key)), nothing)
}

/** One object of a part; draws again only when this object changed. */
export function useObject(part: PartKey | undefined, id: GraphId | undefined): GraphObject | undefined {
  const { store } = useGraphClient()
  const subscribe = useCallback(
    (listener: () => void) =>
      part === undefined || id === undefined ? noop : store.subscribeObject(part, id, listener),
    [store, part, id],
  )
  const read = () => (part === undefined || id === undefined ? undefined : store.object(part, id))
  return useSyncExternalStore(subscribe, read, nothing)
}

/** The server is of a newer build than this page. */
export function useUpgraded(): boolean {
  const { live } = useGraphClient()
  return useSyncExternalStore(live.subscribe, live.isUpgraded, never)
}

/** Where the stream stands, for the state that is always on screen. */
export function useLive(): LiveState {
  const { live } = useGraphClient()
  return useSyncExternalStore(live.subscribe, live.state, live.state)
}

/** Keeps these parts coming while the component is mounted; several components may want the same part. */
export function useWantedParts(keys: readonly PartKey[]): void {
  const { live } = useGraphClient()
  const joined = [...new Set(keys)].sort().join('\n')
  useEffect(() => live.want(joined === '' ? [] : (joined.split('\n') as PartKey[])), [live, joined])
}

const noop = () => {}
const nothing = () => undefined
const never = () => false
