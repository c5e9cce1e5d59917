// Where the ports of a Service lead, for view.json: core/proxy's answer per port and family, and turned round, per endpoint.

import type { PageQuery } from '@/core/graph/page-query'
import type { ClusterView } from '@/core/model/cluster-view'
import type { Reason } from '@/core/model/reason'
import type { EndpointSliceRecord, IpFamily, ServiceRecord } from '@/core/model/records'
import type { SourceNode } from '@/core/proxy/proxier'
import { type PortRoute, routePort } from '@/core/proxy/route'
import { apiHints } from './api-objects'

export type ServiceRoute = { readonly port: string; readonly family: IpFamily; readonly route: PortRoute }

/** What became of one endpoint for one port. `routed` false: `reason` says why not. */
type EndpointRoute = {
  readonly port: string
  readonly family: IpFamily
  readonly address: string | undefined
  readonly routed: boolean
  readonly probability: number | undefined
  readonly reason: Reason
}

type Asked = Pick<PageQuery, 'port' | 'family'> & { readonly node: SourceNode | undefined }

/** The ports and families of a Service that the page asks for; all of them unless it names one. */
export function serviceRoutes(view: ClusterView, service: ServiceRecord, asked: Asked): readonly ServiceRoute[] {
  const slices = view.slicesOfService(service.key)
  const own = service.ipFamilies.length > 0 ? service.ipFamilies : familiesOf(slices)
  const families = asked.family ? [asked.family] : own
  const ports = service.ports
    .filter(({ name, protocol }) => !asked.port || (asked.port.name === name && asked.port.protocol === protocol))
    .map(({ name, protocol }) => `${name}/${protocol}`)
  return families.flatMap((family) =>
    ports.map((port) => ({ port, family, route: routePort({ service, slices }, { port, family, node: asked.node }) })),
  )
}

function familiesOf(slices: readonly EndpointSliceRecord[]): readonly IpFamily[] {
  const has = (family: IpFamily) => slices.some(({ addressType }) => addressType === family)
  return has('IPv6') ? (has('IPv4') ? ['IPv4', 'IPv6'] : ['IPv6']) : ['IPv4']
}

/** The route as view.json shows it. */
export function routeJson(view: ClusterView, { port, family, route }: ServiceRoute, node: SourceNode | undefined) {
  return {
    port,
    family,
    internal: route.internal,
    external: route.external,
    mode: route.mode,
    choice: node && { how: route.choice.how, reason: route.choice.reason, affinity: route.choice.affinity },
    notes: route.notes,
    unserved: route.unserved,
    leavesZone: route.leavesZone,
    zoneUnknown: node ? route.zoneUnknown : undefined,
    hintReasons: route.hintReasons,
    endpoints: route.endpoints.map((routed) => {
      const endpoint = view.slice(routed.slice)?.endpoints[routed.index]
      return {
        address: routed.key,
        endpointSlice: routed.slice,
        index: routed.index,
        targetRef: endpoint?.targetRef,
        nodeName: routed.nodeName,
        zone: routed.zone,
        conditions: endpoint && {
          ready: endpoint.ready,
          serving: endpoint.serving,
          terminating: endpoint.terminating,
        },
        hints: endpoint && apiHints(endpoint),
        routed: routed.chosen,
        probability: node ? routed.probability : undefined,
        reason: routed.reason,
      }
    }),
    leftOut: route.leftOut.map(({ slice, index, reason }) => ({ endpointSlice: slice, index, reason })),
  }
}

/** Routes by place in a slice: `namespace/name` and index of the endpoint. */
export type RoutesByPlace = ReadonlyMap<string, readonly EndpointRoute[]>

export const placeOf = (slice: string, index: number) => `${slice}[${index}]`

/** An endpoint of another family says nothing about this one's ports; a port that is not served leaves all its endpoints out. */
export function routesByPlace(
  view: ClusterView,
  service: ServiceRecord,
  routes: readonly ServiceRoute[],
): RoutesByPlace {
  const places = new Map<string, EndpointRoute[]>()
  const note = (place: string, route: EndpointRoute) => places.set(place, [...(places.get(place) ?? []), route])
  const slices = view.slicesOfService(service.key)
  for (const { port, family, route } of routes) {
    const about = { port, family }
    for (const { slice, index, key, chosen, probability, reason } of route.endpoints) {
      note(placeOf(slice, index), { ...about, address: key, routed: chosen, probability, reason })
    }
    const { unserved } = route
    const others = unserved ? everyPlace(slices).map((place) => ({ ...place, reason: unserved })) : route.leftOut
    for (const { slice, index, reason } of others) {
      if (isOfOtherFamily(view, slice, family)) continue
      note(placeOf(slice, index), { ...about, address: undefined, routed: false, probability: undefined, reason })
    }
  }
  return places
}

function everyPlace(slices: readonly EndpointSliceRecord[]) {
  return slices.flatMap(({ key, endpoints }) => endpoints.map((_, index) => ({ slice: key, index })))
}

function isOfOtherFamily(view: ClusterView, key: EndpointSliceRecord['key'], family: IpFamily): boolean {
  const addressType = view.slice(key)?.addressType
  return addressType !== family && addressType !== 'FQDN'
}
