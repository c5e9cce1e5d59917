// What a check is asked, and how it answers.

import type { EndpointCounts } from '../graph/types'
import type { ClusterView } from '../model/cluster-view'
import type { EndpointSliceRecord, IpFamily, ServiceRecord } from '../model/records'
import type { Problem } from './types'

/** The Service a check looks at, and its slices. */
export type Question = {
  readonly view: ClusterView
  readonly service: ServiceRecord
  readonly slices: readonly EndpointSliceRecord[]
  /** Its endpoints by family, counted once for all checks. */
  readonly counts: Readonly<Record<IpFamily, EndpointCounts>>
}

/** One check: the problems it finds, none of them about what is not known. */
export type Check = (question: Question) => readonly Problem[]
