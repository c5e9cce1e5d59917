import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localReadyAddresses, portEndpoints, readyAddressesByNode } from './endpoints'
import { cartPort, endpoint, slice } from './testing'

const keys = (...slices: Parameters<typeof portEndpoints>[0][number][]) =>
  portEndpoints(slices, cartPort()).endpoints.map(({ key }) => key)
const reasons = (...slices: Parameters<typeof portEndpoints>[0][number][]) =>
  portEndpoints(slices, cartPort()).leftOut.map(({ reason }) => reason.code)

describe('[P10] a slice belongs to a Service by label and namespace alone', () => {
  const one = [endpoint(1)]
  test.each([
    ['of a user, without managed-by', slice(one), true],
    [
      'of another controller, with any owner',
      slice(one, { name: 'odd', labels: { 'endpointslice.kubernetes.io/managed-by': 'me' } }),
      true,
    ],
    ['labelled with another Service', slice(one, { labels: { 'kubernetes.io/service-name': 'web' } }), false],
    ['with an empty label', slice(one, { labels: { 'kubernetes.io/service-name': '' } }), false],
    ['in another namespace', slice(one, { namespace: 'other' }), false],
  ])('%s', (_, subject, belongs) => {
    expect(keys(subject)).toEqual(belongs ? ['10.0.0.1:8080'] : [])
    expect(reasons(subject)).toEqual(belongs ? [] : ['slice-of-other-service'])
  })
})

describe('[P11] slices nobody reads', () => {
  test.each([
    ['labelled headless', { labels: { 'service.kubernetes.io/headless': '' } }, 'slice-headless'],
    ['of the other family', { addressType: 'IPv6' }, 'slice-other-family'],
    ['FQDN', { addressType: 'FQDN' }, 'slice-host-names'],
  ])('%s', (_, extra, code) => {
    expect(keys(slice([endpoint(1)], extra))).toEqual([])
    expect(reasons(slice([endpoint(1)], extra))).toEqual([code])
  })
})

describe('[P12] a slice port serves the port of its name and protocol', () => {
  test.each([
    ['number and targetPort are not compared', [{ name: '', port: 9 }], ['10.0.0.1:9']],
    ['another name', [{ name: 'http', port: 8080 }], []],
    ['another protocol', [{ name: '', port: 8080, protocol: 'UDP' }], []],
    ['no name', [{ port: 8080 }], []],
    ['no number', [{ name: '' }], []],
    ['number 0', [{ name: '', port: 0 }], []],
    [
      'two numbers under one name',
      [
        { name: '', port: 1 },
        { name: '', port: 2 },
      ],
      ['10.0.0.1:1', '10.0.0.1:2'],
    ],
  ])('%s', (_, ports, expected) => {
    expect(keys(slice([endpoint(1)], { ports }))).toEqual(expected)
    expect(reasons(slice([endpoint(1)], { ports }))).toEqual(expected.length > 0 ? [] : ['slice-without-port'])
  })
})

describe('[P13] the first address of an endpoint, printed canonically', () => {
  test.each([
    [['10.0.0.1', '10.0.0.2'], ['10.0.0.1:8080'], []],
    [['010.0.0.01'], ['10.0.0.1:8080'], []],
    [[], [], ['endpoint-without-address']],
    [['pod.example.com'], [], ['endpoint-unreadable-address']],
  ])('%j', (addresses, expected, why) => {
    expect(keys(slice([{ addresses }]))).toEqual(expected)
    expect(reasons(slice([{ addresses }]))).toEqual(why)
  })
})

