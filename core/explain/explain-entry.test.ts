import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import { parseDestination } from '../graph/page-destination'
import { nodeKey } from '../model/keys'
import type { ClusterRecord, Kind } from '../model/records'
import { endpoint, pod, service, servicePort, slice, slicePort } from '../testing/builders'
import {
  backendRef,
  gateway,
  gatewayClass,
  httpRoute,
  ingress,
  ingressBackend,
  ingressClass,
  ingressPath,
  routeMatch,
  routeRule,
} from '../testing/entry-builders'
import { clusterEvents, nodes } from '../testing/small-cluster'
import { explain } from './explain'
import type { FlowSource } from './flow'

const cart = [
  service(),
  slice({
    endpoints: [
      endpoint('10.244.1.1', { nodeName: 'node-a', zone: 'zone-a' }),
      endpoint('10.244.1.2', { nodeName: 'node-b', zone: 'zone-b' }),
      endpoint('10.244.1.3', { ready: false }),
    ],
  }),
]
const next = [
  service({ name: 'next', ports: [servicePort({ name: 'web', port: 8000 })] }),
  slice({
    name: 'next-1',
    serviceName: 'next',
    ports: [slicePort({ name: 'web', port: 9000 })],
    endpoints: [endpoint('10.244.2.1')],
  }),
]
const classes = [ingressClass(), gatewayClass(), gateway()]

const ask =
  (source: FlowSource) =>
  (text: string, records: readonly ClusterRecord[], unknown: readonly Kind[] = []) => {
    const store = createClusterStore()
    store.apply(clusterEvents([...nodes('iptables'), ...cart, ...next, ...classes, ...records], unknown))
    const to = parseDestination(text)
    if (!to?.url) throw new Error(text)
    return explain(store, {
      source,
      destination: { kind: 'url', ...to.url, host: to.host, port: to.port },
      protocol: 'TCP',
      family: 'IPv4',
    })
  }

const asked = ask({ kind: 'outside', at: undefined, address: undefined })
const inside = ask({ kind: 'node', node: nodeKey('node-a') })

const shares = ({ endpoints }: ReturnType<typeof explain>) =>
  Object.fromEntries(endpoints.filter(({ chosen }) => chosen).map(({ key, probability }) => [key, probability]))

