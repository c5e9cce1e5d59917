// What a reader is told of the churn log: sums over the Services their view holds, and nothing that counts another.

import type { Churn, EndpointChange } from '@/core/cost/churn'
import type { EndpointEvents } from '@/core/cost/slice-change'
import type { ClusterView } from '@/core/model/cluster-view'
import type { ServiceKey } from '@/core/model/keys'
import { addRow, BUCKET_MS, type Bucket, type ChurnRow, emptyRow, type ServiceState, sumOf } from './churn-row'

export type Asked = {
  /** One Service alone. */
  readonly service?: ServiceKey | undefined
  /** Without the true sizes, which would tell how long hidden names are. */
  readonly isEstimated: boolean
}

type Kept = {
  readonly buckets: readonly Bucket[]
  readonly services: ReadonlyMap<ServiceKey, ServiceState>
  readonly now: number
  readonly since: number
  readonly from: number
}

const MOST_SERVICES = 500
const MOST_CHANGES = 100

/** Costs the rows that are kept. */
export function churnReport(view: ClusterView, kept: Kept, { service: only, isEstimated }: Asked): Churn {
  const known = new Map<ServiceKey, boolean>()
  const isSeen = (service: ServiceKey) => {
    if (only !== undefined && service !== only) return false
    const seen = known.get(service) ?? view.service(service) !== undefined
    known.set(service, seen)
    return seen
  }
  const byService = new Map<ServiceKey, ChurnRow>()
  const buckets: Churn['buckets'][number][] = []
  const changes: EndpointChange[] = []
  for (const { at, rows } of [...kept.buckets].reverse()) {
    const all = emptyRow()
    for (const [service, row] of rows) {
      if (!isSeen(service)) continue
      addRow(all, row)
      const own = byService.get(service) ?? emptyRow()
      byService.set(service, own)
      addRow(own, row)
      if (changes.length < MOST_CHANGES && hasEvents(row)) changes.push({ service, at, ...eventsOf(row) })
    }
    if (all.writes > 0) buckets.push({ at, ...sumOf(all, isEstimated) })
  }
  const total = emptyRow()
  for (const [service, state] of kept.services) if (isSeen(service)) addRow(total, state.total)
  const services = [...byService].map(([service, row]) => ({ service, ...sumOf(row, isEstimated), ...eventsOf(row) }))
  return {
    ...{ now: kept.now, since: kept.since, from: kept.from, bucketMs: BUCKET_MS },
    buckets: buckets.reverse(),
    services: services.sort((a, b) => b.bytes.protobuf - a.bytes.protobuf).slice(0, MOST_SERVICES),
    serviceCount: services.length,
    changes,
    total: sumOf(total, isEstimated),
    isEstimated,
  }
}

const eventsOf = ({ added, removed, becameReady, becameUnready, terminating }: ChurnRow): EndpointEvents => ({
  ...{ added, removed, becameReady, becameUnready, terminating },
})

const hasEvents = ({ added, removed, becameReady, becameUnready, terminating }: ChurnRow) =>
  added + removed + becameReady + becameUnready + terminating > 0
