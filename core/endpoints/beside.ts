// The legacy Endpoints object of a Service beside its slices: what stands in one and not in the other, and whether that is as it
// should be. Rules J4 to J8. kube-proxy reads the slices; what still reads Endpoints sees the other side.

import { endpointsBytes } from '../cost/endpoints-size'
import { sliceBytes } from '../cost/slice-size'
import { type Bytes, sumBytes } from '../cost/wire-size'
import type { ClusterView, Coverage } from '../model/cluster-view'
import { endpointsKey } from '../model/keys'
import type { EndpointSliceRecord, EndpointsRecord, ServiceRecord } from '../model/records'
import { type Duplicates, duplicatesOf } from '../slices/duplicates'
import { type Difference, differencesOf } from './differences'
import { type Direction, directionOf } from './direction'
import { type Stray, straysOf } from './strays'

export type Beside = {
  /** What has not been read, or may not be; nothing is said about differences then. */
  readonly unknown: readonly { readonly kind: 'EndpointSlice' | 'Endpoints'; readonly coverage: Coverage }[]
  readonly direction: Direction
  readonly legacy: LegacySide | undefined
  readonly slices: SliceSide
  readonly differences: readonly Difference[]
  readonly duplicates: Duplicates
  readonly strays: readonly Stray[]
}

type LegacySide = {
  readonly ready: number
  readonly notReady: number
  /** Value of the annotation `endpoints.kubernetes.io/over-capacity`. */
  readonly overCapacity: string | undefined
  readonly bytes: Bytes
}

type SliceSide = {
  readonly count: number
  readonly endpoints: number
  readonly bytes: Bytes
  readonly largest: { readonly name: string; readonly bytes: Bytes } | undefined
}

/** What the two ways of listing a Service's endpoints say. */
export function besideSlices(view: ClusterView, service: ServiceRecord): Beside {
  const kinds = ['EndpointSlice', 'Endpoints'] as const
  const coverages = kinds.map((kind) => ({ kind, coverage: view.coverage(kind, service.namespace) }))
  const unknown = coverages.filter(({ coverage }) => coverage !== 'synced')
  const slices = view.slicesOfService(service.key)
  const legacy = view.endpoints(endpointsKey(service.namespace, service.name))
  const sides = { view, service, slices, legacy }
  return {
    unknown,
    direction: directionOf(sides),
    legacy: legacy && legacySide(legacy),
    slices: sliceSide(slices),
    differences: unknown.length === 0 ? differencesOf(sides) : [],
    duplicates: duplicatesOf(slices),
    strays: straysOf(view, service),
  }
}

function legacySide(legacy: EndpointsRecord): LegacySide {
  const count = (of: 'addresses' | 'notReadyAddresses') =>
    new Set(legacy.subsets.flatMap((subset) => subset[of].map(({ ip }) => ip))).size
  return {
    ready: count('addresses'),
    notReady: count('notReadyAddresses'),
    overCapacity: legacy.overCapacity,
    bytes: endpointsBytes(legacy),
  }
}

function sliceSide(slices: readonly EndpointSliceRecord[]): SliceSide {
  const sized = slices.map((slice) => ({ name: slice.name, bytes: sliceBytes(slice) }))
  const [largest] = [...sized].sort((a, b) => b.bytes.protobuf - a.bytes.protobuf)
  return {
    count: slices.length,
    endpoints: slices.reduce((sum, { endpoints }) => sum + endpoints.length, 0),
    bytes: sumBytes(sized.map(({ bytes }) => bytes)),
    largest,
  }
}
