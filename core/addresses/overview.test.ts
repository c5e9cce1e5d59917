import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterRecord, Kind } from '../model/records'
import { dualStack, eventsOf, nothingElse } from '../testing/address-cluster'
import { endpoint, node, pod, service, serviceCIDR, servicePort, slice } from '../testing/builders'
import { ingress } from '../testing/entry-builders'
import { addressPage } from './address-page'
import type { AddressOverview, RangeAnswer } from './types'

function storeOf(records: readonly ClusterRecord[], unknown: readonly Kind[] = []) {
  const store = createClusterStore()
  store.apply(eventsOf(records, unknown))
  return store
}

function overview(records: readonly ClusterRecord[], unknown: readonly Kind[] = []): AddressOverview {
  const page = addressPage(storeOf(records, unknown), { text: '', after: 0 }, nothingElse)
  if (page.kind !== 'overview') throw new Error(page.kind)
  return page
}

function range(text: string, records: readonly ClusterRecord[] = dualStack, after = 0): RangeAnswer {
  const page = addressPage(storeOf(records), { text, after }, nothingElse)
  if (page.kind !== 'range') throw new Error(page.kind)
  return page
}

const used = ({ ranges }: AddressOverview) =>
  ranges.map(({ cidr, usage }) => `${cidr} ${usage?.used}/${usage?.size} free ${usage?.free}`)

describe('[I8] what is used of', () => {
  test('every range of a dual-stack cluster, by family', () => {
    expect(used(overview(dualStack))).toEqual([
      '10.96.0.0/16 1/65534 free 65533',
      'fd00:10:96::/112 1/65535 free 65534',
      '10.244.1.0/24 1/256 free 255',
      'fd00:10:244:1::/64 1/18446744073709551616 free 18446744073709551615',
      '10.244.2.0/24 0/256 free 256',
      'fd00:10:244:2::/64 0/18446744073709551616 free 18446744073709551616',
    ])
  })

  test('a pod range leaves out pods of the host and pods that have ended, and counts those elsewhere', () => {
    const extra = [
      pod({ name: 'host', nodeName: 'node-b', podIPs: ['10.244.2.1'], hostNetwork: true }),
      pod({ name: 'job', nodeName: 'node-b', podIPs: ['10.244.2.2'], phase: 'Succeeded' }),
      pod({ name: 'run', nodeName: 'node-b', podIPs: ['10.244.2.3'] }),
      pod({ name: 'else', nodeName: 'node-b', podIPs: ['100.64.0.1'] }),
    ]
    const { ranges, findings } = overview([...dualStack, ...extra])
    expect(ranges.find(({ cidr }) => cidr === '10.244.2.0/24')?.usage).toMatchObject({ used: 1, outside: 1 })
    expect(findings.map(({ code }) => code)).toEqual(['pods-beside-ranges'])
  })

  test('[I7] the bands of a Service range', () => {
    const extra = service({ name: 'web', clusterIP: '10.96.9.9', clusterIPs: ['10.96.9.9'] })
    const [first] = overview([...dualStack, extra]).ranges
    expect(first?.usage?.bands).toMatchObject({ asked: { used: 1 }, drawn: { used: 1 } })
  })

  test('[I9] nothing is free while Services are not read', () => {
    expect(
      overview(dualStack, ['Service'])
        .ranges.slice(0, 2)
        .map(({ usage }) => usage?.free),
    ).toEqual([null, null])
    expect(overview(dualStack, ['Service']).nodePorts.free).toBeNull()
  })

  test.each<[string, Parameters<typeof serviceCIDR>[0], string, string | null]>([
    ['is being deleted', { deletedAt: 1 }, 'range-deleting', '0'],
    ['is not Ready', { ready: false }, 'range-not-ready', '0'],
  ])('[I9] nothing is free in a range that %s', (_name, over, code, free) => {
    const { ranges, findings } = overview([serviceCIDR({ name: 'old', cidrs: ['10.97.0.0/24'], ...over })])
    expect([ranges[0]?.usage?.free, findings[0]?.code]).toEqual([free, code])
  })

  test('[I9] a range that two objects name gives out addresses while one of them is Ready and stays', () => {
    const going = serviceCIDR({ name: 'a', cidrs: ['10.97.0.0/24'], deletedAt: 1 })
    const { ranges, findings } = overview([going, serviceCIDR({ name: 'b', cidrs: ['10.97.0.0/24'] })])
    expect(ranges.map(({ usage }) => usage?.free)).toEqual(['254', '254'])
    expect(findings.map(({ code }) => code)).toEqual(['range-stays'])
  })

  test.each<[string, readonly (readonly string[])[], readonly number[]]>([
    ['apart', [['10.1.0.0/24'], ['10.1.1.0/24', 'fd00::/64']], []],
    ['one in the other', [['10.1.0.0/16'], ['10.1.1.0/24']], [1]],
    ['of one node, which is its own matter', [['10.1.0.0/16', '10.1.1.0/24']], []],
    ['two in a wide one, with a gap between them', [['10.1.1.0/24'], ['10.1.0.0/16'], ['10.1.9.0/24']], [2]],
    ['the same one twice', [['fd00::/64'], ['fd00::/64']], [1]],
  ])('[I10] podCIDRs of nodes: %s', (_name, nodes, counts) => {
    const { findings } = overview(nodes.map((podCIDRs, i) => node({ name: `n${i}`, podCIDRs })))
    const found = findings.filter(({ code }) => code === 'pod-ranges-overlap')
    expect(found.map(({ values }) => values.count)).toEqual(counts)
  })

  test('[I6] a range that the allocator refuses has no size, and that is said', () => {
    const { ranges, findings } = overview([serviceCIDR({ name: 'wide', cidrs: ['fd00::/48'] })])
    expect([ranges[0]?.usage, findings[0]?.code]).toEqual([null, 'range-refused'])
  })
})

