// What one change of a Service's pods costs the network: every watcher is sent every object that was written. Rule J3.

import type { IpFamily } from '../model/records'
import { typicalEndpointsBytes, typicalSliceBytes } from './typical'
import { type Bytes, nothing, sumBytes, timesBytes } from './wire-size'

export type FanOutOf = {
  readonly pods: number
  /** Whoever watches all slices: one kube-proxy per node, and what else does. */
  readonly watchers: number
  readonly perSlice: number
  readonly changesPerSecond: number
  readonly families: readonly IpFamily[]
  /** Whether Endpoints objects are cut at 1000 addresses, as they are since 1.22. */
  readonly isTruncated: boolean
}

export type FanOut = {
  /** Objects that hold the Service's addresses. */
  readonly objects: number
  /** Addresses they hold. */
  readonly addresses: number
  /** Written for one change: of one pod, in every family the API carries. */
  readonly perChange: Bytes
  /** The same, sent to every watcher. */
  readonly toAll: Bytes
  readonly perSecond: Bytes
}

export type FanOuts = {
  readonly slices: FanOut
  /** As it is written: cut, if it is. */
  readonly endpoints: FanOut
  /** The Endpoints object with every address, as if there were no limit of a thousand. */
  readonly whole: FanOut
}

/** Slices against one Endpoints object, which carries the first family alone, and a thousand of its addresses if it is cut. */
export function fanOut(of: FanOutOf): FanOuts {
  const { pods, perSlice, families, isTruncated } = of
  const written = sumBytes(families.map((family) => typicalSliceBytes(Math.min(pods, perSlice), family)))
  const [first] = families
  const endpointsOf = (addresses: number) =>
    sent(of, { objects: 1, addresses, perChange: first ? typicalEndpointsBytes(addresses, first) : nothing })
  return {
    slices: sent(of, {
      objects: Math.max(1, Math.ceil(pods / perSlice)) * families.length,
      addresses: pods * families.length,
      perChange: written,
    }),
    endpoints: endpointsOf(isTruncated ? Math.min(pods, 1000) : pods),
    whole: endpointsOf(pods),
  }
}

function sent(
  { watchers, changesPerSecond }: FanOutOf,
  one: Pick<FanOut, 'objects' | 'addresses' | 'perChange'>,
): FanOut {
  const toAll = timesBytes(one.perChange, watchers)
  return { ...one, toAll, perSecond: timesBytes(toAll, changesPerSecond) }
}