describe('[P14] of endpoints with one ip:port one stays', () => {
  const winner = (...states: Parameters<typeof endpoint>[1][]) =>
    portEndpoints([slice(states.map((state) => endpoint(1, state)))], cartPort())
  test.each([
    ['running beats terminating, first', ['ready', 'serving-terminating'], 0],
    ['running beats terminating, last', ['serving-terminating', 'ready'], 1],
    ['not ready beats serving while terminating', ['serving-terminating', 'not-ready'], 1],
    ['the last of two that run', ['ready', 'not-ready'], 1],
    ['the first of two that terminate', ['serving-terminating', 'terminating'], 0],
  ] as const)('%s', (_, states, index) => {
    const { endpoints, leftOut } = winner(...states)
    expect(endpoints.map((one) => one.index)).toEqual([index])
    expect(leftOut).toEqual([
      {
        slice: 'shop/cart-1',
        index: 1 - index,
        reason: { code: 'endpoint-duplicate', values: { endpoint: '10.0.0.1:8080', slice: 'shop/cart-1' } },
      },
    ])
  })

  test('over any slices: keys are unique and sorted, and every place is an endpoint or has a reason', () => {
    const states = fc.constantFrom('ready', 'not-ready', 'serving-terminating', 'terminating')
    const endpoints = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), states), { maxLength: 12 })
    fc.assert(
      fc.property(fc.array(endpoints, { maxLength: 4 }), (lists) => {
        const slices = lists.map((list, i) =>
          slice(
            list.map(([last, state]) => endpoint(last, state)),
            { name: `s${i}` },
          ),
        )
        const found = portEndpoints(slices, cartPort())
        const sorted = [...new Set(found.endpoints.map(({ key }) => key))].sort()
        expect(found.endpoints.map(({ key }) => key)).toEqual(sorted)
        expect(found.endpoints.length + found.leftOut.length).toBe(lists.flat().length)
        for (const { key, endpoint: kept } of found.endpoints) {
          const rivals = lists.flat().filter(([last]) => key === `10.0.0.${last}:8080`)
          if (kept.terminating) expect(rivals.every(([, state]) => state.includes('terminating'))).toBe(true)
        }
      }),
    )
  })
})

test('[P15] endpoints are sorted as text', () => {
  expect(keys(slice([endpoint(9), endpoint(10), endpoint(100)]))).toEqual(
    ['10.0.0.100:8080', '10.0.0.10:8080', '10.0.0.9:8080'].sort(),
  )
  expect(keys(slice([endpoint(9), endpoint(10)]))).toEqual(['10.0.0.10:8080', '10.0.0.9:8080'])
})

test('[P16] absent conditions: ready and serving count as true, terminating as false', () => {
  const { endpoints } = portEndpoints([slice([{ addresses: ['10.0.0.1'] }])], cartPort())
  expect(endpoints.map(({ endpoint: { ready, serving, terminating } }) => [ready, serving, terminating])).toEqual([
    [true, true, false],
  ])
})

test('[P24] the health check counts different ready addresses on the node, over all ports', () => {
  const here = { nodeName: 'node-a' }
  const ports = [
    { name: '', port: 8080 },
    { name: 'metrics', port: 9090 },
  ]
  const slices = [
    slice(
      [endpoint(1, 'ready', here), endpoint(2, 'ready', here), endpoint(3, 'serving-terminating', here), endpoint(4)],
      { ports },
    ),
    slice([endpoint(1, 'ready', here), endpoint(5, 'ready', { nodeName: 'node-b' })], {
      name: 'cart-2',
      ports: [{ name: 'admin', port: 1 }],
    }),
    slice([endpoint(6, 'ready', here)], { name: 'cart-3', labels: { 'service.kubernetes.io/headless': '' } }),
  ]
  expect(localReadyAddresses(slices, cartPort(), 'node-a')).toBe(2)
  expect(localReadyAddresses(slices, cartPort(), '')).toBe(0)
})

