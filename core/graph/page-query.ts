// What a page shows, as its URL says it. The page and GET /api/view.json read the same parameters with this one parser, so a
// copied URL and a script see the same thing. A bad value never loses the rest: it is left out and noted.

import { parseIp } from '../model/ip'
import type { Reason } from '../model/reason'
import type { IpFamily, Protocol } from '../model/records'
import { type InspectorTab, tabsOf } from './page-tabs'
import type { PartKey } from './types'
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

type NamespacedRef = {
  readonly kind: 'Service' | 'Pod' | 'EndpointSlice'
  readonly namespace: string
  readonly name: string
}
type NodeRef = { readonly kind: 'Node'; readonly name: string }

/** The object the page is about. */
export type FocusRef = NamespacedRef | NodeRef
/** Where a connection starts. */
export type SourceRef = (NamespacedRef & { readonly kind: 'Pod' }) | NodeRef

/** A connection that comes from outside the cluster: at this node, or wherever a load balancer sends it. */
export type OutsideRef = { readonly node: string | undefined }

/** What a connection is sent to, as a client writes it: a name or an address, and a port number. */
export type DestinationRef = {
  readonly host: string
  readonly port: number
  readonly protocol: Protocol
  /** A request for a path of the host, which an Ingress or a Gateway takes. */
  readonly url?: { readonly scheme: 'http' | 'https'; readonly path: string }
}

/** By which of a Service's addresses a connection comes. */
export type WayRef = 'cluster-ip' | 'load-balancer-ip' | 'external-ip' | 'node-port'

export type PortRef = { readonly name: string; readonly protocol: Protocol }

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
}

export type PageQueryNote = Reason & {
  readonly code:
    | 'query-unknown'
    | 'query-bad-value'
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
}

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
      notes.push({ code: 'query-bad-value', values: { parameter, value, expected: form } })
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
  }
  return { query, notes }
}

/** The parameters that parse to this query again, defaults left out, in one order. */
export function formatPageQuery(query: PageQuery): [Parameter, string][] {
  const pairs: [Parameter, string][] = [
    ['view', query.view === 'map' ? '' : query.view],
    ['focus', query.focus ? formatRef(query.focus) : ''],
    ['from', query.from ? formatRef(query.from) : ''],
    ['outside', query.outside ? (query.outside.node ?? ANYWHERE) : ''],
    ['client', query.client ?? ''],
    ['to', query.to ? formatDestination(query.to) : ''],
    ['port', query.port ? `${query.port.name}/${query.port.protocol}` : ''],
    ['way', query.way ?? ''],
    ['family', query.family ?? ''],
    ['ns', query.namespaces.join(',')],
    ['label', query.labels.map(([key, value]) => `${key}=${value}`).join(',')],
    ['workload', query.workload ? formatWorkloadRef(query.workload) : ''],
    ['q', query.text],
    ['tab', query.tab ?? ''],
  ]
  return pairs.filter(([, value]) => value !== '')
}

/** `Service:shop/cart`, `Node:node-7`. */
export function formatRef(ref: FocusRef): string {
  return ref.kind === 'Node' ? `Node:${ref.name}` : `${ref.kind}:${ref.namespace}/${ref.name}`
}

/**
 * The parts a page needs. A pod or a slice travels inside the parts of its Services, which the overview knows: hand in what it
 * says (`namespace/name` of the Services, the pod's node), or nothing while it is not loaded.
 */
export function partsOfQuery(
  query: PageQuery,
  known: { services: readonly string[]; nodeName: string | null } = { services: [], nodeName: null },
): PartKey[] {
  const parts = new Set<PartKey>(['overview', 'status'])
  const { focus, from } = query
  if (focus?.kind === 'Service') parts.add(`service/${focus.namespace}/${focus.name}`)
  if (focus?.kind === 'Node') parts.add(`node/${focus.name}`)
  if (focus?.kind === 'Pod' || focus?.kind === 'EndpointSlice') {
    for (const service of known.services) parts.add(`service/${service}`)
    if (known.nodeName !== null) parts.add(`node/${known.nodeName}`)
  }
  if (from?.kind === 'Node') parts.add(`node/${from.name}`)
  return [...parts]
}

const ANYWHERE = '*'
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
const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP']
const parameters = [
  ...['view', 'focus', 'from', 'outside', 'client', 'to'],
  ...['port', 'way', 'family', 'ns', 'label', 'workload', 'q', 'tab'],
] as const
type Parameter = (typeof parameters)[number]