describe('a request through an entry', () => {
  test('[Y13] an Ingress: entry, rule, Service port, controller, endpoints', () => {
    const found = asked('http://shop.example.com/x', [ingress()])
    expect(found.verdict).toBe('forward')
    expect(found.sentence).toMatchObject({ code: 'explain-entry', values: { entry: 'shop/web', candidates: 2 } })
    expect(found.hops.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'entry passed',
      'rule passed',
      'rules unknown',
      'candidates passed',
      'endpoint passed',
      'pod passed',
      'node passed',
    ])
    expect(shares(found)).toEqual({ '10.244.1.1:8080': 0.5, '10.244.1.2:8080': 0.5 })
    expect(found.claims[0]?.command?.text).toBe('kubectl -n shop get ingress web -o yaml')
  })

  test('[Y13] weights are multiplied by the share of each endpoint', () => {
    const backends = [backendRef({ weight: 90 }), backendRef({ name: 'next', port: 8000, weight: 10 })]
    const found = asked('http://shop.example.com/', [httpRoute({ rules: [routeRule({ backends })] })])
    expect(shares(found)).toEqual({ '10.244.1.1:8080': 0.45, '10.244.1.2:8080': 0.45, '10.244.2.1:9000': 0.1 })
  })

  test('[Y13] what a broken backend would get is lost; a backend of weight 0 gets nothing', () => {
    const backends = [
      backendRef(),
      backendRef({ name: 'gone', weight: 1 }),
      backendRef({ name: 'next', port: 8000, weight: 0 }),
    ]
    const found = asked('http://shop.example.com/', [httpRoute({ rules: [routeRule({ backends })] })])
    expect(shares(found)).toEqual({ '10.244.1.1:8080': 0.25, '10.244.1.2:8080': 0.25 })
    expect(
      found.hops.flatMap(({ details }) => details).find(({ code }) => code === 'explain-entry-lost')?.values,
    ).toEqual({
      share: 0.5,
    })
    expect(found.endpoints.find(({ key }) => key === '10.244.2.1:9000')?.reason.code).toBe('endpoint-without-share')
  })

  test.each([
    ['a cluster IP', 'http://10.96.0.10/', 'forward', 'cluster-ip'],
    ['a name', 'http://cart.shop/path', 'forward', 'cluster-ip'],
    ['an address of nobody', 'http://192.0.2.9/', 'unknown', undefined],
    ['a rule that takes it is before', 'http://shop.example.com/', 'forward', undefined],
  ])('[E2] a URL that no rule takes is a connection to its host: %s', (_, url, verdict, way) => {
    const found = inside(url, [ingress()])
    expect([found.verdict, found.target?.way]).toEqual([verdict, way])
    expect(asked('http://10.96.0.10/', [ingress()]).sentence.code).toBe('explain-cluster-ip-from-outside')
    // Names of the cluster mean nothing outside of it.
    expect(asked('http://cart.shop/', [ingress()]).sentence.code).toBe('explain-entry-none')
  })

  const anyHost = { rules: [{ host: '', paths: [ingressPath('/', { backend: ingressBackend('next', 8000) })] }] }
  const behindAll = { rules: [], defaultBackend: ingressBackend('next', 8000) }
  const lone = pod({ name: 'lone', nodeName: 'node-b', podIPs: ['10.244.4.7'] })
  const cartsOwn = ['10.244.1.1:8080', '10.244.1.2:8080']
  const entrys = ['10.244.2.1:9000']

  test.each<[string, ClusterRecord]>([
    ['a rule for every host', ingress(anyHost)],
    ['a default backend', ingress(behindAll)],
    ['a route for every host', httpRoute({ hostnames: [] })],
  ])('[E2] %s takes nothing that goes to an address or a Service past its controller', (_, entry) => {
    const records = [entry, lone]
    const at = (url: string) => inside(url, records)
    expect(at('http://10.96.0.10/').target?.way).toBe('cluster-ip')
    expect(Object.keys(shares(at('http://10.96.0.10/')))).toEqual(cartsOwn)
    expect(at('http://10.244.4.7/').hops[0]?.title.code).toBe('explain-hop-pod-ip')
    expect(Object.keys(shares(at('http://cart.shop/')))).toEqual(cartsOwn)
    expect(asked('http://10.96.0.10/', records).sentence.code).toBe('explain-cluster-ip-from-outside')
    // Nobody here has the address, and from outside DNS decides what the name leads to.
    for (const found of [at('http://192.0.2.9/'), asked('http://cart.shop/', records), at('http://web.test/')])
      expect(found.hops[0]?.kind).toBe('entry')
  })

  test('[E2] where its controller is reached, and for a host that it names, the rule counts', () => {
    const own = service({
      name: 'controller',
      type: 'LoadBalancer',
      clusterIP: '10.96.0.99',
      clusterIPs: ['10.96.0.99'],
      loadBalancerIngress: [{ ip: '203.0.113.1', hostname: undefined, ipMode: 'VIP' }],
    })
    const reached = ingress({ ...anyHost, addresses: ['lb.test', '203.0.113.1'] })
    expect(Object.keys(shares(inside('http://203.0.113.1/', [own, reached])))).toEqual(entrys)
    const redirect = httpRoute({ hostnames: [], rules: [routeRule({ filters: ['RequestRedirect'], backends: [] })] })
    const edge = gateway({ addresses: ['203.0.113.1'] })
    expect(inside('http://203.0.113.1/', [own, edge, redirect]).sentence.code).toBe('explain-entry-redirect')
    expect(inside('http://203.0.113.1/', [own, ingress(anyHost)]).target?.way).toBe('load-balancer-ip')
    const named = ingress({ rules: anyHost.rules.map((rule) => ({ ...rule, host: 'cart.shop' })) })
    expect(Object.keys(shares(inside('http://cart.shop/', [named])))).toEqual(entrys)
  })

  test('a URL of an IPv6 address is told as it is written', () => {
    const rules = [{ host: '', paths: [ingressPath('/')] }]
    const { values } = asked('http://[fd00::a]/x', [ingress({ rules })]).sentence
    expect(values.url).toBe('http://[fd00::a]/x')
  })

  test.each<[string, string, readonly ClusterRecord[], readonly Kind[], string, string]>([
    ['no rule', 'http://other.test/', [ingress()], [], 'none', 'explain-entry-none'],
    [
      'no rule among those that can be read',
      'http://other.test/',
      [ingress()],
      ['HTTPRoute'],
      'unknown',
      'explain-entry-none-known',
    ],
    ['two controllers', 'http://shop.example.com/', [ingress(), httpRoute()], [], 'unknown', 'explain-entry-several'],
    [
      'a path that only the controller can read',
      'http://shop.example.com/',
      [
        ingress({
          rules: [{ host: 'shop.example.com', paths: [ingressPath('/', { pathType: 'ImplementationSpecific' })] }],
        }),
      ],
      [],
      'unknown',
      'explain-entry-uncertain',
    ],
    [
      'an expression that only the controller can read, and no other rule',
      'http://shop.example.com/api/users',
      [
        ingress({
          rules: [
            { host: 'shop.example.com', paths: [ingressPath('/api/.*', { pathType: 'ImplementationSpecific' })] },
          ],
        }),
      ],
      [],
      'unknown',
      'explain-entry-possible',
    ],
    [
      'nothing but a rule for one method',
      'http://shop.example.com/',
      [httpRoute({ rules: [routeRule({ matches: [routeMatch('/', { method: 'GET' })] })] })],
      [],
      'unknown',
      'explain-entry-possible',
    ],
    ...(
      [
        [['RequestRedirect'], 'answered', 'explain-entry-redirect'],
        [['ExtensionRef'], 'unknown', 'explain-entry-filters-only'],
        [[], 'none', 'explain-entry-without-backend'],
      ] as const
    ).map(([filters, verdict, code]): [string, string, readonly ClusterRecord[], readonly Kind[], string, string] => [
      `a rule with filters ${filters.join()} and no backend`,
      'http://shop.example.com/',
      [httpRoute({ rules: [routeRule({ filters, backends: [] })] })],
      [],
      verdict,
      code,
    ]),
    [
      'a Service that is not there',
      'http://shop.example.com/',
      [ingress({ rules: [{ host: '', paths: [ingressPath('/', { backend: ingressBackend('gone') })] }] })],
      [],
      'none',
      'explain-entry-broken',
    ],
    [
      'one that is not there beside one without an endpoint that is ready',
      'http://shop.example.com/',
      [
        httpRoute({ rules: [routeRule({ backends: [backendRef({ name: 'gone' }), backendRef({ name: 'idle' })] })] }),
        service({ name: 'idle' }),
      ],
      [],
      'none',
      'explain-entry-no-endpoints',
    ],
    [
      'a Service without an endpoint that is ready',
      'http://shop.example.com/',
      [
        ingress({ rules: [{ host: '', paths: [ingressPath('/', { backend: ingressBackend('idle') })] }] }),
        service({ name: 'idle' }),
      ],
      [],
      'none',
      'explain-entry-no-endpoints',
    ],
  ])('[Y13] %s', (_, text, records, unknown, verdict, code) => {
    const found = asked(text, records, unknown)
    expect([found.verdict, found.sentence.code]).toEqual([verdict, code])
  })
})

