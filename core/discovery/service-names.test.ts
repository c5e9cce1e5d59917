import { describe, expect, test } from 'vitest'
import type { PodRecord } from '../model/records'
import { endpoint, endpointOf, pod, service, servicePort, slice, slicePort } from '../testing/builders'
import { headless } from '../testing/dns-questions'
import { namesView } from '../testing/names-view'
import { serviceNames } from './service-names'

type Over = Parameters<typeof service>[0]
type Slices = readonly Parameters<typeof slice>[0][]

function namesOf(over: Over, slices: Slices = [], pods: readonly PodRecord[] = []) {
  const one = service(over)
  const found = serviceNames(namesView({ services: [one], slices: slices.map(slice), pods }), one.key)
  if (!found) throw new Error('no such Service')
  const row = (of: (typeof found)['names'][number]) =>
    [of.type, of.name.replace('.cluster.local', ''), of.rcode, ...of.data, of.reason?.code].filter(
      (text) => text !== undefined,
    )
  return {
    found,
    names: found.names.map(row),
    endpoints: found.endpoints.map(row),
    addresses: found.addresses.map(row),
    missing: found.missing.map(({ name, reason }) => [name.replace('.cluster.local', ''), reason.code]),
  }
}

describe('[Q3] the names of a Service', () => {
  test('with a cluster IP: the family it lacks, SRV with the port of the Service', () => {
    const { names, addresses, missing } = namesOf({})
    expect(names).toEqual([
      ['A', 'cart.shop.svc', 'NOERROR', '10.96.0.10'],
      ['AAAA', 'cart.shop.svc', 'NOERROR', 'names-family-not-given'],
      ['SRV', 'cart.shop.svc', 'NOERROR', '0 100 80 cart.shop.svc.cluster.local.'],
      ['SRV', '_http._tcp.cart.shop.svc', 'NOERROR', '0 100 80 cart.shop.svc.cluster.local.'],
    ])
    expect(addresses).toEqual([['PTR', '10.96.0.10', 'NOERROR', 'cart.shop.svc.cluster.local.']])
    expect(missing).toEqual([])
  })

  test.each([
    ['no endpoints', headless, [], 'NXDOMAIN', 'names-no-endpoints'],
    ['no selector', { ...headless, selector: undefined }, [], 'NXDOMAIN', 'names-no-slices'],
    ['none ready', headless, [{ endpoints: [endpoint('10.0.0.1', { ready: false })] }], 'NXDOMAIN', 'names-none-ready'],
    [
      'only IPv6',
      headless,
      [{ addressType: 'IPv6' as const, endpoints: [endpoint('fd00::1')] }],
      'NOERROR',
      'names-family-no-endpoints',
    ],
    [
      'IPv4 not ready',
      headless,
      [
        { endpoints: [endpoint('10.0.0.1', { ready: false })] },
        { name: 'b', addressType: 'IPv6' as const, endpoints: [endpoint('fd00::1')] },
      ],
      'NOERROR',
      'names-family-none-ready',
    ],
    [
      'an address for a name',
      { type: 'ExternalName' as const, clusterIP: '', clusterIPs: [], externalName: '192.0.2.9' },
      [],
      'NXDOMAIN',
      'names-external-is-address',
    ],
  ])('why there is no A record: %s', (_, over, slices, rcode, code) => {
    const row = namesOf(over, slices).found.names.find(({ type }) => type === 'A')
    expect([row?.rcode, row?.reason?.code]).toEqual([rcode, code])
  })

  test('ExternalName', () => {
    const over = { type: 'ExternalName' as const, clusterIP: '', clusterIPs: [], externalName: 'db.example.com' }
    expect(namesOf(over).names).toEqual([
      ['CNAME', 'cart.shop.svc', 'NOERROR', 'db.example.com.'],
      ['A', 'cart.shop.svc', 'NOERROR', 'CNAME db.example.com.', 'names-alias-outside'],
      ['AAAA', 'cart.shop.svc', 'NOERROR', 'CNAME db.example.com.', 'names-alias-outside'],
      ['SRV', 'cart.shop.svc', 'NOERROR', 'names-external-no-ports'],
    ])
  })

  test('ExternalName of a name inside that has no address', () => {
    const over = {
      type: 'ExternalName' as const,
      clusterIP: '',
      clusterIPs: [],
      externalName: 'cart.shop.svc.cluster.local',
    }
    expect(namesOf(over).names[1]).toEqual(['A', 'cart.shop.svc', 'NOERROR', 'names-alias-without-address'])
  })

  test('ports: unnamed, in no slice, none at all, and addresses that DNS does not tell', () => {
    const ports = [servicePort({ name: '' }), servicePort({ name: 'grpc', port: 90 })]
    const over = {
      ...headless,
      ports,
      externalIPs: ['192.0.2.1'],
      loadBalancerIngress: [{ ip: undefined, hostname: 'lb.example', ipMode: undefined }],
    }
    const { names, missing } = namesOf(over, [{ ports: [slicePort()], endpoints: [endpoint('10.0.0.1')] }])
    expect(names.at(-1)).toEqual(['SRV', '_grpc._tcp.cart.shop.svc', 'NXDOMAIN', 'names-port-in-no-slice'])
    expect(missing).toEqual([
      ['_tcp.cart.shop.svc', 'names-port-unnamed'],
      ['192.0.2.1', 'names-outside-not-told'],
      ['lb.example', 'names-outside-not-told'],
    ])
    expect(namesOf({ ports: [] }).names.at(-1)).toEqual(['SRV', 'cart.shop.svc', 'NOERROR', 'names-no-ports'])
  })

  test('endpoints by their labels and backwards', () => {
    const endpoints = [
      endpoint('10.0.0.1', { hostname: 'cart-0' }),
      endpoint('10.0.0.2'),
      endpoint('10.0.0.3', { ready: false, terminating: true }),
    ]
    const { endpoints: rows, addresses, missing } = namesOf(headless, [{ endpoints }])
    expect(rows).toEqual([
      ['A', 'cart-0.cart.shop.svc', 'NOERROR', '10.0.0.1'],
      ['A', '10-0-0-2.cart.shop.svc', 'NOERROR', '10.0.0.2'],
    ])
    expect(addresses).toEqual([
      ['PTR', '10.0.0.1', 'NOERROR', 'cart-0.cart.shop.svc.cluster.local.'],
      ['PTR', '10.0.0.2', 'NOERROR', '10-0-0-2.cart.shop.svc.cluster.local.'],
    ])
    expect(missing).toEqual([['10-0-0-3.cart.shop.svc', 'names-endpoint-terminating']])
  })

  test("a pod's own name under a headless Service, and why it is not there", () => {
    const of = (name: string, over: Parameters<typeof pod>[0] = {}) =>
      pod({ name, podIPs: [`10.0.0.${name.length}`], ...over })
    const plain = of('p')
    const half = of('p2', { hostname: 'h' })
    const other = of('p33', { hostname: 'o', subdomain: 'dbs' })
    const right = of('p444', { hostname: 'r', subdomain: 'cart' })
    const late = of('p5555', { phase: 'Pending', podIPs: [] })
    const slices = [
      { endpoints: [endpointOf(plain), endpointOf(half), endpointOf(other), endpointOf(right, { hostname: 'r' })] },
    ]
    const pods = [plain, half, other, right, late]
    expect(namesOf(headless, slices, pods).missing).toEqual([
      ['p.cart.shop.svc', 'names-pod-without-hostname'],
      ['h.cart.shop.svc', 'names-pod-without-subdomain'],
      ['o.cart.shop.svc', 'names-pod-of-other-subdomain'],
      ['p5555.cart.shop.svc', 'names-pod-in-no-slice'],
    ])
    expect(namesOf({}, slices, pods).missing).toEqual([])
    expect(namesOf(headless, [{ endpoints: [endpointOf(right)] }], [right]).missing).toEqual([
      ['r.cart.shop.svc', 'names-hostname-not-in-slice'],
    ])
  })

  test('hidden addresses stay hidden, in labels and commands', () => {
    const { found, endpoints } = namesOf(headless, [{ endpoints: [endpoint('ipv4~0123456789ab')] }])
    expect(endpoints).toEqual([['A', 'ipv4~0123456789ab.cart.shop.svc', 'unknown', 'names-hidden']])
    expect(found.endpoints[0]?.command).toBeUndefined()
  })

  test('commands ask the server of the cluster', () => {
    expect(namesOf({}).found.names[0]?.command).toBe('dig cart.shop.svc.cluster.local. A +noall +comments +answer')
  })

  test('many endpoints: the first are listed, all are counted', () => {
    const endpoints = Array.from({ length: 120 }, (_, i) => endpoint(`10.0.1.${i}`))
    const { found } = namesOf(headless, [{ endpoints }])
    expect([found.endpoints.length, found.endpointCount, found.names[0]?.data.length, found.names[0]?.total]).toEqual([
      50, 120, 20, 120,
    ])
  })
})
