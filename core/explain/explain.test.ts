import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import reasons from '../../messages/en/reasons.json'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterRecord, Kind } from '../model/records'
import { service as cart, servicePort } from '../testing/builders'
import { clusterEvents, endpoints, flow, type Mode, nodes } from '../testing/small-cluster'
import { explain } from './explain'
import type { Explanation } from './types'

const cluster = (...of: Parameters<typeof clusterEvents>) => {
  const store = createClusterStore()
  store.apply(clusterEvents(...of))
  return store
}

const exposed = { type: 'NodePort', ports: [servicePort({ nodePort: 30080 })] } as const
const balanced = {
  ...exposed,
  type: 'LoadBalancer',
  loadBalancerIngress: [{ ip: '192.0.2.10', hostname: undefined, ipMode: undefined }],
} as const
const internalLocal = { internalTrafficPolicy: 'Local' } as const
const externalLocal = { externalTrafficPolicy: 'Local' } as const

/** Last numbers of the candidates' addresses. */
const landing = ({ verdict, endpoints: all }: Explanation) =>
  `${verdict} ${all
    .filter(({ chosen }) => chosen)
    .map(({ key }) => /\.(\d+):/.exec(key)?.[1])
    .join(' ')}`.trim()

type Row = readonly [
  name: string,
  service: Parameters<typeof cart>[0],
  endpoints: string,
  from: string,
  to: string,
  expected: string,
  sentence: string,
  mode?: Mode,
]

