// The limit of a legacy Endpoints object. Follows pkg/controller/endpoint/endpoints_controller.go (truncateEndpoints) @v1.36.3; rule C15.

import type { EndpointsSubset } from '../model/records'

/** Addresses that one Endpoints object holds at most. */
const MOST_ADDRESSES = 1000

export type Truncated = {
  readonly subsets: readonly EndpointsSubset[]
  /** The object is then annotated `endpoints.kubernetes.io/over-capacity: truncated`. */
  readonly truncated: boolean
}

/** Ready addresses come first; what is cut is cut from each subset in proportion, rounded up, in the order given. */
export function truncateSubsets(subsets: readonly EndpointsSubset[]): Truncated {
  const ready = sum(subsets.map(({ addresses }) => addresses.length))
  const notReady = sum(subsets.map(({ notReadyAddresses }) => notReadyAddresses.length))
  if (ready + notReady <= MOST_ADDRESSES) return { subsets, truncated: false }
  if (ready > MOST_ADDRESSES) {
    const kept = shares(
      subsets.map(({ addresses }) => addresses.length),
      MOST_ADDRESSES,
    )
    const cut = (subset: EndpointsSubset, i: number) => ({
      ...subset,
      addresses: subset.addresses.slice(0, kept[i]),
      notReadyAddresses: [],
    })
    return { subsets: subsets.map(cut), truncated: true }
  }
  const kept = shares(
    subsets.map(({ notReadyAddresses }) => notReadyAddresses.length),
    MOST_ADDRESSES - ready,
  )
  const cut = (subset: EndpointsSubset, i: number) => ({
    ...subset,
    notReadyAddresses: subset.notReadyAddresses.slice(0, kept[i]),
  })
  return { subsets: subsets.map(cut), truncated: true }
}

// The first subsets gain from rounding up, the last one gets what is left.
function shares(counts: readonly number[], most: number): readonly number[] {
  const total = sum(counts)
  let left = most
  return counts.map((count) => {
    const share = Math.min(Math.ceil((count / total) * most), left, count)
    left -= share
    return share
  })
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