describe('[I11] families', () => {
  test('of a dual-stack cluster, and what its Services ask for', () => {
    const single = service({ name: 'one', clusterIPs: ['10.96.0.12'], ipFamilyPolicy: 'PreferDualStack' })
    const own = service({
      namespace: 'default',
      name: 'kubernetes',
      clusterIP: 'fd00:10:96::1',
      clusterIPs: ['fd00:10:96::1'],
    })
    const { families } = overview([...dualStack, single, own])
    expect(families).toMatchObject({ families: ['IPv4', 'IPv6'], first: 'IPv6', single: ['shop/one'] })
    expect(families.groups).toContainEqual({
      policy: 'RequireDualStack',
      families: ['IPv4', 'IPv6'],
      count: 1,
      examples: ['shop/cart'],
    })
    // Its only slice is IPv4.
    expect(families.half).toEqual([{ service: 'shop/cart', without: 'IPv6' }])
  })

  test('a Service with ready endpoints of both families, or of none, is whole', () => {
    const six = slice({ name: 'cart-6', addressType: 'IPv6', endpoints: [endpoint('fd00:10:244:1::5')] })
    expect(overview([...dualStack, six]).families.half).toEqual([])
    expect(overview(dualStack.filter(({ kind }) => kind !== 'EndpointSlice')).families.half).toEqual([])
  })

  test('nothing is missing where the API server named both families by itself', () => {
    const named = { ipFamilies: ['IPv6', 'IPv4'], clusterIP: 'None', clusterIPs: ['None'] } as const
    const six = slice({ addressType: 'IPv6', endpoints: [endpoint('fd00:10:244:1::5')] })
    expect(overview([service({ ...named, selector: undefined }), six]).families.half).toEqual([])
    expect(overview([service(named), six]).families.half).toEqual([{ service: 'shop/cart', without: 'IPv4' }])
  })

  test('an IPv6-only cluster has IPv6 alone, and no trace of IPv4', () => {
    const six = [
      serviceCIDR({ name: 'kubernetes', cidrs: ['fd00:10:96::/112'] }),
      node({ name: 'n', podCIDRs: ['fd00:10:244::/64'], addresses: [{ type: 'InternalIP', address: 'fd00::1' }] }),
      service({ clusterIP: 'fd00:10:96::a', clusterIPs: ['fd00:10:96::a'], ipFamilies: ['IPv6'] }),
      pod({ nodeName: 'n', podIPs: ['fd00:10:244::5'] }),
    ]
    const page = overview(six)
    expect(page.families).toMatchObject({ families: ['IPv6'], first: 'IPv6', half: [], single: [] })
    expect(JSON.stringify(page)).not.toContain('IPv4')
  })

  test('without anything, none is known', () => {
    expect(overview([]).families).toEqual({ families: [], first: null, groups: [], half: [], single: [] })
  })
})