// Packet flows (semantics.md 3 to 6): from, to → where it lands, and the sentence that says why.
const FLOWS: readonly Row[] = [
  ['[E5] every ready endpoint', {}, '1a 2b 3b!', 'pod', 'cart', 'forward 1 2', 'explain-lands-beyond-zone'],
  ['[E5] hints keep it in the zone', {}, '1a+ 2b+', 'pod', '10.96.0.10:80', 'forward 1', 'explain-lands-in-zone'],
  ['[E5] one hint missing', {}, '1a+ 2b', 'pod', 'cart', 'forward 1 2', 'explain-lands-beyond-zone'],
  ['[E5] the last resort', {}, '1a~ 2b!', 'node-b', 'cart', 'forward 1', 'explain-lands-last-resort'],
  [
    '[E5] the last resort of a Local policy',
    internalLocal,
    '1a~ 2b~',
    'pod',
    'cart',
    'forward 1',
    'explain-lands-last-resort',
  ],
  ['[E5] nothing usable', {}, '1a! 2b!', 'pod', 'cart', 'reject', 'explain-reject-none-usable'],
  ['[E5] no endpoint at all', {}, '', 'pod', 'cart', 'reject', 'explain-reject-empty'],
  ['[E5] internal Local here', internalLocal, '1a 2b', 'pod', 'cart', 'forward 1', 'explain-lands-on-node'],
  ['[E5] internal Local elsewhere', internalLocal, '2b', 'pod', 'cart', 'drop', 'explain-drop-internal-local'],
  [
    '[E5] ipvs never drops',
    { ...exposed, ...internalLocal },
    '2b',
    'pod',
    'cart',
    'forward 2',
    'explain-lands-beyond-zone',
    'ipvs',
  ],
  [
    '[E5] ipvs, Local and not exposed',
    internalLocal,
    '2b',
    'pod',
    'cart',
    'reject',
    'explain-reject-ipvs-local',
    'ipvs',
  ],
  [
    '[E5] kernelspace reads no hints',
    {},
    '1a+ 2b+',
    'node-a',
    'cart',
    'forward 1 2',
    'explain-lands-beyond-zone',
    'kernelspace',
  ],
  ['[E5] kernelspace with nothing', {}, '1a!', 'node-a', 'cart', 'drop', 'explain-drop-kernelspace', 'kernelspace'],
  [
    '[E6] external Local binds outside',
    { ...exposed, ...externalLocal },
    '2b',
    'outside',
    'node-a:30080',
    'drop',
    'explain-drop-external-local',
  ],
  [
    '[E6] but not pods',
    { ...exposed, ...externalLocal },
    '2b',
    'pod',
    'node-a:30080',
    'forward 2',
    'explain-lands-beyond-zone',
  ],
  [
    '[E6] a pod of another node is a pod too',
    { ...exposed, ...externalLocal },
    '1a',
    'pod',
    'node-b:30080',
    'forward 1',
    'explain-lands-in-zone',
  ],
  [
    '[E6] nor the node itself',
    { ...exposed, ...externalLocal },
    '2b',
    'node-a',
    'node-a:30080',
    'forward 2',
    'explain-lands-beyond-zone',
  ],
  [
    '[E6] another node is outside',
    { ...exposed, ...externalLocal },
    '2b',
    'node-b',
    'node-a:30080',
    'drop',
    'explain-drop-external-local',
  ],
  [
    '[E6] ipvs makes no exception',
    { ...exposed, ...externalLocal },
    '1a 2b',
    'pod',
    'node-a:30080',
    'forward 1',
    'explain-lands-on-node',
    'ipvs',
  ],
  ['[E6] external Cluster', exposed, '1a 2b', 'outside', 'node-a:30080', 'forward 1 2', 'explain-lands-beyond-zone'],
  [
    '[E7] iptables answers on every address',
    exposed,
    '1a',
    'outside',
    '198.51.100.1:30080',
    'forward 1',
    'explain-lands-in-zone',
  ],
  [
    '[E7] nftables on the primary one',
    exposed,
    '1a',
    'outside',
    '198.51.100.1:30080',
    'none',
    'explain-node-port-not-here',
    'nftables',
  ],
  ['[E7] loopback in iptables', exposed, '1a', 'node-a', '127.0.0.1:30080', 'forward 1', 'explain-lands-in-zone'],
  [
    '[E7] loopback in nftables',
    exposed,
    '1a',
    'node-a',
    '127.0.0.1:30080',
    'none',
    'explain-node-port-not-here',
    'nftables',
  ],
  ['[E7] loopback in ipvs', exposed, '1a', 'node-a', '127.0.0.1:30080', 'none', 'explain-node-port-not-here', 'ipvs'],
  ['[E2] no such node port', exposed, '1a', 'outside', 'node-a:30081', 'unknown', 'explain-no-node-port'],
  ['[E2] a port of the node itself', {}, '1a', 'pod', '10.1.0.1:10250', 'unknown', 'explain-no-node-port'],
  ['[E2] no such port at the cluster IP', {}, '1a', 'pod', '10.96.0.10:81', 'none', 'explain-no-such-port-at-address'],
  ['[E2] nobody has it', {}, '1a', 'pod', '10.244.3.99:80', 'none', 'explain-nobody-has-address'],
  ['[E2] an address outside', {}, '1a', 'pod', '8.8.8.8:53', 'unknown', 'explain-address-outside'],
  ['[E2] an address outside, from outside', {}, '1a', 'outside', '8.8.8.8:53', 'unknown', 'explain-address-outside'],
  ['[E2] an address that stays on its host', {}, '1a', 'pod', '127.0.0.1:80', 'unknown', 'explain-loopback'],
  ['[E2] a cluster IP from outside', {}, '1a', 'outside', '10.96.0.10:80', 'none', 'explain-cluster-ip-from-outside'],
  ['[E2] routed to a node', {}, '1a 2b', 'outside@node-a', '10.96.0.10:80', 'forward 1 2', 'explain-lands-beyond-zone'],
  [
    '[E2] an external IP',
    { externalIPs: ['203.0.113.5'] },
    '1a',
    'outside@node-b',
    '203.0.113.5:80',
    'forward 1',
    'explain-lands-beyond-zone',
  ],
  ['[E3] a short name', {}, '1a', 'pod', 'cart:80', 'forward 1', 'explain-lands-in-zone'],
  [
    '[E3] a name of another namespace',
    {},
    '1a',
    'pod',
    'cart.shop.svc.cluster.local:80',
    'forward 1',
    'explain-lands-in-zone',
  ],
  ['[E3] a name nobody has', {}, '1a', 'pod', 'card:80', 'none', 'explain-no-name'],
  ['[E3] no Service of that namespace', {}, '1a', 'pod', 'card.shop:80', 'unknown', 'explain-no-service-called'],
  ['[E3] nor one written in full', {}, '1a', 'pod', 'card.shop.svc:80', 'none', 'explain-no-name'],
  ['[E3] a name whole as it stands', {}, '1a', 'node-a', 'cart.shop.:80', 'unknown', 'explain-name-outside'],
  ['[E3] two labels outside, in a pod', {}, '1a', 'pod', 'example.com:443', 'unknown', 'explain-name-outside'],
  ['[E3] two labels outside, on a node', {}, '1a', 'node-b', 'example.com:443', 'unknown', 'explain-name-outside'],
  ['[E3] two labels outside, from outside', {}, '1a', 'outside', 'example.com:443', 'unknown', 'explain-name-outside'],
  ['[E3] a label svc outside', {}, '1a', 'node-b', 'api.svc.example.com:443', 'unknown', 'explain-name-outside'],
  ['[E3] a name outside', {}, '1a', 'pod', 'www.example.com:80', 'unknown', 'explain-name-outside'],
  [
    '[E3] an alias',
    { type: 'ExternalName', externalName: 'db.example.com', clusterIP: '', clusterIPs: [] },
    '',
    'pod',
    'cart:80',
    'unknown',
    'explain-external-name',
  ],
  ['[E10] a pod by its address', {}, '1a', 'node-b', '10.244.0.9:8080', 'forward', 'explain-pod-direct'],
  ['[E10] a pod from outside', {}, '1a', 'outside', '10.244.0.9:8080', 'unknown', 'explain-pod-from-outside'],
  [
    '[E11] headless, called by the port of its pods',
    { clusterIP: 'None', clusterIPs: ['None'] },
    '1a 2b 3b!',
    'pod',
    'cart:8080',
    'forward 1 2',
    'explain-headless',
  ],
  [
    '[E11] headless, called by a port that is not its pods’',
    { clusterIP: 'None', clusterIPs: ['None'] },
    '1a 2b 3b!',
    'pod',
    'cart',
    'unknown 1 2',
    'explain-headless-not-listed',
  ],
  [
    '[E11] headless, none ready',
    { clusterIP: 'None', clusterIPs: ['None'] },
    '3b!',
    'pod',
    'cart',
    'none',
    'explain-headless-empty',
  ],
  ['[E12] every node alike', balanced, '1a 2b', 'outside', '192.0.2.10:80', 'forward 1 2', 'explain-balanced-forward'],
  [
    '[E12] only healthy nodes',
    { ...balanced, ...externalLocal, healthCheckNodePort: 32000 },
    '1a',
    'outside',
    '192.0.2.10:80',
    'forward 1',
    'explain-balanced-forward',
  ],
  [
    '[E12] no healthy node',
    { ...balanced, ...externalLocal, healthCheckNodePort: 32000 },
    '1a~',
    'outside',
    '192.0.2.10:80',
    'none',
    'explain-balancer-no-node',
  ],
  [
    '[E12] without a health check',
    { ...balanced, ...externalLocal },
    '1a',
    'outside',
    '192.0.2.10:80',
    'mixed 1',
    'explain-balanced-mixed',
  ],
  [
    '[E2] ipMode Proxy comes back by node ports',
    { ...balanced, loadBalancerIngress: [{ ip: '192.0.2.10', hostname: undefined, ipMode: 'Proxy' }] },
    '1a 2b',
    'pod',
    '192.0.2.10:80',
    'forward 1 2',
    'explain-balanced-forward',
  ],
  [
    '[E2] from outside at a node',
    { ...balanced, loadBalancerIngress: [{ ip: '192.0.2.10', hostname: undefined, ipMode: 'Proxy' }] },
    '1a 2b',
    'outside@node-b',
    '192.0.2.10:80',
    'forward 1 2',
    'explain-lands-beyond-zone',
    'nftables',
  ],
  [
    '[E2] ipMode Proxy without node ports',
    {
      ...balanced,
      ports: [servicePort()],
      loadBalancerIngress: [{ ip: '192.0.2.10', hostname: undefined, ipMode: 'Proxy' }],
    },
    '1a',
    'pod',
    '192.0.2.10:80',
    'unknown',
    'explain-load-balancer-no-way-back',
  ],
  [
    '[E3] the host name of a load balancer',
    { ...balanced, loadBalancerIngress: [{ ip: undefined, hostname: 'lb.example.com', ipMode: undefined }] },
    '1a 2b',
    'outside',
    'lb.example.com:80',
    'forward 1 2',
    'explain-balanced-forward',
  ],
  [
    '[E5] iptables does not refuse its own node',
    { externalIPs: ['203.0.113.5'] },
    '1a!',
    'node-a',
    '203.0.113.5:80',
    'none',
    'explain-not-refused-own-node',
  ],
  [
    '[E5] but a pod',
    { externalIPs: ['203.0.113.5'] },
    '1a!',
    'pod',
    '203.0.113.5:80',
    'reject',
    'explain-reject-none-usable',
  ],
  [
    '[E5] nftables refuses both',
    { externalIPs: ['203.0.113.5'] },
    '1a!',
    'node-a',
    '203.0.113.5:80',
    'reject',
    'explain-reject-none-usable',
    'nftables',
  ],
]

