// explain in ipvs mode against the virtual servers that the real ipvs proxier set up: the candidates are their real servers.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { parseObject } from '../model/from-api'
import { joinHostPort } from '../model/ip'
import { nodeKey } from '../model/keys'
import type { IpFamily, Kind, Protocol, RecordOf } from '../model/records'
import { pod } from '../testing/builders'
import { explain } from './explain'

type Server = { readonly address: string; readonly port: number }
type Vector = {
  readonly name: string
  readonly ipFamily: IpFamily
  readonly nodeAddresses?: unknown
  readonly nodePortAddresses?: unknown
  readonly virtualServers: readonly (Server & {
    readonly protocol: Protocol
    readonly realServers: readonly Server[]
  })[]
}
type Input = {
  readonly service: unknown
  readonly endpointSlices: readonly unknown[]
  readonly node: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
}

const file = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${name}`, import.meta.url), 'utf8')).vectors
const inputs = new Map<string, Input>(
  file('proxy-topology-hand.json').map((one: { name: string; input: Input }) => [one.name, one.input]),
)
const plain: readonly Vector[] = file('ipvs-rules.json').filter(
  ({ nodeAddresses, nodePortAddresses }: Vector) => nodeAddresses === undefined && nodePortAddresses === undefined,
)
const KINDS: readonly Kind[] = ['Service', 'EndpointSlice', 'Node', 'Pod', 'Namespace', 'ConfigMap', 'DaemonSet']

function record<K extends Kind>(kind: K, raw: unknown): RecordOf<K> {
  const parsed = parseObject(kind, raw, { requireUid: false })
  if (!parsed.ok) throw new Error(`${kind} ${parsed.reject.field}`)
  return parsed.record
}

function viewOf({ service, endpointSlices, node }: Input, family: IpFamily) {
  const address = family === 'IPv4' ? '192.168.0.2' : 'fd00:ffff::2'
  const proxyArgs = ['kube-proxy', '--proxy-mode=ipvs']
  const records = [
    record('Service', service),
    ...endpointSlices.map((slice) => record('EndpointSlice', slice)),
    record('Node', { metadata: node, status: { addresses: [{ type: 'InternalIP', address }] } }),
    pod({ namespace: 'kube-system', name: 'kube-proxy', nodeName: node.name, podIPs: [], labels: {}, proxyArgs }),
  ]
  const store = createClusterStore()
  store.apply([
    ...records.map((one): ClusterEvent => ({ type: 'put', record: one })),
    ...KINDS.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
  ])
  return store
}

test('there are virtual servers to compare with', () => {
  expect(plain.flatMap(({ virtualServers }) => virtualServers).length).toBeGreaterThan(200)
})

test.each(plain.map((vector, at) => [`${vector.name} ${at}`, vector] as const))('[E5] ipvs %s', (_, vector) => {
  const input = inputs.get(vector.name)
  if (!input) throw new Error('the topology file has no such input')
  const store = viewOf(input, vector.ipFamily)
  for (const { address, port, protocol, realServers } of vector.virtualServers) {
    const found = explain(store, {
      source: { kind: 'node', node: nodeKey(input.node.name) },
      destination: { kind: 'address', address, port },
      protocol,
      family: vector.ipFamily,
    })
    const wanted = realServers.map((server) => joinHostPort(server.address, server.port)).sort()
    const about = `${address}:${port} ${found.sentence.code}`
    // Source ranges are asked before the virtual server: the node's own address may be in none of them.
    if (found.sentence.code === 'explain-drop-source-ranges') continue
    expect([about, found.endpoints.flatMap(({ key, chosen }) => (chosen ? [key] : [])).sort()]).toEqual([about, wanted])
    expect(found.verdict).toBe(wanted.length > 0 ? 'forward' : 'reject')
  }
})
