import type { ClusterView } from '../model/cluster-view'
import type { WatchState } from '../model/events'
import type { Reject } from '../model/from-api'
import type { Kind } from '../model/records'
import type { ClusterStatus } from './types'

/** What projections read: the cluster, and how well it is known. */
export interface GraphView extends ClusterView {
  /** Undefined until the program has said which cluster this is. */
  cluster(): ClusterStatus | undefined
  watches(): readonly WatchState[]
  /** The latest objects of a kind that were refused at the door, newest first. */
  rejectsOf(kind: Kind): readonly Reject[]
}
