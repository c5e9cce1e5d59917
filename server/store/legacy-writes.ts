// What the writes of slices would have been as writes of one Endpoints object per Service. Rule J10.

import { listedOf } from '@/core/cost/slice-change'
import { typicalEndpointsBytes } from '@/core/cost/typical'
import type { ClusterView } from '@/core/model/cluster-view'
import { parseIp } from '@/core/model/ip'
import type { ServiceKey } from '@/core/model/keys'
import type { EndpointSliceRecord, IpFamily } from '@/core/model/records'
import type { ChurnRow, Counted, LegacyState, SliceWrite } from './churn-row'

/** Writes of a Service's slices within it belong to one sync, and so to one write of Endpoints, unless a slice is written twice. */
const SYNC_MS = 1000

type Change = SliceWrite & {
  readonly isListedChanged: boolean
  readonly rows: { readonly now: ChurnRow; readonly total: ChurnRow }
}

/** Counts the write in both rows. `view` is the state before the batch the write came in. */
export function countLegacyWrite(
  view: ClusterView,
  state: LegacyState,
  change: Change & { readonly at: number },
): void {
  const { service, before, after, isListedChanged } = change
  const family = primaryFamily(view, service)
  const slice = after ?? before
  if (slice?.addressType !== family) return
  const listed = state.listed ?? listedNow(view, service, family)
  state.listed = listed
  const [was, is] = [before && listedOf(before), after && listedOf(after)]
  listed.count += (is?.count ?? 0) - (was?.count ?? 0)
  listed.json += (is?.bytes.json ?? 0) - (was?.bytes.json ?? 0)
  listed.protobuf += (is?.bytes.protobuf ?? 0) - (was?.bytes.protobuf ?? 0)
  if (isListedChanged) write(state, { ...change, slice, listed })
}

type Written = Pick<Change, 'rows'> & {
  readonly at: number
  readonly slice: EndpointSliceRecord
  readonly listed: NonNullable<LegacyState['listed']>
}

// Beside the slices of one sync stands one Endpoints object, as large as it is at the sync's end.
function write(state: LegacyState, { rows, at, slice, listed }: Written): void {
  const { total } = rows
  const last = state.sync
  const isSameSync = last !== undefined && at - last.at < SYNC_MS && !last.slices.has(slice.key)
  const sync = isSameSync ? last : { at, slices: new Set([slice.key]), counted: NONE, row: rows.now }
  if (isSameSync) sync.slices.add(slice.key)
  const counted = {
    json: EMPTY.json + listed.json,
    protobuf: EMPTY.protobuf + listed.protobuf,
    addresses: listed.count,
  }
  for (const row of [sync.row, total]) {
    if (!isSameSync) row.legacyWrites += 1
    row.legacyAddresses += counted.addresses - sync.counted.addresses
    row.legacyJson += counted.json - sync.counted.json
    row.legacyProtobuf += counted.protobuf - sync.counted.protobuf
  }
  sync.counted = counted
  state.sync = sync
}

/** The family that Endpoints carries; of a dual-stack pod, the one it is counted by. */
export function primaryFamily(view: ClusterView, service: ServiceKey): IpFamily {
  const record = view.service(service)
  return record?.ipFamilies[0] ?? parseIp(record?.clusterIP ?? '')?.family ?? 'IPv4'
}

function listedNow(view: ClusterView, service: ServiceKey, family: IpFamily) {
  const sum = { count: 0, json: 0, protobuf: 0 }
  for (const slice of view.slicesOfService(service)) {
    if (slice.addressType !== family) continue
    const { count, bytes } = listedOf(slice)
    sum.count += count
    sum.json += bytes.json
    sum.protobuf += bytes.protobuf
  }
  return sum
}

const NONE: Counted = { json: 0, protobuf: 0, addresses: 0 }
const EMPTY = typicalEndpointsBytes(0, 'IPv4')