describe('packet flows', () => {
  test.each(FLOWS.map((row) => [row[0], row] as const))('%s', (_, row) => {
    const [, service, list, from, to, expected, sentence, mode = 'iptables'] = row
    const found = explain(cluster([...nodes(mode), cart(service), endpoints(list)]), flow(from, to))
    expect([landing(found), found.sentence.code]).toEqual([expected, sentence])
    expect(unsaid(found)).toEqual([])
  })
})

describe('[E8] source ranges bind load balancer addresses', () => {
  const ranged = { ...balanced, loadBalancerSourceRanges: ['198.51.100.0/24', '10.1.0.1/32'] }
  test.each([
    ['a client inside', '198.51.100.7@node-a', '192.0.2.10:80', '1a', 'iptables', 'forward 1'],
    ['a client outside', '203.0.113.7@node-a', '192.0.2.10:80', '1a', 'iptables', 'drop'],
    ['a pod outside', 'pod', '192.0.2.10:80', '1a', 'nftables', 'drop'],
    ['the node itself, inside', 'node-a', '192.0.2.10:80', '1a', 'iptables', 'forward 1'],
    ['the node itself, outside', 'node-b', '192.0.2.10:80', '1a', 'ipvs', 'drop'],
    ['no client named', 'outside@node-a', '192.0.2.10:80', '1a', 'iptables', 'forward 1'],
    ['not node ports', '203.0.113.7@node-a', 'node-a:30080', '1a', 'iptables', 'forward 1'],
    ['not the cluster IP', 'pod', 'cart', '1a', 'iptables', 'forward 1'],
    ['iptables refuses first when nothing is usable', '203.0.113.7@node-a', '192.0.2.10:80', '', 'iptables', 'reject'],
    ['nftables drops first', '203.0.113.7@node-a', '192.0.2.10:80', '', 'nftables', 'drop'],
    ['kernelspace does not read them', '203.0.113.7@node-a', '192.0.2.10:80', '1a', 'kernelspace', 'forward 1'],
  ] as const)('%s', (_, from, to, list, mode, expected) => {
    const found = explain(cluster([...nodes(mode), cart(ranged), endpoints(list)]), flow(from, to))
    expect(landing(found)).toBe(expected)
    expect(unsaid(found)).toEqual([])
  })
})

