// What a page shows, as its URL says it. The page and GET /api/view.json read the same parameters with this one parser, so a
// copied URL and a script see the same thing. A bad value never loses the rest: it is left out and noted.

import { parseIp } from '../model/ip'
import type { Reason } from '../model/reason'
import type { IpFamily } from '../model/records'
import {
  type DestinationRef,
  formatDestination,
  formatPort,
  type PortRef,
  parseDestination,
  parsePort,
} from './page-destination'
import {
  type FocusRef,
  formatOutside,
  formatRef,
  isName,
  type OutsideRef,
  parseFocus,
  parseOutside,
  parseSource,
  type SourceRef,
} from './page-refs'
import { formatSum, type PageSum, parseSum } from './page-sum'
import { type InspectorTab, tabsOf } from './page-tabs'
import { formatWorkloadRef, parseWorkloadRef, type WorkloadRef } from './workload-ref'

export type PageView =
  | 'map'
  | 'services'
  | 'nodes'
  | 'problems'
  | 'explain'
  | 'rules'
  | 'addresses'
  | 'entries'
  | 'cost'

/** By which of a Service's addresses a connection comes. */
export type WayRef = 'cluster-ip' | 'load-balancer-ip' | 'external-ip' | 'node-port'

export type PageQuery = {
  readonly view: PageView
  readonly focus: FocusRef | undefined
  readonly from: SourceRef | undefined
  /** Stands before `from` where a connection is explained. */
  readonly outside: OutsideRef | undefined
  /** Address of the client outside; source ranges ask for it. */
  readonly client: string | undefined
  /** Stands before the focused Service where a connection is explained. */
  readonly to: DestinationRef | undefined
  readonly port: PortRef | undefined
  /** Undefined: the one a client there takes, if it is to be chosen. */
  readonly way: WayRef | undefined
  readonly family: IpFamily | undefined
  /** Empty: every namespace. */
  readonly namespaces: readonly string[]
  /** All must match. */
  readonly labels: readonly (readonly [key: string, value: string])[]
  /** Only its pods, the Services that list one, and the nodes that hold one. */
  readonly workload: WorkloadRef | undefined
  /** Text the lists are searched by. */
  readonly text: string
  /** Tab of the inspector, one that the kind in focus has. */
  readonly tab: InspectorTab | undefined
  /** A name that is looked up in the pod in focus; '' when none is. */
  readonly lookUp: string
  /** Figures of the cost page; undefined: as it begins. */
  readonly sum: PageSum | undefined
}

export type PageQueryNote = Reason & {
  readonly code:
    | 'query-unknown'
    | 'query-bad-value'
    | 'query-bad-destination'
    | 'query-repeated'
    | 'query-not-found'
    | 'query-source-without-node'
    | 'query-empty-namespace'
    | 'query-no-such-way'
    | 'query-too-large'
}

export const emptyPageQuery: PageQuery = {
  view: 'map',
  focus: undefined,
  from: undefined,
  outside: undefined,
  client: undefined,
  to: undefined,
  port: undefined,
  way: undefined,
  family: undefined,
  namespaces: [],
  labels: [],
  workload: undefined,
  text: '',
  tab: undefined,
  lookUp: '',
  sum: undefined,
}

/** Letters of a name that may be looked up: more than any name has, so that one too long is answered. */
export const LONGEST_LOOK_UP = 300

type Params = Iterable<readonly [name: string, value: string]>

