// What is known about how well the cluster is known: which cluster, where each watch stands, which objects were refused.

import type { ClusterStatus } from '@/core/graph/types'
import type { WatchState } from '@/core/model/events'
import type { Reject } from '@/core/model/from-api'
import type { Kind } from '@/core/model/records'
import { compareText } from './sorted-records'

// How many a watch has refused in all is the reflector's to count; these are kept to be named.
const MAX_REJECTS_OF_KIND = 50

export class StatusBoard {
  private readonly states = new Map<string, WatchState>()
  private readonly rejects = new Map<Kind, readonly Reject[]>()
  private clusterStatus: ClusterStatus | undefined

  setCluster(status: ClusterStatus): void {
    this.clusterStatus = status
  }

  setWatch(state: WatchState): void {
    this.states.set(watchText(state), state)
  }

  addReject(reject: Reject): void {
    const others = this.rejectsOf(reject.kind).filter((other) => !isSameObject(other, reject))
    this.rejects.set(reject.kind, [reject, ...others].slice(0, MAX_REJECTS_OF_KIND))
  }

  cluster = () => this.clusterStatus
  watches = () => [...this.states.values()].sort((a, b) => compareText(watchText(a), watchText(b)))
  rejectsOf = (kind: Kind): readonly Reject[] => this.rejects.get(kind) ?? []
}

const watchText = ({ kind, scope }: WatchState) => `${kind}/${scope}`

// An object that is refused again and again stands in the list once.
const isSameObject = (a: Reject, b: Reject) => a.namespace === b.namespace && a.name === b.name
