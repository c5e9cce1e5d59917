// One Service's part as the focus shows it: its shards, one card per endpoint address, and what the route says about each.

import { addShares } from '@/client/numbers'
import type { PortRef } from '@/core/graph/page-destination'
import type {
  EndpointDetail,
  GraphObject,
  PodCondition,
  PodDetail,
  ServiceDetail,
  SliceDetail,
} from '@/core/graph/types'
import type { Reason } from '@/core/model/reason'
import type { IpFamily } from '@/core/model/records'
import type { PolicyState } from '@/core/policy/types'
import type { PortRoute } from '@/core/proxy/route'
import type { SlabPort } from './flow-nodes'
import type { MapModel } from './map-model'

export type FocusCard = {
  /** The endpoint's address, or `pod:<key>` of a pod that is in no slice. */
  readonly id: string
  readonly kind: 'Pod' | 'Endpoint'
  readonly key: string
  readonly address: string
  readonly nodeName: string | null
  readonly zone: string | null
  readonly condition: PodCondition
  readonly endpoints: readonly EndpointDetail[]
}

export type CardRoute = {
  readonly chosen: boolean
  /** Undefined where the proxy's choice cannot be told as a number. */
  readonly probability: number | undefined
  readonly port: number | undefined
  readonly reason: Reason | undefined
  /** What NetworkPolicies make of a connection to it; undefined where they have no say, or it is not chosen. */
  readonly policy: PolicyState | undefined
}

export type FocusFacts = {
  readonly service: ServiceDetail
  /** Slices of the shown family, and FQDN ones, by name. */
  readonly slices: readonly SliceDetail[]
  readonly endpointsOf: ReadonlyMap<string, readonly EndpointDetail[]>
  readonly cards: readonly FocusCard[]
  readonly ports: readonly SlabPort[]
  /** Owners of the cards' pods, with how many of them are theirs, most first. */
  readonly workloads: readonly CardWorkload[]
}

type CardWorkload = { readonly kind: string; readonly name: string; readonly count: number }

/** Undefined while the Service itself is not in the part. */
export function focusFacts(part: Iterable<GraphObject>, model: MapModel, family: IpFamily): FocusFacts | undefined {
  let service: ServiceDetail | undefined
  const slices: SliceDetail[] = []
  const endpoints: EndpointDetail[] = []
  const pods: PodDetail[] = []
  for (const object of part) {
    if (object.kind === 'Service') service = object
    else if (object.kind === 'EndpointSlice') slices.push(object)
    else if (object.kind === 'Endpoint') endpoints.push(object)
    else if (object.kind === 'Pod') pods.push(object)
  }
  if (!service) return undefined
  const shown = slices
    .filter((slice) => slice.addressType === family || slice.addressType === 'FQDN')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const endpointsOf = new Map<string, EndpointDetail[]>(shown.map((slice) => [sliceKey(slice), []]))
  for (const endpoint of endpoints) endpointsOf.get(endpoint.slice)?.push(endpoint)
  for (const list of endpointsOf.values()) list.sort((a, b) => a.index - b.index)
  const cards = endpointCards(endpointsOf, model, new Set(shown.filter(isHostNames).map(sliceKey)))
  const known = new Set(cards.map((card) => card.key))
  const listed = new Set(
    endpoints.map((one) => (one.targetRef ? `${one.targetRef.namespace}/${one.targetRef.name}` : '')),
  )
  const missing = pods.filter((pod) => {
    const key = `${pod.namespace}/${pod.name}`
    return !known.has(key) && !listed.has(key)
  })
  const all = [...cards, ...missing.map((pod) => podCard(pod, { family, model }))]
  return {
    service,
    slices: shown,
    endpointsOf,
    cards: all,
    workloads: workloadsOf(all, pods),
    ports: slabPorts(service, shown, endpointsOf),
  }
}

/** No proxy reads host names: their endpoints receive nothing, whatever their conditions say (P11). */
export const isHostNames = ({ addressType }: SliceDetail) => addressType === 'FQDN'

export const sliceKey = (slice: { namespace: string; name: string }) => `${slice.namespace}/${slice.name}`

export function endpointCondition(endpoint: Pick<EndpointDetail, 'ready' | 'serving' | 'terminating'>): PodCondition {
  if (endpoint.ready) return 'ready'
  return endpoint.serving && endpoint.terminating ? 'servingTerminating' : 'notReady'
}

