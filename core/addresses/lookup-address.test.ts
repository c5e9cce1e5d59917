import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterRecord, Kind } from '../model/records'
import { dualStack, eventsOf, nothingElse, ownersText } from '../testing/address-cluster'
import { legacyEndpoints, node, pod, service, serviceCIDR } from '../testing/builders'
import { gateway, ingress } from '../testing/entry-builders'
import { addressPage } from './address-page'
import type { AddressAnswer, Knowledge } from './types'

type More = {
  readonly records?: readonly ClusterRecord[]
  readonly unknown?: readonly Kind[]
  readonly knowledge?: Knowledge
}

function ask(text: string, { records = dualStack, unknown = [], knowledge = nothingElse }: More = {}): AddressAnswer {
  const store = createClusterStore()
  store.apply(eventsOf(records, unknown))
  const page = addressPage(store, { text, after: 0 }, knowledge)
  if (page.kind !== 'address') throw new Error(JSON.stringify(page))
  return page
}

const withMore = (...records: readonly ClusterRecord[]) => ({ records: [...dualStack, ...records] })
const codes = ({ findings }: AddressAnswer) => findings.map(({ code }) => code)
const ranges = ({ ranges: all }: AddressAnswer) => all.map(({ cidr, source, object }) => `${cidr} ${source} ${object}`)

describe('[I5] who has', () => {
  test.each<[string, string, readonly string[], string]>([
    ['a cluster IP', '10.96.0.10', ['Service shop/cart clusterIP'], 'cluster-ip'],
    [
      'a cluster IP of the other family, in another spelling',
      'FD00:10:96:0::000a',
      ['Service shop/cart clusterIP'],
      'cluster-ip',
    ],
    ['an external IP', '203.0.113.7', ['Service shop/cart externalIP'], 'outside'],
    ['a pod IP', '10.244.1.5', ['Pod shop/cart-1 podIP'], 'pod'],
    ['a pod IP of the other family', 'fd00:10:244:1::5', ['Pod shop/cart-1 podIP'], 'pod'],
    ['an internal IP', '10.0.0.1', ['Node node-a InternalIP'], 'node'],
    ['an external IP of a node', '198.51.100.1', ['Node node-a ExternalIP'], 'node'],
    ['an endpoint without a pod', '192.0.2.9', ['EndpointSlice shop/cart-a1b2c endpoint'], 'outside'],
    ['nobody, in a pod range', '10.244.1.6', [], 'pod'],
    ['nobody, in a Service range', '10.96.7.7', [], 'cluster-ip'],
    ['nobody anywhere', '192.0.2.200', [], 'unknown'],
    ['loopback', '::1', [], 'special'],
  ])('%s', (_name, ip, owners, plane) => {
    const answer = ask(ip)
    expect(ownersText(answer)).toEqual(owners)
    expect(answer.plane).toBe(plane)
  })

  test('an address of the legacy object alone, and not one that names a pod', () => {
    const subset = {
      addresses: [
        { ip: '192.0.2.50', hostname: undefined, nodeName: undefined, targetRef: undefined },
        {
          ...{ ip: '10.244.1.77', hostname: undefined, nodeName: undefined },
          targetRef: { kind: 'Pod', namespace: 'shop', name: 'gone', uid: 'u' },
        },
      ],
      notReadyAddresses: [],
      ports: [],
    }
    const more = withMore(legacyEndpoints({ name: 'old', subsets: [subset] }))
    expect(ownersText(ask('192.0.2.50', more))).toEqual(['Endpoints shop/old legacyEndpoint'])
    expect(ownersText(ask('10.244.1.77', more))).toEqual([])
  })

  test('an Ingress and a Gateway, by what their controllers say, also beside the Service that brings them in', () => {
    const more = withMore(
      gateway({ name: 'edge', addresses: ['203.0.113.50', 'edge.example.com'] }),
      ingress({ name: 'web', addresses: ['203.0.113.60', '203.0.113.7'] }),
    )
    expect(ownersText(ask('203.0.113.50', more))).toEqual(['Gateway shop/edge wayIn'])
    expect(ownersText(ask('203.0.113.60', more))).toEqual(['Ingress shop/web wayIn'])
    expect(ownersText(ask('203.0.113.7', more))).toEqual(['Service shop/cart externalIP', 'Ingress shop/web wayIn'])
    expect([ask('203.0.113.50', more), ask('203.0.113.7', more)].map((one) => [one.plane, ...codes(one)])).toEqual([
      ['outside'],
      ['outside'],
    ])
  })

  test.each<[Kind, readonly string[]]>([
    ['Gateway', ['unknown-kinds']],
    ['Pod', ['unknown-kinds']],
    ['ServiceCIDR', ['no-range']],
  ])('nobody is not said of an address outside every range while %s objects may be unread', (kind, expected) => {
    expect(codes(ask('192.0.2.200', { unknown: [kind] }))).toEqual(expected)
  })

  test('a pod that has ended has left its address: it is free, and said to be named still', () => {
    const answer = ask(
      '10.244.1.9',
      withMore(pod({ name: 'job', nodeName: 'node-a', podIPs: ['10.244.1.9'], phase: 'Succeeded' })),
    )
    expect(ownersText(answer)).toEqual(['Pod shop/job podIP released'])
    expect(codes(answer)).toEqual(['released', 'free-pod'])
  })

  test.each<[string, string, ClusterRecord, readonly string[]]>([
    [
      'a second pod is a duplicate',
      '10.244.1.5',
      pod({ name: 'twin', nodeName: 'node-a', podIPs: ['10.244.1.5'] }),
      ['duplicate'],
    ],
    [
      'a pod that has ended is none',
      '10.244.1.5',
      pod({ name: 'twin', nodeName: 'node-a', podIPs: ['10.244.1.5'], phase: 'Failed' }),
      ['released'],
    ],
    [
      'a pod of the host shares it with its node',
      '10.0.0.1',
      pod({ name: 'proxy', nodeName: 'node-a', podIPs: ['10.0.0.1'], hostNetwork: true }),
      ['host-network'],
    ],
    [
      'a pod with a cluster IP is a duplicate in a range that is not its own',
      '10.96.0.10',
      pod({ name: 'twin', nodeName: 'node-a', podIPs: ['10.96.0.10'] }),
      ['virtual', 'duplicate', 'pod-in-service-range', 'pod-outside-node-range', 'band-asked'],
    ],
    [
      'another Service may share a way in',
      '203.0.113.7',
      service({ name: 'web', clusterIP: '10.96.0.11', clusterIPs: ['10.96.0.11'], externalIPs: ['203.0.113.7'] }),
      ['shared-way-in'],
    ],
    [
      'another node is a duplicate',
      '10.0.0.1',
      node({ name: 'x', addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] }),
      ['duplicate'],
    ],
  ])('%s', (_name, ip, record, findings) => {
    expect(codes(ask(ip, withMore(record)))).toEqual(findings)
  })
})

