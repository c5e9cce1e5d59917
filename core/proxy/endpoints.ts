// Which endpoints a Service port has: the slices of the Service, merged. Follows pkg/proxy/endpointslicecache.go and
// cmd/kube-proxy/app/server.go (what is watched) @v1.36.3; rules P10–P16.

import { joinHostPort, parseIp } from '../model/ip'
import type { EndpointSliceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { Endpoint, EndpointSliceRecord, IpFamily, Protocol } from '../model/records'

const HEADLESS_LABEL = 'service.kubernetes.io/headless'

/** One address and port of a Service port, and the place in a slice that it comes from. */
export type ProxyEndpoint = {
  /** `ip:port`, canonical: the identity of an endpoint in kube-proxy. */
  readonly key: string
  readonly ip: string
  readonly port: number
  readonly slice: EndpointSliceKey
  readonly index: number
  readonly endpoint: Endpoint
}

/** A place in a slice that gives the port no endpoint, and why. */
export type LeftOutEndpoint = { readonly slice: EndpointSliceKey; readonly index: number; readonly reason: Reason }

export type PortEndpoints = {
  readonly endpoints: readonly ProxyEndpoint[]
  readonly leftOut: readonly LeftOutEndpoint[]
}

/** What of a Service its slices are asked for. */
export type PortQuery = {
  readonly namespace: string
  readonly service: string
  readonly family: IpFamily
  readonly port: { readonly name: string; readonly protocol: Protocol }
}

type Known = {
  readonly slices: readonly EndpointSliceRecord[]
  readonly id: string
  readonly found: PortEndpoints
}

// Records never change, so neither does what is made of the same ones: a Service is asked about far more often than it changes.
const known = new WeakMap<EndpointSliceRecord, readonly Known[]>()
const MOST_KNOWN = 4

/** Endpoints of a port, each `ip:port` once, sorted by that text. Slices are read in the order given. */
export function portEndpoints(slices: readonly EndpointSliceRecord[], query: PortQuery): PortEndpoints {
  const [first] = slices
  if (!first) return { endpoints: [], leftOut: [] }
  const id = [query.namespace, query.service, query.family, query.port.name, query.port.protocol].join('/')
  const kept = known.get(first) ?? []
  const hit = kept.find((one) => one.id === id && isSame(one.slices, slices))
  if (hit) return hit.found
  const found = readEndpoints(slices, query)
  known.set(first, [{ slices, id, found }, ...kept].slice(0, MOST_KNOWN))
  return found
}

const isSame = (a: readonly EndpointSliceRecord[], b: readonly EndpointSliceRecord[]) =>
  a.length === b.length && a.every((slice, at) => slice === b[at])

function readEndpoints(slices: readonly EndpointSliceRecord[], query: PortQuery): PortEndpoints {
  const byKey = new Map<string, ProxyEndpoint>()
  const leftOut: LeftOutEndpoint[] = []
  for (const slice of slices) {
    const ignored = whyIgnored(slice, query)
    const numbers = numbersOf(slice, query.port)
    const noPort = numbers.length === 0 ? noSuchPort(query) : undefined
    for (const [index, endpoint] of slice.endpoints.entries()) {
      const place = { slice: slice.key, index }
      const ip = ignored ? undefined : firstAddress(endpoint)
      const reason = ignored ?? (ip === undefined ? whyNoAddress(endpoint) : noPort)
      if (reason) leftOut.push({ ...place, reason })
      else for (const port of numbers) add({ byKey, leftOut }, toProxyEndpoint(endpoint, ip ?? '', { ...place, port }))
    }
  }
  return { endpoints: [...byKey.values()].sort(byText), leftOut }
}

/** Why a slice is no slice of this Service for a proxy of this family (P10, P11). */
function whyIgnored(slice: EndpointSliceRecord, query: Omit<PortQuery, 'port'>): Reason | undefined {
  if (!slice.serviceName || slice.serviceName !== query.service || slice.namespace !== query.namespace) {
    return { code: 'slice-of-other-service', values: { slice: slice.name, service: slice.serviceName ?? '' } }
  }
  if (slice.labels.has(HEADLESS_LABEL)) return { code: 'slice-headless', values: { slice: slice.name } }
  if (slice.addressType === 'FQDN') return { code: 'slice-host-names', values: { slice: slice.name } }
  if (slice.addressType !== query.family) {
    return { code: 'slice-other-family', values: { slice: slice.name, addressType: slice.addressType } }
  }
  return undefined
}

/** How many different ready addresses of the Service stand on the node, over all ports: what a health check node port answers (P24). */
export function localReadyAddresses(
  slices: readonly EndpointSliceRecord[],
  query: Omit<PortQuery, 'port'>,
  node: string,
): number {
  return readyAddressesByNode(slices, query).get(node)?.size ?? 0
}

/** The different ready addresses of the Service on each node that has one, over all ports (P24). */
export function readyAddressesByNode(
  slices: readonly EndpointSliceRecord[],
  query: Omit<PortQuery, 'port'>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const ports = new Map<string, PortQuery['port']>()
  for (const slice of slices) {
    for (const { name, protocol } of slice.ports) {
      if (name !== undefined) ports.set(`${name}/${protocol}`, { name, protocol })
    }
  }
  const byNode = new Map<string, Set<string>>()
  for (const port of ports.values()) {
    for (const { ip, endpoint } of portEndpoints(slices, { ...query, port }).endpoints) {
      if (!endpoint.ready || endpoint.nodeName === undefined) continue
      const ips = byNode.get(endpoint.nodeName)
      if (ips) ips.add(ip)
      else byNode.set(endpoint.nodeName, new Set([ip]))
    }
  }
  return byNode
}

// P12: a slice port serves the Service port of the same name and protocol; numbers are never compared.
function numbersOf(slice: EndpointSliceRecord, wanted: PortQuery['port']): readonly number[] {
  return slice.ports.flatMap(({ name, protocol, port }) =>
    name === wanted.name && protocol === wanted.protocol && port ? [port] : [],
  )
}

const noSuchPort = ({ port }: PortQuery): Reason => ({
  code: 'slice-without-port',
  values: { port: port.name, protocol: port.protocol },
})

const addresses = new WeakMap<Endpoint, string | undefined>()

// P13: only the first address counts, printed canonically.
function firstAddress(endpoint: Endpoint): string | undefined {
  const read = addresses.get(endpoint) ?? parseIp(endpoint.addresses[0] ?? '')?.text
  addresses.set(endpoint, read)
  return read
}

function whyNoAddress({ addresses: [address] }: Endpoint): Reason {
  if (address === undefined) return { code: 'endpoint-without-address', values: {} }
  return { code: 'endpoint-unreadable-address', values: { address } }
}

function toProxyEndpoint(
  endpoint: Endpoint,
  ip: string,
  { slice, index, port }: { readonly slice: EndpointSliceKey; readonly index: number; readonly port: number },
): ProxyEndpoint {
  return { key: joinHostPort(ip, port), ip, port, slice, index, endpoint }
}

// P14: of several with one key the last that is not terminating stays; a terminating one only if it came first.
function add(
  { byKey, leftOut }: { readonly byKey: Map<string, ProxyEndpoint>; readonly leftOut: LeftOutEndpoint[] },
  candidate: ProxyEndpoint,
): void {
  const other = byKey.get(candidate.key)
  const [loser, winner] = other && candidate.endpoint.terminating ? [candidate, other] : [other, candidate]
  byKey.set(candidate.key, winner)
  if (!loser) return
  const reason = { code: 'endpoint-duplicate', values: { endpoint: winner.key, slice: winner.slice } }
  leftOut.push({ slice: loser.slice, index: loser.index, reason })
}

// P15: by text, so 10.0.0.10:80 comes before 10.0.0.9:80.
const byText = (a: ProxyEndpoint, b: ProxyEndpoint) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
