import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { explain } from '../explain/explain'
import { flowOfQuery } from '../explain/flow-of-query'
import { parsePageQuery } from '../graph/page-query'
import { project } from '../graph/project'
import type { ClusterStatus } from '../graph/types'
import type { ClusterEvent, WatchState } from '../model/events'
import { nodeKey, podKey, serviceKey } from '../model/keys'
import type { ClusterRecord, Kind } from '../model/records'
import { entryKinds } from '../model/records-entries'
import { standInKind } from '../model/stand-in'
import { routePort } from '../proxy/route'
import {
  configMap,
  daemonSet,
  endpoint,
  endpointOf,
  namespace,
  node,
  pod,
  service,
  serviceCIDR,
  slice,
} from '../testing/builders'
import { personOf } from '../testing/random-audience'
import { type Audience, everything, type Shown, showEverything } from './audience'
import { audienceView } from './audience-view'
import { spellsNode } from './hidden'
import { createStandIns } from './stand-ins'

const key = new Uint8Array(32).fill(1)
const kinds: readonly Kind[] = [
  ...(['Service', 'EndpointSlice', 'Node', 'Pod', 'Endpoints', 'Namespace'] as const),
  ...(['ConfigMap', 'DaemonSet', 'ServiceCIDR'] as const),
  ...entryKinds,
]

