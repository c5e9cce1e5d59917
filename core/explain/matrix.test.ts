import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { nodeKey, serviceKey } from '../model/keys'
import type { ClusterRecord, Kind } from '../model/records'
import { labelled, rule } from '../policy/testing'
import {
  service as cart,
  configMap,
  endpoint,
  endpointOf,
  networkPolicy,
  node,
  pod,
  servicePort,
  slice,
} from '../testing/builders'
import { clusterEvents, endpoints, flow, type Mode, nodes } from '../testing/small-cluster'
import { explain } from './explain'
import { matrix } from './matrix'

const query = { service: serviceKey('shop', 'cart'), port: 'http/TCP', family: 'IPv4', from: 'inside' } as const
const cluster = (...of: Parameters<typeof clusterEvents>) => {
  const store = createClusterStore()
  store.apply(clusterEvents(...of))
  return store
}

const exposed = { type: 'NodePort', ports: [servicePort({ nodePort: 30080 })] } as const

function ask(service: Parameters<typeof cart>[0], list: string, of: { mode?: Mode; from?: 'inside' | 'outside' } = {}) {
  const view = cluster([...nodes(of.mode ?? 'iptables'), cart(service), endpoints(list)])
  const found = matrix(view, { ...query, from: of.from ?? 'inside' })
  if (!found) throw new Error('there is a Service')
  return found
}

const rows = (found: ReturnType<typeof ask>) =>
  found.zones.map((_, row) =>
    [...found.zoneShares.subarray(row * found.zones.length, (row + 1) * found.zones.length)].map((share) =>
      Number(share.toFixed(3)),
    ),
  )

describe('[E13] all sources at once', () => {
  test.each([
    [
      'hints keep to the zone',
      {},
      '1a+ 2b+',
      [
        [1, 0],
        [0, 1],
      ],
      [],
    ],
    [
      'without hints',
      {},
      '1a 2b 3b',
      [
        [0.333, 0.667],
        [0.333, 0.667],
      ],
      [],
    ],
    [
      'internal Local cuts a node off',
      { internalTrafficPolicy: 'Local' },
      '1a',
      [
        [1, 0],
        [0, 0],
      ],
      ['node-b'],
    ],
    [
      'nothing usable cuts everybody off',
      {},
      '1a!',
      [
        [0, 0],
        [0, 0],
      ],
      ['node-a', 'node-b'],
    ],
  ] as const)('%s', (_, service, list, shares, cut) => {
    const found = ask(service, list)
    expect(found.zones).toEqual(['zone-a', 'zone-b'])
    expect(rows(found)).toEqual(shares)
    expect(found.cut.flatMap((at) => found.groups[at]?.nodes ?? [])).toEqual(cut)
    expect([...found.zoneNodes]).toEqual([1, 1])
    expect([...found.zoneCut]).toEqual(['node-a', 'node-b'].map((name) => cut.filter((one) => one === name).length))
    const sum = [...found.endpointShares].reduce((all, share) => all + share, 0)
    expect(sum).toBeCloseTo(cut.length === 2 ? 0 : 1)
  })

  test('from outside, a Local policy cuts nodes off that pods still reach', () => {
    const service = { ...exposed, externalTrafficPolicy: 'Local' } as const
    expect(ask(service, '1a').cut).toEqual([])
    const outside = ask(service, '1a', { from: 'outside' })
    expect(outside.cut.map((at) => outside.groups[at]?.reason.code)).toEqual(['explain-drop-external-local'])
  })

  test('[P7] from outside, a node that answers for no external IP is cut off where there is no other way', () => {
    const service = { externalIPs: ['198.51.100.9'] } as const
    expect(ask(service, '1a', { from: 'outside' }).cut).toEqual([])
    const off = nodes('iptables').map((one) =>
      one.kind === 'Pod'
        ? { ...one, proxyArgs: [...(one.proxyArgs ?? []), '--feature-gates=AllowServiceExternalIPs=false'] }
        : one,
    )
    const found = (spec: object) =>
      matrix(cluster([...off, cart({ ...service, ...spec }), endpoints('1a')]), { ...query, from: 'outside' })
    const reasons = (made: ReturnType<typeof matrix>) => made?.cut.map((at) => made.groups[at]?.reason.code)
    expect(new Set(reasons(found({})))).toEqual(new Set(['explain-external-ips-off']))
    expect(reasons(found(exposed))).toEqual([])
  })

  test('nodes without a number are told, not guessed', () => {
    const view = cluster([...schedulers(), cart(), endpoints('1a 2b')])
    const found = matrix(view, query)
    expect([found?.withoutNumber, ...(found?.zoneShares ?? [])]).toEqual([2, 0, 0, 0, 0])
  })

  test('nodes alike are one group', () => {
    const more = Array.from({ length: 50 }, (_, at) => ({
      ...nodes('iptables')[0],
      name: `n${at}`,
      key: nodeKey(`n${at}`),
    }))
    const view = cluster([...(more as ReturnType<typeof nodes>), cart(), endpoints('1a+ 2a+')])
    expect(matrix(view, query)?.groups.map((group) => group.nodes.length)).toEqual([50])
  })

  test('a port without rules says why', () => {
    expect(ask({ clusterIP: 'None', clusterIPs: ['None'] }, '1a').unserved?.code).toBe('service-headless')
    const view = cluster([...nodes('iptables'), cart()])
    expect(matrix(view, { ...query, port: 'web/TCP' })?.unserved?.code).toBe('service-without-port')
    expect(matrix(view, { ...query, service: serviceKey('shop', 'none') })).toBeUndefined()
  })

  test.each(['iptables', 'ipvs', 'kernelspace'] as const)(
    'says of each node what explain says of it alone: %s',
    (mode) => {
      for (const [policy, list] of [
        ['Cluster', '1a+ 2b+ 3b!'],
        ['Cluster', '1a 2b'],
        ['Local', '1a 2a~'],
        ['Local', '2b~'],
      ] as const) {
        const view = cluster([...nodes(mode), cart({ internalTrafficPolicy: policy }), endpoints(list)])
        const found = matrix(view, query)
        for (const name of ['node-a', 'node-b']) {
          const alone = explain(view, flow(name, 'cart'))
          const group = found?.groups.find((one) => one.nodes.includes(nodeKey(name)))
          expect(group?.verdict).toBe(alone.verdict)
          const keys = [...(group?.candidates ?? [])].map((at) => found?.endpoints[at]?.key)
          expect(keys).toEqual(alone.endpoints.filter(({ chosen }) => chosen).map(({ key }) => key))
        }
      }
    },
  )

  test('a node named in a hint is judged for itself', () => {
    const hinted = slice({
      endpoints: ['a', 'b'].map((letter, at) =>
        endpoint(`10.244.1.${at + 1}`, { nodeName: `node-${letter}`, hintNodes: [`node-${letter}`] }),
      ),
    })
    const found = matrix(cluster([...nodes('iptables'), cart(), hinted]), query)
    expect(found?.groups.map(({ nodes: own, candidates }) => [own, [...candidates]])).toEqual([
      [['node-a'], [0]],
      [['node-b'], [1]],
    ])
  })
})