describe('[E9] the client address that the pod sees', () => {
  const local = { ...exposed, ...externalLocal }
  test.each([
    ['pod', 'cart', {}, 'iptables', 'client', 'source-address-pod'],
    ['node-a', 'cart', {}, 'iptables', 'node', 'source-address-own-node'],
    ['outside@node-a', '10.96.0.10:80', {}, 'nftables', 'node', 'source-address-not-a-pod'],
    ['outside', 'node-a:30080', exposed, 'iptables', 'node', 'source-address-external-cluster'],
    ['outside', 'node-a:30080', local, 'iptables', 'client', 'source-address-external-local'],
    ['node-a', 'node-a:30080', local, 'iptables', 'node', 'source-address-own-node'],
    ['node-a', 'node-a:30080', local, 'ipvs', 'client', 'source-address-external-local'],
    ['pod', 'node-a:30080', local, 'iptables', 'client', 'source-address-external-kept'],
    ['pod', 'cart', {}, 'kernelspace', 'unknown', 'source-address-kernelspace'],
    ['pod', '10.244.0.9:80', {}, 'iptables', 'client', 'source-address-no-proxy'],
  ] as const)('%s → %s %j %s: %s', (from, to, service, mode, seen, code) => {
    const found = explain(cluster([...nodes(mode), cart(service), endpoints('1a 2b')]), flow(from, to))
    expect(found.sourceAddress).toMatchObject({ seen, reason: { code } })
  })

  test('without a detector nothing to a cluster IP is masqueraded, whoever calls', () => {
    const blind = nodes('iptables').map((record) =>
      record.kind === 'Pod'
        ? { ...record, proxyArgs: ['kube-proxy', '--proxy-mode=iptables', '--detect-local-mode=BridgeInterface'] }
        : record,
    )
    for (const [from, to] of [
      ['pod', 'cart'],
      ['outside@node-b', '10.96.0.10:80'],
    ] as const) {
      const found = explain(cluster([...blind, cart(), endpoints('1a 2b')]), flow(from, to))
      expect(found.sourceAddress).toMatchObject({ seen: 'client', reason: { code: 'source-address-no-detector' } })
    }
  })

  test('a pod that may reach itself is told so', () => {
    const slice = endpoints('1a 2b')
    const [first, second] = slice.endpoints
    if (!first || !second) throw new Error('there are two')
    const self = [{ ...first, addresses: ['10.244.0.9'] }, second]
    const found = explain(cluster([...nodes('iptables'), cart(), { ...slice, endpoints: self }]), flow('pod', 'cart'))
    expect([found.hairpin?.code, found.sourceAddress.seen]).toEqual(['explain-hairpin', 'by-endpoint'])
  })
})

