import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { serviceKey } from '../model/keys'
import type { ClusterRecord, Kind } from '../model/records'
import { entryKinds } from '../model/records-entries'
import { service, servicePort } from '../testing/builders'
import { ingress, ingressClass, ingressPath } from '../testing/entry-builders'
import { entriesOf } from './entries-of'

type Scoped = readonly (readonly [Kind, string])[]

function entries(records: readonly ClusterRecord[], known: Scoped = entryKinds.map((kind) => [kind, ''])) {
  const store = createClusterStore()
  store.apply([
    { type: 'synced', kind: 'Service', scope: '' },
    ...known.map(([kind, scope]): ClusterEvent => ({ type: 'synced', kind, scope })),
    ...[ingressClass(), ...records].map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return entriesOf(store, serviceKey('shop', 'cart'))
}

const balancer = (...ingress: readonly Partial<Record<'ip' | 'hostname' | 'ipMode', string>>[]) =>
  service({
    type: 'LoadBalancer',
    loadBalancerIngress: ingress.map((one) => ({ ip: undefined, hostname: undefined, ipMode: undefined, ...one })),
  })

describe('[Y11] addresses of the Service itself', () => {
  const ports = [{ name: 'http', protocol: 'TCP', port: 80 }]
  test.each<[string, ReturnType<typeof service>, readonly object[]]>([
    ['none', service(), []],
    ['of a Service that is no load balancer, none is waited for', service({ type: 'NodePort' }), []],
    [
      'of a load balancer that has none yet',
      balancer(),
      [{ kind: 'load-balancer', address: '', ports, notes: [{ code: 'entry-address-pending', values: {} }] }],
    ],
    [
      'of one whose entry says nothing',
      balancer({}),
      [{ kind: 'load-balancer', address: '', ports, notes: [{ code: 'entry-address-pending', values: {} }] }],
    ],
    [
      'a node port of one port of two',
      service({ ports: [servicePort(), servicePort({ name: 'b', port: 81, nodePort: 30_081 })] }),
      [{ kind: 'node-port', address: '', ports: [{ name: 'b', protocol: 'TCP', port: 30_081 }], notes: [] }],
    ],
    [
      'what keeps clients away from each: ranges from the load balancer alone, a Local policy from all',
      {
        ...balancer({ ip: '192.0.2.1' }),
        ports: [servicePort({ nodePort: 30_080 })],
        externalIPs: ['192.0.2.9'],
        loadBalancerSourceRanges: ['198.51.100.0/24', '203.0.113.0/24'],
        externalTrafficPolicy: 'Local',
      },
      [
        {
          kind: 'load-balancer',
          address: '192.0.2.1',
          ports,
          notes: [
            { code: 'entry-address-vip', values: {} },
            { code: 'entry-address-ranges', values: { ranges: '198.51.100.0/24, 203.0.113.0/24', count: 2 } },
            { code: 'entry-address-local', values: {} },
          ],
        },
        { kind: 'external-ip', address: '192.0.2.9', ports, notes: [{ code: 'entry-address-local', values: {} }] },
        {
          kind: 'node-port',
          address: '',
          ports: [{ name: 'http', protocol: 'TCP', port: 30_080 }],
          notes: [{ code: 'entry-address-local', values: {} }],
        },
      ],
    ],
  ])('%s', (_, record, addresses) => expect(entries([record])?.addresses).toEqual(addresses))
})

test('[Y11] of many ranges of clients five are named, all are counted', () => {
  const loadBalancerSourceRanges = Array.from({ length: 6 }, (_, at) => `10.${at}.0.0/16`)
  const [address] = entries([{ ...balancer({ ip: '192.0.2.1' }), loadBalancerSourceRanges }])?.addresses ?? []
  expect(address?.notes.at(-1)).toEqual({
    code: 'entry-address-ranges',
    values: { ranges: '10.0.0.0/16, 10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16, 10.4.0.0/16', count: 6 },
  })
})

describe('the ways in to a Service', () => {
  test('the whole ones first, else as their objects sort', () => {
    const records = [
      ingress({ name: 'a', className: 'gone' }),
      ingress({ name: 'b' }),
      ingress({ name: 'c', className: 'gone' }),
      ingress({ name: 'd' }),
    ]
    const found = entries([service(), ...records])
    expect(found?.ways.map(({ entry }) => entry.id)).toEqual(['shop/b', 'shop/d', 'shop/a', 'shop/c'])
  })

  test('two hundred are told, all are counted', () => {
    const paths = Array.from({ length: 201 }, (_, at) => ingressPath(`/${at}`))
    const found = entries([service(), ingress({ rules: [{ host: '', paths }] })])
    expect([found?.ways.length, found?.count, found?.broken]).toEqual([200, 201, 0])
  })

  test('of many, those that lead nowhere are counted and shown too', () => {
    const ingresses = Array.from({ length: 150 }, (_, at) => [
      ingress({ name: `whole-${at}` }),
      ingress({ name: `gone-${at}`, className: 'gone' }),
    ])
    const found = entries([service(), ...ingresses.flat()])
    expect([found?.count, found?.broken, found?.ways.length]).toEqual([300, 150, 200])
    expect(found?.ways.filter(({ broken }) => broken.length > 0)).toHaveLength(100)
  })

  test('kinds that are read in its namespace are known; classes are read everywhere', () => {
    const known: Scoped = entryKinds
      .filter((kind) => kind !== 'HTTPRoute')
      .map((kind) => [kind, kind.endsWith('Class') ? '' : 'shop'])
    expect(entries([service()], known)?.notKnown).toEqual([
      { code: 'entry-not-known', values: { kind: 'HTTPRoute', coverage: 'loading' } },
    ])
  })

  test('no Service, no ways', () => expect(entries([])).toBeUndefined())
})
