// The rules of an HTTPRoute, as ways in. Rules Y5, Y9, Y10, Y14.

import type { ClusterView } from '../model/cluster-view'
import type { ServiceKey } from '../model/keys'
import { serviceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { BackendRef, HTTPRouteRecord, RouteMatch, RouteRule } from '../model/records-entries'
import { type Attachment, attachmentOf, GATEWAY_GROUP } from './attach'
import { backendOf } from './backend'
import { mayName } from './grants'
import { serviceOfBackend } from './named'
import type { EntryWay } from './types'

/** The filter that answers in place of a backend. */
export const REDIRECT = 'RequestRedirect'

// The CRD's own bounds (gateway-api apis/v1 httproute_types.go@v1.6.3).
const greatestWeight = 1_000_000

/** The rules that name this Service, one way for each match. */
export const routeWays = (view: ClusterView, route: HTTPRouteRecord, service: ServiceKey): readonly EntryWay[] =>
  waysOf(view, route, (backend) => serviceOfBackend(backend) === service)

/** Every backend of every match. */
export const allRouteWays = (view: ClusterView, route: HTTPRouteRecord): readonly EntryWay[] =>
  waysOf(view, route, () => true)

function waysOf(
  view: ClusterView,
  route: HTTPRouteRecord,
  keep: (backend: BackendRef) => boolean,
): readonly EntryWay[] {
  const attachment = attachmentOf(view, route)
  return route.rules.flatMap((rule, at) =>
    rule.backends.flatMap((backend, index) =>
      keep(backend)
        ? rule.matches.map((match, of) =>
            routeWay(view, { route, rule, backend, match, attachment, at: `${at}.${of}.${index}` }),
          )
        : [],
    ),
  )
}

type RouteAsked = {
  readonly route: HTTPRouteRecord
  readonly rule: RouteRule
  readonly backend: BackendRef
  readonly match: RouteMatch
  readonly attachment: Attachment
  readonly at: string
}

/** One backend of one match as a way in. */
export function routeWay(view: ClusterView, asked: RouteAsked): EntryWay {
  const { route, rule, backend, match, attachment, at } = asked
  const key = serviceOfBackend(backend)
  // Nobody asks the Service of a backend that redirects: neither it nor leave to name it need be there.
  const redirects = backend.filters.includes(REDIRECT)
  const to = key === undefined ? otherKind(backend) : backendOf(view, key, backend.port)
  const grant = granted(view, route, backend)
  const share = shareOf(rule, backend)
  return {
    entry: { kind: 'HTTPRoute', id: route.key },
    id: `HTTPRoute ${route.key} ${at}`,
    hosts: hostsOf(route, attachment),
    path: match.path,
    pathType: match.pathType,
    conditions: conditionsOf(match),
    className: '',
    through: attachment.attached.map(({ gateway, listener }) => ({
      gateway: gateway.key,
      listener: listener.name,
      port: listener.port,
      protocol: listener.protocol,
    })),
    addresses: [...new Set(attachment.attached.flatMap(({ gateway }) => gateway.addresses))],
    service: key ?? serviceKey(backend.namespace, backend.name),
    port: backend.port ?? '',
    servicePort: to.port?.port,
    weight: backend.weight,
    share,
    redirects,
    tls: attachment.attached.some(({ listener }) => listener.protocol === 'HTTPS'),
    broken: [
      ...(attachment.attached.length === 0 ? attachment.broken : []),
      ...(redirects ? [] : [...to.broken, ...grant.broken]),
      ...weightBroken(rule, backend),
    ],
    notes: [
      ...attachment.notes,
      ...(attachment.attached.length > 0 ? attachment.broken : []),
      ...(redirects ? [] : [...to.notes, ...grant.notes]),
      ...filterNotes(rule, backend),
      ...(match.pathType === 'RegularExpression' ? [say('entry-path-own')] : []),
    ],
  }
}

// Those it serves where it is attached; elsewhere those it names itself, if any: its listeners would say the rest.
const hostsOf = ({ hostnames }: HTTPRouteRecord, { attached }: Attachment): readonly string[] =>
  attached.length === 0 ? hostnames : [...new Set(attached.flatMap(({ hosts }) => hosts))]

/** Of the requests that the rule takes: its weight over all of them; undefined where a weight is none. */
function shareOf({ backends }: RouteRule, { weight }: BackendRef): number | undefined {
  if (backends.some((one) => !isWeight(one.weight))) return undefined
  const sum = backends.reduce((all, one) => all + one.weight, 0)
  return sum === 0 ? 0 : weight / sum
}

const isWeight = (weight: number) => Number.isInteger(weight) && weight >= 0 && weight <= greatestWeight

function weightBroken(rule: RouteRule, backend: BackendRef): readonly Reason[] {
  if (!isWeight(backend.weight)) return [say('entry-weight-invalid', { weight: backend.weight })]
  return rule.backends.every(({ weight }) => weight === 0) ? [say('entry-weights-zero')] : []
}

const otherKind = ({ group, kind, name }: BackendRef) => ({
  port: undefined,
  broken: [],
  notes: [say('entry-backend-kind', { kind: group === '' ? kind : `${kind}.${group}`, name })],
})

type Said = { readonly broken: readonly Reason[]; readonly notes: readonly Reason[] }

function granted(view: ClusterView, { namespace }: HTTPRouteRecord, to: BackendRef): Said {
  const answer = mayName(view, { group: GATEWAY_GROUP, kind: 'HTTPRoute', namespace }, to)
  const values = { service: `${to.namespace}/${to.name}`, namespace: to.namespace, from: namespace }
  if (answer === 'no') return { broken: [say('entry-grant-missing', values)], notes: [] }
  return { broken: [], notes: answer === 'unknown' ? [say('entry-grant-not-known', values)] : [] }
}

function conditionsOf({ method, headers, queryParams }: RouteMatch): readonly Reason[] {
  return [
    ...(method === undefined ? [] : [say('entry-when-method', { method })]),
    ...headers.map((name) => say('entry-when-header', { name })),
    ...queryParams.map((name) => say('entry-when-query', { name })),
  ]
}

function filterNotes(rule: RouteRule, backend: BackendRef): readonly Reason[] {
  const changing = [...new Set([...rule.filters, ...backend.filters])].filter((one) => one !== REDIRECT)
  return [
    ...(rule.filters.includes(REDIRECT) ? [say('entry-redirect-and-backends')] : []),
    ...(backend.filters.includes(REDIRECT) ? [say('entry-backend-redirects')] : []),
    ...(changing.length === 0 ? [] : [say('entry-filters', { filters: changing.join(', ') })]),
  ]
}

const say = (code: string, values: Reason['values'] = {}): Reason => ({ code, values })
