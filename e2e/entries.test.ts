// Ways in above a Service: on the embedded cluster, and on a real control plane whose CRDs of the Gateway API come and go while it is
// watched.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entriesOf } from '@/core/entries/entries-of'
import { entryList } from '@/core/entries/entry-list'
import { explain } from '@/core/explain/explain'
import { parseDestination } from '@/core/graph/page-destination'
import { serviceKey } from '@/core/model/keys'
import { problemsOf } from '@/core/problems/problems-of'
import { type Connection, contextConnection, plainConnection } from '@/server/kube/connection'
import { loadContext } from '@/server/kube/kubeconfig'
import { startReflectors } from '@/server/kube/start-reflectors'
import { startSimulator } from '@/server/simulator/start-simulator'
import { type ClusterStore, createClusterStore } from '@/server/store/cluster-store'
import { type KubeObject, waitFor } from './cluster/api'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, startControlPlane } from './cluster/control-plane'
import { gatewayCrds, installCrds, removeCrds, whyNoGatewayApi } from './cluster/gateway-api'
import { endpointSlice, namespace, node, service } from './cluster/objects'

const minute = 60_000
type Closing = (() => Promise<unknown>)[]

function follow(connection: Connection, closing: Closing) {
  const store = createClusterStore()
  const served: string[][] = []
  const refused: unknown[] = []
  const reflectors = startReflectors({
    ...{ connection, namespaces: [], watchPods: true },
    onEvents: (events) => void store.apply(events),
    onState: () => undefined,
    onRejects: (some) => refused.push(...some),
    onIdentityUnknown: () => undefined,
    onGatewayKinds: (kinds) => served.push([...kinds]),
  })
  closing.push(async () => {
    await reflectors.stop()
    connection.close()
    expect(refused).toEqual([])
  })
  return { store, served, reflectors }
}

const waysInto = (store: ClusterStore, key: string) => {
  const [of = '', name = ''] = key.split('/')
  return entriesOf(store, serviceKey(of, name))
}
const codes = (all: readonly { readonly code: string }[] = []) => all.map(({ code }) => code)
const brokenOf = (store: ClusterStore, id: string) =>
  codes(entryList(store, '').rows.find((row) => `${row.kind} ${row.id}` === id)?.broken)

function explained(store: ClusterStore, text: string) {
  const to = parseDestination(text)
  if (!to?.url) throw new Error(text)
  const found = explain(store, {
    source: { kind: 'outside', at: undefined, address: undefined },
    destination: { kind: 'url', ...to.url, host: to.host, port: to.port },
    protocol: 'TCP',
    family: 'IPv4',
  })
  const shares = found.endpoints.filter(({ chosen }) => chosen).map(({ key, probability }) => [key, probability])
  return { verdict: found.verdict, code: found.sentence.code, shares: Object.fromEntries(shares), found }
}

const gatewaysServed = (store: ClusterStore) =>
  (['Gateway', 'HTTPRoute', 'ReferenceGrant'] as const).map((kind) => store.coverage(kind))

