// The stream to the server and its state.

import type { PartKey } from '@/core/graph/types'

/** Why the stream is not live, as a code of messages/en/status.json. */
export type LiveReason = {
  readonly code: 'connect-timeout' | 'connection-lost' | 'refused' | 'silent' | 'version' | 'rejected'
  readonly detail: string
}

/** Times are of this browser's clock; `clockOffset` is the server's clock minus ours (0 until it has spoken). */
export type LiveState =
  | { readonly status: 'connecting'; readonly since: number; readonly clockOffset: number }
  | { readonly status: 'live'; readonly since: number; readonly clockOffset: number }
  | {
      /** What is shown is as old as `since`; the next try is due at `nextTryAt`, or under way when undefined. */
      readonly status: 'stale'
      readonly since: number
      readonly nextTryAt: number | undefined
      readonly reason: LiveReason
      readonly clockOffset: number
    }
  /** Only a reload helps: the server speaks another version of the protocol. */
  | { readonly status: 'broken'; readonly since: number; readonly reason: LiveReason; readonly clockOffset: number }

export type Live = {
  state(): LiveState
  subscribe(listener: () => void): () => void
  /** Asks for parts until the returned function is called. */
  want(keys: readonly PartKey[]): () => void
  /** Tries at once instead of waiting for the next try. */
  retry(): void
  stop(): void
}
