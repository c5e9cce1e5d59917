// API objects for tests of core/proxy and core/slices: only the fields that matter in a row, through the one door.

import { parseObject } from '../model/from-api'
import type {
  EndpointSliceRecord,
  IpFamily,
  Kind,
  NodeRecord,
  PodRecord,
  RecordOf,
  ServiceRecord,
} from '../model/records'
import type { PortQuery } from './endpoints'

type Raw = Readonly<Record<string, unknown>>

/** A raw API object as a record; a malformed one is a mistake of the test. */
export function record<K extends Kind>(kind: K, raw: Raw): RecordOf<K> {
  const parsed = parseObject(kind, raw, { requireUid: false })
  if (parsed.ok) return parsed.record
  throw new Error(`${kind}: ${parsed.reject.field} ${parsed.reject.code}`)
}

/** Service shop/cart with an unnamed port 80; `extra` may hold `labels`, `annotations` and `status`. */
export function service(spec: Raw = {}, extra: Raw = {}): ServiceRecord {
  const { status, ...metadata } = extra
  const defaults = { clusterIP: '10.96.0.10', clusterIPs: ['10.96.0.10'], ipFamilies: ['IPv4'], ports: [{ port: 80 }] }
  const identity = { name: 'cart', namespace: 'shop', uid: 'svc-uid' }
  return record('Service', { metadata: { ...identity, ...metadata }, spec: { ...defaults, ...spec }, status })
}

/** Slice shop/cart-1 of shop/cart with the unnamed port 8080. */
export function slice(endpoints: readonly Raw[], extra: Raw = {}): EndpointSliceRecord {
  const { name = 'cart-1', namespace = 'shop', labels = {}, ...rest } = extra
  const allLabels = { 'kubernetes.io/service-name': 'cart', ...(labels as Raw) }
  return record('EndpointSlice', {
    metadata: { name, namespace, labels: allLabels },
    addressType: 'IPv4',
    ports: [{ name: '', port: 8080 }],
    endpoints,
    ...rest,
  })
}

export const cartPort = (family: IpFamily = 'IPv4'): PortQuery => ({
  namespace: 'shop',
  service: 'cart',
  family,
  port: { name: '', protocol: 'TCP' },
})

/** Endpoint on 10.0.0.`last`. `state` is ready, not-ready, serving-terminating or terminating. */
export function endpoint(last: number, state: keyof typeof STATES = 'ready', extra: Raw = {}): Raw {
  return { addresses: [`10.0.0.${last}`], conditions: STATES[state], ...extra }
}

const STATES = {
  ready: { ready: true, serving: true, terminating: false },
  'not-ready': { ready: false, serving: false, terminating: false },
  'serving-not-ready': { ready: false, serving: true, terminating: false },
  'serving-terminating': { ready: false, serving: true, terminating: true },
  terminating: { ready: false, serving: false, terminating: true },
} as const

/** Where an endpoint stands: node, its zone, and hints. */
export const on = (nodeName: string, zones: readonly string[] = [], nodes: readonly string[] = []): Raw => ({
  nodeName,
  hints: { forZones: zones.map((name) => ({ name })), forNodes: nodes.map((name) => ({ name })) },
})

/** Ready node with 4 CPU; `labels` may add to its zone. */
export function node(
  name: string,
  zone?: string,
  extra: { labels?: Raw; cpu?: string; ready?: string } = {},
): NodeRecord {
  const { labels = {}, cpu = '4', ready = 'True' } = extra
  const zoneLabel = zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone }
  return record('Node', {
    metadata: { name, labels: { ...zoneLabel, ...labels } },
    status: { allocatable: { cpu }, conditions: [{ type: 'Ready', status: ready }] },
  })
}

/** Running, ready pod shop/`name` on node-a; `pod.spec` and `pod.status` replace field by field. */
export function pod(
  name: string,
  ip: string | undefined,
  change: { spec?: Raw; status?: Raw; metadata?: Raw } = {},
): PodRecord {
  return record('Pod', {
    metadata: { name, namespace: 'shop', uid: `uid-${name}`, ...change.metadata },
    spec: { nodeName: 'node-a', ...change.spec },
    status: {
      phase: 'Running',
      podIPs: ip === undefined ? [] : [{ ip }],
      conditions: [{ type: 'Ready', status: 'True' }],
      ...change.status,
    },
  })
}

export const nodeMap = (...nodes: readonly NodeRecord[]) => new Map(nodes.map((one) => [one.key, one]))