function endpointCards(
  endpointsOf: ReadonlyMap<string, readonly EndpointDetail[]>,
  model: MapModel,
  hostNames: ReadonlySet<string>,
): FocusCard[] {
  const byAddress = new Map<string, EndpointDetail[]>()
  for (const list of endpointsOf.values()) {
    for (const endpoint of list) {
      const address = endpoint.addresses[0] ?? ''
      const same = byAddress.get(address)
      if (same) same.push(endpoint)
      else byAddress.set(address, [endpoint])
    }
  }
  const cards: FocusCard[] = []
  for (const [address, list] of byAddress) {
    const best = list.find((one) => one.ready) ?? list.find((one) => one.serving) ?? list[0]
    if (!best) continue
    const pod = best.targetRef?.kind === 'Pod' ? `${best.targetRef.namespace}/${best.targetRef.name}` : undefined
    const node = best.nodeName === null ? undefined : model.nodeByName.get(best.nodeName)
    cards.push({
      id: address,
      kind: pod === undefined ? 'Endpoint' : 'Pod',
      key: pod ?? address,
      address,
      nodeName: best.nodeName,
      zone: best.zone ?? node?.zone ?? null,
      condition: hostNames.has(best.slice) ? 'unknown' : endpointCondition(best),
      endpoints: list,
    })
  }
  return cards.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function podCard(pod: PodDetail, how: { family: IpFamily; model: MapModel }): FocusCard {
  const address = pod.podIPs.find((ip) => ip.includes(':') === (how.family === 'IPv6')) ?? pod.podIPs[0] ?? ''
  const key = `${pod.namespace}/${pod.name}`
  const node = pod.nodeName === null ? undefined : how.model.nodeByName.get(pod.nodeName)
  const base = {
    id: `pod:${key}`,
    kind: 'Pod' as const,
    key,
    address,
    nodeName: pod.nodeName,
    zone: node?.zone ?? null,
  }
  return { ...base, condition: pod.ready ? 'unknown' : 'notReady', endpoints: [] }
}

function workloadsOf(cards: readonly FocusCard[], pods: readonly PodDetail[]): readonly CardWorkload[] {
  const ownerOf = new Map(pods.map(({ namespace, name, workload }) => [`${namespace}/${name}`, workload]))
  const counts = new Map<string, CardWorkload>()
  for (const { key } of cards) {
    const owner = ownerOf.get(key)
    if (!owner) continue
    const id = `${owner.kind}/${owner.name}`
    counts.set(id, { kind: owner.kind, name: owner.name, count: (counts.get(id)?.count ?? 0) + 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}

// A named targetPort may be another number on every pod: the slices say which.
function slabPorts(
  service: ServiceDetail,
  slices: readonly SliceDetail[],
  endpointsOf: ReadonlyMap<string, readonly EndpointDetail[]>,
): SlabPort[] {
  return service.ports.map((port, index) => {
    const resolved = new Map<number, Set<string>>()
    const all = new Set<string>()
    const found = new Set<string>()
    for (const slice of slices) {
      if (isHostNames(slice)) continue
      const addresses = (endpointsOf.get(sliceKey(slice)) ?? []).map((one) => one.addresses[0] ?? '')
      for (const address of addresses) all.add(address)
      const match = slice.ports.find((one) => (one.name ?? '') === port.name && one.protocol === port.protocol)
      if (match?.port === undefined || match.port === null) continue
      const set = resolved.get(match.port) ?? new Set()
      for (const address of addresses) {
        set.add(address)
        found.add(address)
      }
      resolved.set(match.port, set)
    }
    return {
      key: `${port.name}/${port.protocol}`,
      index,
      name: port.name,
      protocol: port.protocol,
      port: port.port,
      nodePort: port.nodePort,
      targetPort: port.targetPort,
      resolved: [...resolved]
        .map(([number, set]) => ({ port: number, count: set.size }))
        .filter(({ count }) => count > 0),
      missing: all.size - found.size,
    }
  })
}

/** Key of the port that is shown: the one asked for, else the first. One that the Service does not have is noted above the map. */
export function shownPort({ ports }: FocusFacts, asked: PortRef | undefined): string | undefined {
  const key = asked && `${asked.name}/${asked.protocol}`
  return ports.some((port) => port.key === key) ? key : ports[0]?.key
}

/** What the route says about a card: several entries (one address, two ports) count together. */
export function cardRoutes(
  route: PortRoute | undefined,
  facts: FocusFacts,
  policyOf: (endpoint: string) => PolicyState | undefined = () => undefined,
): ReadonlyMap<string, CardRoute> {
  const cardOf = new Map<string, string>()
  for (const card of facts.cards) for (const one of card.endpoints) cardOf.set(`${one.slice}#${one.index}`, card.id)
  const routes = new Map<string, CardRoute>()
  for (const one of route?.endpoints ?? []) {
    const card = cardOf.get(`${one.slice}#${one.index}`)
    if (card === undefined) continue
    const old = routes.get(card)
    const better = old === undefined || (one.chosen && !old.chosen)
    routes.set(card, {
      chosen: one.chosen || (old?.chosen ?? false),
      probability: old ? addShares(old.probability, one.probability) : one.probability,
      port: better ? one.port : old.port,
      reason: better ? one.reason : old.reason,
      policy: better ? (one.chosen ? policyOf(one.key) : undefined) : old.policy,
    })
  }
  for (const left of route?.leftOut ?? []) {
    const card = cardOf.get(`${left.slice}#${left.index}`)
    if (card !== undefined && !routes.has(card)) {
      routes.set(card, { chosen: false, probability: 0, port: undefined, reason: left.reason, policy: undefined })
    }
  }
  return routes
}

/** The letter of a hint: what tells its zone from the others, `zone-a` → `a`; `−` for no hint. */
export function hintLetter(
  endpoint: Pick<EndpointDetail, 'hintZones' | 'hintNodes'>,
  zones: readonly string[],
): string {
  const zone = endpoint.hintZones[0]
  if (zone === undefined) return endpoint.hintNodes.length > 0 ? 'n' : '−'
  let same = 0
  while (zones.length > 1 && same < zone.length - 1 && zones.every((one) => one[same] === zone[same])) same += 1
  const rest = zones.length > 1 ? zone.slice(same) : zone.slice(-1)
  return endpoint.hintZones.length > 1 ? `${rest.slice(0, 2)}+` : rest.slice(0, 3)
}