/** Reads the parameters of a page (a URLSearchParams is one). Notes say which were left out and why. */
export function parsePageQuery(params: Params): { query: PageQuery; notes: PageQueryNote[] } {
  const given = new Map<string, string>()
  const notes: PageQueryNote[] = []
  for (const [parameter, value] of params) {
    if (!isParameter(parameter)) notes.push({ code: 'query-unknown', values: { parameter } })
    else if (given.has(parameter)) notes.push({ code: 'query-repeated', values: { parameter, value } })
    else given.set(parameter, value)
  }
  const read = <T>(
    parameter: Parameter,
    parse: (value: string) => T | undefined,
    form = expected[parameter],
  ): T | undefined => {
    const value = given.get(parameter)
    if (value === undefined || value === '') return undefined
    const parsed = parse(value)
    if (parsed === undefined) {
      const code = parameter === 'to' ? 'query-bad-destination' : 'query-bad-value'
      notes.push({ code, values: { parameter, value, expected: form } })
    }
    return parsed
  }
  const focus = read('focus', parseFocus)
  const tabs = tabsOf(focus?.kind)
  const query: PageQuery = {
    view: read('view', (value) => views.find((view) => view === value)) ?? 'map',
    focus,
    from: read('from', parseSource),
    outside: read('outside', parseOutside),
    client: read('client', (value) => parseIp(value)?.text),
    to: read('to', parseDestination),
    port: read('port', parsePort),
    way: read('way', (value) => ways.find((way) => way === value)),
    family: read('family', (value) => families.find((family) => family === value)),
    namespaces: read('ns', parseNamespaces) ?? [],
    labels: read('label', parseLabels) ?? [],
    workload: read('workload', parseWorkloadRef),
    text: read('q', (value) => value) ?? '',
    tab: read('tab', (value) => tabs.find((tab) => tab === value), tabs.join('|')),
    lookUp: read('name', (value) => (value.length <= LONGEST_LOOK_UP ? value : undefined)) ?? '',
    sum: read('sum', parseSum),
  }
  return { query, notes }
}

/** The parameters that parse to this query again, defaults left out, in one order. */
export function formatPageQuery(query: PageQuery): [Parameter, string][] {
  const pairs: [Parameter, string][] = [
    ['view', query.view === 'map' ? '' : query.view],
    ['focus', query.focus ? formatRef(query.focus) : ''],
    ['from', query.from ? formatRef(query.from) : ''],
    ['outside', query.outside ? formatOutside(query.outside) : ''],
    ['client', query.client ?? ''],
    ['to', query.to ? formatDestination(query.to) : ''],
    ['port', query.port ? formatPort(query.port) : ''],
    ['way', query.way ?? ''],
    ['family', query.family ?? ''],
    ['ns', query.namespaces.join(',')],
    ['label', query.labels.map(([key, value]) => `${key}=${value}`).join(',')],
    ['workload', query.workload ? formatWorkloadRef(query.workload) : ''],
    ['q', query.text],
    ['tab', query.tab ?? ''],
    ['name', query.lookUp],
    ['sum', formatSum(query.sum)],
  ]
  return pairs.filter(([, value]) => value !== '')
}

const views: readonly PageView[] = [
  'map',
  'services',
  'nodes',
  'problems',
  'explain',
  'rules',
  'addresses',
  'entries',
  'cost',
]
const ways: readonly WayRef[] = ['cluster-ip', 'load-balancer-ip', 'external-ip', 'node-port']
const families: readonly IpFamily[] = ['IPv4', 'IPv6']
const parameters = [
  ...['view', 'focus', 'from', 'outside', 'client', 'to'],
  ...['port', 'way', 'family', 'ns', 'label', 'workload', 'q', 'tab', 'name', 'sum'],
] as const
type Parameter = (typeof parameters)[number]

// Shown as the form a value must have; data, not a sentence.
const expected: Readonly<Record<Parameter, string>> = {
  view: 'map|services|nodes|problems|explain|rules|addresses|entries|cost',
  focus: 'Service:namespace/name|Node:name|Pod:namespace/name|EndpointSlice:namespace/name',
  from: 'Pod:namespace/name|Node:name',
  outside: '*|node',
  client: 'address',
  to: 'host|host:port|host:port/UDP|https://host/path',
  port: 'name/TCP|name/UDP|name/SCTP',
  way: 'cluster-ip|load-balancer-ip|external-ip|node-port',
  family: 'IPv4|IPv6',
  ns: 'namespace,namespace',
  label: 'key=value,key=value',
  workload: 'Kind/namespace/name',
  q: 'text',
  tab: 'name',
  name: 'name',
  sum: 'pods:1000,nodes:100,perSlice:100,changes:1,families:ipv4|ipv6|dual,limit:cut|uncut,encoding:protobuf|json,watchers:100',
}

function isParameter(name: string): name is Parameter {
  return parameters.some((parameter) => parameter === name)
}

function parseNamespaces(value: string): string[] | undefined {
  const names = value.split(',')
  return names.every(isName) ? [...new Set(names)] : undefined
}

function parseLabels(value: string): [string, string][] | undefined {
  const pairs: [string, string][] = []
  for (const item of value.split(',')) {
    const equals = item.indexOf('=')
    if (equals < 1) return undefined
    pairs.push([item.slice(0, equals), item.slice(equals + 1)])
  }
  return pairs
}