describe('[E4] how it is known', () => {
  test.each([
    ['iptables', 'proved'],
    ['nftables', 'proved'],
    ['ipvs', 'by-vectors'],
    ['kernelspace', 'from-source'],
  ] as const)('%s: %s', (mode, how) => {
    expect(explain(cluster([...nodes(mode), cart(), endpoints('1a')]), flow('pod', 'cart')).knowledge.how).toBe(how)
  })

  test('without a kube-proxy nothing is claimed as a fact', () => {
    const bare = nodes('iptables').filter(({ kind }) => kind !== 'Pod')
    const found = explain(cluster([...bare, cart(), endpoints('1a')]), flow('pod', 'cart'))
    expect(found).toMatchObject({ verdict: 'forward', knowledge: { how: 'unknown' } })
    expect(found.deciders).toMatchObject([{ node: 'node-a', mode: 'unknown' }])
    expect(found.claims.some(({ command }) => command?.text.includes('iptables-save'))).toBe(false)
  })

  test('[E5] a proxy that is not known is taken for iptables: the node does not refuse its own packets', () => {
    const bare = nodes('iptables').filter(({ kind }) => kind !== 'Pod')
    const view = cluster([...bare, cart({ externalIPs: ['203.0.113.5'] }), endpoints('1a!')])
    expect(explain(view, flow('node-a', '203.0.113.5:80'))).toMatchObject({
      verdict: 'none',
      sentence: { code: 'explain-not-refused-own-node' },
      knowledge: { how: 'unknown' },
    })
  })

  test.each(['EndpointSlice', 'Service'] as const satisfies readonly Kind[])(
    '%s not read: unknown, not refused',
    (kind) => {
      const found = explain(cluster([...nodes('iptables'), cart(), endpoints('')], [kind]), flow('pod', 'cart'))
      expect(found).toMatchObject({ verdict: 'unknown', sentence: { code: 'explain-not-known' }, notKnown: [{ kind }] })
    },
  )
})

describe('[E1] where it starts', () => {
  test.each([
    ['node-x', 'explain-no-node'],
    ['outside@node-x', 'explain-no-node'],
  ])('%s', (from, code) => {
    const found = explain(cluster([...nodes('iptables'), cart()]), flow(from, 'cart'))
    expect(found).toMatchObject({ verdict: 'unknown', sentence: { code } })
  })

  test('a pod with the node’s network is the node', () => {
    const asHost = nodes('iptables').map((record): ClusterRecord => record)
    const proxy = { source: { kind: 'pod', pod: 'kube-system/kube-proxy-a' } } as never
    const found = explain(cluster([...asHost, cart(), endpoints('1a')]), flow('pod', 'cart', proxy))
    expect(found.sourceAddress.reason.code).toBe('source-address-own-node')
  })
})

