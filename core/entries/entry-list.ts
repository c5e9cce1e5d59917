// Every Ingress, route and Gateway, the broken ones first: what a person looks through, or finds by a name or a host.

import type { ClusterView } from '../model/cluster-view'
import type { ServiceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { GatewayRecord, HTTPRouteRecord, IngressRecord, RouteRule } from '../model/records-entries'
import { attachmentOf, gatewayState } from './attach'
import { notKnownOf } from './entries-of'
import { ingressWay, rulesOf } from './ingress-ways'
import { namedByIngress, namedByRoute } from './named'
import { allRouteWays } from './route-ways'
import type { EntryRef, EntryWay } from './types'

export type EntryRow = EntryRef & {
  /** That it serves, or would if a Gateway let it in; '' is every host. */
  readonly hosts: readonly string[]
  /** The class, or the Gateways that let it in. */
  readonly by: readonly string[]
  readonly rules: number
  /** That its rules name, whether or not they are there. */
  readonly services: readonly ServiceKey[]
  readonly broken: readonly Reason[]
}

export type EntryList = {
  /** The first of them. */
  readonly rows: readonly EntryRow[]
  readonly count: number
  readonly broken: number
  readonly notKnown: readonly Reason[]
  /** No Gateway API here. */
  readonly withoutGateways: boolean
}

const MOST = 200
const MOST_NAMES = 20

/** Rows of which the name, a host or a Service has `text` in it; all of them for ''. */
export function entryList(view: ClusterView, text: string, most = MOST): EntryList {
  const asked = text.trim().toLowerCase()
  const all = rowsOf(view).filter((row) => wordsOf(row).some((word) => word.includes(asked)))
  const broken = all.filter((row) => row.broken.length > 0)
  return {
    rows: [...broken, ...all.filter((row) => row.broken.length === 0)].slice(0, most).map(cut),
    count: all.length,
    broken: broken.length,
    notKnown: notKnownOf(view, undefined),
    withoutGateways: view.coverage('Gateway') === 'unserved' && view.coverage('HTTPRoute') === 'unserved',
  }
}

const wordsOf = ({ kind, id, hosts, services }: EntryRow): readonly string[] =>
  [id, `${kind} ${id}`, ...hosts, ...services].map((word) => word.toLowerCase())

const cut = (row: EntryRow): EntryRow => ({
  ...row,
  hosts: row.hosts.slice(0, MOST_NAMES),
  services: row.services.slice(0, MOST_NAMES),
  broken: row.broken.slice(0, MOST_NAMES),
})

const rowsOf = (view: ClusterView): readonly EntryRow[] => [
  ...[...view.entries('Ingress')].map((one) => ingressRow(view, one)),
  ...[...view.entries('Gateway')].map((one) => gatewayRow(view, one)),
  ...[...view.entries('HTTPRoute')].map((one) => routeRow(view, one)),
]

function ingressRow(view: ClusterView, ingress: IngressRecord): EntryRow {
  const ways = rulesOf(ingress).map((rule) => ingressWay(view, ingress, rule))
  return {
    kind: 'Ingress',
    id: ingress.key,
    hosts: unique(ways.flatMap(({ hosts }) => hosts)),
    by: ways[0] && ways[0].className !== '' ? [ways[0].className] : [],
    rules: ways.length,
    services: namedByIngress(ingress),
    broken: reasonsOf(ways),
  }
}

function routeRow(view: ClusterView, route: HTTPRouteRecord): EntryRow {
  const { attached, broken } = attachmentOf(view, route)
  const isIn = attached.length > 0
  return {
    kind: 'HTTPRoute',
    id: route.key,
    hosts: isIn ? unique(attached.flatMap(({ hosts }) => hosts)) : route.hostnames,
    by: unique(attached.map(({ gateway }) => gateway.key)),
    rules: route.rules.length,
    services: namedByRoute(route),
    broken: reasonsOf([{ broken: isIn ? [] : broken }, ...allRouteWays(view, route), ...route.rules.map(emptyRule)]),
  }
}

// Filters may answer instead of a backend, a redirect does.
const emptyRule = ({ backends, filters }: RouteRule): Pick<EntryWay, 'broken'> => ({
  broken: backends.length + filters.length > 0 ? [] : [{ code: 'entry-without-backend', values: {} }],
})

function gatewayRow(view: ClusterView, gateway: GatewayRecord): EntryRow {
  return {
    kind: 'Gateway',
    id: gateway.key,
    hosts: unique(gateway.listeners.map(({ hostname }) => hostname)),
    by: [gateway.className],
    rules: gateway.listeners.length,
    services: [],
    broken: gatewayState(view, gateway).broken,
  }
}

function reasonsOf(ways: readonly Pick<EntryWay, 'broken'>[]): readonly Reason[] {
  const found = new Map<string, Reason>()
  for (const { broken } of ways) for (const reason of broken) found.set(JSON.stringify(reason), reason)
  return [...found.values()]
}

const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)]
