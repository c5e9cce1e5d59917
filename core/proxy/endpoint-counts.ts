import type { EndpointCounts } from '../graph/types'
import { parseIp } from '../model/ip'
import type { Endpoint, EndpointSliceRecord, IpFamily } from '../model/records'

export type EndpointCondition = keyof EndpointCounts

/** What an endpoint is good for: ready ones first, then those still serving while they terminate, else nothing (semantics.md 3). */
export function conditionOf(endpoint: Endpoint): EndpointCondition {
  if (endpoint.ready) return 'ready'
  return endpoint.serving && endpoint.terminating ? 'servingTerminating' : 'notReady'
}

const CONDITIONS_BY_USE = ['ready', 'servingTerminating', 'notReady'] as const

/** The best use any of several conditions allows. */
export function bestCondition(conditions: ReadonlySet<EndpointCondition>): EndpointCondition {
  return CONDITIONS_BY_USE.find((condition) => conditions.has(condition)) ?? 'notReady'
}

/** Every endpoint of a slice, duplicates too. */
export function countEndpoints(endpoints: readonly Endpoint[]): EndpointCounts {
  const counts = { ready: 0, servingTerminating: 0, notReady: 0 }
  for (const endpoint of endpoints) counts[conditionOf(endpoint)] += 1
  return counts
}

/**
 * Distinct addresses by family over all slices, an address that stands in several endpoints counted once by its best
 * condition. Only the first address of an endpoint counts, as for kube-proxy (pkg/proxy/endpointslicecache.go@v1.36.3).
 */
export function countAddresses(slices: readonly EndpointSliceRecord[]): Readonly<Record<IpFamily, EndpointCounts>> {
  return { IPv4: countFamily(slices, 'IPv4'), IPv6: countFamily(slices, 'IPv6') }
}

function countFamily(slices: readonly EndpointSliceRecord[], family: IpFamily): EndpointCounts {
  const best = new Map<string, EndpointCondition>()
  for (const slice of slices) {
    if (slice.addressType !== family) continue
    const addresses = firstAddresses(slice)
    for (const [index, endpoint] of slice.endpoints.entries()) {
      const address = addresses[index]
      if (address === undefined) continue
      const condition = conditionOf(endpoint)
      const known = best.get(address)
      best.set(address, known === undefined ? condition : bestCondition(new Set([known, condition])))
    }
  }
  const counts = { ready: 0, servingTerminating: 0, notReady: 0 }
  for (const condition of best.values()) counts[condition] += 1
  return counts
}

const addressesOf = new WeakMap<EndpointSliceRecord, readonly (string | undefined)[]>()

// In canonical spelling; kept per record, so that a changed slice does not make its neighbours be read again.
function firstAddresses(slice: EndpointSliceRecord): readonly (string | undefined)[] {
  const known = addressesOf.get(slice)
  if (known !== undefined) return known
  const addresses = slice.endpoints.map(({ addresses: [first] }) => first && (parseIp(first)?.text ?? first))
  addressesOf.set(slice, addresses)
  return addresses
}

export type Hinted = 'all' | 'some' | 'none'

/** How many of the ready endpoints carry a zone or node hint. */
export function hintedState(endpoints: readonly Endpoint[]): Hinted {
  const ready = endpoints.filter((endpoint) => endpoint.ready)
  const hinted = ready.filter((endpoint) => endpoint.hintZones.length > 0 || endpoint.hintNodes.length > 0)
  if (hinted.length === 0) return 'none'
  return hinted.length === ready.length ? 'all' : 'some'
}