describe('a backend whose own filter redirects', () => {
  const redirecting = backendRef({ name: 'next', port: 8000, weight: 30, filters: ['RequestRedirect'] })
  const route = (...backends: ReturnType<typeof backendRef>[]) => [httpRoute({ rules: [routeRule({ backends })] })]
  const facts = (found: ReturnType<typeof asked>) => ({
    verdict: found.verdict,
    sentence: found.sentence.code,
    shares: shares(found),
    redirected: found.sentence.values.redirectedShare,
  })

  test('[Y14] takes its share of the requests, and its Service gets none of them', () => {
    const found = asked('http://shop.example.com/', route(backendRef({ weight: 70 }), redirecting))
    expect(facts(found)).toEqual({
      verdict: 'forward',
      sentence: 'explain-entry-partly-redirected',
      shares: { '10.244.1.1:8080': 0.35, '10.244.1.2:8080': 0.35 },
      redirected: 0.3,
    })
    expect(found.sentence.values.forwardedShare).toBe(0.7)
    expect(found.endpoints.find(({ key }) => key === '10.244.2.1:9000')?.reason.code).toBe('endpoint-behind-redirect')
    expect(found.hops.map(({ title }) => title.code)).toContain('explain-hop-redirect')
  })

  test('[Y14] alone is the answer to every request', () => {
    const found = asked('http://shop.example.com/', route(redirecting))
    expect(facts(found)).toMatchObject({ verdict: 'answered', sentence: 'explain-entry-redirect', shares: {} })
    expect(found.hops.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['entry passed', 'rule stops'])
  })

  test('[Y14] needs no Service that is there; what others find no endpoint for is told beside it', () => {
    const gone = backendRef({ name: 'gone', filters: ['RequestRedirect'] })
    const found = asked('http://shop.example.com/', route(gone, backendRef({ name: 'gone' })))
    expect(facts(found)).toMatchObject({ verdict: 'none', sentence: 'explain-entry-redirected-or-lost' })
    expect(found.sentence.values).toMatchObject({ redirectedShare: 0.5, lostShare: 0.5 })
  })

  test('[Y14] by the side of weights that are none in no known share', () => {
    const found = asked('http://shop.example.com/', route(backendRef({ weight: -1 }), redirecting))
    expect(facts(found)).toMatchObject({ verdict: 'unknown', sentence: 'explain-entry-weights', shares: {} })
  })

  test('[Y14] in the rule itself beside backends is what the API refuses: it cannot be said', () => {
    const rules = [routeRule({ filters: ['RequestRedirect'] })]
    const found = asked('http://shop.example.com/', [httpRoute({ rules })])
    expect([found.verdict, found.sentence.code]).toEqual(['unknown', 'explain-entry-redirect-and-backends'])
    expect(shares(found)).toEqual({})
  })
})

test('[Y13] an entry that answers itself: no Service, no controller that connects, the filters said', () => {
  const rules = [routeRule({ filters: ['RequestRedirect'], backends: [] })]
  const found = asked('http://shop.example.com/', [httpRoute({ rules })])
  expect(found.hops.map(({ kind, details }) => [kind, ...details.map(({ code }) => code)])).toEqual([
    ['entry', 'entry-filters'],
  ])
  expect([found.knowledge.how, found.claims[0]?.evidence[0]?.id]).toEqual(['from-source', 'shop/web'])
})

test.each([
  ['http://a.test', { host: 'a.test', port: 80, url: { scheme: 'http', path: '/' } }],
  ['HTTPS://A.test:8443/x/y?q=1#z', { host: 'a.test', port: 8443, url: { scheme: 'https', path: '/x/y' } }],
  ['http://user@a.test/', undefined],
  ['http://a.test:0/', undefined],
  ['ftp://a.test/', undefined],
])('%s is read as %j', (text, to) => {
  const found = parseDestination(text)
  expect(found && { host: found.host, port: found.port, url: found.url }).toEqual(to)
})
