import { describe, expect, test } from 'vitest'
import type { ClusterRecord } from '@/core/model/records'
import { endpoint, endpointOf, legacyEndpoints, node, pod, service, servicePort, slice } from '@/core/testing/builders'
import { createClusterStore } from '../store/cluster-store'
import { viewJson } from './view-json'

function ask(records: readonly ClusterRecord[], search: string) {
  const store = createClusterStore()
  store.apply([
    ...records.map((record) => ({ type: 'put', record }) as const),
    ...(['Service', 'EndpointSlice', 'Node', 'Pod', 'Endpoints', 'Namespace'] as const).map(
      (kind) => ({ type: 'synced', kind, scope: '' }) as const,
    ),
  ])
  return viewJson(store, new URLSearchParams(search))
}

/** What a script would read: the parsed JSON. */
// biome-ignore lint/suspicious/noExplicitAny: a script has no types either
function read(records: readonly ClusterRecord[], search: string): any {
  const answer = ask(records, search)
  if (!answer.ok) throw new Error(JSON.stringify(answer.errors))
  return JSON.parse(JSON.stringify(answer.body))
}

const nodes = [node({ name: 'n1', zone: 'a', labels: { tier: 'front' } }), node({ name: 'n2', zone: 'b' })]
const pods = [
  pod({ name: 'p1', nodeName: 'n1', podIPs: ['10.1.0.1'], labels: { app: 'cart' } }),
  pod({ name: 'p2', nodeName: 'n2', podIPs: ['10.1.0.2'], labels: { app: 'cart' }, ready: false }),
]
const [p1, p2] = pods as [(typeof pods)[number], (typeof pods)[number]]
const shard = slice({
  name: 'cart-1',
  serviceName: 'cart',
  endpoints: [
    endpointOf(p1, { addresses: ['10.1.0.1'], zone: 'a', hintZones: ['a'], absentConditions: ['serving'] }),
    endpointOf(p2, { addresses: ['10.1.0.2'], zone: 'b', ready: false, serving: false }),
  ],
})
const cart = service({ name: 'cart', labels: { app: 'cart' } })
const world = [cart, shard, ...pods, ...nodes, legacyEndpoints({ name: 'cart' })]