function seenBy(audience: Audience, records: readonly ClusterRecord[]) {
  const store = createClusterStore()
  store.apply([
    ...kinds.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...records.map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return { store, view: audienceView(store, audience, createStandIns(key, audience.id)) }
}

const showing = (over: Partial<Shown>, nodes = true): Audience => ({
  id: `a-${JSON.stringify(over)}${nodes}`,
  namespaces: 'all',
  nodes,
  show: { ...showEverything, ...over },
})

const names = (records: Iterable<{ readonly name: string }>) => [...records].map(({ name }) => name)
const cart = pod({ nodeName: 'n1' })
const hiddenPod = pod({ namespace: 'ops', name: 'secret', podIPs: ['10.9.9.9'] })

describe('what an audience sees', () => {
  test('whoever sees everything gets the very same view', () => {
    const { store, view } = seenBy(everything, [])
    expect(view).toBe(store)
  })

  test('[A1] an empty set of namespaces sees no object of any, and nodes by their own right', () => {
    const records = [namespace(), service(), slice(), cart, node({ name: 'n1' }), serviceCIDR()]
    const { view } = seenBy(personOf(), records)
    expect([view.services, view.slices, view.pods, view.namespaces].map((list) => [...list()])).toEqual([
      [],
      [],
      [],
      [],
    ])
    expect(names(view.nodes())).toEqual(['n1'])
    expect([...view.serviceCIDRs()]).toEqual([])
    expect(seenBy(personOf('shop'), records).view.service(serviceKey('shop', 'cart'))).toBeDefined()
  })

  test('[A1] iteration is in key order, however namespaces sort', () => {
    const records = ['a', 'a-b', 'a.c'].map((name) => service({ namespace: name }))
    const { store, view } = seenBy(personOf('a.c', 'a', 'a-b'), records)
    expect([...view.services()].map(({ key: one }) => one)).toEqual([...store.services()].map(({ key: one }) => one))
  })

  test.each([
    { kind: 'Service', namespace: 'shop', is: 'synced' },
    { kind: 'Service', namespace: 'ops', is: 'forbidden' },
    { kind: 'Service', namespace: 'not-there', is: 'forbidden' },
    { kind: 'Service', namespace: undefined, is: 'forbidden' },
    { kind: 'Namespace', namespace: undefined, is: 'forbidden' },
    { kind: 'ServiceCIDR', namespace: undefined, is: 'forbidden' },
    { kind: 'Node', namespace: undefined, is: 'synced' },
  ] as const)('[A4] of one namespace: $kind in $namespace is $is', ({ kind, namespace: name, is }) => {
    expect(seenBy(personOf('shop'), []).view.coverage(kind, name)).toBe(is)
  })

  test('[A4] a hidden kind is forbidden, a kind that is still being read stays so', () => {
    const { view } = seenBy(showing({}, false), [])
    expect(view.coverage('Node')).toBe('forbidden')
    expect(audienceView(createClusterStore(), personOf('a'), createStandIns(key, 'a')).coverage('Pod')).toBe('loading')
  })

  test('[A5] a reference into a hidden namespace keeps its kind, and neither name, namespace nor uid', () => {
    const records = [service(), cart, hiddenPod, slice({ endpoints: [endpointOf(cart), endpointOf(hiddenPod)] })]
    const { view } = seenBy(personOf('shop'), records)
    const [own, foreign] = view.slicesOfService(serviceKey('shop', 'cart'))[0]?.endpoints ?? []
    expect(own?.targetRef?.name).toBe('cart-1')
    expect(foreign?.targetRef).toEqual({
      kind: 'Pod',
      namespace: expect.stringMatching(/^namespace~/),
      name: expect.stringMatching(/^name~/),
      uid: '',
    })
    expect(view.endpointsOfPod(podKey('ops', 'secret'))).toEqual([])
    expect(view.ownersOf('10.9.9.9')).toEqual([])
  })

  test('[A5] whom a hidden namespace names is not told', () => {
    const spy = slice({ namespace: 'ops', serviceName: 'spy', endpoints: [endpointOf(cart)] })
    const { store, view } = seenBy(personOf('shop'), [cart, spy])
    expect(store.servicesOfPod(cart.key)).toEqual(['ops/spy'])
    expect([view.servicesOfPod(cart.key), view.endpointsOfPod(cart.key)]).toEqual([[], []])
    expect(view.servicesOfNode(nodeKey('n1'))).toEqual([])
  })
})

describe('[A6] without the right to list nodes', () => {
  const staticPod = pod({
    namespace: 'kube-system',
    name: 'etcd-n1',
    nodeName: 'n1',
    workload: { kind: 'Node', name: 'n1', uid: 'u' },
  })
  const used = node({ name: 'n1', zone: 'a', addresses: [{ type: 'InternalIP', address: '192.168.0.1' }] })
  const { view } = seenBy(showing({}, false), [used, node({ name: 'n2' }), cart, staticPod])

  test('a node is a stand-in with its zone, and only those are known that something visible stands on', () => {
    const [only, ...more] = view.nodes()
    expect(more).toEqual([])
    expect(only).toMatchObject({ zone: 'a', addresses: [], uid: '', kubeletVersion: undefined, ready: undefined })
    expect(standInKind(only?.name ?? '')).toBe('node')
    expect(view.pod(cart.key)?.nodeName).toBe(only?.name)
    expect(names(view.podsOfNode(nodeKey(only?.name ?? '')))).toEqual(['cart-1'])
  })

  test('its real name finds nothing', () => {
    expect([view.node(nodeKey('n1')), view.podsOfNode(nodeKey('n1')), view.servicesOfNode(nodeKey('n1'))]).toEqual([
      undefined,
      [],
      [],
    ])
    expect(view.ownersOf('192.168.0.1')).toEqual([])
  })

  test('a pod whose own name spells its node is not there', () => {
    expect(names(view.pods())).toEqual(['cart-1'])
    const spelling = slice({ endpoints: [endpoint('10.0.0.1', { nodeName: 'n1', targetRef: refTo('etcd-n1') })] })
    const [first] = seenBy(showing({}, false), [spelling]).view.slices()
    expect(standInKind(first?.endpoints[0]?.targetRef?.name ?? '')).toBe('name')
  })

  test.each([
    ['etcd-worker-7', 'worker-7', true],
    ['node-debugger-worker-7-x2k9p', 'worker-7', true],
    ['helper-pod-worker-7-create-pvc', 'worker-7', true],
    ['worker-7-debug', 'worker-7', true],
    ['worker-7', 'worker-7', true],
    ['agent-worker-7.example.internal', 'worker-7.example.internal', true],
    ['agent-worker-7-x2k9p', 'worker-7.example.internal', true],
    ['mirror.worker-7.cluster', 'worker-7', true],
    ['agent-worker-70', 'worker-7', false],
    ['coworker-7-x', 'worker-7', false],
    ['agent-worker-70-of-worker-7-x', 'worker-7', true],
    ['my-db-0', 'db.example.internal', false],
    ['cart-1', '', false],
    ['cart-1', undefined, false],
  ])('%j spells the node %j: %s', (name, nodeName, expected) => expect(spellsNode(name, nodeName)).toBe(expected))

  test('a stand-in that another process gave out finds its node here', () => {
    const name = [...view.nodes()][0]?.name ?? ''
    const elsewhere = seenBy(showing({}, false), [used, cart]).view
    expect(elsewhere.node(nodeKey(name))?.zone).toBe('a')
    expect(elsewhere.node(nodeKey('node~000000000000'))).toBeUndefined()
  })

  test('with names switched off a node keeps its state, and no label or address that spells it', () => {
    const told = node({
      name: 'n1',
      ready: true,
      kubeletVersion: 'v1.36.3',
      createdAt: 1_700_000_000_000,
      allocatablePods: 110,
      allocatableCpuMilli: 4000,
      labels: { 'kubernetes.io/hostname': 'n1', 'kubernetes.io/os': 'linux' },
      addresses: [
        { type: 'InternalIP', address: '192.168.0.1' },
        { type: 'Hostname', address: 'n1' },
      ],
    })
    const [one] = seenBy(showing({ nodeNames: false }), [told]).view.nodes()
    // The version and the CPU decide routes; when it was made and how much it holds only tell it from others.
    expect(one).toMatchObject({ ready: true, kubeletVersion: 'v1.36.3', allocatableCpuMilli: 4000, uid: '' })
    expect([one?.createdAt, one?.allocatablePods]).toEqual([undefined, undefined])
    expect(one?.addresses).toEqual([{ type: 'InternalIP', address: '192.168.0.1' }])
    expect([...(one?.labels ?? [])]).toEqual([['kubernetes.io/os', 'linux']])
  })
})

const refTo = (name: string) => ({ kind: 'Pod', namespace: 'shop', name, uid: 'u' })

describe('[A7] without addresses', () => {
  const pods = ['10.244.0.1', '10.244.0.2'].map((ip, i) => pod({ name: `p${i}`, podIPs: [ip], nodeName: 'n1' }))
  const twice = slice({ name: 'b', endpoints: [endpoint('10.244.0.1', { ready: false })] })
  const records = [
    service({ clusterIP: '10.96.0.10', clusterIPs: ['10.96.0.10'], externalIPs: ['203.0.113.9'] }),
    slice({ endpoints: pods.map((one) => endpointOf(one)) }),
    twice,
    node({ name: 'n1', addresses: [{ type: 'InternalIP', address: '192.168.0.1' }], podCIDRs: ['10.244.0.0/24'] }),
    ...pods,
  ]
  const { store, view } = seenBy(showing({ addresses: false }), records)
  const cartKey = serviceKey('shop', 'cart')

  test('every address is a stand-in of its family, equal ones alike', () => {
    const own = view.service(cartKey)
    const shown = [
      ...(own?.clusterIPs ?? []),
      ...(own?.externalIPs ?? []),
      ...(view.pod(podKey('shop', 'p0'))?.podIPs ?? []),
    ]
    expect(shown.map(standInKind)).toEqual(['ipv4', 'ipv4', 'ipv4'])
    const [first, second] = view.slicesOfService(cartKey)
    expect(first?.endpoints[0]?.addresses).toEqual(view.pod(podKey('shop', 'p0'))?.podIPs)
    expect(second?.endpoints[0]?.addresses).toEqual(first?.endpoints[0]?.addresses)
    expect([...view.nodes()].map(({ podCIDRs }) => podCIDRs)).toEqual([[]])
  })

  test('counts and routes are those of the real ones', () => {
    const counts = (one: typeof view) => {
      const [summary] = [...project(one, 'overview').objects.values()].filter(({ kind }) => kind === 'ServiceSummary')
      return summary?.kind === 'ServiceSummary'
        ? [summary.endpoints, summary.trouble.map(({ severity }) => severity)]
        : []
    }
    expect(counts(view)).toEqual(counts(store))
    const route = (one: typeof view) => {
      const own = one.service(cartKey)
      if (!own) throw new Error('no Service')
      const made = routePort(
        { service: own, slices: one.slicesOfService(cartKey) },
        { port: `${own.ports[0]?.name}/TCP`, family: 'IPv4', node: { name: 'n1', zone: undefined } },
      )
      return {
        chosen: made.endpoints.filter(({ chosen }) => chosen).length,
        leftOut: made.leftOut.map(({ reason }) => reason.code),
      }
    }
    expect(route(view)).toEqual(route(store))
    expect(route(store).chosen).toBeGreaterThan(0)
  })

  test('an address is found by its stand-in and by nothing else, and a connection to it can be explained', () => {
    const ip = view.service(cartKey)?.clusterIP ?? ''
    expect(view.ownersOf(ip)).toEqual([{ kind: 'Service', key: 'shop/cart', via: 'clusterIP' }])
    expect([view.ownersOf('10.96.0.10'), view.ownersOf('ipv4~000000000000')]).toEqual([[], []])
    const flowTo = (host: string) => {
      const { query } = parsePageQuery([
        ['view', 'explain'],
        ['from', 'Pod:shop/p0'],
        ['to', `${host}:80`],
      ])
      const flow = flowOfQuery(view, query)
      return flow && JSON.stringify(explain(view, flow))
    }
    expect(flowTo(ip)).toContain('shop/cart')
    expect(flowTo('10.96.0.10')).not.toContain('shop/cart')
    expect(flowTo(ip)).not.toMatch(/10\.244|10\.96|192\.168/)
  })

  test('a stand-in that another process gave out is known here', () => {
    const ip = view.service(cartKey)?.clusterIP ?? ''
    expect(seenBy(showing({ addresses: false }), records).view.ownersOf(ip)).toHaveLength(1)
  })

  test('ways from outside are hidden with addresses, and alone', () => {
    const exposed = service({
      type: 'LoadBalancer',
      externalName: 'db.example.com',
      loadBalancerIngress: [{ ip: '203.0.113.1', hostname: 'lb.example.com', ipMode: 'VIP' }],
      loadBalancerSourceRanges: ['198.51.100.0/24'],
      loadBalancerClass: 'example.com/internal',
    })
    const own = seenBy(showing({ externalNames: false }), [exposed]).view.service(exposed.key)
    expect(own).toMatchObject({
      clusterIP: exposed.clusterIP,
      loadBalancerSourceRanges: [],
      loadBalancerClass: undefined,
    })
    expect(JSON.stringify(own)).not.toMatch(/example\.com|203\.0|198\.51/)
    expect(own?.loadBalancerIngress[0]).toMatchObject({ ip: expect.stringMatching(/^ipv4~/), ipMode: 'VIP' })
  })
})

describe('[A8] of labels', () => {
  const labels = { app: 'cart', team: 'red' }
  const records = [
    service({ labels, selector: labels, annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } }),
    service({ name: 'odd', annotations: { 'service.kubernetes.io/topology-mode': 'red' } }),
    pod({ labels }),
    pod({ name: 'other', labels: { app: 'cart', team: 'blue' } }),
    slice({ labels: { ...labels, 'service.kubernetes.io/headless': '' } }),
  ]
  const { view } = seenBy(showing({ labels: ['app'] }), records)
  const own = view.service(serviceKey('shop', 'cart'))

  test('shown keys stay, and of others what routing reads', () => {
    expect([...(own?.labels ?? [])]).toEqual([['app', 'cart']])
    expect([...view.slices()].map((one) => [...one.labels.keys()].sort())).toEqual([
      ['app', 'service.kubernetes.io/headless'],
    ])
    expect(own?.annotations.get('service.kubernetes.io/topology-mode')).toBe('Auto')
    const odd = view.service(serviceKey('shop', 'odd'))?.annotations.get('service.kubernetes.io/topology-mode')
    expect(standInKind(odd ?? '')).toBe('value')
  })

  test('a selector still matches what it matches', () => {
    expect(names(view.podsOfService(serviceKey('shop', 'cart')))).toEqual(['cart-1'])
    expect([...(own?.selector ?? [])].filter(([one]) => standInKind(one) !== 'label')).toEqual([['app', 'cart']])
    const parts = [...project(view, 'service/shop/cart').objects.keys()]
    expect(parts).toContain('Pod:shop/cart-1')
    expect(parts).not.toContain('Pod:shop/other')
  })
})

test.each([
  { of: 'a reader of namespaces alone', audience: personOf('kube-system'), shown: true },
  { of: 'without nodes', audience: showing({}, false), shown: false },
  ...(['addresses', 'nodeNames', 'externalNames', 'clusterName'] as const).map((name) => ({
    of: `without ${name}`,
    audience: showing({ [name]: false }),
    shown: false,
  })),
])(
  '[A9] free text that may name anything is for whoever sees all details of a namespace: $of',
  ({ audience, shown }) => {
    const proxy = pod({
      namespace: 'kube-system',
      name: 'kube-proxy-x',
      proxyArgs: ['kube-proxy', '--hostname-override=n1'],
      nodePortRange: { first: 20000, last: 22767, flag: true },
    })
    const config = configMap({ namespace: 'kube-system', name: 'kube-proxy', data: { 'config.conf': 'mode: ipvs' } })
    const { view } = seenBy(audience, [proxy, config, daemonSet({ namespace: 'kube-system', name: 'kube-proxy' })])
    expect([[...view.configMaps()].length, [...view.daemonSets()].length]).toEqual(shown ? [1, 1] : [0, 0])
    expect(view.pod(proxy.key)?.proxyArgs !== undefined).toBe(shown)
    expect(view.pod(proxy.key)?.nodePortRange !== undefined).toBe(shown)
    expect(view.coverage('ConfigMap', 'kube-system')).toBe(shown ? 'synced' : 'forbidden')
  },
)

test.each([
  [{}, true],
  [{ addresses: false }, false],
  [{ externalNames: false }, false],
  [{ nodeNames: false }, false],
  [{ clusterName: false }, false],
])('[A9] what a pod is given to resolve names with may name anybody: with %j shown %j', (show, shown) => {
  const given = pod({
    hostnameOverride: 'node-7.corp.example',
    dnsConfig: {
      nameservers: ['192.0.2.53'],
      searches: ['corp.example'],
      options: [
        { name: 'ndots', value: '2' },
        { name: 'corp', value: 'example' },
      ],
    },
    hostAliases: [{ ip: '192.0.2.7', hostnames: ['db.corp.example'] }],
  })
  const [seen] = seenBy(showing(show), [given]).view.pods()
  const text = JSON.stringify([seen?.hostnameOverride, seen?.dnsConfig, seen?.hostAliases])
  expect(/corp|192/.test(text)).toBe(shown)
  expect(seen?.dnsConfig?.options[0]).toEqual({ name: 'ndots', value: '2' })
  expect(seen?.hostAliases[0]?.hostnames).toHaveLength(1)
})

test.each([
  [{}, ['6.12.0', 'Debian 13']],
  [{ nodeNames: false }, [undefined, undefined]],
])("[A9] a node's kernel and system are for who may see its name: %j", (show, told) => {
  const known = node({ name: 'n1', kernelVersion: '6.12.0', osImage: 'Debian 13' })
  const [one] = seenBy(showing(show), [known]).view.nodes()
  expect([one?.kernelVersion, one?.osImage]).toEqual(told)
})

describe('[A10] of the state of the watches', () => {
  const status: ClusterStatus = {
    id: 'Cluster',
    kind: 'Cluster',
    source: 'kubeconfig',
    name: 'prod-eu',
    version: 'v1.36.3',
    contexts: ['prod-eu', 'prod-us'],
    context: 'prod-eu',
    namespaces: [],
    demoControls: ['x'],
    demoDumps: ['n1'],
    otherRoutes: ['TCPRoute'],
    otherPolicies: ['AdminNetworkPolicy'],
  }
  const watch = (kind: Kind, scope = ''): WatchState => ({
    kind,
    scope,
    state: 'stale',
    reason: { code: 'connection-refused', detail: 'connect api.internal:6443 as system:serviceaccount:ops:x' },
    count: 7,
    expected: 9,
    since: 1,
    heardAt: 1,
    nextTryAt: 2,
    rejected: 3,
  })
  const reject = (name: string) =>
    ({ kind: 'Service', namespace: name, name: 'bad', field: 'spec', code: 'type' }) as const

  test('an error is told by its code, objects and refusals are the own ones, other namespaces are not there', () => {
    const { store, view } = seenBy(personOf('shop'), [service(), service({ namespace: 'ops' })])
    for (const one of [watch('Service'), watch('Pod', 'ops'), watch('Pod', 'shop')]) store.setWatch(one)
    store.reject([reject('ops'), reject('shop')] as never)
    expect(view.watches()).toEqual([
      { ...watch('Pod', 'shop'), reason: { code: 'connection-refused', detail: '' }, rejected: 0 },
      {
        ...watch('Service'),
        reason: { code: 'connection-refused', detail: '' },
        count: 1,
        expected: undefined,
        rejected: 1,
      },
    ])
    expect(view.rejectsOf('Service').map(({ namespace: name }) => name)).toEqual(['shop'])
  })

  test('a refused pod that is named after its node is not named where nodes are not', () => {
    const bad = (name: string) =>
      ({ kind: 'Pod', namespace: 'kube-system', name, field: 'spec', code: 'wrong-type' }) as const
    for (const isKnown of [true, false]) {
      const { store, view } = seenBy(showing({}, false), isKnown ? [node({ name: 'n1' })] : [])
      if (!isKnown) store.apply([{ type: 'unavailable', kind: 'Node', scope: '', why: 'forbidden' }])
      store.reject([bad('etcd-n1'), bad('dns-1')])
      const told = names(view.rejectsOf('Pod'))
      expect(told).toHaveLength(2)
      expect(told).not.toContain('etcd-n1')
    }
    const { store, view } = seenBy(showing({}, false), [node({ name: 'n1' })])
    store.reject([bad('dns-1')])
    expect(names(view.rejectsOf('Pod'))).toEqual(['dns-1'])
  })

  test('a refused object of a hidden kind is not there', () => {
    const { store, view } = seenBy(showing({ addresses: false }), [])
    const bad = { kind: 'ServiceCIDR', namespace: '', name: 'inside', field: 'spec', code: 'wrong-type' } as const
    store.reject([bad])
    expect(view.rejectsOf('ServiceCIDR')).toEqual([])
  })

  test('a refused object names no label where labels are hidden', () => {
    const bad = (field: string) =>
      ({ kind: 'Service', namespace: 'shop', name: 'cart', field, code: 'wrong-type' }) as const
    const fields = (audience: Audience, field: string) => {
      const { store, view } = seenBy(audience, [])
      store.reject([bad(field)])
      return view.rejectsOf('Service').map((one) => one.field)
    }
    for (const map of ['metadata.labels', 'metadata.annotations', 'spec.selector']) {
      expect(fields(showing({ labels: ['app'] }), `${map}.acme.example/team`)).toEqual([map])
      expect(fields(showing({ labels: ['app'] }), map)).toEqual([map])
      expect(fields(showing({}), `${map}.acme.example/team`)).toEqual([`${map}.acme.example/team`])
    }
    expect(fields(showing({ labels: [] }), 'spec.ports[0].port')).toEqual(['spec.ports[0].port'])
  })

  test('pods named after their node are not counted where nodes are not named', () => {
    const onNode = pod({ namespace: 'kube-system', name: 'etcd-n1', nodeName: 'n1' })
    const dns = pod({ namespace: 'kube-system', name: 'dns-1', nodeName: 'n1' })
    for (const audience of [
      showing({}, false),
      showing({ nodeNames: false }),
      { ...personOf('kube-system'), nodes: false },
    ]) {
      for (const scope of ['', 'kube-system']) {
        const { store, view } = seenBy(audience, [onNode, dns, cart])
        store.setWatch({ ...watch('Pod', scope), count: 3 })
        const own = [...view.pods()].filter(({ namespace: name }) => scope === '' || name === scope)
        expect(view.watches()[0]).toMatchObject({ count: own.length, expected: undefined })
      }
    }
  })

  test('a hidden kind has a watch that may not read', () => {
    const { store, view } = seenBy(showing({}, false), [])
    store.setWatch(watch('Node'))
    expect(view.watches()).toMatchObject([
      { kind: 'Node', state: 'forbidden', count: 0, rejected: 0, reason: undefined },
    ])
  })

  test('of the cluster no contexts and no controls, and its name only where it is shown', () => {
    const { store, view } = seenBy(personOf('shop'), [])
    store.setCluster(status)
    const rest = { contexts: [], context: null, demoControls: [], demoDumps: [] }
    expect(view.cluster()).toEqual({ ...status, ...rest, namespaces: ['shop'] })
    const nameless = seenBy(showing({ clusterName: false }), [])
    nameless.store.setCluster(status)
    expect(nameless.view.cluster()).toEqual({ ...status, ...rest, name: '', version: null })
  })
})

describe('[A11] stand-ins', () => {
  const of = (audience: string, secret = key) => createStandIns(secret, audience).of('node', 'n1')

  test('are the same for the same key and audience, and others for any other', () => {
    expect(of('a')).toBe(of('a'))
    expect(new Set([of('a'), of('b'), of('a', new Uint8Array(32).fill(2))]).size).toBe(3)
    const own = createStandIns(key, 'a')
    expect(own.of('node', 'n1').split('~')[1]).not.toBe(own.of('name', 'n1').split('~')[1])
  })

  test('lead back only to what has been given out', () => {
    const own = createStandIns(key, 'a')
    const word = own.of('node', 'n1')
    expect([own.textOf(word), createStandIns(key, 'a').textOf(word), own.textOf('n1')]).toEqual([
      'n1',
      undefined,
      undefined,
    ])
  })

  test('are no name and no address that Kubernetes accepts', () => {
    const word = of('a')
    expect(word).not.toMatch(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)
    expect(standInKind('node~12')).toBeUndefined()
    expect(standInKind('toString~1f60c2ab94e7')).toBeUndefined()
  })
})

test('[A2] a record is redacted once, so that what is kept by record is kept', () => {
  const { view } = seenBy(showing({ addresses: false, labels: [] }, false), [
    service(),
    slice({ endpoints: [endpointOf(cart)] }),
    cart,
  ])
  const all = () => [...view.services(), ...view.slices(), ...view.pods()]
  const again = all()
  expect(again).toHaveLength(3)
  for (const [index, record] of all().entries()) expect(record).toBe(again[index])
  expect(view.endpointsOfPod(cart.key)[0]?.endpoint).toBe([...view.slices()][0]?.endpoints[0])
})
