// What is known about how well the cluster is known: which cluster, where each watch stands, which objects were refused.

import type { ClusterStatus } from '@/core/graph/types'
import type { WatchState } from '@/core/model/events'
import type { Reject } from '@/core/model/from-api'
import type { Kind } from '@/core/model/records'
import { compareText } from './sorted-records'

/** Refused objects: how many of each kind, and the latest of them. */
export type RejectLog = { readonly counts: ReadonlyMap<Kind, number>; readonly recent: readonly Reject[] }

const MAX_RECENT_REJECTS = 100

export class StatusBoard {
  private readonly states = new Map<string, WatchState>()
  private readonly counts = new Map<Kind, number>()
  private recent: readonly Reject[] = []
  private clusterStatus: ClusterStatus | undefined

  setCluster(status: ClusterStatus): void {
    this.clusterStatus = status
  }

  setWatch(state: WatchState): void {
    this.states.set(watchText(state.kind, state.scope), state)
  }

  addReject(reject: Reject): void {
    this.counts.set(reject.kind, (this.counts.get(reject.kind) ?? 0) + 1)
    this.recent = [...this.recent, reject].slice(-MAX_RECENT_REJECTS)
  }

  cluster = () => this.clusterStatus
  watches = () =>
    [...this.states.values()].sort((a, b) => compareText(watchText(a.kind, a.scope), watchText(b.kind, b.scope)))
  rejects = (): RejectLog => ({ counts: new Map(this.counts), recent: this.recent })
}

const watchText = (kind: Kind, scope: string) => `${kind}/${scope}`
