// What one write of a slice did to the endpoints in it, and to the Endpoints object that would list them. Rule J9.

import type { Endpoint, EndpointSliceRecord } from '../model/records'
import { addressSize } from './endpoints-size'
import { type Bytes, nothing, sumBytes } from './wire-size'

/** Endpoints by what became of them. */
export type EndpointEvents = {
  readonly added: number
  readonly removed: number
  readonly becameReady: number
  readonly becameUnready: number
  readonly terminating: number
}

export type SliceChange = {
  readonly events: EndpointEvents
  /** Whether an Endpoints object says something else then: zones, hints and who is terminating are not in it. */
  readonly isListedChanged: boolean
}

/** A slice before and after a write; undefined where it came or went. Costs the endpoints of the two. */
export function sliceChange(
  before: EndpointSliceRecord | undefined,
  after: EndpointSliceRecord | undefined,
): SliceChange {
  const [old, now] = [byAddress(before), byAddress(after)]
  const events = { added: 0, removed: 0, becameReady: 0, becameUnready: 0, terminating: 0 }
  let isListedChanged = portsOf(before) !== portsOf(after)
  for (const [address, is] of now) {
    const was = old.get(address)
    if (was === is) continue
    isListedChanged ||= listedAs(was) !== listedAs(is)
    if (was === undefined) events.added += 1
    else if (is.terminating && !was.terminating) events.terminating += 1
    else if (is.ready && !was.ready) events.becameReady += 1
    else if (!is.ready && was.ready) events.becameUnready += 1
  }
  for (const [address, was] of old) {
    if (now.has(address)) continue
    events.removed += 1
    isListedChanged ||= isListed(was)
  }
  return { events, isListedChanged }
}

function byAddress(slice: EndpointSliceRecord | undefined): ReadonlyMap<string, Endpoint> {
  return new Map(slice?.endpoints.map((endpoint) => [endpoint.addresses[0] ?? '', endpoint]))
}

const portsOf = (slice: EndpointSliceRecord | undefined) =>
  slice === undefined || slice.endpoints.length === 0 ? '' : JSON.stringify(slice.ports)

// A terminating pod is listed only where addresses that are not ready are published, and is ready there.
const isListed = ({ terminating, ready }: Endpoint) => !terminating || ready

function listedAs(endpoint: Endpoint | undefined): string {
  if (endpoint === undefined || !isListed(endpoint)) return ''
  const { ready, nodeName, hostname, targetRef } = endpoint
  return `${ready} ${nodeName} ${hostname} ${targetRef?.uid}`
}

/** The addresses of a slice as an Endpoints object lists them. */
export type Listed = { readonly count: number; readonly bytes: Bytes }

const known = new WeakMap<EndpointSliceRecord, Listed>()

/** How many of its endpoints an Endpoints object lists, and their bytes there. Kept per record. */
export function listedOf(slice: EndpointSliceRecord): Listed {
  const found = known.get(slice) ?? listed(slice)
  known.set(slice, found)
  return found
}

function listed({ addressType, endpoints }: EndpointSliceRecord): Listed {
  if (addressType === 'FQDN') return { count: 0, bytes: nothing }
  const own = endpoints.filter(isListed)
  const bytes = sumBytes(
    own.map(({ addresses: [ip = ''], hostname, nodeName, targetRef }) =>
      addressSize({ ip, hostname, nodeName, targetRef }),
    ),
  )
  // Each with the comma, or the tag, of its list.
  return { count: own.length, bytes: { json: bytes.json + own.length, protobuf: bytes.protobuf + own.length } }
}
