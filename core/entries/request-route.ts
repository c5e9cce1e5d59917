// Of the rules of all routes at one Gateway, the one that takes a request (gateway-api apis/v1 httproute_types.go@v1.6.3): listener
// with the most precise host, route with the most precise host, exact path, longest prefix, then the oldest route, then its name.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { GatewayRecord, HTTPRouteRecord, Listener, RouteMatch, RouteRule } from '../model/records-entries'
import { type Attachment, attachmentOf } from './attach'
import { gatewayHostMeets, precision } from './hosts'
import { hasPrefix } from './path'
import type { EntryRequest, Taken } from './request-types'
import { routeWay } from './route-ways'

type Candidate = {
  readonly route: HTTPRouteRecord
  readonly attachment: Attachment
  readonly rule: RouteRule
  readonly match: RouteMatch
  /** Places of rule and match. */
  readonly at: string
  readonly host: string
}

export function takenByGateway(view: ClusterView, request: EntryRequest): readonly Taken[] {
  const routes = [...view.entries('HTTPRoute')].map((route) => ({ route, attachment: attachmentOf(view, route) }))
  return [...view.entries('Gateway')].flatMap((gateway) => {
    const listener = listenerOf(gateway, request)
    if (!listener) return []
    const candidates = routes.flatMap((one) => candidatesOf(one, { gateway, listener, request }))
    return takenAt(view, gateway, candidates) ?? []
  })
}

function listenerOf({ listeners }: GatewayRecord, { scheme, host, port }: EntryRequest): Listener | undefined {
  const protocol = scheme === 'https' ? 'HTTPS' : 'HTTP'
  return listeners
    .filter((one) => one.port === port && one.protocol === protocol && gatewayHostMeets(one.hostname, host) === 'yes')
    .sort((a, b) => precision(b.hostname) - precision(a.hostname))[0]
}

type At = { readonly gateway: GatewayRecord; readonly listener: Listener; readonly request: EntryRequest }
type Routed = { readonly route: HTTPRouteRecord; readonly attachment: Attachment }

function candidatesOf({ route, attachment }: Routed, { gateway, listener, request }: At): readonly Candidate[] {
  const hosts = attachment.attached
    .filter((one) => one.gateway.key === gateway.key && one.listener.name === listener.name)
    .flatMap((one) => one.hosts)
    .filter((host) => gatewayHostMeets(host, request.host) === 'yes')
    .sort((a, b) => precision(b) - precision(a))
  const [host] = hosts
  if (host === undefined) return []
  return route.rules.flatMap((rule, at) =>
    rule.matches.flatMap((match, of) =>
      mayTake(match, request.path) ? [{ route, attachment, rule, match, at: `${at}.${of}`, host }] : [],
    ),
  )
}

const mayTake = ({ path, pathType }: RouteMatch, asked: string): boolean =>
  pathType === 'Exact' ? path === asked : pathType !== 'PathPrefix' || hasPrefix(asked, path)

function takenAt(view: ClusterView, gateway: GatewayRecord, all: readonly Candidate[]): Taken | undefined {
  const ordered = [...all].sort(byPrecedence)
  const plain = ordered.findIndex(isPlain)
  const first = ordered[Math.max(plain, 0)]
  if (!first) return undefined
  const possible = plain < 0
  const notes = (possible ? ordered : ordered.slice(0, plain)).slice(0, MOST_NOTES)
  const { route, rule, match, attachment, at } = first
  return {
    by: gateway.key,
    entry: { kind: 'HTTPRoute', id: route.key },
    host: first.host,
    path: match.path,
    pathType: match.pathType,
    ways: rule.backends.map((backend, index) =>
      routeWay(view, { route, rule, backend, match, attachment, at: `${at}.${index}` }),
    ),
    filters: rule.filters,
    certain: !possible && !ordered.slice(0, plain).some(isLikely),
    possible,
    notes: notes.map((one) => doubt(one, possible ? 'only' : 'ahead')),
  }
}

const MOST_NOTES = 5

const isPlain = ({ match }: Candidate): boolean =>
  match.method === undefined && asksForNothing(match) && match.pathType !== 'RegularExpression'

/** Of a request nothing but host and path is asked. A header or a parameter is the exception; GET and an expression are not. */
const isLikely = ({ match }: Candidate): boolean => asksForNothing(match) && (match.method ?? 'GET') === 'GET'

const asksForNothing = ({ headers, queryParams }: RouteMatch): boolean => headers.length + queryParams.length === 0

// Rules of one route stand in their order, which sorting keeps.
function byPrecedence(a: Candidate, b: Candidate): number {
  const exact = ({ match }: Candidate) => (match.pathType === 'Exact' ? 1 : 0)
  const length = ({ match }: Candidate) =>
    match.pathType === 'PathPrefix' ? match.path.replace(/\/$/, '').length : 1e6
  const age = ({ route }: Candidate) => route.createdAt ?? Number.POSITIVE_INFINITY
  return (
    precision(b.host) - precision(a.host) ||
    exact(b) - exact(a) ||
    length(b) - length(a) ||
    conditions(b) - conditions(a) ||
    compare(age(a), age(b)) ||
    compare(a.route.key, b.route.key)
  )
}

// A method counts before any number of headers, these before query parameters.
const conditions = ({ match: { method, headers, queryParams } }: Candidate): number =>
  (method === undefined ? 0 : 1e6) + headers.length * 1e3 + queryParams.length

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

function doubt({ route, match }: Candidate, how: 'ahead' | 'only'): Reason {
  const values = { entry: route.key, path: match.path }
  if (match.pathType === 'RegularExpression') return { code: `entry-regex-${how}`, values }
  if (match.method === undefined || !asksForNothing(match)) return { code: `entry-conditional-${how}`, values }
  return { code: `entry-method-${how}`, values: { ...values, method: match.method } }
}
