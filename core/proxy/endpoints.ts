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

/** Endpoints of a port, each `ip:port` once, sorted by that text. Slices are read in the order given. */
export function portEndpoints(slices: readonly EndpointSliceRecord[], query: PortQuery): PortEndpoints {
  const byKey = new Map<string, ProxyEndpoint>()
  const leftOut: LeftOutEndpoint[] = []
  for (const slice of slices) {
    const ignored = whyIgnored(slice, query)
    const numbers = ignored ? [] : numbersOf(slice, query.port)
    for (const [index, endpoint] of slice.endpoints.entries()) {
      const place = { slice: slice.key, index }
      const reason = ignored ?? whyNoAddress(endpoint) ?? (numbers.length === 0 ? noSuchPort(query) : undefined)
      if (reason) leftOut.push({ ...place, reason })
      else for (const port of numbers) leftOut.push(...add(byKey, toProxyEndpoint(endpoint, { ...place, port })))
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
  return node === '' ? 0 : (readyAddressesByNode(slices, query).get(node)?.size ?? 0)
}

/** The different ready addresses of the Service on each node that has one, over all ports (P24). */
export function readyAddressesByNode(
  slices: readonly EndpointSliceRecord[],
  query: Omit<PortQuery, 'port'>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const ports = new Map<string, PortQuery['port']>()
  for (const slice of slices) {
    if (whyIgnored(slice, query)) continue
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

function whyNoAddress(endpoint: Endpoint): Reason | undefined {
  const [address] = endpoint.addresses
  if (address === undefined) return { code: 'endpoint-without-address', values: {} }
  return parseIp(address) ? undefined : { code: 'endpoint-unreadable-address', values: { address } }
}

// P13: only the first address counts, printed canonically.
function toProxyEndpoint(
  endpoint: Endpoint,
  place: { readonly slice: EndpointSliceKey; readonly index: number; readonly port: number },
): ProxyEndpoint {
  const ip = parseIp(endpoint.addresses[0] ?? '')?.text ?? ''
  return { ...place, key: joinHostPort(ip, place.port), ip, endpoint }
}

// P14: of several with one key the last that is not terminating stays; a terminating one only if it came first.
function add(byKey: Map<string, ProxyEndpoint>, candidate: ProxyEndpoint): readonly LeftOutEndpoint[] {
  const known = byKey.get(candidate.key)
  const [loser, winner] = known && candidate.endpoint.terminating ? [candidate, known] : [known, candidate]
  byKey.set(candidate.key, winner)
  if (!loser) return []
  const reason = { code: 'endpoint-duplicate', values: { endpoint: winner.key, slice: winner.slice } }
  return [{ slice: loser.slice, index: loser.index, reason }]
}

// P15: by text, so 10.0.0.10:80 comes before 10.0.0.9:80.
const byText = (a: ProxyEndpoint, b: ProxyEndpoint) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