describe('on the embedded cluster', () => {
  const closing: Closing = []
  let simulator: Awaited<ReturnType<typeof startSimulator>>
  let store: ClusterStore

  beforeAll(async () => {
    simulator = await startSimulator({ scenario: 'shop', size: 'small', seed: 7, speed: 0 })
    closing.push(() => simulator.stop())
    store = follow(plainConnection(simulator.url), closing).store
    await waitFor(
      'every kind to be read',
      async () =>
        gatewaysServed(store).every((one) => one === 'synced') &&
        store.coverage('Pod') === 'synced' &&
        store.coverage('EndpointSlice') === 'synced' &&
        store.coverage('Service') === 'synced' &&
        store.coverage('Ingress') === 'synced',
    )
  }, minute)
  afterAll(async () => {
    for (const close of closing.reverse()) await close()
  })

  test('[M3] embedded: a Service tells its addresses for clients outside', () => {
    expect(
      waysInto(store, 'ingress/ingress-nginx')?.addresses.map(({ kind, address }) => `${kind} ${address}`),
    ).toEqual(['load-balancer 203.0.113.40', 'node-port '])
    expect(waysInto(store, 'observability/grafana')?.addresses[0]?.notes[0]?.code).toBe('entry-address-hostname')
    expect(waysInto(store, 'platform/registry')?.addresses[0]?.kind).toBe('external-ip')
  })

  test('[M12] embedded: rules lead to Services and endpoints; broken references are said', () => {
    const web = waysInto(store, 'shop/web')
    expect(web?.ways.map(({ entry, share }) => [entry.kind, entry.id, share])).toEqual([
      ['HTTPRoute', 'shop/storefront', 0.9],
      ['Ingress', 'shop/web', 1],
    ])
    const path = explained(store, 'https://shop.example.com/api/catalog/1')
    expect([path.verdict, path.code, path.found.sentence.values.entry]).toEqual([
      'forward',
      'explain-entry',
      'shop/web',
    ])
    const ready = store
      .slicesOfService(serviceKey('shop', 'catalog'))
      .flatMap((slice) => slice.endpoints.filter((one) => one.ready))
    expect(Object.keys(path.shares)).toHaveLength(ready.length)
    const split = explained(store, 'https://store.example.com/')
    const all: readonly (number | undefined)[] = Object.values(split.shares)
    expect(all.reduce<number>((sum, one) => sum + (one ?? 0), 0)).toBeCloseTo(1)
    expect([brokenOf(store, 'Ingress shop/promotion'), brokenOf(store, 'HTTPRoute shop/accounts')]).toEqual([
      ['entry-service-missing'],
      ['entry-grant-missing'],
    ])
    const users = store.service(serviceKey('identity', 'users'))
    expect(users && codes(problemsOf(store, users))).toEqual(['service-entry-broken'])
  })

  test(
    '[M12] embedded: the CRDs go and come back while they are watched',
    async () => {
      await simulator.control('gatewayApi', { installed: false })
      await waitFor('no Gateway API', async () => gatewaysServed(store).every((one) => one === 'unserved'), minute)
      expect(waysInto(store, 'shop/web')?.ways.map(({ entry }) => entry.kind)).toEqual(['Ingress'])
      expect(entryList(store, '').withoutGateways).toBe(true)
      await simulator.control('gatewayApi', { installed: true })
      await waitFor('the route', async () => waysInto(store, 'shop/web')?.ways.length === 2, minute)
    },
    3 * minute,
  )
})

const why = (await whyNoPrograms()) ?? (await whyNoGatewayApi())
if (why !== undefined) console.warn(`SKIPPED, ways in on a real control plane: ${why}`)

const gatewayApi = 'gateway.networking.k8s.io/v1'
const route = (of: string, name: string, spec: object): KubeObject => ({
  apiVersion: gatewayApi,
  kind: 'HTTPRoute',
  metadata: { namespace: of, name },
  spec: { parentRefs: [{ name: 'edge', namespace: 'shop' }], ...spec },
})