function schedulers() {
  return nodes('ipvs').map((record) =>
    record.kind === 'Pod' ? { ...record, proxyArgs: [...(record.proxyArgs ?? []), '--ipvs-scheduler=lc'] } : record,
  )
}

test('[E13] a node whose proxy is replaced, and by what, is told apart from one of which nothing is known', () => {
  const place = { zone: 'zone-c' }
  const agent = pod({
    ...{ namespace: 'kube-system', name: 'cilium-x1', nodeName: 'node-c', labels: {} },
    workload: { kind: 'DaemonSet', name: 'cilium', uid: 'u' },
  })
  const replaced = configMap({ name: 'cilium-config', data: { 'kube-proxy-replacement': 'true' } })
  const others = [node({ name: 'node-c', ...place }), node({ name: 'node-d', ...place }), agent, replaced]
  const found = matrix(cluster([...nodes('iptables'), ...others, cart({}), endpoints('1a 2b')]), query)
  const told = found?.groups.map(({ nodes, knowledge, replacedBy }) => [nodes.join(), knowledge, replacedBy])
  expect(told).toEqual([
    ['node-a', 'proved', undefined],
    ['node-b', 'proved', undefined],
    ['node-c', 'unknown', 'Cilium'],
    ['node-d', 'unknown', undefined],
  ])
})

describe('[E13] who gets in at all, beside shares that know nothing of it', () => {
  const pods = ['10.244.1.1', '10.244.1.2'].map((ip, at) =>
    pod({ name: `cart-${at}`, nodeName: 'node-a', podIPs: [ip], labels: { app: 'cart', at: String(at) } }),
  )
  const first = labelled({ at: '0' })
  const listed = slice({ endpoints: pods.map((one) => endpointOf(one)) })
  const bare = slice({ endpoints: ['10.244.1.1', '203.0.113.9'].map((ip) => endpoint(ip)) })
  test.each<[string, readonly ClusterRecord[], readonly Kind[], string]>([
    ['no policy', [listed], [], 'synced 0/2 shut 0 unclear 0: '],
    ['closed to everybody', [listed, networkPolicy()], [], 'synced 2/2 shut 2 unclear 0: shop/deny-all'],
    [
      'one of two, with a rule',
      [listed, networkPolicy({ name: 'one', podSelector: first, ingress: [rule()] })],
      [],
      'synced 1/2 shut 0 unclear 0: shop/one',
    ],
    ['endpoints without references', [bare, networkPolicy()], [], 'synced 1/1 shut 1 unclear 0: shop/deny-all'],
    ['whose they are is not known', [bare, networkPolicy()], ['Pod'], 'synced 1/1 shut 1 unclear 1: shop/deny-all'],
    ['policies that are not read', [listed, networkPolicy()], ['NetworkPolicy'], 'loading 0/2 shut 0 unclear 0: '],
    ['of another namespace', [listed, networkPolicy({ namespace: 'pay' })], [], 'synced 0/2 shut 0 unclear 0: '],
  ])('%s', (_, records, unknown, expected) => {
    const view = cluster([...nodes('iptables'), cart({ selector: undefined }), ...pods, ...records], unknown)
    const found = matrix(view, query)?.policies
    expect(
      `${found?.coverage} ${found?.closed}/${found?.pods} shut ${found?.shut} unclear ${found?.unclear}: ${found?.policies}`,
    ).toBe(expected)
  })
})
