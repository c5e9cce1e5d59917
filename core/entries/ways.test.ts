import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { serviceKey } from '../model/keys'
import type { ClusterRecord, Kind } from '../model/records'
import { entryKinds } from '../model/records-entries'
import { namespace, service, servicePort } from '../testing/builders'
import {
  backendRef,
  gateway,
  gatewayClass,
  httpRoute,
  ingress,
  ingressBackend,
  ingressClass,
  ingressPath,
  listener,
  parentRef,
  referenceGrant,
  routeMatch,
  routeRule,
} from '../testing/entry-builders'
import { entriesOf, waysInto } from './entries-of'

const kinds: readonly Kind[] = ['Service', 'EndpointSlice', 'Pod', 'Node', 'Namespace', ...entryKinds]

function viewOf(
  records: readonly ClusterRecord[],
  not: Partial<Record<Kind, 'forbidden' | 'unserved' | 'loading'>> = {},
) {
  const store = createClusterStore()
  store.apply([
    ...kinds.flatMap((kind): ClusterEvent[] => {
      const why = not[kind]
      if (why === 'loading') return []
      return [why ? { type: 'unavailable', kind, scope: '', why } : { type: 'synced', kind, scope: '' }]
    }),
    ...records.map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return store
}

const cart = serviceKey('shop', 'cart')
const common = [
  service(),
  ingressClass(),
  gatewayClass(),
  gateway(),
  namespace({ name: 'shop', labels: { team: 'a' } }),
]
const codes = (all: readonly { readonly code: string }[]) => all.map(({ code }) => code)
function said(records: readonly ClusterRecord[], not: Parameters<typeof viewOf>[1] = {}) {
  const [way] = waysInto(viewOf(records, not), cart)
  return way && { broken: codes(way.broken), notes: codes(way.notes) }
}

describe('an Ingress', () => {
  test('is a way in with its class, host, path, port and addresses', () => {
    const [way] = waysInto(viewOf([...common, ingress({ addresses: ['203.0.113.9'] })]), cart)
    expect(way).toMatchObject({
      entry: { kind: 'Ingress', id: 'shop/web' },
      hosts: ['shop.example.com'],
      path: '/',
      pathType: 'Prefix',
      className: 'nginx',
      addresses: ['203.0.113.9'],
      servicePort: 80,
      share: 1,
      tls: false,
      broken: [],
      notes: [],
    })
  })

  test.each<[string, Parameters<typeof ingress>[0], Partial<Record<Kind, 'forbidden'>>, string[], string[]]>([
    ['a class that is there', {}, {}, [], []],
    ['a class that is not', { className: 'gone' }, {}, ['entry-class-missing'], []],
    [
      'a class of classes not read',
      { className: 'gone' },
      { IngressClass: 'forbidden' },
      [],
      ['entry-class-not-known'],
    ],
    ['the annotation', { className: undefined, classAnnotation: 'own' }, {}, [], ['entry-class-annotation']],
    ['the field before the annotation', { classAnnotation: 'own' }, {}, [], []],
    ['no class and no default', { className: undefined }, {}, ['entry-class-none'], []],
    [
      'no class, classes not read',
      { className: undefined },
      { IngressClass: 'forbidden' },
      [],
      ['entry-class-default-not-known'],
    ],
  ])('[Y1] %s', (_, over, not, broken, notes) => {
    expect(said([...common, ingress(over)], not)).toEqual({ broken, notes })
  })

  test('[Y1] the default class, and several of them', () => {
    const bare = ingress({ className: undefined })
    const one = [service(), ingressClass({ isDefault: true }), bare]
    expect(said(one)).toEqual({ broken: [], notes: ['entry-class-default'] })
    expect(said([...one, ingressClass({ name: 'other', isDefault: true })])?.notes).toContain('entry-class-defaults')
  })

  test.each<[string, ReturnType<typeof ingressBackend>, readonly ClusterRecord[], string[], string[]]>([
    ['a port by its name', ingressBackend('cart', 'http'), [], [], []],
    ['a port number that is not there', ingressBackend('cart', 81), [], ['entry-port-missing'], []],
    ['a port name that is not there', ingressBackend('cart', 'grpc'), [], ['entry-port-missing'], []],
    ['no port', { ...ingressBackend('cart'), port: undefined }, [], ['entry-port-not-set'], []],
    [
      'an alias',
      ingressBackend('cart', 443),
      [service({ type: 'ExternalName', externalName: 'a.test', ports: [] })],
      [],
      ['entry-external-name'],
    ],
  ])('[Y3] %s', (_, backend, more, broken, notes) => {
    const rules = [{ host: 'a.test', paths: [ingressPath('/', { backend })] }]
    expect(said([...common, ...more, ingress({ rules })])).toEqual({ broken, notes })
  })

  test('[Y3] a Service that is not there; one that cannot be known is not said to be missing', () => {
    const records = [ingressClass(), ingress()]
    expect(said(records)?.broken).toEqual(['entry-service-missing'])
    expect(said(records, { Service: 'forbidden' })).toEqual({ broken: [], notes: ['entry-service-not-known'] })
  })

  test.each<[string, string[][], string[]]>([
    ['its host', [['shop.example.com']], []],
    ['a wildcard over its host', [['*.example.com']], []],
    ['no host: all of them', [[]], []],
    ['another host', [['other.test']], ['entry-tls-host']],
    ['a wildcard two labels above', [['*.com']], ['entry-tls-host']],
  ])('[Y4] TLS for %s', (_, tls, notes) => {
    const record = ingress({ tls: tls.map((hosts) => ({ hosts, secretName: 's' })) })
    expect(said([...common, record])).toEqual({ broken: [], notes })
  })

  test('the default backend is a way of its own; a backend of another kind leads to no Service', () => {
    const resource = { service: undefined, port: undefined, resource: 'Bucket/b' }
    const rules = [{ host: '', paths: [ingressPath('/', { backend: resource })] }]
    const view = viewOf([...common, ingress({ rules, defaultBackend: ingressBackend() })])
    expect(waysInto(view, cart).map(({ pathType }) => pathType)).toEqual(['default'])
  })
})

describe('a route', () => {
  test('is a way in by its Gateway, with its share', () => {
    const rules = [
      routeRule({
        matches: [routeMatch('/cart', { method: 'GET', headers: ['x-a'], queryParams: ['q'] })],
        filters: ['URLRewrite'],
        backends: [backendRef({ weight: 9 }), backendRef({ name: 'other', weight: 1 })],
      }),
    ]
    const [way] = waysInto(viewOf([...common, httpRoute({ rules })]), cart)
    expect(way).toMatchObject({
      hosts: ['shop.example.com'],
      through: [{ gateway: 'shop/edge', listener: 'http', port: 80, protocol: 'HTTP' }],
      addresses: ['203.0.113.50'],
      share: 0.9,
      broken: [],
    })
    expect(codes(way?.conditions ?? [])).toEqual(['entry-when-method', 'entry-when-header', 'entry-when-query'])
    expect(codes(way?.notes ?? []), '[Y10]').toEqual(['entry-filters'])
  })

  test('[Y14] a backend that redirects by a filter of its own gets nothing of its share, and needs no Service', () => {
    const backends = [backendRef(), backendRef({ name: 'gone', filters: ['RequestRedirect', 'URLRewrite'] })]
    const ways = waysInto(
      viewOf([...common, httpRoute({ rules: [routeRule({ backends })] })]),
      serviceKey('shop', 'gone'),
    )
    expect(ways.map(({ redirects, share }) => ({ redirects, share }))).toEqual([{ redirects: true, share: 0.5 }])
    expect([codes(ways[0]?.broken ?? []), codes(ways[0]?.notes ?? [])]).toEqual([
      [],
      ['entry-backend-redirects', 'entry-filters'],
    ])
  })

  test('[Y10] conditions and filters are named and change nothing', () => {
    const rules = [routeRule({ matches: [routeMatch('/', { headers: ['x'] })], filters: ['RequestMirror'] })]
    expect(said([...common, httpRoute({ rules })])).toEqual({ broken: [], notes: ['entry-filters'] })
  })

  test.each<[string, number[], number | undefined, string[]]>([
    ['the weights that are given', [90, 10], 0.9, []],
    ['none of it', [0, 10], 0, []],
    ['no weight at all', [0, 0], 0, ['entry-weights-zero']],
    ['a weight below 0', [-1, 10], undefined, ['entry-weight-invalid']],
    ['a weight above the greatest', [2 ** 31, 1], undefined, ['entry-weight-invalid']],
    ['another backend of no weight that is one', [1, -1], undefined, []],
  ])('[Y5] %s', (_, [own = 1, other = 1], share, broken) => {
    const backends = [backendRef({ weight: own }), backendRef({ name: 'other', weight: other })]
    const [way] = waysInto(viewOf([...common, httpRoute({ rules: [routeRule({ backends })] })]), cart)
    expect([way?.share, codes(way?.broken ?? [])]).toEqual([share, broken])
  })

  type Case = [string, Parameters<typeof httpRoute>[0], readonly ClusterRecord[], string[], string[]]
  const apart = (over: Parameters<typeof listener>[0]) => gateway({ namespace: 'infra', listeners: [listener(over)] })
  const toInfra = { parents: [parentRef({ namespace: 'infra' })] }
  test.each<Case>([
    ['[Y6] a Gateway that is not there', { parents: [parentRef({ name: 'gone' })] }, [], ['entry-gateway-missing'], []],
    [
      '[Y6] a listener that is not there',
      { parents: [parentRef({ sectionName: 'x' })] },
      [],
      ['entry-listener-missing'],
      [],
    ],
    ['[Y6] a port that no listener has', { parents: [parentRef({ port: 81 })] }, [], ['entry-listener-missing'], []],
    ['[Y6] name and port of one listener', { parents: [parentRef({ sectionName: 'http', port: 80 })] }, [], [], []],
    [
      '[Y6] a parent of another kind',
      { parents: [parentRef({ group: '', kind: 'Service' })] },
      [],
      [],
      ['entry-parent-kind'],
    ],
    ['[Y6] no parent', { parents: [] }, [], ['entry-without-parent'], []],
    ['[Y6] a class that is not there', {}, [gateway({ className: 'gone' })], ['entry-gateway-class-missing'], []],
    [
      '[Y6] a class that its controller refuses',
      {},
      [gatewayClass({ accepted: false })],
      ['entry-gateway-class-refused'],
      [],
    ],
    [
      '[Y6] a Gateway that its controller refuses',
      {},
      [gateway({ accepted: { status: false, reason: 'Invalid' } })],
      ['entry-gateway-refused'],
      [],
    ],
    [
      '[Y6] one Gateway of two that is refused',
      { parents: [parentRef(), parentRef({ name: 'old' })] },
      [gateway({ name: 'old', className: 'gone' })],
      [],
      ['entry-gateway-class-missing'],
    ],
    ['[Y7] a Gateway nobody works on', {}, [gateway({ accepted: undefined })], [], ['entry-gateway-waiting']],
    ['[Y7] TCP', {}, [gateway({ listeners: [listener({ protocol: 'TCP' })] })], ['entry-listener-kind'], []],
    [
      '[Y7] TLS with HTTPRoutes named',
      {},
      [gateway({ listeners: [listener({ protocol: 'x', kinds: ['gateway.networking.k8s.io/HTTPRoute'] })] })],
      [],
      [],
    ],
    ['[Y7] its own namespace only', toInfra, [apart({})], ['entry-listener-namespace'], []],
    ['[Y7] all namespaces', toInfra, [apart({ from: 'All' })], [], []],
    ['[Y7] none', {}, [gateway({ listeners: [listener({ from: 'None' })] })], ['entry-listener-namespace'], []],
    [
      '[Y7] namespaces with a label',
      toInfra,
      [apart({ from: 'Selector', selector: [{ key: 'team', operator: 'In', values: ['a'] }] })],
      [],
      [],
    ],
    [
      '[Y7] namespaces without it',
      toInfra,
      [apart({ from: 'Selector', selector: [{ key: 'team', operator: 'DoesNotExist', values: [] }] })],
      ['entry-listener-namespace'],
      [],
    ],
    [
      '[Y7] an operator nobody knows',
      toInfra,
      [apart({ from: 'Selector', selector: [{ key: 'team', operator: 'Like', values: [] }] })],
      [],
      ['entry-listener-selector'],
    ],
    [
      '[Y7] a listener refused',
      {},
      [gateway({ listeners: [listener({ accepted: { status: false, reason: 'PortUnavailable' } })] })],
      ['entry-listener-refused'],
      [],
    ],
    [
      '[Y8] no host in common',
      {},
      [gateway({ listeners: [listener({ hostname: 'other.test' })] })],
      ['entry-no-shared-host'],
      [],
    ],
    ['[Y8] a wildcard over the host', {}, [gateway({ listeners: [listener({ hostname: '*.example.com' })] })], [], []],
    [
      '[Y8] a hidden host',
      {},
      [gateway({ listeners: [listener({ hostname: 'host~0123456789ab' })] })],
      [],
      ['entry-hosts-not-known'],
    ],
  ])('%s', (_, over, more, broken, notes) => {
    expect(said([...common, ...more, httpRoute(over)])).toEqual({ broken, notes })
  })

  test('[Y6] what the controller says of the parent counts', () => {
    const statuses = [
      { parent: parentRef(), accepted: { status: false, reason: 'NotAllowed' }, resolvedRefs: undefined },
    ]
    expect(said([...common, httpRoute({ statuses })])?.broken).toEqual(['entry-route-refused'])
  })

  test('[Y8] one that nothing takes keeps the hosts that it names itself', () => {
    const hostsOf = (hostnames: readonly string[]) =>
      waysInto(viewOf([service(), httpRoute({ hostnames })]), cart).map(({ hosts }) => hosts)
    expect(hostsOf(['own.example.com'])).toEqual([['own.example.com']])
    expect(hostsOf([])).toEqual([[]])
  })

  test('[Y8] one host of several is served: the narrower of both', () => {
    const records = [...common, gateway({ listeners: [listener({ hostname: '*.example.com' })] })]
    const [way] = waysInto(
      viewOf([...records, httpRoute({ hostnames: ['a.b.example.com', '*.test', '*.x.example.com'] })]),
      cart,
    )
    expect(way?.hosts).toEqual(['a.b.example.com', '*.x.example.com'])
  })

  test.each<[string, readonly ClusterRecord[], Partial<Record<Kind, 'forbidden' | 'unserved'>>, string[], string[]]>([
    ['without a grant', [], {}, ['entry-grant-missing'], []],
    ['with one for all Services', [referenceGrant()], {}, [], []],
    ['with one for this Service', [referenceGrant({ to: [{ group: '', kind: 'Service', name: 'cart' }] })], {}, [], []],
    [
      'with one for another',
      [referenceGrant({ to: [{ group: '', kind: 'Service', name: 'x' }] })],
      {},
      ['entry-grant-missing'],
      [],
    ],
    ['with one in the wrong namespace', [referenceGrant({ namespace: 'web' })], {}, ['entry-grant-missing'], []],
    ['grants not read', [], { ReferenceGrant: 'forbidden' }, [], ['entry-grant-not-known']],
    ['grants not served: there are none', [], { ReferenceGrant: 'unserved' }, ['entry-grant-missing'], []],
  ])('[Y9] to another namespace %s', (_, more, not, broken, notes) => {
    const route = httpRoute({ namespace: 'web', parents: [parentRef({ namespace: 'web' })] })
    const records = [...common, gateway({ namespace: 'web' }), namespace({ name: 'web' }), route, ...more]
    expect(said(records, not)).toEqual({ broken, notes })
  })
})

describe('the Service itself', () => {
  test('[Y11] load balancer, external IPs, node ports', () => {
    const record = service({
      type: 'LoadBalancer',
      externalIPs: ['198.51.100.7'],
      ports: [servicePort({ nodePort: 30_080 })],
      loadBalancerIngress: [
        { ip: '203.0.113.1', hostname: undefined, ipMode: undefined },
        { ip: '203.0.113.2', hostname: undefined, ipMode: 'Proxy' },
        { ip: undefined, hostname: 'lb.test', ipMode: undefined },
      ],
    })
    const found = entriesOf(viewOf([record]), cart)?.addresses ?? []
    expect(found.map(({ kind, address, ports, notes }) => [kind, address, ports[0]?.port, ...codes(notes)])).toEqual([
      ['load-balancer', '203.0.113.1', 80, 'entry-address-vip'],
      ['load-balancer', '203.0.113.2', 80, 'entry-address-proxy'],
      ['load-balancer', 'lb.test', 80, 'entry-address-hostname'],
      ['external-ip', '198.51.100.7', 80],
      ['node-port', '', 30_080],
    ])
    const waiting = entriesOf(viewOf([service({ type: 'LoadBalancer' })]), cart)
    expect(codes(waiting?.addresses[0]?.notes ?? [])).toEqual(['entry-address-pending'])
  })

  test('kinds that cannot be read are named; a cluster without the Gateway API lacks nothing', () => {
    const view = viewOf([service()], { Ingress: 'forbidden', Gateway: 'unserved', HTTPRoute: 'unserved' })
    expect(entriesOf(view, cart)?.notKnown.map(({ values }) => values.kind)).toEqual(['Ingress'])
    expect(entriesOf(view, serviceKey('shop', 'gone'))).toBeUndefined()
  })

  test('an Ingress of 10,000 rules for as many Services: each is asked at the cost of its own', () => {
    const paths = Array.from({ length: 10_000 }, (_, at) =>
      ingressPath(`/${at}`, { backend: ingressBackend(`s${at}`) }),
    )
    const view = viewOf([ingressClass(), ingress({ rules: [{ host: 'a.test', paths }] })])
    for (let at = 0; at < 10_000; at += 1) expect(waysInto(view, serviceKey('shop', `s${at}`))).toHaveLength(1)
  })
})
