// Slice writes of a cluster over time, and what the same changes would have cost as one Endpoints object per Service.

import type { ServiceKey } from '../model/keys'
import type { EndpointEvents } from './slice-change'
import type { Bytes } from './wire-size'

/** Sums of writes; bytes are those of one watcher. */
export type ChurnSum = {
  readonly writes: number
  readonly bytes: Bytes
  /** The same changes, each as one write of the Service's whole Endpoints object. */
  readonly legacyWrites: number
  readonly legacyBytes: Bytes
}

export type ServiceChurn = ChurnSum & EndpointEvents & { readonly service: ServiceKey }

/** What one Service's endpoints did within one bucket. */
export type EndpointChange = EndpointEvents & { readonly service: ServiceKey; readonly at: number }

export type Churn = {
  readonly now: number
  /** When counting began, and from when on the buckets are whole (epoch ms). */
  readonly since: number
  readonly from: number
  readonly bucketMs: number
  /** Those with a write, the oldest first; `at` is their beginning. */
  readonly buckets: readonly (ChurnSum & { readonly at: number })[]
  /** The most bytes first, at most 500 of `serviceCount`. */
  readonly services: readonly ServiceChurn[]
  readonly serviceCount: number
  /** The newest first, at most 100. */
  readonly changes: readonly EndpointChange[]
  readonly total: ChurnSum
  /** Bytes of objects of middling size: what the reader may not see has no size for them either. */
  readonly isEstimated: boolean
}