describe('what the explanation carries', () => {
  const view = cluster([...nodes('iptables'), cart(), endpoints('1a+ 2b+ 3b! 4a~')])
  const found = explain(view, flow('pod', 'cart'))

  test('the way, step by step', () => {
    expect(found.hops.map(({ kind, state, title }) => `${kind} ${state} ${title.code}`)).toEqual([
      'address passed explain-hop-cluster-ip',
      'rules passed explain-hop-rules',
      'candidates passed explain-hop-candidates',
      'endpoint passed choice-single',
      'policy passed network-policy-none',
      'pod passed explain-hop-pod',
      'node passed explain-hop-node',
    ])
  })

  test('each endpoint with the field that decides it', () => {
    expect(
      found.endpoints.map(({ key, reason, decidedBy }) => [key, reason.code, decidedBy.field, decidedBy.value]),
    ).toEqual([
      ['10.244.1.1:8080', 'endpoint-same-zone', 'endpoints[0].hints.forZones', 'zone-a'],
      ['10.244.1.2:8080', 'endpoint-hinted-other-zone', 'endpoints[1].hints.forZones', 'zone-b'],
      ['10.244.1.3:8080', 'endpoint-not-ready', 'endpoints[2].conditions.ready', 'false'],
      ['10.244.1.4:8080', 'endpoint-terminating-others-ready', 'endpoints[3].conditions.terminating', 'true'],
    ])
    expect(found.groups.map(({ chosen, count }) => [chosen, count])).toEqual([
      [true, 1],
      [false, 1],
      [false, 1],
      [false, 1],
    ])
    expect(found.shares).toEqual({
      nodes: [{ name: 'node-a', share: 1 }],
      zones: [{ name: 'zone-a', share: 1 }],
      leavesZone: 0,
    })
  })

  test('commands that only read, for each claim', () => {
    const commands = found.claims.map(({ command }) => command?.text ?? '')
    expect(commands).toContain('kubectl get node node-a -L topology.kubernetes.io/zone')
    expect(commands).toContain('curl -s http://localhost:10249/proxyMode')
    expect(commands.at(-1)).toMatch(/^iptables-save -t nat \| grep -- KUBE-SVC-[A-Z2-7]{16}$/)
    expect(commands.every((text) => /^(kubectl( -n \S+)? get|iptables-save|curl -si?) /.test(text))).toBe(true)
  })

  test('names of the cluster stay words of the command', () => {
    const hostile = cart({ name: "x'; rm -rf ~; '" })
    const target = { destination: { kind: 'service', service: hostile.key, port: 'http' } } as const
    const { claims } = explain(cluster([...nodes('iptables'), hostile]), flow('pod', 'cart', target))
    expect(claims[0]?.command?.text).toContain(`'kubernetes.io/service-name=x'\\''; rm -rf ~; '\\'''`)
  })

  test.each([
    ['UDP', 'iptables', 'open-udp-purged'],
    ['TCP', 'iptables', 'open-kept'],
    ['TCP', 'ipvs', 'open-ipvs-drained'],
    ['UDP', 'ipvs', 'open-udp-purged'],
    ['TCP', 'kernelspace', 'open-kernelspace'],
  ] as const)('open %s connections, %s', (protocol, mode, code) => {
    const ports = [servicePort({ protocol })]
    const of = cluster([...nodes(mode), cart({ ports }), endpoints('1a')])
    expect(explain(of, flow('pod', 'cart', { protocol })).openConnections.map((one) => one.code)).toEqual([code])
  })

  test('a version that made a difference', () => {
    const old = cluster([...nodes('iptables', { kubeletVersion: 'v1.25.3' }), cart(), endpoints('1a~')])
    const answer = explain(old, flow('pod', 'cart'))
    expect([answer.verdict, answer.sentence.code]).toEqual(['reject', 'explain-reject-terminating'])
    expect(answer.versions.map(({ code }) => code)).toEqual(['version-without-terminating'])
  })

  test('the version of the proxy itself, where its image tells it', () => {
    const older = nodes('iptables').map((record) =>
      record.kind === 'Pod' ? { ...record, proxyImage: 'registry.example/kube-proxy:v1.25.3' } : record,
    )
    const answer = explain(cluster([...older, cart(), endpoints('1a~')]), flow('pod', 'cart'))
    expect(answer.deciders[0]?.version).toBe('v1.25.3')
    expect(answer.claims.find(({ claim }) => claim.code === 'explain-claim-version')).toMatchObject({
      evidence: [{ kind: 'Pod', id: 'kube-system/kube-proxy-a', field: 'spec.containers[*].image' }],
      command: { text: "kubectl -n kube-system get pod kube-proxy-a -o jsonpath='{.spec.containers[*].image}'" },
    })
  })
})

/** Codes without a sentence, or whose sentence misses a value. */
function unsaid(found: Explanation): readonly string[] {
  const said = [
    found.sentence,
    found.knowledge.reason,
    found.choice.reason,
    found.sourceAddress.reason,
    found.networkPolicy,
    ...found.openConnections,
    ...found.versions,
    ...found.hops.flatMap(({ title, details }) => [title, ...details]),
    ...found.endpoints.map(({ reason }) => reason),
    ...found.claims.map(({ claim }) => claim),
  ]
  const wrong: string[] = []
  const onError = (error: Error) => wrong.push(error.message)
  const t = createTranslator({ locale: 'en', messages: { reasons }, namespace: 'reasons', onError })
  for (const { code, values } of said) t(code as never, { ...values } as never)
  return wrong
}
