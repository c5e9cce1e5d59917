// The status part: which cluster this is, and the health of every watch.

import type { RejectCode } from '../model/from-api'
import type { GraphId } from './types-common'

export type ClusterStatus = {
  readonly id: 'Cluster'
  readonly kind: 'Cluster'
  readonly source: 'embedded' | 'kubeconfig' | 'in-cluster'
  /** Context or scenario name, and the server's version where it answered. */
  readonly name: string
  readonly version: string | null
  readonly contexts: readonly string[]
  readonly context: string | null
  /** Empty: the whole cluster. */
  readonly namespaces: readonly string[]
  /** Controls the embedded cluster offers; empty elsewhere. */
  readonly demoControls: readonly string[]
  /** Nodes of the embedded cluster whose rules its scenario hands out for comparison; empty elsewhere. */
  readonly demoDumps: readonly string[]
  /** Kinds of routes that the Gateway API serves here and that are not followed. */
  readonly otherRoutes: readonly string[]
  /** Kinds of policies that the API serves besides NetworkPolicy and that are not read. */
  readonly otherPolicies: readonly string[]
}

export type WatchStatus = {
  readonly id: GraphId
  readonly kind: 'Watch'
  readonly resource: string
  readonly scope: string
  readonly state: 'connecting' | 'synced' | 'stale' | 'forbidden' | 'unserved' | 'broken'
  readonly reason: { readonly code: string; readonly detail: string } | null
  readonly count: number
  readonly expected: number | null
  readonly since: number
  readonly nextTryAt: number | null
  readonly rejected: number
  /** The latest of the refused objects, newest first: who they are, the bad field and what is wrong with it. */
  readonly rejects: readonly {
    readonly namespace: string
    readonly name: string
    readonly field: string
    readonly code: RejectCode
  }[]
}