describe('what a reason tells', () => {
  const told = (...slices: Parameters<typeof portEndpoints>[0][number][]) =>
    portEndpoints(slices, cartPort()).leftOut.map(({ reason }) => reason)
  test.each([
    [
      'another Service',
      slice([endpoint(1)], { labels: { 'kubernetes.io/service-name': 'web' } }),
      { code: 'slice-of-other-service', values: { slice: 'cart-1', service: 'web' } },
    ],
    [
      'no Service',
      slice([endpoint(1)], { labels: { 'kubernetes.io/service-name': '' } }),
      { code: 'slice-of-other-service', values: { slice: 'cart-1', service: '' } },
    ],
    [
      'headless',
      slice([endpoint(1)], { labels: { 'service.kubernetes.io/headless': '' } }),
      { code: 'slice-headless', values: { slice: 'cart-1' } },
    ],
    [
      'the other family',
      slice([endpoint(1)], { addressType: 'IPv6' }),
      { code: 'slice-other-family', values: { slice: 'cart-1', addressType: 'IPv6' } },
    ],
    [
      'another port',
      slice([endpoint(1)], { ports: [{ name: 'admin', port: 1 }] }),
      { code: 'slice-without-port', values: { port: '', protocol: 'TCP' } },
    ],
    [
      'an address that cannot be read',
      slice([{ addresses: ['bogus'] }]),
      { code: 'endpoint-unreadable-address', values: { address: 'bogus' } },
    ],
    ['no address', slice([{ addresses: [] }]), { code: 'endpoint-without-address', values: {} }],
  ])('%s', (_, subject, reason) => {
    expect(told(subject)).toEqual([reason])
  })

  test('endpoints stand sorted, whatever their order', () => {
    expect(keys(slice([9, 1, 20, 10].map((last) => endpoint(last))))).toEqual(
      [10, 1, 20, 9].map((last) => `10.0.0.${last}:8080`),
    )
  })

  test('the same slices asked about another port, another Service or in another order give another answer', () => {
    const both = {
      ports: [
        { name: '', port: 8080 },
        { name: 'admin', port: 9 },
      ],
    }
    const [a, b] = [slice([endpoint(1)], both), slice([endpoint(2)], { ...both, name: 'cart-2' })]
    const c = slice([endpoint(3)], { ...both, name: 'cart-3' })
    const of = (slices: (typeof a)[], name = '', service = 'cart', namespace = 'shop') =>
      portEndpoints(slices, { ...cartPort(), namespace, service, port: { name, protocol: 'TCP' } }).endpoints.map(
        ({ key }) => key,
      )
    expect(of([a, b])).toEqual(['10.0.0.1:8080', '10.0.0.2:8080'])
    expect(of([a, b], 'admin')).toEqual(['10.0.0.1:9', '10.0.0.2:9'])
    expect(of([a, b], '', 'web')).toEqual([])
    expect(of([a, b], '', 'art', 'shopc')).toEqual([])
    expect(of([a, c])).toEqual(['10.0.0.1:8080', '10.0.0.3:8080'])
    expect(of([a])).toEqual(['10.0.0.1:8080'])
    expect(of([a, b])).toEqual(['10.0.0.1:8080', '10.0.0.2:8080'])
    expect(of([])).toEqual([])
  })

  test('the same question is answered with the same object', () => {
    const slices = [slice([endpoint(1)])]
    expect(portEndpoints(slices, cartPort())).toBe(portEndpoints(slices, cartPort()))
  })
})

test('[P24] a port without a name is no port of the Service', () => {
  const slices = [slice([endpoint(1, 'ready', { nodeName: 'node-a' })], { ports: [{ port: 8080 }] })]
  expect(localReadyAddresses(slices, cartPort(), 'node-a')).toBe(0)
})

test('[P24] the ready addresses of each node', () => {
  const at = (nodeName: string) => ({ nodeName })
  const list = [
    endpoint(1, 'ready', at('node-a')),
    endpoint(2, 'ready', at('node-a')),
    endpoint(3, 'ready', at('node-b')),
  ]
  const nowhere = [endpoint(4), endpoint(5, 'not-ready', at('node-c'))]
  expect(readyAddressesByNode([slice([...list, ...nowhere])], cartPort())).toEqual(
    new Map([
      ['node-a', new Set(['10.0.0.1', '10.0.0.2'])],
      ['node-b', new Set(['10.0.0.3'])],
    ]),
  )
})

test.each([
  ['', 0],
  ['nowhere', 0],
])('[P24] no ready address is on node %j', (node, count) => {
  const { namespace, service, family } = cartPort()
  const slices = [slice([endpoint(1, 'ready', { nodeName: 'node-a' }), endpoint(2)])]
  expect(localReadyAddresses(slices, { namespace, service, family }, node)).toBe(count)
})
