// Slices that mirror an Endpoints object somebody else writes, for a Service without a selector.
// Follows pkg/controller/endpointslicemirroring (reconciler.go, reconciler_helpers.go, utils.go) @v1.36.3; rule C16.

import { parseIp } from '../model/ip'
import type {
  Endpoint,
  EndpointSliceRecord,
  EndpointsAddress,
  EndpointsRecord,
  IpFamily,
  SlicePort,
} from '../model/records'
import { endpointIdentity } from '../slices/desired-endpoints'
import { portMapKey } from '../slices/port-map'
import { repackSubsets } from './repack'

/** Addresses of one subset that are mirrored at most. */
export const MOST_PER_SUBSET = 1000

export type MirrorSlice = {
  readonly family: IpFamily
  readonly ports: readonly SlicePort[]
  readonly endpoints: readonly Endpoint[]
}

export type MirrorPlan = {
  /** What each slice holds then; `name` of the one that is written over, undefined for a new one. */
  readonly write: readonly { readonly slice: MirrorSlice; readonly name: string | undefined }[]
  readonly remove: readonly EndpointSliceRecord[]
  /** Addresses that are not mirrored: unreadable, or too many in their subset. */
  readonly skipped: number
}

/** One sync. `existing` are the slices this controller has written. */
export function planMirror(endpoints: EndpointsRecord, existing: readonly EndpointSliceRecord[]): MirrorPlan {
  const { slices, skipped } = endpoints.skipMirror ? { slices: [], skipped: 0 } : mirrorSlices(endpoints)
  const free = [...existing]
  const take = (isFit: (slice: EndpointSliceRecord) => boolean) => {
    const at = free.findIndex(isFit)
    return at < 0 ? undefined : free.splice(at, 1)[0]?.name
  }
  const matched = slices.map((slice) => ({
    slice,
    name: take((one) => keyOf(one.addressType, one.ports) === keyOf(slice.family, slice.ports)),
  }))
  // A slice of other ports is written over rather than removed, so that one write does for two.
  const write = matched.map(({ slice, name }) => ({
    slice,
    name: name ?? take((one) => one.addressType === slice.family),
  }))
  return { write, remove: free, skipped }
}

function mirrorSlices({ subsets }: EndpointsRecord): { slices: readonly MirrorSlice[]; skipped: number } {
  const slices = new Map<string, { family: IpFamily; ports: readonly SlicePort[]; endpoints: Map<string, Endpoint> }>()
  let skipped = 0
  for (const { addresses, notReadyAddresses, ports } of repackSubsets(subsets)) {
    const readable = [
      ...addresses.map((one) => toEndpoint(one, true)),
      ...notReadyAddresses.map((one) => toEndpoint(one, false)),
    ].flatMap((one) => one ?? [])
    const mirrored = readable.slice(0, MOST_PER_SUBSET)
    skipped += addresses.length + notReadyAddresses.length - mirrored.length
    for (const { family, endpoint } of mirrored) {
      const key = keyOf(family, ports)
      const slice = slices.get(key) ?? { family, ports, endpoints: new Map<string, Endpoint>() }
      slices.set(key, slice)
      slice.endpoints.set(endpointIdentity(endpoint), endpoint)
    }
  }
  return {
    slices: [...slices.values()].map((slice) => ({ ...slice, endpoints: [...slice.endpoints.values()] })),
    skipped,
  }
}

const keyOf = (family: string, ports: readonly SlicePort[]) => `${family} ${portMapKey(ports)}`

function toEndpoint(address: EndpointsAddress, ready: boolean): { family: IpFamily; endpoint: Endpoint } | undefined {
  const ip = parseIp(address.ip)
  if (ip === undefined) return undefined
  const { hostname, nodeName, targetRef } = address
  const endpoint: Endpoint = {
    addresses: [ip.text],
    ready,
    serving: true,
    terminating: false,
    absentConditions: ['serving', 'terminating'],
    nodeName,
    zone: undefined,
    hostname,
    hintZones: [],
    hintNodes: [],
    targetRef,
  }
  return { family: ip.family, endpoint }
}