describe('[I3] ranges that hold an address', () => {
  test.each<[string, readonly string[]]>([
    ['10.96.0.10', ['10.96.0.0/16 service-cidr kubernetes']],
    ['fd00:10:96::a', ['fd00:10:96::/112 service-cidr kubernetes']],
    ['10.244.2.9', ['10.244.2.0/24 pod-cidr node-b']],
    ['fd00:10:244:1::5', ['fd00:10:244:1::/64 pod-cidr node-a']],
    ['192.0.2.1', []],
  ])('%s', (ip, expected) => expect(ranges(ask(ip))).toEqual(expected))

  test('a cluster IP outside them all kept the address of a range that is gone', () => {
    const more = withMore(service({ name: 'old', clusterIP: '10.55.0.1', clusterIPs: ['10.55.0.1'] }))
    expect(codes(ask('10.55.0.1', more))).toEqual(['virtual', 'outside-service-ranges'])
  })
})

describe('[I4] without ServiceCIDR objects and podCIDRs', () => {
  const bare = [
    node({ name: 'node-a' }),
    ...[3, 6].map((last) => pod({ name: `p${last}`, nodeName: 'node-a', podIPs: [`fd00:1::${last}`] })),
    ...[1, 9].map((last) => {
      return service({
        name: `s${last}`,
        clusterIP: `fd00:2::${last}`,
        clusterIPs: [`fd00:2::${last}`],
        ipFamilies: ['IPv6'],
      })
    }),
  ]
  test('ranges are inferred from what is in use, with no size', () => {
    const unserved = { records: bare, unknown: ['ServiceCIDR' as const] }
    const [service, pods] = [ask('fd00:2::9', unserved), ask('fd00:1::3', unserved)]
    expect([ranges(service), ranges(pods)]).toEqual([
      ['fd00:2::/124 inferred-service '],
      ['fd00:1::/125 inferred-pod node-a'],
    ])
    expect([...service.ranges, ...pods.ranges].map(({ usage }) => usage)).toEqual([null, null])
    expect(codes(service)).toEqual(['virtual'])
  })

  test("an address in between is nobody's, and that is all that can be said", () => {
    expect(codes(ask('fd00:2::3', { records: bare, unknown: ['ServiceCIDR'] }))).toEqual(['free-inferred'])
  })

  test('nothing follows from one address', () => {
    const one = bare.filter((record) => record.kind !== 'Service' || record.name === 's1')
    expect(ranges(ask('fd00:2::1', { records: one, unknown: ['ServiceCIDR'] }))).toEqual([])
  })
})

