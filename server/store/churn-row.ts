import type { ChurnSum } from '@/core/cost/churn'
import { typicalEndpointsBytes, typicalSliceBytes } from '@/core/cost/typical'
import type { Bytes } from '@/core/cost/wire-size'
import type { EndpointSliceKey, ServiceKey } from '@/core/model/keys'
import type { EndpointSliceRecord } from '@/core/model/records'

export const BUCKET_MS = 10_000

export type Bucket = { readonly at: number; readonly rows: Map<ServiceKey, ChurnRow> }

/** The Endpoints object of one Service as it would be. */
export type LegacyState = {
  /** What it lists now; undefined: to be counted anew. */
  listed: { count: number; json: number; protobuf: number } | undefined
  sync: Sync | undefined
}

export type Counted = { readonly json: number; readonly protobuf: number; readonly addresses: number }
type Sync = { readonly at: number; readonly slices: Set<EndpointSliceKey>; counted: Counted; readonly row: ChurnRow }

/** What is kept of a Service for as long as it is among those touched last. */
export type ServiceState = LegacyState & { readonly total: ChurnRow }

/** A slice of a Service before and after a write; undefined where it came or went. */
export type SliceWrite = {
  readonly service: ServiceKey
  readonly before: EndpointSliceRecord | undefined
  readonly after: EndpointSliceRecord | undefined
}

/** Counts of one Service, in one bucket or since the start; written in place. */
export type ChurnRow = {
  writes: number
  json: number
  protobuf: number
  /** Endpoints of the slices that were written, and addresses of the Endpoints objects in their place. */
  endpoints: number
  legacyAddresses: number
  legacyWrites: number
  legacyJson: number
  legacyProtobuf: number
  added: number
  removed: number
  becameReady: number
  becameUnready: number
  terminating: number
}

export const emptyRow = (): ChurnRow => ({
  writes: 0,
  json: 0,
  protobuf: 0,
  endpoints: 0,
  legacyAddresses: 0,
  legacyWrites: 0,
  legacyJson: 0,
  legacyProtobuf: 0,
  added: 0,
  removed: 0,
  becameReady: 0,
  becameUnready: 0,
  terminating: 0,
})

/** Written out: it runs for every row that is kept. */
export function addRow(to: ChurnRow, row: ChurnRow): void {
  to.writes += row.writes
  to.json += row.json
  to.protobuf += row.protobuf
  to.endpoints += row.endpoints
  to.legacyAddresses += row.legacyAddresses
  to.legacyWrites += row.legacyWrites
  to.legacyJson += row.legacyJson
  to.legacyProtobuf += row.legacyProtobuf
  to.added += row.added
  to.removed += row.removed
  to.becameReady += row.becameReady
  to.becameUnready += row.becameUnready
  to.terminating += row.terminating
}

/** The row as a reader is told it: with its own bytes, or with those of middling objects of as many endpoints. */
export function sumOf(row: ChurnRow, isEstimated: boolean): ChurnSum {
  const { writes, legacyWrites } = row
  if (isEstimated) {
    const bytes = estimate(slices, writes, row.endpoints)
    return { writes, legacyWrites, bytes, legacyBytes: estimate(objects, legacyWrites, row.legacyAddresses) }
  }
  const bytes = { json: row.json, protobuf: row.protobuf }
  return { writes, legacyWrites, bytes, legacyBytes: { json: row.legacyJson, protobuf: row.legacyProtobuf } }
}

type Middling = { readonly empty: Bytes; readonly hundred: Bytes }
const slices: Middling = { empty: typicalSliceBytes(0, 'IPv4'), hundred: typicalSliceBytes(100, 'IPv4') }
const objects: Middling = { empty: typicalEndpointsBytes(0, 'IPv4'), hundred: typicalEndpointsBytes(100, 'IPv4') }

function estimate({ empty, hundred }: Middling, writes: number, endpoints: number): Bytes {
  const of = (none: number, many: number) => Math.round(writes * none + (endpoints * (many - none)) / 100)
  return { json: of(empty.json, hundred.json), protobuf: of(empty.protobuf, hundred.protobuf) }
}
