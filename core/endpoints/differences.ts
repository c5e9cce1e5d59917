// Addresses that one list has and the other has not, each with the rule that explains it, or without one: then it is out of date.
// Follows pkg/controller/endpoint/endpoints_controller.go and endpointslicemirroring/reconciler.go @v1.36.3; rule J5.

import { parseIp } from '../model/ip'
import { nodeKey } from '../model/keys'
import type { Endpoint, EndpointSliceRecord, EndpointsAddress, IpFamily } from '../model/records'
import { MOST_PER_SUBSET } from './mirror'
import { repackSubsets } from './repack'
import { CONTROLLER, MIRRORING, type Sides } from './sides'

/** What only the slices have. */
type InSlices =
  | 'truncated'
  | 'terminating'
  | 'other-family'
  | 'no-port'
  | 'host-name'
  | 'written-by-others'
  | 'no-object'
  | 'missing'
/** What only the Endpoints object has. */
type InEndpoints = 'refused' | 'over-mirror-limit' | 'node-unknown' | 'stale'

export type Difference = {
  readonly side: 'slices' | 'endpoints' | 'both'
  readonly code: InSlices | InEndpoints | 'readiness'
  /** A rule of the API explains it; else one of the lists is out of date, or still on its way. */
  readonly isExpected: boolean
  readonly count: number
  /** Sorted, at most 2,000. */
  readonly addresses: readonly string[]
}

const SHOWN = 2000
const UNEXPECTED: readonly Difference['code'][] = ['truncated', 'missing', 'stale', 'readiness', 'over-mirror-limit']

/** What is out of date first, then what a rule explains. */
export function differencesOf(sides: Sides): readonly Difference[] {
  const found = new Map<string, { side: Difference['side']; code: Difference['code']; addresses: Set<string> }>()
  const add = (side: Difference['side'], code: Difference['code'], address: string) => {
    const key = `${side} ${code}`
    const one = found.get(key) ?? { side, code, addresses: new Set<string>() }
    found.set(key, one)
    one.addresses.add(address)
  }
  const listed = listedIn(sides)
  const sliced = new Map<string, boolean>()
  const absent = new Map<string, InSlices>()
  for (const slice of sides.slices) {
    for (const endpoint of slice.endpoints) {
      const [first] = endpoint.addresses
      if (first === undefined) continue
      const address = parseIp(first)?.text ?? first
      sliced.set(address, sliced.get(address) === true || endpoint.ready)
      if (!listed.has(address))
        absent.set(address, moreTelling(absent.get(address), whyNotListed(sides, slice, endpoint)))
    }
  }
  for (const [address, code] of absent) add('slices', code, address)
  const overLimit = beyondMirrorLimit(sides)
  for (const [address, { ready, of }] of listed) {
    const inSlice = sliced.get(address)
    if (inSlice === undefined) add('endpoints', whyNotSliced(sides, of, overLimit), address)
    else if (inSlice !== ready) add('both', 'readiness', address)
  }
  return [...found.values()]
    .map(({ addresses, ...one }) => ({
      ...one,
      isExpected: !UNEXPECTED.includes(one.code),
      count: addresses.size,
      addresses: [...addresses].sort().slice(0, SHOWN),
    }))
    .sort((a, b) => UNEXPECTED.indexOf(b.code) - UNEXPECTED.indexOf(a.code))
}

type Listed = { readonly ready: boolean; readonly of: EndpointsAddress }

// An address of several subsets is ready if it is ready in one of them.
function listedIn({ legacy }: Sides): ReadonlyMap<string, Listed> {
  const listed = new Map<string, Listed>()
  for (const { addresses, notReadyAddresses } of legacy?.subsets ?? []) {
    for (const of of notReadyAddresses) listed.set(textOf(of), listed.get(textOf(of)) ?? { ready: false, of })
    for (const of of addresses) listed.set(textOf(of), { ready: true, of })
  }
  return listed
}

const textOf = ({ ip }: EndpointsAddress) => parseIp(ip)?.text ?? ip

function whyNotListed({ service, legacy }: Sides, slice: EndpointSliceRecord, endpoint: Endpoint): InSlices {
  if (slice.addressType === 'FQDN') return 'host-name'
  if (legacy === undefined) return 'no-object'
  if (slice.managedBy !== CONTROLLER && slice.managedBy !== MIRRORING) return 'written-by-others'
  if (slice.managedBy === MIRRORING) return 'missing'
  if (slice.addressType !== primaryFamily(service.ipFamilies, service.clusterIP)) return 'other-family'
  if (endpoint.terminating && !service.publishNotReadyAddresses) return 'terminating'
  if (slice.ports.length === 0 && service.ports.length > 0) return 'no-port'
  return legacy.overCapacity === undefined ? 'missing' : 'truncated'
}

// One that two slices name is out of date only if no rule explains either.
const moreTelling = (a: InSlices | undefined, b: InSlices): InSlices =>
  a === undefined || a === 'missing' || a === 'truncated' ? b : a

function primaryFamily([first]: readonly IpFamily[], clusterIP: string): IpFamily {
  return first ?? parseIp(clusterIP)?.family ?? 'IPv4'
}

function whyNotSliced({ view, service, legacy }: Sides, of: EndpointsAddress, over: ReadonlySet<string>): InEndpoints {
  if (service.selector === undefined) {
    if (legacy?.skipMirror) return 'refused'
    return over.has(textOf(of)) ? 'over-mirror-limit' : 'stale'
  }
  const { nodeName } = of
  const isNodeGone =
    nodeName !== undefined && view.coverage('Node') === 'synced' && view.node(nodeKey(nodeName)) === undefined
  return isNodeGone ? 'node-unknown' : 'stale'
}

// Of what serves the same ports a thousand readable ones are mirrored, the ready ones first, each in the order of its text.
function beyondMirrorLimit({ service, legacy }: Sides): ReadonlySet<string> {
  if (service.selector !== undefined || legacy === undefined) return new Set()
  return new Set(
    repackSubsets(legacy.subsets).flatMap(({ addresses, notReadyAddresses }) =>
      [...addresses, ...notReadyAddresses]
        .filter(({ ip }) => parseIp(ip) !== undefined)
        .slice(MOST_PER_SUBSET)
        .map(textOf),
    ),
  )
}