describe.skipIf(why !== undefined)('on a real control plane', () => {
  const closing: Closing = []
  let cluster: ControlPlane
  let crds: KubeObject[]
  let real: ReturnType<typeof follow>

  beforeAll(async () => {
    cluster = await startControlPlane()
    closing.push(() => cluster.stop())
    crds = await gatewayCrds()
    const { api } = cluster
    await api.create(node('node-a', { zone: 'zone-a' }))
    for (const name of ['shop', 'web']) await api.create(namespace(name))
    for (const [at, name] of ['cart', 'next'].entries()) {
      const ports = [{ name: 'http', port: 80, targetPort: 8080 }]
      const more = name === 'cart' ? { type: 'LoadBalancer', externalIPs: ['198.51.100.7'] } : {}
      await api.create(service('shop', name, { spec: { ports, ...more } }))
      const endpoints = [1, 2].map((last) => ({
        addresses: [`10.244.${at}.${last}`],
        nodeName: 'node-a',
        conditions: { ready: true },
      }))
      await api.create(
        endpointSlice('shop', `${name}-1`, { service: name, endpoints, ports: [{ name: 'http', port: 8080 }] }),
      )
    }
    await api.patchStatus(
      { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'shop', name: 'cart' } },
      { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } },
    )
    const path = cluster.kubeconfigPath
    real = follow(contextConnection({ load: () => loadContext([path], undefined), env: process.env }), closing)
    await waitFor(
      'what is there',
      async () =>
        gatewaysServed(real.store).every((one) => one === 'unserved') &&
        real.store.coverage('Ingress') === 'synced' &&
        [...real.store.slices()].length > 2,
      minute,
    )
  }, 1_200_000)
  afterAll(async () => {
    for (const close of closing.reverse()) await close()
  })

  test('[M3] real: load balancer, external IP and node port, as the API server gave them out', () => {
    const found = waysInto(real.store, 'shop/cart')?.addresses ?? []
    expect(found.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
      'load-balancer 203.0.113.7',
      'external-ip 198.51.100.7',
      'node-port ',
    ])
    expect(found[2]?.ports[0]?.port).toBeGreaterThanOrEqual(30_000)
  })

  test('[M12] real: an Ingress is explained down to endpoints, and its broken reference said', async () => {
    const { api } = cluster
    const rule = (at: string, name: string) => ({
      path: at,
      pathType: 'Prefix',
      backend: { service: { name, port: { name: 'http' } } },
    })
    await api.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
      spec: { controller: 'example.com/nginx' },
    })
    await api.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { rules: [{ host: 'shop.example.com', http: { paths: [rule('/', 'cart'), rule('/gone', 'gone')] } }] },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } },
    })
    await waitFor('the Ingress', async () => waysInto(real.store, 'shop/cart')?.ways[0]?.addresses[0] === '203.0.113.9')
    // Admission wrote the default class into it.
    expect(real.store.entry('Ingress', 'shop/web')?.className).toBe('nginx')
    const found = explained(real.store, 'http://shop.example.com/x')
    expect(found).toMatchObject({ verdict: 'forward', shares: { '10.244.0.1:8080': 0.5, '10.244.0.2:8080': 0.5 } })
    expect(explained(real.store, 'http://shop.example.com/gone')).toMatchObject({ verdict: 'none' })
    expect(brokenOf(real.store, 'Ingress shop/web')).toEqual(['entry-service-missing'])
  })

  test('[M12] real: a path of no certain type is read as the controller of its class reads it', async () => {
    const { api } = cluster
    const create = (name: string, controller: string, annotations: Record<string, string> = {}) => {
      const backend = { service: { name: 'cart', port: { number: 80 } } }
      const paths = [{ path: '/', pathType: 'ImplementationSpecific', backend }]
      const of = { ingressClassName: name, rules: [{ host: `${name}.example.com`, http: { paths } }] }
      return Promise.all([
        api.create({
          apiVersion: 'networking.k8s.io/v1',
          kind: 'IngressClass',
          metadata: { name },
          spec: { controller },
        }),
        api.create({
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          metadata: { namespace: 'shop', name, annotations },
          spec: of,
        }),
      ])
    }
    await create('known', 'k8s.io/ingress-nginx')
    await create('asking', 'k8s.io/ingress-nginx', { 'nginx.ingress.kubernetes.io/use-regex': 'true' })
    await create('strange', 'example.com/strange')
    const verdicts = () =>
      ['known', 'asking', 'strange'].map((name) => explained(real.store, `http://${name}.example.com/x`).verdict).join()
    await waitFor('the three of them', async () => verdicts() === 'forward,unknown,unknown')
    const ways = waysInto(real.store, 'shop/cart')?.ways.filter(({ path }) => path === '/') ?? []
    const codes = new Map(ways.map(({ className, notes }) => [className, notes.map(({ code }) => code)]))
    expect(codes.get('known')).toContain('entry-path-as-prefix')
    expect(codes.get('asking')).toContain('entry-path-expressions')
    expect(codes.get('strange')).toContain('entry-path-own')
  })

  test(
    '[M12] real: CRDs installed live are followed within 60 s: weights, grants, other kinds',
    async () => {
      const { api } = cluster
      await installCrds(api, crds)
      const installedAt = performance.now()
      await waitFor('the Gateway API', async () => gatewaysServed(real.store).every((one) => one === 'synced'), minute)
      expect(performance.now() - installedAt).toBeLessThan(minute)
      const kinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'ListenerSet']
      const areServed = async () => kinds.every((kind) => real.served.at(-1)?.includes(kind))
      await waitFor(`${kinds} among what is served`, areServed, minute)
      await api.create({
        apiVersion: gatewayApi,
        kind: 'GatewayClass',
        metadata: { name: 'edge' },
        spec: { controllerName: 'example.com/edge' },
      })
      await api.create({
        apiVersion: gatewayApi,
        kind: 'Gateway',
        metadata: { namespace: 'shop', name: 'edge' },
        spec: {
          gatewayClassName: 'edge',
          listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
        },
        status: { addresses: [{ type: 'IPAddress', value: '203.0.113.8' }] },
      })
      await api.create(
        route('shop', 'split', {
          hostnames: ['split.example.com'],
          rules: [
            {
              backendRefs: [
                { name: 'cart', port: 80, weight: 90 },
                { name: 'next', port: 80, weight: 10 },
              ],
            },
          ],
        }),
      )
      await api.create(
        route('web', 'far', {
          hostnames: ['far.example.com'],
          rules: [{ backendRefs: [{ name: 'next', namespace: 'shop', port: 80 }] }],
        }),
      )
      await waitFor('both routes', async () => waysInto(real.store, 'shop/next')?.ways.length === 2)
      expect(explained(real.store, 'http://split.example.com/').shares).toEqual({
        '10.244.0.1:8080': 0.45,
        '10.244.0.2:8080': 0.45,
        '10.244.1.1:8080': 0.05,
        '10.244.1.2:8080': 0.05,
      })
      expect(brokenOf(real.store, 'HTTPRoute web/far')).toEqual(['entry-grant-missing'])
      // The CRD takes a redirect of one backend, and none of a rule that has backends.
      const filters = [{ type: 'RequestRedirect', requestRedirect: { hostname: 'new.example.com' } }]
      const backendRefs = [
        { name: 'cart', port: 80, weight: 3 },
        { name: 'next', port: 80, weight: 1 },
      ]
      const moved = { hostnames: ['moved.example.com'] }
      await expect(
        api.create(route('shop', 'moved', { ...moved, rules: [{ backendRefs, filters }] })),
      ).rejects.toThrow()
      const [stay, go] = backendRefs
      await api.create(route('shop', 'moved', { ...moved, rules: [{ backendRefs: [stay, { ...go, filters }] }] }))
      const redirected = async () => explained(real.store, 'http://moved.example.com/').verdict === 'forward'
      await waitFor('the route that redirects', redirected)
      expect(explained(real.store, 'http://moved.example.com/').shares).toEqual({
        '10.244.0.1:8080': 0.375,
        '10.244.0.2:8080': 0.375,
      })
      await api.create({
        apiVersion: gatewayApi,
        kind: 'ReferenceGrant',
        metadata: { namespace: 'shop', name: 'web' },
        spec: {
          from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'web' }],
          to: [{ group: '', kind: 'Service' }],
        },
      })
      await waitFor('the grant', async () => brokenOf(real.store, 'HTTPRoute web/far').length === 0)
      expect(explained(real.store, 'http://far.example.com/')).toMatchObject({ verdict: 'forward' })
    },
    5 * minute,
  )

  test(
    '[M12] real: CRDs removed live are followed within 60 s, and nothing of them stays',
    async () => {
      await removeCrds(cluster.api, crds)
      const removedAt = performance.now()
      await waitFor(
        'the Gateway API to be gone',
        async () => gatewaysServed(real.store).every((one) => one === 'unserved'),
        minute,
      )
      expect(performance.now() - removedAt).toBeLessThan(minute)
      expect(waysInto(real.store, 'shop/next')?.ways).toEqual([])
      expect(entryList(real.store, '')).toMatchObject({ withoutGateways: true, count: 4 })
      await waitFor('nothing to be served', async () => real.served.at(-1)?.length === 0, minute)
    },
    3 * minute,
  )
})
