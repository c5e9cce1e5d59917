// explain and matrix against the vectors of the real proxy: verdicts, candidates and probabilities agree with its categorisation.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { parseObject } from '../model/from-api'
import { nodeKey } from '../model/keys'
import type { IpFamily, Kind, Protocol, RecordOf } from '../model/records'
import { pod } from '../testing/builders'
import { explain } from './explain'
import { matrix } from './matrix'

type Expected = {
  readonly internal: string
  readonly external: string
  readonly internalPolicyLocal: boolean
  readonly externalPolicyLocal: boolean
  readonly clusterEndpoints: readonly string[]
  readonly localEndpoints: readonly string[]
  readonly nodePort?: number
}
type Vector = {
  readonly name: string
  readonly input: {
    readonly service: unknown
    readonly endpointSlices: readonly unknown[]
    readonly node: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
    readonly ipFamily: IpFamily
  }
  readonly expect?: Readonly<Record<string, Expected>>
}

const read = (file: string): readonly Vector[] =>
  JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${file}`, import.meta.url), 'utf8')).vectors

function record<K extends Kind>(kind: K, raw: unknown): RecordOf<K> {
  const parsed = parseObject(kind, raw, { requireUid: false })
  if (!parsed.ok) throw new Error(`${kind} ${parsed.reject.field}`)
  return parsed.record
}

const KINDS: readonly Kind[] = ['Service', 'EndpointSlice', 'Node', 'Pod', 'Namespace', 'ConfigMap', 'DaemonSet']

function viewOf({ service, endpointSlices, node, ipFamily }: Vector['input']) {
  const address = ipFamily === 'IPv4' ? '172.31.255.1' : 'fd00:ffff::1'
  const status = { addresses: [{ type: 'InternalIP', address }] }
  const proxyArgs = ['kube-proxy', '--proxy-mode=iptables', '--cluster-cidr=10.0.0.0/8']
  const store = createClusterStore()
  const owner = record('Service', service)
  const records = [
    owner,
    ...endpointSlices.map((slice) => record('EndpointSlice', slice)),
    record('Node', { metadata: node, status }),
    pod({ namespace: 'kube-system', name: 'kube-proxy', nodeName: node.name, podIPs: [], labels: {}, proxyArgs }),
  ]
  const synced = KINDS.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' }))
  store.apply([...records.map((one): ClusterEvent => ({ type: 'put', record: one })), ...synced])
  return { store, key: owner.key }
}

const all = [...read('proxy-topology-hand.json'), ...read('proxy-topology-random.json')]
const decided = all.filter(({ expect: wanted }) => wanted && Object.keys(wanted).length > 0)

test('there are vectors to compare with', () => {
  expect(decided.length).toBeGreaterThan(200)
})

test.each(decided.map((vector) => [vector.name, vector] as const))('[E14] %s', (_, { input, expect: wanted = {} }) => {
  const { store, key } = viewOf(input)
  const source = { kind: 'node', node: nodeKey(input.node.name) } as const
  const family = input.ipFamily
  for (const [port, of] of Object.entries(wanted)) {
    const protocol = port.slice(port.lastIndexOf('/') + 1) as Protocol
    const name = port.slice(0, port.lastIndexOf('/'))
    const inside = explain(store, {
      source,
      destination: { kind: 'service', service: key, port: name },
      protocol,
      family,
    })
    const internal = of.internalPolicyLocal ? of.localEndpoints : of.clusterEndpoints
    expect(inside.verdict).toBe(of.internal)
    agrees(inside.endpoints, of.internal === 'forward' ? internal : [])

    const found = matrix(store, { service: key, port, family, from: 'inside' })
    const keys = [...(found?.groups[0]?.candidates ?? [])].map((at) => found?.endpoints[at]?.key)
    expect(keys).toEqual(of.internal === 'forward' ? internal : [])

    if (of.nodePort === undefined) continue
    const outside = explain(store, {
      source: { kind: 'outside', at: undefined, address: undefined },
      destination: { kind: 'node-port', node: source.node, port: of.nodePort },
      protocol,
      family,
    })
    const drops = of.external === 'drop-unless-short-circuited'
    expect(outside.verdict).toBe(drops ? 'drop' : of.external)
    const external = of.externalPolicyLocal ? of.localEndpoints : of.clusterEndpoints
    agrees(outside.endpoints, of.external === 'forward' ? external : [])
    const own = explain(store, { ...outside.flow, source })
    expect(own.verdict).toBe(drops ? 'forward' : of.external)
    agrees(own.endpoints, own.verdict === 'forward' ? of.clusterEndpoints : [])
  }
})

type Judged = { readonly key: string; readonly chosen: boolean; readonly probability: number | undefined }

function agrees(endpoints: readonly Judged[], keys: readonly string[]) {
  const chosen = endpoints.filter((one) => one.chosen)
  expect(chosen.map(({ key }) => key)).toEqual(keys)
  for (const one of endpoints) expect(one.probability).toBe(one.chosen ? 1 / keys.length : 0)
}