describe('view.json', () => {
  test('objects by kind and namespace/name, fields in API spelling', () => {
    const { objects } = read(world, 'focus=Service:shop/cart')
    expect(Object.keys(objects)).toEqual(['Service', 'EndpointSlice', 'Endpoints', 'Pod', 'Node'])
    expect(objects.Service['shop/cart']).toMatchObject({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'shop', name: 'cart', labels: { app: 'cart' } },
      spec: { type: 'ClusterIP', clusterIP: '10.96.0.10', ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
    })
    expect(objects.EndpointSlice['shop/cart-1']).toMatchObject({ kind: 'EndpointSlice', addressType: 'IPv4' })
    expect(Object.keys(objects.Pod)).toEqual(['shop/p1', 'shop/p2'])
    expect(objects.Node.n1).toMatchObject({ kind: 'Node', triplane: { zone: 'a', proxyMode: { state: 'unknown' } } })
    expect(objects.Endpoints['shop/cart']).toMatchObject({ kind: 'Endpoints' })
  })

  test('the explanation that the explain page shows, once both ends are named', () => {
    const { explain } = read(world, 'view=explain&focus=Service:shop/cart&from=Node:n1')
    expect(explain).toMatchObject({ verdict: 'forward', deciders: [{ node: 'n1', mode: 'unknown' }] })
    expect(explain.endpoints.map((one: { key: string; chosen: boolean }) => [one.key, one.chosen])).toEqual([
      ['10.1.0.1:8080', true],
      ['10.1.0.2:8080', false],
    ])
    expect(read(world, 'view=explain&focus=Service:shop/cart').explain).toBeUndefined()
    expect(read(world, 'focus=Service:shop/cart&from=Node:n1').explain).toBeUndefined()
  })

  test('every endpoint with resolved conditions, hints, and routed or why not', () => {
    const { objects } = read(world, 'focus=Service:shop/cart')
    const [first, second] = objects.EndpointSlice['shop/cart-1'].endpoints
    expect(first).toMatchObject({
      addresses: ['10.1.0.1'],
      conditions: { ready: true, serving: true, terminating: false },
      hints: { forZones: [{ name: 'a' }] },
      targetRef: { kind: 'Pod', name: 'p1' },
      triplane: {
        routed: true,
        absentConditions: ['serving'],
        routes: [{ port: 'http/TCP', family: 'IPv4', routed: true }],
      },
    })
    expect(second).toMatchObject({
      conditions: { ready: false, serving: false },
      triplane: { routed: false, routes: [{ routed: false, reason: { code: expect.any(String) } }] },
    })
    const [route] = objects.Service['shop/cart'].triplane.routes
    expect(route).toMatchObject({ port: 'http/TCP', internal: 'forward' })
    expect(route.endpoints.map((one: { routed: boolean }) => one.routed)).toEqual([true, false])
    expect(route.endpoints[0].probability).toBeUndefined()
  })

  test('from a pod or a node: probabilities, and the share that leaves the zone', () => {
    for (const from of ['Pod:shop/p2', 'Node:n2']) {
      const { objects, source } = read(world, `focus=Service:shop/cart&from=${from}`)
      const [route] = objects.Service['shop/cart'].triplane.routes
      expect(source).toEqual({ nodeName: 'n2', zone: 'b' })
      expect(route.endpoints[0]).toMatchObject({ routed: true, probability: 1, zone: 'a' })
      expect(route.leavesZone).toBe(1)
    }
  })

  test('the map of one Service stands on all nodes; what of it is only a list has those behind it', () => {
    const spare = node({ name: 'n3', zone: 'c' })
    const nodesOf = (search: string) => Object.keys(read([...world, spare], search).objects.Node)
    expect(nodesOf('focus=Service:shop/cart')).toEqual(['n1', 'n2', 'n3'])
    expect(nodesOf('focus=EndpointSlice:shop/cart-1')).toEqual(['n1', 'n2', 'n3'])
    expect(nodesOf('view=services&focus=Service:shop/cart')).toEqual(['n1', 'n2'])
    expect(nodesOf('focus=Node:n3')).toEqual(['n3'])
  })

  test('namespaces and labels filter what the map and the lists show', () => {
    const other = service({ namespace: 'pay', name: 'api', labels: { app: 'api' } })
    const all = [...world, other]
    expect(Object.keys(read(all, '').objects.Service)).toEqual(['pay/api', 'shop/cart'])
    expect(Object.keys(read(all, 'ns=pay').objects.Service)).toEqual(['pay/api'])
    expect(Object.keys(read(all, 'ns=pay').objects.Pod)).toEqual([])
    expect(Object.keys(read(all, 'label=app%3Dcart').objects.Service)).toEqual(['shop/cart'])
    expect(Object.keys(read(all, 'view=services&q=api').objects.Service)).toEqual(['pay/api'])
    const list = read(all, 'view=nodes&label=tier%3Dfront').objects
    expect([Object.keys(list.Node), Object.keys(list.Service)]).toEqual([['n1'], []])
  })

  test('a headless Service: nothing is routed, DNS answers with the ready ones', () => {
    const headless = service({ name: 'cart', clusterIP: 'None', clusterIPs: ['None'] })
    const { objects } = read([headless, shard, ...pods, ...nodes], 'focus=Service:shop/cart')
    expect(objects.Service['shop/cart'].triplane.routes[0].unserved).toEqual({ code: 'service-headless', values: {} })
    const states = objects.EndpointSlice['shop/cart-1'].endpoints.map((one: { triplane: object }) => one.triplane)
    expect(states).toMatchObject([
      { routed: false, inDns: true, routes: [{ reason: { code: 'service-headless' } }] },
      { routed: false, inDns: false },
    ])
  })

  test('dual stack: each family routes its own endpoints and says nothing about the other', () => {
    const dual = service({ name: 'cart', ipFamilies: ['IPv4', 'IPv6'], clusterIPs: ['10.96.0.10', 'fd00::10'] })
    const v6 = slice({ name: 'cart-6', serviceName: 'cart', addressType: 'IPv6', endpoints: [endpoint('fd00:1::1')] })
    const { objects } = read([dual, shard, v6, ...pods, ...nodes], 'focus=Service:shop/cart')
    const [only] = objects.EndpointSlice['shop/cart-6'].endpoints
    expect(only.triplane.routes).toHaveLength(1)
    expect(only.triplane.routes[0]).toMatchObject({ family: 'IPv6', routed: true, address: '[fd00:1::1]:8080' })
    const one = read([dual, shard, v6, ...pods, ...nodes], 'focus=Service:shop/cart&family=IPv6')
    expect(one.objects.Service['shop/cart'].triplane.routes.map((r: { family: string }) => r.family)).toEqual(['IPv6'])
  })

  test('1,500 endpoints: all of them, none cut', () => {
    const many = Array.from({ length: 15 }, (_, s) =>
      slice({
        name: `cart-${s}`,
        serviceName: 'cart',
        endpoints: Array.from({ length: 100 }, (_, e) => endpoint(`10.2.${s}.${e}`)),
      }),
    )
    const { objects } = read([cart, ...many], 'focus=Service:shop/cart')
    expect(objects.Service['shop/cart'].triplane.counts.IPv4.ready).toBe(1500)
    expect(objects.Service['shop/cart'].triplane.routes[0].endpoints).toHaveLength(1500)
  })

  test('a page of more than 5,000 objects is refused with how to ask for less; an object in focus is not', () => {
    const many = Array.from({ length: 5000 }, (_, n) => pod({ name: `q${n}`, podIPs: [] }))
    const values = { parameter: 'ns', count: 5005, most: 5000 }
    expect(ask([...many, cart, node({ name: 'n1' }), shard, ...pods.slice(1)], '')).toEqual({
      ok: false,
      status: 413,
      errors: [{ code: 'query-too-large', values }],
    })
    expect(ask([...many, cart, shard], 'focus=Service:shop/cart')).toMatchObject({ ok: true })
    expect(ask([...many, cart, shard], 'ns=other')).toMatchObject({ ok: true })
  })

  test.each([
    ['view=matrix', 400, 'query-bad-value', 'view'],
    ['focus=Service:cart', 400, 'query-bad-value', 'focus'],
    ['foo=1', 400, 'query-unknown', 'foo'],
    ['view=map&view=nodes', 400, 'query-repeated', 'view'],
    ['focus=Service:shop/nothing', 404, 'query-not-found', 'focus'],
    ['from=Pod:shop/nothing', 404, 'query-not-found', 'from'],
    ['from=Node:nothing', 404, 'query-not-found', 'from'],
    ['focus=Service:shop/cart&port=nothing/TCP', 404, 'query-not-found', 'port'],
    ['focus=Service:shop/cart&tab=nothing', 400, 'query-bad-value', 'tab'],
  ])('%s answers %i and names the parameter', (search, status, code, parameter) => {
    const answer = ask(world, search)
    expect(answer).toMatchObject({ ok: false, status, errors: [{ code, values: { parameter } }] })
  })

  test.each(['Pod:shop/nothing', 'Node:nothing'])(
    'a source %s that is not there is named as it was written',
    (from) => {
      expect(ask(world, `from=${from}`)).toMatchObject({ errors: [{ values: { value: from } }] })
    },
  )

  test('every parameter that names nothing is in the answer', () => {
    const answer = ask(world, 'focus=Service:shop/cart&port=nothing/TCP&from=Node:nothing')
    expect(answer).toMatchObject({ errors: [{ values: { parameter: 'from' } }, { values: { parameter: 'port' } }] })
  })

  test('a namespace in which nothing is known is an answer with a note', () => {
    const { notes, objects } = read(world, 'ns=nowhere')
    expect(notes).toEqual([{ code: 'query-empty-namespace', values: { parameter: 'ns', value: 'nowhere' } }])
    expect(Object.keys(objects.Service)).toEqual([])
    expect(read(world, 'ns=shop').notes).toEqual([])
  })

  test('a source on a node that is not known has no zone, as on the page', () => {
    const [, , ...withoutNodes] = [...nodes, cart, shard, ...pods]
    expect(read(withoutNodes, 'focus=Service:shop/cart&from=Pod:shop/p1').source).toEqual({ nodeName: 'n1' })
  })

  test('a pod on no node yet is no source', () => {
    const waiting = pod({ name: 'waiting', nodeName: undefined })
    const answer = ask([...world, waiting], 'from=Pod:shop/waiting')
    expect(answer).toMatchObject({ ok: false, errors: [{ code: 'query-source-without-node' }] })
  })

  test('hostile names and labels stay keys and values', () => {
    const evil = service({ namespace: '__proto__', name: 'constructor', labels: new Map([['__proto__', 'x']]) })
    const { objects } = read([evil], '')
    expect(Object.keys(objects.Service)).toEqual(['__proto__/constructor'])
    expect(JSON.stringify(objects.Service['__proto__/constructor'].metadata.labels)).toBe('{"__proto__":"x"}')
  })

  test('focus on a slice, a pod or a node shows what belongs to it', () => {
    expect(Object.keys(read(world, 'focus=EndpointSlice:shop/cart-1').objects.Service)).toEqual(['shop/cart'])
    const ofPod = read(world, 'focus=Pod:shop/p1').objects
    expect([Object.keys(ofPod.Pod), Object.keys(ofPod.Service), Object.keys(ofPod.Node)]).toEqual([
      ['shop/p1'],
      ['shop/cart'],
      ['n1'],
    ])
    const ofNode = read(world, 'focus=Node:n2').objects
    expect([Object.keys(ofNode.Node), Object.keys(ofNode.Pod)]).toEqual([['n2'], ['shop/p2']])
  })
})

