// GET /api/view.json: what a page shows, for people's scripts and for tests. The same query, the same decisions, no pixels.

import type { GraphView } from '@/core/graph/graph-view'
import {
  formatPageQuery,
  formatRef,
  type PageQuery,
  type PortRef,
  parsePageQuery,
  type SourceRef,
} from '@/core/graph/page-query'
import { nodeDetail } from '@/core/graph/project-node'
import { podSummary } from '@/core/graph/project-pod'
import { serviceDetail, serviceSummary } from '@/core/graph/project-service'
import { nodeKey, podKey } from '@/core/model/keys'
import type { Reason } from '@/core/model/reason'
import type { EndpointSliceRecord, NodeRecord, PodRecord, ServiceRecord } from '@/core/model/records'
import { serviceOfSlice } from '@/core/model/references'
import { apiEndpointSlice, apiEndpoints, apiNode, apiPod, apiService } from './api-objects'
import { placeOf, type RoutesByPlace, routeJson, routesByPlace, type SourceNode, serviceRoutes } from './routes'
import { shownObjects } from './shown'

type ViewProblem = {
  readonly status: 400 | 404
  /** `parameter` names the parameter at fault. */
  readonly errors: readonly Reason[]
}
export type ViewAnswer = { readonly ok: true; readonly body: object } | ({ readonly ok: false } & ViewProblem)

/** The page of these parameters. A parameter that the page would leave out with a note is an error here: a script should know. */
export function viewJson(view: GraphView, params: Iterable<readonly [string, string]>): ViewAnswer {
  const { query, notes } = parsePageQuery(params)
  if (notes.length > 0) return { ok: false, status: 400, errors: notes }
  const source = query.from && sourceNode(view, query.from)
  if (source && 'code' in source) return { ok: false, status: 404, errors: [source] }
  const shown = shownObjects(view, query)
  if (!shown) return { ok: false, status: 404, errors: [notFound('focus', query)] }
  if (query.port && query.focus?.kind === 'Service' && !hasPort(shown.services.values(), query.port)) {
    return { ok: false, status: 404, errors: [notFound('port', query)] }
  }

  const asked = { ...query, node: source }
  const places = new Map<string, RoutesByPlace>()
  const services = mapValues(shown.services, (service) => {
    const routes = serviceRoutes(view, service, asked)
    places.set(service.key, routesByPlace(view, service, routes))
    return serviceJson(view, service, { routes, node: source })
  })
  const slices = mapValues(shown.slices, (slice) => {
    const owner = serviceOfSlice(slice)
    const service = owner && view.service(owner)
    // Shown without its Service, when only a pod or a node of it is: then its routes are not asked for yet.
    const routes =
      service && (places.get(service.key) ?? routesByPlace(view, service, serviceRoutes(view, service, asked)))
    return sliceJson(slice, { headless: service?.clusterIP === 'None', routes })
  })
  return {
    ok: true,
    body: {
      query: Object.fromEntries(formatPageQuery(query)),
      source: source && { nodeName: source.name, zone: source.zone },
      cluster: view.cluster(),
      watches: view.watches(),
      objects: {
        Service: services,
        EndpointSlice: slices,
        Endpoints: mapValues(shown.endpoints, apiEndpoints),
        Pod: mapValues(shown.pods, (pod) => podJson(view, pod)),
        Node: mapValues(shown.nodes, (node) => nodeJson(view, node)),
      },
    },
  }
}

type Routes = { readonly routes: ReturnType<typeof serviceRoutes>; readonly node: SourceNode | undefined }

function serviceJson(view: GraphView, service: ServiceRecord, { routes, node }: Routes) {
  const { endpoints, sliceCount, trouble } = serviceSummary(view, service)
  const { hints, sliceLimit, coverage } = serviceDetail(view, service)
  return {
    ...apiService(service),
    triplane: {
      counts: endpoints,
      sliceCount,
      sliceLimit,
      hints,
      trouble,
      coverage,
      routes: routes.map((route) => routeJson(view, route, node)),
    },
  }
}

type OfSlice = { readonly headless: boolean; readonly routes: RoutesByPlace | undefined }

// Nothing routes to a headless Service; DNS answers with its ready endpoints.
function sliceJson(slice: EndpointSliceRecord, { headless, routes }: OfSlice) {
  return apiEndpointSlice(slice, (index) => {
    const ways = routes?.get(placeOf(slice.key, index)) ?? []
    const inDns = headless ? slice.endpoints[index]?.ready : undefined
    return { routed: ways.some(({ routed }) => routed), inDns, routes: ways }
  })
}

function podJson(view: GraphView, pod: PodRecord) {
  const { condition, services } = podSummary(view, pod)
  return { ...apiPod(pod), triplane: { condition, services, workload: pod.workload } }
}

function nodeJson(view: GraphView, node: NodeRecord) {
  const { proxyMode, evidence, contradictions, podCount, services, zone } = nodeDetail(view, node)
  return { ...apiNode(node), triplane: { zone, proxyMode, evidence, contradictions, podCount, services } }
}

function sourceNode(view: GraphView, from: SourceRef): SourceNode | Reason {
  const pod = from.kind === 'Pod' ? view.pod(podKey(from.namespace, from.name)) : undefined
  const name = from.kind === 'Node' ? from.name : pod?.nodeName
  if (from.kind === 'Pod' && pod && name === undefined) {
    return { code: 'query-source-without-node', values: { parameter: 'from', pod: pod.key } }
  }
  const node = name === undefined ? undefined : view.node(nodeKey(name))
  const value = formatRef(from)
  if (name === undefined || !node) return { code: 'query-not-found', values: { parameter: 'from', value } }
  return { name, zone: node.zone }
}

// Without this, every endpoint of a Service would be said not to be routed because of one mistyped port.
function hasPort(services: Iterable<ServiceRecord>, port: PortRef): boolean {
  return [...services].some(({ ports }) =>
    ports.some(({ name, protocol }) => name === port.name && protocol === port.protocol),
  )
}

function notFound(parameter: 'focus' | 'port', query: PageQuery): Reason {
  const value = formatPageQuery(query).find(([name]) => name === parameter)?.[1] ?? ''
  return { code: 'query-not-found', values: { parameter, value } }
}

function mapValues<T, R>(map: ReadonlyMap<string, T>, change: (value: T) => R): Readonly<Record<string, R>> {
  return Object.fromEntries([...map].map(([key, value]) => [key, change(value)]))
}