// Shown as the form a value must have; data, not a sentence.
const expected: Readonly<Record<Parameter, string>> = {
  view: 'map|services|nodes|problems|explain|rules|addresses|entries|cost',
  focus: 'Service:namespace/name|Node:name|Pod:namespace/name|EndpointSlice:namespace/name',
  from: 'Pod:namespace/name|Node:name',
  outside: '*|node',
  client: 'address',
  to: 'host:port|host:port/UDP|https://host/path',
  port: 'name/TCP|name/UDP|name/SCTP',
  way: 'cluster-ip|load-balancer-ip|external-ip|node-port',
  family: 'IPv4|IPv6',
  ns: 'namespace,namespace',
  label: 'key=value,key=value',
  workload: 'Kind/namespace/name',
  q: 'text',
  tab: 'name',
}

function isParameter(name: string): name is Parameter {
  return parameters.some((parameter) => parameter === name)
}

function parseFocus(value: string): FocusRef | undefined {
  const colon = value.indexOf(':')
  const kind = value.slice(0, colon)
  const rest = value.slice(colon + 1)
  if (kind === 'Node') return isName(rest) ? { kind, name: rest } : undefined
  if (kind !== 'Service' && kind !== 'Pod' && kind !== 'EndpointSlice') return undefined
  const [namespace, name, ...more] = rest.split('/')
  if (namespace === undefined || name === undefined || more.length > 0) return undefined
  return isName(namespace) && isName(name) ? { kind, namespace, name } : undefined
}

function parseSource(value: string): SourceRef | undefined {
  const ref = parseFocus(value)
  if (ref?.kind === 'Node') return ref
  return ref?.kind === 'Pod' ? { kind: 'Pod', namespace: ref.namespace, name: ref.name } : undefined
}

function parseOutside(value: string): OutsideRef | undefined {
  if (value === ANYWHERE) return { node: undefined }
  return isName(value) ? { node: value } : undefined
}

/** `http://host/path`, `host:port`, `[IPv6]:port`, with `/UDP` or `/SCTP` behind it if it is not TCP; undefined when it is neither. */
export function parseDestination(value: string): DestinationRef | undefined {
  if (/^https?:\/\//i.test(value)) return parseUrl(value)
  const [, bracketed, plain, digits, given = 'TCP'] =
    /^(?:\[([0-9a-fA-F:.]{2,45})\]|([^\s:/,[\]]{1,253})):(\d{1,5})(?:\/([A-Z]{3,4}))?$/.exec(value) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  const protocol = protocols.find((one) => one === given)
  if (host === undefined || protocol === undefined || port < 1 || port > 65_535) return undefined
  if (bracketed !== undefined && parseIp(bracketed)?.family !== 'IPv6') return undefined
  return { host: parseIp(host)?.text ?? host, port, protocol }
}

const portOf = (scheme: 'http' | 'https') => (scheme === 'https' ? 443 : 80)

// Neither a query nor a fragment decides which rule takes a request.
function parseUrl(value: string): DestinationRef | undefined {
  const [, given = '', host = '', digits, path = '/'] =
    /^(https?):\/\/([^\s:/?#@[\]]{1,253})(?::(\d{1,5}))?(\/[^\s?#]{0,1000})?(?:[?#]\S*)?$/i.exec(value) ?? []
  const scheme = given.toLowerCase() === 'https' ? 'https' : 'http'
  const port = digits === undefined ? portOf(scheme) : Number(digits)
  if (host === '' || port < 1 || port > 65_535) return undefined
  return { host: host.toLowerCase(), port, protocol: 'TCP', url: { scheme, path } }
}

/** The form that `parseDestination` reads. */
export function formatDestination({ host, port, protocol, url }: DestinationRef): string {
  if (url) return `${url.scheme}://${host}${port === portOf(url.scheme) ? '' : `:${port}`}${url.path}`
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return protocol === 'TCP' ? address : `${address}/${protocol}`
}

/** `name/PROTOCOL`; the name of a Service's only port may be empty: `/TCP`. */
export function parsePort(value: string): PortRef | undefined {
  const slash = value.lastIndexOf('/')
  const protocol = protocols.find((one) => one === value.slice(slash + 1))
  const name = value.slice(0, Math.max(slash, 0))
  return slash >= 0 && protocol && !name.includes('/') ? { name, protocol } : undefined
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

// Kubernetes names hold neither of the separators used here; what else they may hold is the API server's business.
function isName(name: string): boolean {
  return name.length > 0 && name.length <= 253 && !/[/,:\s]/.test(name)
}
