// How often slices are written lately, per Service, in buckets of ten seconds over half an hour, and how many bytes that is for
// each watcher: as slices, and as Endpoints objects. Reads events before the store applies them; a write costs the endpoints of
// its slice, never those of its Service. Rules J9 to J11.

import type { Churn } from '@/core/cost/churn'
import { sliceChange } from '@/core/cost/slice-change'
import { sliceBytes } from '@/core/cost/slice-size'
import type { ClusterView } from '@/core/model/cluster-view'
import type { ClusterEvent } from '@/core/model/events'
import type { EndpointSliceKey, ServiceKey } from '@/core/model/keys'
import type { EndpointSliceRecord } from '@/core/model/records'
import { serviceOfSlice } from '@/core/model/references'
import { type Asked, churnReport } from './churn-report'
import { BUCKET_MS, type Bucket, type ChurnRow, emptyRow, type ServiceState, type SliceWrite } from './churn-row'
import { countLegacyWrite, primaryFamily } from './legacy-writes'

export type ChurnLog = {
  note(events: readonly ClusterEvent[]): void
  /** What this view may know: writes of Services it holds. */
  report(view: ClusterView, asked: Asked): Churn
  /** What is kept; both are bounded. */
  size(): { readonly rows: number; readonly services: number }
}

const BUCKETS = 180
/** Readers who ask within it are given one answer. */
const REPORT_MS = 1000

type Options = {
  readonly view: ClusterView
  readonly now: () => number
  /** Rows of all buckets, and Services whose totals are kept. */
  readonly mostRows?: number
  readonly mostServices?: number
}

/** Starts with no writes; the first list of slices is none. Full, it forgets the oldest buckets and says from when on it knows. */
export function createChurnLog({ view, now, mostRows = 40_000, mostServices = 12_000 }: Options): ChurnLog {
  const since = now()
  const buckets: Bucket[] = []
  const services = new Map<ServiceKey, ServiceState>()
  // A view is one audience's: all its readers are told the same.
  const reports = new WeakMap<ClusterView, Churn>()
  let rows = 0
  let from = since

  function prune() {
    const end = now() - BUCKETS * BUCKET_MS
    for (let oldest = buckets[0]; oldest && (rows > mostRows || oldest.at + BUCKET_MS <= end); oldest = buckets[0]) {
      buckets.shift()
      rows -= oldest.rows.size
      from = oldest.at + BUCKET_MS
    }
    from = Math.min(now(), Math.max(from, end))
  }

  function rowOf(service: ServiceKey): ChurnRow {
    const at = Math.floor(now() / BUCKET_MS) * BUCKET_MS
    const last = buckets.at(-1)
    const bucket = last !== undefined && last.at >= at ? last : { at, rows: new Map<ServiceKey, ChurnRow>() }
    if (bucket !== last) {
      buckets.push(bucket)
      prune()
    }
    const found = bucket.rows.get(service)
    if (found) return found
    const row = emptyRow()
    bucket.rows.set(service, row)
    rows += 1
    if (rows > mostRows) prune()
    return row
  }

  // The last touched is the last to be forgotten.
  function stateOf(service: ServiceKey): ServiceState {
    const state = services.get(service) ?? { total: emptyRow(), listed: undefined, sync: undefined }
    services.delete(service)
    services.set(service, state)
    const [oldest] = services.keys()
    if (services.size > mostServices && oldest !== undefined) services.delete(oldest)
    return state
  }

  function write(slice: EndpointSliceRecord, change: SliceWrite) {
    const state = stateOf(change.service)
    const row = rowOf(change.service)
    const { events, isListedChanged } = sliceChange(change.before, change.after)
    const { json, protobuf } = sliceBytes(slice)
    // A pod of two families is one endpoint in two slices: it comes and goes once.
    const isCounted = slice.addressType === 'FQDN' || slice.addressType === primaryFamily(view, change.service)
    for (const one of [row, state.total]) {
      one.writes += 1
      one.json += json
      one.protobuf += protobuf
      one.endpoints += slice.endpoints.length
      if (!isCounted) continue
      one.added += events.added
      one.removed += events.removed
      one.becameReady += events.becameReady
      one.becameUnready += events.becameUnready
      one.terminating += events.terminating
    }
    countLegacyWrite(view, state, { ...change, isListedChanged, at: now(), rows: { now: row, total: state.total } })
  }

  return {
    note(events) {
      const latest = new Map<EndpointSliceKey, EndpointSliceRecord | undefined>()
      for (const event of events) {
        if (event.type === 'unavailable' && event.kind === 'EndpointSlice') {
          for (const state of services.values()) state.listed = undefined
        }
        const after = event.type === 'put' && event.record.kind === 'EndpointSlice' ? event.record : undefined
        const gone = event.type === 'remove' && event.kind === 'EndpointSlice' ? event.key : undefined
        const key = after?.key ?? (gone as EndpointSliceKey | undefined)
        if (key === undefined) continue
        const before = latest.has(key) ? latest.get(key) : view.slice(key)
        latest.set(key, after)
        const slice = after ?? before
        const service = slice && serviceOfSlice(slice)
        if (slice === undefined || service === undefined) continue
        const isWatched = view.coverage('EndpointSlice', slice.namespace) === 'synced'
        if (isWatched && before?.resourceVersion !== after?.resourceVersion) write(slice, { service, before, after })
      }
    },
    report(seen, asked) {
      const last = reports.get(seen)
      const at = now()
      const isFresh = last !== undefined && at - last.now < REPORT_MS && last.isEstimated === asked.isEstimated
      if (asked.service === undefined && isFresh) return last
      prune()
      const report = churnReport(seen, { buckets, services, now: at, since, from }, asked)
      if (asked.service === undefined) reports.set(seen, report)
      return report
    },
    size: () => ({ rows, services: services.size }),
  }
}
