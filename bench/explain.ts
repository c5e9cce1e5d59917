// What an explanation costs: one connection to a Service of 5,000 endpoints, and all sources at once for 1,000 nodes and 1,000
// endpoints, in the cheapest and the dearest case (a Local policy makes every node decide for itself).

import { explain } from '../core/explain/explain'
import { matrix } from '../core/explain/matrix'
import { encodeMatrix } from '../core/explain/matrix-wire'
import { shownOf } from '../core/explain/shown'
import type { ClusterEvent } from '../core/model/events'
import { nodeKey, podKey, serviceKey } from '../core/model/keys'
import type { NetworkPolicyRecord, TrafficPolicy } from '../core/model/records'
import { endpoint, namespace, networkPolicy, node, pod, service, slice } from '../core/testing/builders'
import { readKinds } from '../core/testing/kinds'
import { type ClusterStore, createClusterStore } from '../server/store/cluster-store'

const ROUNDS = 31
const ZONES = ['zone-a', 'zone-b', 'zone-c'] as const
const CART = serviceKey('shop', 'cart')

export type ExplainCost = {
  readonly what: string
  readonly milliseconds: number
  readonly allowed: number
  /** Of the JSON, where it is written and read too. */
  readonly kilobytes?: number
}

export function measureExplain(): readonly ExplainCost[] {
  const large = clusterOf({ nodes: 1000, endpoints: 5000, policy: 'Cluster' })
  const guarded = clusterOf({ nodes: 1000, endpoints: 5000, policy: 'Cluster', guarded: true })
  const wide = clusterOf({ nodes: 1000, endpoints: 1000, policy: 'Cluster' })
  const local = clusterOf({ nodes: 1000, endpoints: 1000, policy: 'Local' })
  const ask = (store: ClusterStore) =>
    matrix(store, { service: CART, port: 'http/TCP', family: 'IPv4', from: 'inside' })
  const encode = (store: ClusterStore) => {
    const made = ask(store)
    return made && encodeMatrix(made)
  }
  const source = { kind: 'pod', pod: podKey('shop', 'web') } as const
  const flow = { source, protocol: 'TCP', family: 'IPv4' } as const
  const byName = { ...flow, destination: { kind: 'service', service: CART, port: 'http' } } as const
  const fromNode = { ...byName, source: { kind: 'node', node: nodeKey('node-1') } } as const
  return [
    { what: 'explain, 5,000 endpoints, from a pod', milliseconds: median(() => explain(large, byName)), allowed: 5 },
    { what: 'explain, 5,000 endpoints, from a node', milliseconds: median(() => explain(large, fromNode)), allowed: 5 },
    { what: 'the same with 40 NetworkPolicies', milliseconds: median(() => explain(guarded, byName)), allowed: 5 },
    answer('the whole answer as JSON, there and back', () => explain(large, byName), 100),
    answer('what the page is sent of it', () => shownOf(explain(large, byName)), 10),
    answer('all sources of it', () => encode(large), 200),
    { what: 'matrix, 1,000 nodes × 1,000 endpoints', milliseconds: median(() => ask(wide)), allowed: 200 },
    { what: 'the same with internal policy Local', milliseconds: median(() => ask(local)), allowed: 200 },
  ]
}

export function explainTable(costs: readonly ExplainCost[]): string {
  const rows = costs.map(({ what, milliseconds, allowed, kilobytes }) => {
    const verdict = milliseconds <= allowed ? 'ok' : 'over'
    const size = kilobytes === undefined ? '' : kilobytes.toFixed(0)
    return `| ${what} | ${milliseconds.toFixed(2)} | ${allowed} (${verdict}) | ${size} |`
  })
  return ['| what | median, ms | allowed, ms | kB |', '|---|---|---|---|', ...rows].join('\n')
}

// What the server and the browser both do for one answer, without the network and the drawing.
function answer(what: string, make: () => unknown, allowed: number): ExplainCost {
  const milliseconds = median(() => JSON.parse(JSON.stringify(make())))
  return { what, milliseconds, allowed, kilobytes: JSON.stringify(make()).length / 1000 }
}

type Size = {
  readonly nodes: number
  readonly endpoints: number
  readonly policy: TrafficPolicy
  readonly guarded?: boolean
}

function clusterOf({ nodes, endpoints, policy, guarded = false }: Size): ClusterStore {
  const events: ClusterEvent[] = readKinds.map((kind) => ({ type: 'synced', kind, scope: '' }))
  const put = (record: Extract<ClusterEvent, { type: 'put' }>['record']) => events.push({ type: 'put', record })
  const zoneOf = (index: number) => ZONES[index % ZONES.length]
  put(namespace({ name: 'shop' }))
  put(service({ internalTrafficPolicy: policy }))
  put(pod({ name: 'web', nodeName: 'node-1', podIPs: ['10.9.9.9'], labels: {} }))
  for (let index = 0; index < nodes; index++) {
    const name = `node-${index}`
    put(
      node({
        name,
        zone: zoneOf(index),
        addresses: [{ type: 'InternalIP', address: `10.1.${index >> 8}.${index & 255}` }],
      }),
    )
    const proxyArgs = ['kube-proxy', '--proxy-mode=iptables', '--cluster-cidr=10.0.0.0/8']
    put(
      pod({ namespace: 'kube-system', name: `kube-proxy-${index}`, nodeName: name, podIPs: [], labels: {}, proxyArgs }),
    )
  }
  for (let first = 0; first < endpoints; first += 100) {
    const list = Array.from({ length: Math.min(100, endpoints - first) }, (_, at) => {
      const index = first + at
      const zone = zoneOf(index)
      const targetRef = { kind: 'Pod', namespace: 'shop', name: `cart-${index}`, uid: '' }
      const place = { nodeName: `node-${index % nodes}`, zone, hintZones: zone === undefined ? [] : [zone], targetRef }
      const podIPs = [`10.2.${index >> 8}.${index & 255}`]
      // Labels as a StatefulSet's pods have them are no two alike.
      const labels = { app: 'cart', tier: 'web', index: String(index) }
      if (guarded) put(pod({ name: `cart-${index}`, nodeName: `node-${index % nodes}`, podIPs, labels }))
      return endpoint(`10.2.${index >> 8}.${index & 255}`, place)
    })
    put(slice({ name: `cart-${first}`, endpoints: list }))
  }
  if (guarded) for (const one of policies()) put(one)
  const store = createClusterStore()
  store.apply(events)
  return store
}

// Thirty-nine that do not let it in, and the last one does.
function policies(): readonly NetworkPolicyRecord[] {
  const none = { podSelector: undefined, namespaceSelector: undefined, ipBlock: undefined }
  const selecting = (labels: Record<string, string>) => ({ labels: new Map(Object.entries(labels)), expressions: [] })
  return Array.from({ length: 40 }, (_, at) =>
    networkPolicy({
      name: `policy-${String(at).padStart(2, '0')}`,
      podSelector: selecting({ app: 'cart' }),
      ingress: [
        {
          peers: [
            { ...none, podSelector: selecting({ team: `team-${at}` }) },
            { ...none, ipBlock: { cidr: at === 39 ? '10.0.0.0/8' : `192.0.2.${at}/32`, except: [] } },
          ],
          ports: [],
        },
      ],
    }),
  )
}

function median(run: () => unknown): number {
  for (let round = 0; round < 5; round++) run()
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  }).sort((a, b) => a - b)
  return times[Math.floor(ROUNDS / 2)] ?? 0
}