describe('[I9] free', () => {
  test.each<[string, string, More, string]>([
    ['in a Service range', '10.96.7.7', {}, 'free-service'],
    ['in a pod range', 'fd00:10:244:2::9', {}, 'free-pod'],
    ['in none', '192.0.2.200', {}, 'no-range'],
    ['not while pods are not read', '10.96.7.7', { unknown: ['Pod'] }, 'unknown-kinds'],
    ['not while something is hidden', '10.96.7.7', { knowledge: { ...nothingElse, partial: true } }, 'unknown-hidden'],
    [
      'not for who sees no address, wherever it lies',
      '192.0.2.200',
      { knowledge: { ...nothingElse, partial: true } },
      'unknown-hidden',
    ],
  ])('%s', (_name, ip, more, code) => {
    const answer = ask(ip, more)
    expect(codes(answer)).toContain(code)
    expect(answer.findings.some((one) => one.code.startsWith('free'))).toBe(code.startsWith('free'))
  })

  test('a Service range may be forbidden alone: then the range is not known', () => {
    const records = dualStack.filter(({ kind }) => kind !== 'ServiceCIDR')
    expect(codes(ask('10.96.7.7', { records, unknown: ['ServiceCIDR'] }))).toEqual(['no-range'])
  })

  const also = (over: Parameters<typeof serviceCIDR>[0]) => withMore(serviceCIDR({ name: 'more', ...over }))
  test.each<[string, string, More, readonly string[]]>([
    ['is being deleted', '10.97.0.9', also({ cidrs: ['10.97.0.0/16'], deletedAt: 1 }), ['range-deleting']],
    ['is not Ready', '10.97.0.9', also({ cidrs: ['10.97.0.0/16'], ready: false }), ['range-not-ready']],
    ['the allocator refuses', 'fd00:1::9', also({ cidrs: ['fd00:1::/48'] }), ['range-refused']],
    [
      'is not Ready, though another object names it and is',
      '10.96.7.7',
      also({ cidrs: ['10.96.0.0/16'], ready: false }),
      ['band-drawn', 'range-stays', 'free-service'],
    ],
    [
      'is being deleted, inside one that is not',
      '10.96.7.7',
      also({ cidrs: ['10.96.7.0/24'], deletedAt: 1 }),
      ['band-drawn', 'range-deleting', 'free-service'],
    ],
    [
      'has it at its edge, inside one that gives it out',
      '10.96.7.0',
      also({ cidrs: ['10.96.7.0/24'] }),
      ['band-drawn', 'edge-address', 'free-service'],
    ],
    [
      'two objects name: said once, and free in each',
      '10.96.7.7',
      also({ cidrs: ['10.96.0.0/16'] }),
      ['band-drawn', 'free-service', 'free-service'],
    ],
  ])('[I9] in a Service range that %s', (_name, ip, more, expected) => {
    expect(codes(ask(ip, more))).toEqual(expected)
  })

  test('which edge of a range it is, is said', () => {
    const edges = ['10.96.7.0', '10.96.7.255'].map(
      (ip) =>
        ask(ip, also({ cidrs: ['10.96.7.0/24'] })).findings.find(({ code }) => code === 'edge-address')?.values.edge,
    )
    expect(edges).toEqual(['first', 'last'])
  })

  test('of ranges that overlap each is judged, and that they do is told', () => {
    const pods = node({ name: 'node-c', podCIDRs: ['10.96.4.0/24'] })
    expect(codes(ask('10.96.4.4', withMore(pods)))).toEqual([
      'band-drawn',
      'free-service',
      'free-pod',
      'ranges-overlap',
    ])
  })

  test('the network address, the broadcast address and the bands are told', () => {
    expect(['10.96.0.0', '10.96.255.255', '10.96.1.0', '10.96.1.1'].map((ip) => codes(ask(ip)))).toEqual([
      ['network-address'],
      ['broadcast-address'],
      ['band-asked', 'free-service'],
      ['band-drawn', 'free-service'],
    ])
  })

  test('an address that left a Service lately is remembered, the newest first', () => {
    const departed = [
      { service: 'shop/cart', address: '10.244.1.6', at: 5 },
      { service: 'shop/web', address: '10.244.1.6', at: 9 },
      { service: 'shop/web', address: '10.244.1.7', at: 9 },
    ]
    const answer = ask('10.244.1.6', { knowledge: { partial: false, departed } })
    expect(answer.departed.map(({ service }) => service)).toEqual(['shop/web', 'shop/cart'])
  })
})

test('[I3] two ServiceCIDRs may hold one address, and both are told', () => {
  const more = withMore(serviceCIDR({ name: 'second', cidrs: ['10.96.0.0/24'] }))
  expect(ranges(ask('10.96.0.10', more))).toEqual([
    '10.96.0.0/16 service-cidr kubernetes',
    '10.96.0.0/24 service-cidr second',
  ])
})
