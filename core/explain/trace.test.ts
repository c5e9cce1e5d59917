// explain against packets followed through the rules that the real iptables proxier wrote: to every address of the Service, from a
// pod, the node, another node and outside.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { parseObject } from '../model/from-api'
import { nodeKey, podKey } from '../model/keys'
import type { IpFamily, Kind, RecordOf } from '../model/records'
import { servicePorts } from '../proxy/service-port'
import { iptablesBase } from '../rules/iptables/base'
import { predictIptables } from '../rules/iptables/predict'
import { ruleInputOf } from '../rules/rule-input'
import { pod } from '../testing/builders'
import { type Packet, type Ruleset, readRules, trace } from '../testing/iptables-trace'
import { explain } from './explain'
import type { Flow, FlowSource } from './flow'

type Input = {
  readonly service: unknown
  readonly endpointSlices: readonly unknown[]
  readonly node: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
  readonly ipFamily: IpFamily
}
type Rules = { readonly name: string; readonly ipFamily: IpFamily; readonly rules: readonly string[] }

const file = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${name}`, import.meta.url), 'utf8'))
const dumps: { meta: { base: Record<IpFamily, readonly string[]> }; vectors: readonly Rules[] } =
  file('iptables-rules.json')
type Named = { readonly name: string; readonly input: Input }
const inputs = new Map<string, Input>(
  file('proxy-topology-hand.json').vectors.map((one: Named) => [one.name, one.input]),
)
const random: readonly Named[] = file('proxy-topology-random.json').vectors

const ADDRESSES = {
  IPv4: { node: '192.168.0.2', other: '192.168.0.3', outside: '198.51.100.77', pod: '10.250.0.9', cidr: '10.0.0.0/8' },
  IPv6: {
    node: 'fd00:ffff::2',
    other: 'fd00:ffff::3',
    outside: '2001:db8:77::1',
    pod: 'fd00:10::250:9',
    cidr: 'fd00:10::/64',
  },
} as const

function record<K extends Kind>(kind: K, raw: unknown): RecordOf<K> {
  const parsed = parseObject(kind, raw, { requireUid: false })
  if (!parsed.ok) throw new Error(`${kind} ${parsed.reject.field}`)
  return parsed.record
}

// The base of the dump stands below the Service's rules in every chain.
function rulesOf({ rules, ipFamily }: Rules) {
  let table = ''
  const base = dumps.meta.base[ipFamily].flatMap((line) => {
    if (line.startsWith('*')) table = line.slice(1)
    return line.startsWith('-A') ? [`${table} ${line}`] : []
  })
  return readRules([...rules, ...base])
}

const SOURCES = ['pod', 'node', 'other', 'outside'] as const

function viewOf({ service, endpointSlices, node, ipFamily }: Input) {
  const at = ADDRESSES[ipFamily]
  const addressed = (address: string) => ({ addresses: [{ type: 'InternalIP', address }] })
  const proxyArgs = ['kube-proxy', '--proxy-mode=iptables', `--cluster-cidr=${at.cidr}`]
  const system = { namespace: 'kube-system', podIPs: [], labels: {} }
  const owner = record('Service', service)
  const records = [
    owner,
    ...endpointSlices.map((slice) => record('EndpointSlice', slice)),
    record('Node', { metadata: node, status: addressed(at.node) }),
    record('Node', { metadata: { name: 'other' }, status: addressed(at.other) }),
    pod({ ...system, name: 'kube-proxy', nodeName: node.name, proxyArgs }),
    pod({ namespace: 'probe', name: 'pod', nodeName: node.name, podIPs: [at.pod], labels: {} }),
  ]
  const kinds: readonly Kind[] = ['Service', 'EndpointSlice', 'Node', 'Pod', 'Namespace', 'ConfigMap', 'DaemonSet']
  const store = createClusterStore()
  store.apply([
    ...records.map((one): ClusterEvent => ({ type: 'put', record: one })),
    ...kinds.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
  ])
  return { store, owner }
}

describe('[E6] [E8] [E9] packets through the real rules', () => {
  test.each(dumps.vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const input = inputs.get(vector.name)
    if (!input) throw new Error('the topology file has no such input')
    follow(input, rulesOf(vector))
  })
})

describe('[E6] [E8] [E9] packets through the rules as predicted', () => {
  test.each(random.map(({ name, input }) => [name, input] as const))('%s', (_, input) => {
    const { store, owner } = viewOf(input)
    const node = store.node(nodeKey(input.node.name))
    if (!node) throw new Error('there is a node')
    const { input: of } = ruleInputOf(store, node, input.ipFamily)
    const lines = [...predictIptables(of), ...iptablesBase(input.ipFamily, of.settings)]
    expect(of.services.map(({ service }) => service)).toEqual([owner])
    follow(input, readRules(lines.map(({ table, text }) => `${table} ${text}`)))
  })
})

function follow(input: Input, rules: Ruleset) {
  const { store, owner } = viewOf(input)
  const family = input.ipFamily
  const at = ADDRESSES[family]
  let packets = 0
  for (const facts of servicePorts(owner, family)) {
    const addresses = [
      { to: facts.clusterIP, port: facts.port },
      ...[...facts.externalIPs, ...facts.vips].map((to) => ({ to, port: facts.port })),
      ...(facts.nodePort === 0 ? [] : [{ to: at.node, port: facts.nodePort }]),
    ]
    for (const source of SOURCES) {
      for (const { to, port } of addresses) {
        // Another node's own packets meet these rules only at a node port.
        if (source === 'other' && to !== at.node) continue
        packets += 1
        const packet: Packet = {
          from: at[source],
          to,
          port,
          protocol: facts.protocol.toLowerCase(),
          local: [at.node],
        }
        const flow: Flow = {
          source: sourceOf(source, input.node.name, at.outside),
          destination: { kind: 'address', address: to, port },
          protocol: facts.protocol,
          family,
        }
        const real = trace(rules, packet)
        const found = explain(store, flow)
        const chosen = found.endpoints.filter((one) => one.chosen).map(({ key }) => key)
        const masquerade = found.verdict !== 'forward' ? 'none' : found.sourceAddress.seen === 'node' ? 'all' : 'none'
        const about = `${source} → ${to}:${port}`
        expect([about, found.verdict, chosen.sort(), masquerade]).toEqual([
          about,
          real.verdict,
          real.endpoints,
          real.masquerade,
        ])
      }
    }
  }
  expect(packets > 0).toBe(servicePorts(owner, family).length > 0)
}

function sourceOf(source: (typeof SOURCES)[number], node: string, outside: string): FlowSource {
  if (source === 'pod') return { kind: 'pod', pod: podKey('probe', 'pod') }
  if (source === 'outside') return { kind: 'outside', at: nodeKey(node), address: outside }
  return { kind: 'node', node: nodeKey(source === 'node' ? node : 'other') }
}