describe('a way that the Service lacks', () => {
  const edge = service({ name: 'edge', type: 'NodePort', ports: [servicePort({ nodePort: 30080 })] })
  const of = (way: string) => ask([...world, edge], `view=explain&focus=Service:shop/edge&from=Node:n1&way=${way}`)

  test.each(['external-ip', 'load-balancer-ip'])('%s is an error, not the cluster IP instead', (way) => {
    const values = { parameter: 'way', value: way, service: 'shop/edge' }
    expect(of(way)).toEqual({ ok: false, status: 404, errors: [{ code: 'query-no-such-way', values }] })
  })

  test.each(['node-port', 'cluster-ip'])('%s is none', (way) => {
    expect(of(way).ok).toBe(true)
  })
})

test('how many pods carry each label of a selector that selects none, as the page says it', () => {
  const dead = service({ name: 'dead', selector: { app: 'cart', track: 'stable' } })
  const { objects } = read([...world, dead], 'focus=Service:shop/dead')
  const [problem] = objects.Service['shop/dead'].triplane.problems
  expect(problem.code).toBe('service-selects-no-pods')
  expect(problem.evidence.slice(0, 2)).toEqual([
    { code: 'evidence-label-count', values: { label: 'track=stable', pods: 0 } },
    { code: 'evidence-label-count', values: { label: 'app=cart', pods: 2 } },
  ])
})
