// GET /api/view.json: what a page shows, for people's scripts and for tests. The same query, the same decisions, no pixels.

import { explain } from '@/core/explain/explain'
import { flowOfQuery } from '@/core/explain/flow-of-query'
import type { GraphView } from '@/core/graph/graph-view'
import { absentNotes } from '@/core/graph/page-notes'
import { formatPageQuery, type PageQuery, parsePageQuery } from '@/core/graph/page-query'
import { formatRef, type SourceRef } from '@/core/graph/page-refs'
import { nodeDetail } from '@/core/graph/project-node'
import { podSummary } from '@/core/graph/project-pod'
import { serviceDetail, serviceSummary } from '@/core/graph/project-service'
import { nodeKey, podKey } from '@/core/model/keys'
import type { Reason } from '@/core/model/reason'
import type { EndpointSliceRecord, NodeRecord, PodRecord, ServiceRecord } from '@/core/model/records'
import { serviceOfSlice } from '@/core/model/references'
import { isDeadSelector, labelCounts, withLabelCounts } from '@/core/problems/selector-labels'
import type { SourceNode } from '@/core/proxy/proxier'
import { inferProxyMode } from '@/core/proxy/proxy-mode'
import { proxyVersionOf } from '@/core/proxy/proxy-version'
import { podReadiness } from '@/core/readiness/pod-readiness'
import { serviceReadiness } from '@/core/readiness/service-readiness'
import { whyNotReady } from '@/core/readiness/why-not-ready'
import { apiEndpointSlice, apiEndpoints, apiNode, apiPod, apiService } from './api-objects'
import { knownTo } from './known'
import { placeOf, type RoutesByPlace, routeJson, routesByPlace, serviceRoutes } from './routes'
import { type Shown, shownObjects } from './shown'
import { workloadsJson } from './workloads'

type ViewProblem = {
  /** 413: more than one answer holds. */
  readonly status: 400 | 404 | 413
  /** `parameter` names the parameter at fault. */
  readonly errors: readonly Reason[]
}
export type ViewAnswer = { readonly ok: true; readonly body: object } | ({ readonly ok: false } & ViewProblem)

/** The page of these parameters. A parameter that the page would leave out with a note is an error here: a script should know. */
export function viewJson(view: GraphView, params: Iterable<readonly [string, string]>): ViewAnswer {
  const { query, notes } = parsePageQuery(params)
  if (notes.length > 0) return { ok: false, status: 400, errors: notes }
  const absent = absentNotes(query, knownTo(view))
  // An empty namespace is an answer; without its source or port every route of the page would be another one.
  const errors: Reason[] = absent.filter(({ code }) => code !== 'query-empty-namespace')
  const shown = shownObjects(view, query)
  if (!shown && query.focus) {
    errors.unshift({ code: 'query-not-found', values: { parameter: 'focus', value: formatRef(query.focus) } })
  }
  if (!shown || errors.length > 0) return { ok: false, status: 404, errors }
  const count = sizeOf(shown)
  if (!query.focus && count > mostShown) {
    return {
      ok: false,
      status: 413,
      errors: [{ code: 'query-too-large', values: { parameter: 'ns', count, most: mostShown } }],
    }
  }
  const source = query.from && sourceNode(view, query.from)

  const asked = { ...query, node: source }
  const flow = query.view === 'explain' ? flowOfQuery(view, query) : undefined
  const places = new Map<string, RoutesByPlace>()
  const services = mapValues(shown.services, (service) => {
    const routes = serviceRoutes(view, service, asked)
    places.set(service.key, routesByPlace(view, service, routes))
    return serviceJson(view, service, { routes, node: source, isFocus: isFocus(query, service) })
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
      notes: absent,
      source: source && { nodeName: source.name, zone: source.zone },
      cluster: view.cluster(),
      watches: view.watches(),
      explain: flow && explain(view, flow),
      objects: {
        Service: services,
        EndpointSlice: slices,
        Endpoints: mapValues(shown.endpoints, apiEndpoints),
        Pod: mapValues(shown.pods, (pod) => podJson(view, pod, query)),
        Node: mapValues(shown.nodes, (node) => nodeJson(view, node)),
      },
    },
  }
}

// An answer is made in one go, in which nobody else is served: about a second for this much.
const mostShown = 5000

function sizeOf({ services, slices, pods, nodes }: Shown): number {
  let endpoints = 0
  for (const slice of slices.values()) endpoints += slice.endpoints.length
  return services.size + pods.size + nodes.size + endpoints
}

type OfService = {
  readonly routes: ReturnType<typeof serviceRoutes>
  readonly node: SourceNode | undefined
  readonly isFocus: boolean
}

const isFocus = ({ focus }: PageQuery, { kind, namespace, name }: ServiceRecord | PodRecord) =>
  focus?.kind === kind && focus.namespace === namespace && focus.name === name

function serviceJson(view: GraphView, service: ServiceRecord, { routes, node, isFocus: isOwnPage }: OfService) {
  const { endpoints, sliceCount, trouble } = serviceSummary(view, service)
  const { hints, sliceLimit, coverage, problems, selector } = serviceDetail(view, service)
  const pods = problems.some(isDeadSelector) ? view.podsOfNamespace(service.namespace) : []
  const labelled = pods.map(({ namespace, labels }) => ({ namespace, labels: [...labels] }))
  const counts = labelCounts(pods.length > 0 ? (selector ?? []) : [], labelled, service.namespace)
  return {
    ...apiService(service),
    triplane: {
      counts: endpoints,
      sliceCount,
      sliceLimit,
      hints,
      trouble,
      problems: problems.map((problem) => withLabelCounts(problem, counts)),
      coverage,
      routes: routes.map((route) => routeJson(view, route, node)),
      readiness: isOwnPage ? serviceReadiness(view, service) : undefined,
      workloads: isOwnPage ? workloadsJson(view, service) : undefined,
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

function podJson(view: GraphView, pod: PodRecord, query: PageQuery) {
  const { condition, services } = podSummary(view, pod)
  // In full on its own page only: it asks for every Service of the pod.
  const readiness = isFocus(query, pod) ? podReadiness(view, pod) : { causes: whyNotReady(pod) }
  return { ...apiPod(pod), triplane: { condition, services, workload: pod.workload, readiness } }
}

function nodeJson(view: GraphView, node: NodeRecord) {
  const { proxyMode, evidence, contradictions, podCount, services, zone } = nodeDetail(view, node)
  return { ...apiNode(node), triplane: { zone, proxyMode, evidence, contradictions, podCount, services } }
}

// A node that is not known itself has no zone to tell, as on the page.
function sourceNode(view: GraphView, from: SourceRef): SourceNode | undefined {
  const name = from.kind === 'Node' ? from.name : view.pod(podKey(from.namespace, from.name))?.nodeName
  const node = name === undefined ? undefined : view.node(nodeKey(name))
  if (name === undefined || !node) return name === undefined ? undefined : { name, zone: undefined }
  return {
    name,
    zone: node.zone,
    mode: inferProxyMode(view, node).verdict,
    version: proxyVersionOf(view, node).version,
  }
}

function mapValues<T, R>(map: ReadonlyMap<string, T>, change: (value: T) => R): Readonly<Record<string, R>> {
  return Object.fromEntries([...map].map(([key, value]) => [key, change(value)]))
}