describe('[I12] node ports', () => {
  const withPort = (name: string, nodePort: number, protocol: 'TCP' | 'UDP' = 'TCP') =>
    service({ name, type: 'NodePort', ports: [servicePort({ nodePort, protocol })] })

  test('a number counts once, the health check with them, and those outside are listed', () => {
    const { nodePorts } = overview([
      service({
        name: 'both',
        type: 'LoadBalancer',
        healthCheckNodePort: 31_000,
        ports: [servicePort({ nodePort: 30_001 }), servicePort({ name: 'udp', protocol: 'UDP', nodePort: 30_001 })],
      }),
      withPort('low', 20_000),
      service({ name: 'none', ports: [servicePort({ nodePort: 0 })] }),
    ])
    expect(nodePorts).toMatchObject({ first: 30_000, last: 32_767, size: 2768, used: 2, free: null, lastAsked: 30_085 })
    expect(nodePorts.outside.map(({ port, service: of }) => `${port} ${of}`)).toEqual(['20000 shop/low'])
    expect(nodePorts.collisions).toEqual([])
  })

  const apiServer = (first: number, last: number, flag: boolean, over: Parameters<typeof pod>[0] = {}) =>
    pod({ namespace: 'kube-system', name: `kube-apiserver-${first}`, nodePortRange: { first, last, flag }, ...over })
  const used = [withPort('in', 30_001), withPort('low', 20_001)]
  test.each<[string, readonly ClusterRecord[], object]>([
    [
      'assumed while nothing tells it, and free while nothing contradicts it',
      [withPort('in', 30_001)],
      { first: 30_000, last: 32_767, source: 'assumed', used: 1, free: 2767 },
    ],
    [
      'assumed and contradicted by a number in use: nothing is called free',
      used,
      { source: 'assumed', used: 1, free: null },
    ],
    [
      'that of the flag',
      [...used, apiServer(20_000, 20_099, true)],
      { first: 20_000, last: 20_099, source: 'flag', size: 100, used: 1, free: 99, lastAsked: 20_015 },
    ],
    [
      'the default, as the API server has no flag: what lies outside is of earlier',
      [...used, apiServer(30_000, 32_767, false)],
      { first: 30_000, source: 'default', used: 1, free: 2767 },
    ],
    ['of 16 ports, with none kept for Services that ask', [apiServer(80, 95, true)], { size: 16, lastAsked: null }],
    [
      'assumed while two API servers do not agree',
      [apiServer(1000, 1999, true), apiServer(2000, 2999, true)],
      { first: 30_000, source: 'assumed' },
    ],
    ['assumed when the pod has ended', [apiServer(1000, 1999, true, { phase: 'Failed' })], { source: 'assumed' }],
  ])('the range is %s', (_name, records, expected) => {
    expect(overview(records).nodePorts).toMatchObject(expected)
  })

  test('[I13] two Services with one number collide, whatever the protocol', () => {
    const { nodePorts } = overview([withPort('a', 30_005), withPort('b', 30_005, 'UDP'), withPort('c', 30_006)])
    expect(nodePorts.collisions.map(({ port, uses }) => [port, ...uses.map(({ service: of }) => of)])).toEqual([
      [30_005, 'shop/a', 'shop/b'],
    ])
  })
})

describe('[I10] a range', () => {
  test.each<[string, readonly string[]]>([
    ['10.96.0.0/16', ['10.96.0.0/16 same']],
    ['10.96.0.0/24', ['10.96.0.0/16 within']],
    ['10.0.0.0/8', ['10.96.0.0/16 contains', '10.244.1.0/24 contains', '10.244.2.0/24 contains']],
    ['fd00:10:244::/48', ['fd00:10:244:1::/64 contains', 'fd00:10:244:2::/64 contains']],
    ['192.0.2.0/24', []],
  ])('%s meets the known ranges', (text, expected) => {
    expect(range(text).overlaps.map(({ cidr, relation }) => `${cidr} ${relation}`)).toEqual(expected)
  })

  test('lists who has addresses in it, in their order', () => {
    const rows = (text: string) => range(text).owners.rows.map(({ ip, kind, name }) => `${ip} ${kind} ${name}`)
    expect(rows('10.0.0.0/8')).toEqual(['10.0.0.1 Node node-a', '10.96.0.10 Service cart', '10.244.1.5 Pod cart-1'])
    expect(rows('fd00::/16')).toEqual([
      'fd00:10::1 Node node-a',
      'fd00:10:96::a Service cart',
      'fd00:10:244:1::5 Pod cart-1',
    ])
    expect(rows('192.0.2.0/24')).toEqual(['192.0.2.9 EndpointSlice cart-a1b2c'])
    const ways = range('203.0.113.0/24', [
      ...dualStack,
      ingress({ name: 'web', addresses: ['203.0.113.60', 'a.example'] }),
    ])
    expect(ways.owners.rows.map(({ ip, kind, name }) => `${ip} ${kind} ${name}`)).toEqual([
      '203.0.113.7 Service cart',
      '203.0.113.60 Ingress web',
    ])
    expect(ways.owners.counts).toMatchObject({ Service: 1, Ingress: 1, Gateway: 0 })
  })

  test('pages its owners and counts them all', () => {
    const many = Array.from({ length: 450 }, (_, i) => pod({ name: `p${i}`, podIPs: [`10.250.${i >> 8}.${i & 255}`] }))
    const first = range('10.250.0.0/16', many)
    const last = range('10.250.0.0/16', many, 400)
    expect([first.owners.total, first.owners.counts.Pod, first.owners.rows.length, first.owners.next]).toEqual([
      ...[450, 450, 200, 200],
    ])
    expect([last.owners.rows[0]?.ip, last.owners.rows.length, last.owners.next]).toEqual(['10.250.1.144', 50, null])
  })

  test('says when Service and pod ranges overlap', () => {
    const clash = node({ name: 'x', podCIDRs: ['10.96.4.0/24'] })
    expect(range('10.0.0.0/8', [...dualStack, clash]).findings.map(({ code }) => code)).toEqual(['ranges-overlap'])
  })
})
