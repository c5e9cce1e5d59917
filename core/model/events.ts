import type { ClusterRecord, Kind } from './records'

/** What a reflector hands to the store. `scope` is the namespace a reflector is limited to, or '' for the whole cluster. */
export type ClusterEvent =
  | { readonly type: 'put'; readonly record: ClusterRecord }
  | { readonly type: 'remove'; readonly kind: Kind; readonly key: string; readonly uid: string }
  | { readonly type: 'synced'; readonly kind: Kind; readonly scope: string }
  /** The kind cannot be read (403) or is not served (404): its objects of this scope are gone from the view. */
  | {
      readonly type: 'unavailable'
      readonly kind: Kind
      readonly scope: string
      readonly why: 'forbidden' | 'unserved'
    }

/** Where a watch stands, for the state that is always on screen. */
export type WatchState = {
  readonly kind: Kind
  readonly scope: string
  readonly state: 'connecting' | 'synced' | 'stale' | 'forbidden' | 'unserved' | 'broken'
  /** Message code with its values, e.g. `connection-refused`, `credentials-rejected`, `not-kubernetes-api`. */
  readonly reason: { readonly code: string; readonly detail: string } | undefined
  /** Objects held, and the list's own estimate of the whole while it is being read. */
  readonly count: number
  readonly expected: number | undefined
  /** When the state began, and when the server was last heard (epoch ms); when the next try is due. */
  readonly since: number
  readonly heardAt: number | undefined
  readonly nextTryAt: number | undefined
  /** Malformed objects refused so far. */
  readonly rejected: number
}
