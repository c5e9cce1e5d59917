import { describe, expect, test } from 'vitest'
import { endpointsKey, nodeKey, objectKey, serviceKey } from '@/core/model/keys'
import type { ServiceRecord } from '@/core/model/records'
import { problemsOf } from '@/core/problems/problems-of'
import { inferProxyMode } from '@/core/proxy/proxy-mode'
import { routePort } from '@/core/proxy/route'
import { whyNotReady } from '@/core/readiness/why-not-ready'
import { createClusterStore } from '@/server/store/cluster-store'
import { demoScenarios } from '../../config'
import { eventsOf, recordsOf, startAt, worldOf } from '../testing/world-at'
import { type ScenarioName, scenarioNames } from './find-scenario'

const views = new Map(
  scenarioNames.map((name) => {
    const store = createClusterStore()
    store.apply(eventsOf(worldOf(name)))
    return [name, store]
  }),
)

function viewOf(name: ScenarioName) {
  const view = views.get(name)
  if (view === undefined) throw new Error(name)
  return view
}

const shop = viewOf('shop')
const course = viewOf('course')

function service(key: string, view = shop): ServiceRecord {
  const [namespace = '', name = ''] = key.split('/')
  const found = view.service(serviceKey(namespace, name))
  if (found === undefined) throw new Error(`no Service ${key}`)
  return found
}

const slices = (key: string, view = shop) => view.slicesOfService(service(key, view).key)
const endpoints = (key: string, view = shop) => slices(key, view).flatMap((slice) => slice.endpoints)
const ready = (key: string, view = shop) => endpoints(key, view).filter((endpoint) => endpoint.ready).length
const troubles = (key: string, view = shop) => problemsOf(view, service(key, view)).map(({ code }) => code)
const minutesAgo = (time: number | undefined) => Math.round((startAt - (time ?? 0)) / 60_000)

test('the settings offer exactly the scenarios there are', () => {
  expect([...demoScenarios].sort()).toEqual([...scenarioNames].sort())
})

describe.each(scenarioNames)('%s', (name) => {
  const view = viewOf(name)

  test('every object passes the gate that a real cluster passes', () => {
    expect(recordsOf(worldOf(name)).faults).toEqual([])
  })

  const only6 = name === 'ipv6'

  test('nodes in three zones, with addresses and pod ranges of the families of the cluster, CPU and versions', () => {
    const nodes = [...view.nodes()]
    expect(nodes).toHaveLength(only6 ? 6 : 12)
    expect(new Set(nodes.map(({ zone }) => zone))).toEqual(new Set(['zone-a', 'zone-b', 'zone-c']))
    for (const node of nodes) {
      expect(node.addresses.filter(({ type }) => type === 'InternalIP')).toHaveLength(only6 ? 1 : 2)
      expect(node.addresses.at(-1)).toEqual({ type: 'Hostname', address: node.name })
      expect(node.podCIDRs).toHaveLength(only6 ? 1 : 2)
      expect(node).toMatchObject({ ready: true, unschedulable: false, allocatableCpuMilli: 7910, allocatablePods: 110 })
      expect(node.kubeletVersion).toMatch(/^v1\.3[56]\.\d+$/)
    }
    expect(nodes.filter(({ addresses }) => addresses.some(({ type }) => type === 'ExternalIP'))).toHaveLength(
      only6 ? 0 : 3,
    )
  })

  test('default/kubernetes has the API servers, by a slice and Endpoints that nobody manages', () => {
    expect(service('default/kubernetes', view)).toMatchObject({
      clusterIP: only6 ? 'fd5c:9a41:7e2b:10::1' : '10.96.0.1',
      selector: undefined,
    })
    expect(slices('default/kubernetes', view)).toMatchObject([
      { name: 'kubernetes', managedBy: undefined, owner: undefined },
    ])
    expect(endpoints('default/kubernetes', view)[0]?.absentConditions).toEqual(['serving', 'terminating'])
  })

  test('kube-dns answers over UDP and TCP', () => {
    const protocols = service('kube-system/kube-dns', view).ports.map((port) => `${port.protocol} ${port.port}`)
    expect(protocols).toEqual(['UDP 53', 'TCP 53', 'TCP 9153'])
    expect(ready('kube-system/kube-dns', view)).toBe(only6 ? 2 : 3)
  })

  test('addresses and ports of Services are unique', () => {
    const services = [...view.services()]
    const addresses = services.flatMap(({ clusterIPs }) => clusterIPs.filter((ip) => ip !== 'None'))
    expect(new Set(addresses).size).toBe(addresses.length)
    const ports = services.flatMap((one) => one.ports.flatMap(({ nodePort }) => nodePort ?? []))
    expect(new Set(ports).size).toBe(ports.length)
    expect(ports.every((port) => port >= 30_000 && port <= 32_767)).toBe(true)
  })
})

describe('shop', () => {
  test('about 200 pods and 40 Services in ten namespaces and kube-system', () => {
    expect([...shop.pods()].length).toBeGreaterThan(180)
    expect([...shop.pods()].length).toBeLessThan(210)
    expect([...shop.services()]).toHaveLength(41)
    expect(new Set([...shop.services()].map(({ namespace }) => namespace)).size).toBe(10)
  })

  test('M2 cart: port http is 8080 on 13 endpoints and 8081 on 5, so two slices', () => {
    const counts = slices('shop/cart').map((slice) => [
      slice.ports.find(({ name }) => name === 'http')?.port,
      slice.endpoints.length,
    ])
    expect(counts.sort()).toEqual([
      [8080, 13],
      [8081, 5],
    ])
    expect(ready('shop/cart')).toBe(16)
  })

  test('M11 cart: one endpoint terminates and still serves, one is not ready', () => {
    const odd = endpoints('shop/cart').filter((endpoint) => !endpoint.ready)
    expect(odd.map(({ serving, terminating }) => ({ serving, terminating }))).toEqual(
      expect.arrayContaining([
        { serving: true, terminating: true },
        { serving: false, terminating: false },
      ]),
    )
  })

  test('M2 checkout: nobody has a port named http-api, since six minutes', () => {
    expect(troubles('shop/checkout')).toContain('service-target-port-missing')
    expect(slices('shop/checkout')).toMatchObject([{ ports: [], endpoints: { length: 4 } }])
    expect(minutesAgo(slices('shop/checkout')[0]?.lastChangeTriggerTime)).toBe(6)
  })

  test('M2 protocols TCP, UDP and SCTP, and application protocols', () => {
    const ports = [...shop.services()].flatMap((one) => one.ports)
    expect(new Set(ports.map(({ protocol }) => protocol))).toEqual(new Set(['TCP', 'UDP', 'SCTP']))
    expect(new Set(ports.flatMap(({ appProtocol }) => appProtocol ?? []))).toEqual(
      new Set(['http', 'https', 'grpc', 'kubernetes.io/h2c']),
    )
  })

  test('M3 a LoadBalancer with addresses, policy Local, source ranges and a health check port', () => {
    expect(service('ingress/ingress-nginx')).toMatchObject({
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 32014,
      loadBalancerSourceRanges: ['192.0.2.0/24', '198.51.100.0/24'],
      loadBalancerIngress: [{ ip: '203.0.113.40', ipMode: 'VIP' }],
    })
  })

  test('M3 LoadBalancers by host name, and with ipMode Proxy and no node ports', () => {
    expect(service('observability/grafana').loadBalancerIngress[0]?.hostname).toMatch(/example\.com$/)
    const argocd = service('platform/argocd-server')
    expect(argocd).toMatchObject({ loadBalancerIngress: [{ ipMode: 'Proxy' }], allocateLoadBalancerNodePorts: false })
    expect(argocd.ports[0]?.nodePort).toBeUndefined()
  })

  test('M3 NodePort, external IPs and ExternalName', () => {
    expect(service('shop/web')).toMatchObject({ type: 'NodePort', ports: [{ nodePort: 30080 }] })
    expect(service('platform/registry').externalIPs).toEqual(['198.51.100.200'])
    expect(service('default/legacy-erp')).toMatchObject({
      type: 'ExternalName',
      externalName: 'erp.corp.example',
      clusterIP: '',
    })
    expect(slices('default/legacy-erp')).toEqual([])
  })

  test('M3 headless Services whose StatefulSet pods have names', () => {
    for (const [key, pods] of [
      ['data/postgres', 3],
      ['data/kafka', 5],
      ['data/clickhouse', 4],
    ] as const) {
      expect(service(key).clusterIP).toBe('None')
      expect(endpoints(key).map(({ hostname }) => hostname)).toHaveLength(pods)
      expect(endpoints(key).every(({ hostname, targetRef }) => hostname === targetRef?.name)).toBe(true)
      expect(slices(key)[0]?.labels.has('service.kubernetes.io/headless')).toBe(true)
    }
    expect(
      endpoints('data/postgres-ro')
        .map(({ targetRef }) => targetRef?.name)
        .sort(),
    ).toEqual(['postgres-1', 'postgres-2'])
  })

  test('M3 a Service without selector: Endpoints by hand, mirrored, and slices by hand', () => {
    expect(service('data/warehouse').selector).toBeUndefined()
    expect(slices('data/warehouse').map(({ managedBy, addressType }) => [managedBy, addressType])).toEqual([
      [undefined, 'IPv4'],
      [undefined, 'FQDN'],
      ['endpointslicemirroring-controller.k8s.io', 'IPv4'],
    ])
  })

  test('M5 ClientIP affinity with the default timeout and another one', () => {
    const timeouts = ['identity/auth', 'shop/sessions'].map((key) => service(key).sessionAffinityTimeoutSeconds)
    expect(timeouts).toEqual([10_800, 3600])
  })

  test('M6 ldap-legacy: internalTrafficPolicy Local with endpoints on 3 of 12 nodes; elsewhere DROP', () => {
    const legacy = { service: service('identity/ldap-legacy'), slices: slices('identity/ldap-legacy') }
    const verdicts = [...shop.nodes()].map(({ name, zone }) => {
      return routePort(legacy, { port: 'ldap/TCP', family: 'IPv4', node: { name, zone } }).internal
    })
    expect(verdicts.filter((verdict) => verdict === 'drop')).toHaveLength(9)
    expect(legacy.service).toMatchObject({
      type: 'NodePort',
      internalTrafficPolicy: 'Local',
      ports: [{ nodePort: 31389 }],
    })
  })

  test('M6 clickhouse publishes an address that is not ready; otel-collector is Local and everywhere', () => {
    expect(
      endpoints('data/clickhouse')
        .map(({ ready, serving }) => `${ready} ${serving}`)
        .sort(),
    ).toEqual(['true false', 'true true', 'true true', 'true true'])
    expect(new Set(endpoints('observability/otel-collector').map(({ nodeName }) => nodeName)).size).toBe(12)
  })

  test('M7 fraud: zone hints everywhere but in the slice written by hand, so nobody uses them', () => {
    const hinted = slices('payments/fraud').map(({ name, endpoints: all }) => [
      name === 'fraud-canary',
      all.every(({ hintZones }) => hintZones.length === 1),
    ])
    expect(hinted.sort()).toEqual([
      [false, true],
      [true, false],
    ])
    const input = { service: service('payments/fraud'), slices: slices('payments/fraud') }
    const route = routePort(input, { port: 'grpc/TCP', family: 'IPv4', node: { name: 'node-1', zone: 'zone-b' } })
    expect(route.mode).toBe('none')
    expect(minutesAgo(slices('payments/fraud').find(({ name }) => name === 'fraud-canary')?.createdAt)).toBe(18)
  })

  test('M7 topology-mode Auto gives search its hints, and takes them from recommendations: 4 endpoints, 3 zones', () => {
    expect(endpoints('shop/search').every(({ hintZones }) => hintZones.length === 1)).toBe(true)
    expect(service('shop/recommendations').annotations.get('service.kubernetes.io/topology-mode')).toBe('Auto')
    expect(endpoints('shop/recommendations').flatMap(({ hintZones }) => hintZones)).toEqual([])
    expect(endpoints('shop/recommendations')).toHaveLength(4)
  })

  test('M7 PreferSameZone and PreferSameNode', () => {
    expect(endpoints('shop/catalog').every(({ zone, hintZones }) => hintZones[0] === zone)).toBe(true)
    expect(endpoints('payments/vault-proxy').every(({ nodeName, hintNodes }) => hintNodes[0] === nodeName)).toBe(true)
  })

  test('M8 an orphan slice, an address in two slices, and conditions left out', () => {
    const orphans = [...shop.slices()].filter(
      (slice) => slice.serviceName !== undefined && !shop.service(serviceKey(slice.namespace, slice.serviceName)),
    )
    expect(orphans.map(({ name }) => name)).toEqual(['worker-old'])
    const addresses = endpoints('data/warehouse').flatMap((endpoint) => endpoint.addresses)
    expect(addresses.filter((address) => address === '10.0.8.11')).toHaveLength(2)
    expect(endpoints('data/warehouse')[0]?.absentConditions).toEqual(['ready', 'serving', 'terminating'])
  })

  test('M9 legacy Endpoints beside the slices; terminating pods are only in the slices', () => {
    const legacy = shop.endpoints(endpointsKey('shop', 'cart'))
    const counts = legacy?.subsets.map(({ ports, addresses, notReadyAddresses }) => {
      return `${ports.map(({ port }) => port)}: ${addresses.length} + ${notReadyAddresses.length}`
    })
    // Ports with the same addresses share a subset: metrics is on all pods, http on some here and some there.
    expect(counts?.sort()).toEqual(['8080: 13 + 0', '8081: 3 + 1', '9090: 16 + 1'])
    expect(shop.endpoints(endpointsKey('default', 'kubernetes'))?.skipMirror).toBe(true)
  })

  test('M14 dual stack by preference and by requirement, and a Service of IPv6 alone', () => {
    expect(service('shop/web')).toMatchObject({
      ipFamilyPolicy: 'PreferDualStack',
      clusterIPs: ['10.96.32.80', 'fd00:10:96::2050'],
    })
    expect(service('platform/vault')).toMatchObject({
      ipFamilyPolicy: 'RequireDualStack',
      ipFamilies: ['IPv4', 'IPv6'],
    })
    expect(
      slices('platform/vault')
        .map(({ addressType }) => addressType)
        .sort(),
    ).toEqual(['IPv4', 'IPv6'])
    expect(service('observability/tempo')).toMatchObject({ ipFamilies: ['IPv6'], clusterIP: 'fd00:10:96::2d59' })
  })

  test('[M11] embedded: pods with and without readiness probe, with a readiness gate, and unready since a minute', () => {
    const containers = [...shop.pods()].flatMap((pod) => pod.containers)
    expect(containers.some(({ readinessProbe }) => readinessProbe !== undefined)).toBe(true)
    expect(containers.some(({ readinessProbe }) => readinessProbe === undefined)).toBe(true)
    expect(containers.some(({ startupProbe }) => startupProbe !== undefined)).toBe(true)
    expect([...shop.pods()].some(({ readinessGates }) => readinessGates.length > 0)).toBe(true)
    const unready = [...shop.pods()].filter(({ ready: isReady, phase }) => !isReady && phase === 'Running')
    const causes = unready.flatMap((pod) => whyNotReady(pod).map(({ code }) => `${pod.workload?.name} ${code}`))
    expect(causes.sort()).toEqual([
      'cart-next unready-probe-port',
      'clickhouse unready-crash-loop',
      'kafka unready-probe-port',
      'ledger-consumer unready-gate-missing',
    ])
    expect(ready('data/kafka')).toBe(4)
    expect(minutesAgo(slices('data/kafka')[0]?.lastChangeTriggerTime)).toBe(1)
  })

  test('webhooks: one of three is on its way out and still serves', () => {
    expect(endpoints('payments/webhooks').filter(({ terminating, serving }) => terminating && serving)).toHaveLength(1)
    expect(ready('payments/webhooks')).toBe(2)
  })

  test('invoices run on the Windows node, and nothing else of the shop does', () => {
    const windows = [...shop.podsOfNode(nodeKey('node-11'))].map(({ workload }) => workload?.name)
    expect(new Set(windows)).toEqual(new Set(['invoices', 'kube-proxy-windows', 'otel-collector']))
  })
})

describe('course', () => {
  test('httpbin: 17 replicas at five per slice are four slices', () => {
    expect(
      slices('default/httpbin', course)
        .map(({ endpoints: all }) => all.length)
        .sort(),
    ).toEqual([2, 5, 5, 5])
    expect(ready('default/httpbin', course)).toBe(17)
  })

  test('etcd-k8s: no selector, Endpoints by hand, mirrored into a slice', () => {
    expect(service('kube-system/etcd-k8s', course).selector).toBeUndefined()
    expect(slices('kube-system/etcd-k8s', course)).toMatchObject([
      {
        managedBy: 'endpointslicemirroring-controller.k8s.io',
        ports: [{ name: 'api', port: 2379 }],
        endpoints: { length: 3 },
      },
    ])
  })

  test('NodePort 30062 and ExternalName my.database.example.com', () => {
    expect(service('default/hello', course)).toMatchObject({ type: 'NodePort', ports: [{ nodePort: 30062 }] })
    expect(service('default/my-database', course)).toMatchObject({
      type: 'ExternalName',
      externalName: 'my.database.example.com',
    })
  })
})

describe('ipv6', () => {
  const six = viewOf('ipv6')

  test('no address of IPv4 is anywhere', () => {
    const whole = (_: string, value: unknown) => (value instanceof Map ? [...value] : value)
    const texts = recordsOf(worldOf('ipv6')).records.map((record) => JSON.stringify(record, whole))
    expect(texts.filter((text) => /\b\d+\.\d+\.\d+\.\d+\b/.test(text))).toEqual([])
    expect([...six.slices()].map(({ addressType }) => addressType)).not.toContain('IPv4')
  })

  test('Services are as the API server of one family makes them, by whatever policy', () => {
    const families = (key: string) => {
      const { ipFamilyPolicy, ipFamilies, clusterIPs } = service(key, six)
      return [ipFamilyPolicy, ipFamilies.join(), clusterIPs.join()]
    }
    expect(families('reading/catalog')).toEqual(['SingleStack', 'IPv6', 'fd5c:9a41:7e2b:10::4:7c1e'])
    expect(families('reading/reader')).toEqual(['PreferDualStack', 'IPv6', 'fd5c:9a41:7e2b:10::b:52d9'])
    expect(families('reading/books')).toEqual(['SingleStack', 'IPv6', 'None'])
    expect(families('reading/archive')).toEqual(['RequireDualStack', 'IPv6,IPv4', 'None'])
  })
})

describe.each(['healthy', 'ipv6'] as const)('%s', (name) => {
  test('no Service has any trouble, and every pod that should be ready is', () => {
    const view = viewOf(name)
    const found = [...view.services()].flatMap((one) => problemsOf(view, one).map(({ code }) => `${one.key} ${code}`))
    expect(found).toEqual([])
    expect([...view.pods()].filter((pod) => !pod.ready && pod.phase !== 'Succeeded')).toEqual([])
    expect(
      [...view.slices()].filter(({ serviceName }) => serviceName === undefined || serviceName === 'worker-old'),
    ).toEqual([])
  })
})

describe('broken-<name>: one fault each', () => {
  // The Services in trouble, and the codes of their problems; none else has any.
  const faults: [ScenarioName, Record<string, string[]>][] = [
    ['broken-dead-selector', { 'shop/checkout': ['service-selects-no-pods'] }],
    ['broken-unready', { 'shop/checkout': ['service-none-ready'] }],
    ['broken-named-port', { 'shop/checkout': ['service-target-port-missing'] }],
    ['broken-etp-local', { 'identity/ldap-legacy': ['service-external-local-drops'] }],
    ['broken-itp-local', { 'identity/ldap-legacy': ['service-internal-local-drops'] }],
    ['broken-hints-ignored', { 'payments/fraud': ['service-hints-ignored'] }],
    ['broken-hints-overload', { 'shop/recommendations': ['service-hints-withheld'] }],
    ['broken-terminating-only', { 'payments/webhooks': ['service-all-terminating'] }],
    ['broken-source-ranges', { 'ingress/ingress-nginx': ['service-source-ranges-shut-out'] }],
    ['broken-stale-rules', {}],
    ['broken-family', { 'platform/vault': ['service-family-without-endpoints'] }],
    ['broken-ipmode-proxy', { 'platform/argocd-server': ['service-lb-proxy-no-way-back'] }],
    ['broken-proxy-mode', {}],
    ['broken-leftovers', { 'data/warehouse': ['service-addresses-listed-twice'] }],
    ['broken-entries', { 'identity/users': ['service-entry-broken'] }],
  ]
  test.each(faults)('%s: the problems are exactly %j', (name, wanted) => {
    const view = viewOf(name)
    const found = [...view.services()].map((one) => [one.key, troubles(one.key, view)] as const)
    expect(Object.fromEntries(found.filter(([, codes]) => codes.length > 0))).toEqual(wanted)
  })

  test.each([
    ['broken-itp-local', 'identity/ldap-legacy', 41],
    ['broken-source-ranges', 'ingress/ingress-nginx', 12],
    ['broken-named-port', 'shop/checkout', 6],
    ['broken-unready', 'shop/checkout', 3],
  ] as const)('%s: %s has its problem since %i minutes', (name, key, minutes) => {
    const view = viewOf(name)
    const [found] = problemsOf(view, service(key, view))
    expect(minutesAgo(found?.since ?? undefined)).toBe(minutes)
  })

  test.each(['broken-etp-local', 'broken-itp-local'] as const)('%s: nodes that drop, may drop and do not', (name) => {
    const view = viewOf(name)
    const [found] = problemsOf(view, service('identity/ldap-legacy', view))
    expect(found?.reason.values).toMatchObject({ port: 'TCP 389', without: 9, nodes: 7, assumed: 1, of: 12 })
  })

  test('every broken scenario is looked at', () => {
    const names = scenarioNames.filter((name) => name.startsWith('broken-'))
    expect(faults.map(([name]) => name).sort()).toEqual(names.sort())
  })

  test('broken-leftovers: a slice whose Service is gone', () => {
    const left = (view: typeof shop) => [...view.slices()].filter((one) => one.serviceName === 'worker-old').length
    expect([left(viewOf('broken-leftovers')), left(viewOf('healthy'))]).toEqual([1, 0])
  })

  test('broken-proxy-mode: node-12 runs no kube-proxy', () => {
    const runsProxy = (view: typeof shop) => [...view.podsOfNode(nodeKey('node-12'))].some((pod) => pod.proxyArgs)
    expect([runsProxy(viewOf('broken-proxy-mode')), runsProxy(viewOf('healthy'))]).toEqual([false, true])
  })

  test('broken-hints-overload: four ready endpoints in three zones', () => {
    const [found] = problemsOf(
      viewOf('broken-hints-overload'),
      service('shop/recommendations', viewOf('broken-hints-overload')),
    )
    expect(found?.reason).toMatchObject({ code: 'safeguard-overload', values: { endpoints: 4, zones: 3 } })
  })

  test('broken-stale-rules: a node knows endpoints that are gone', () => {
    const world = worldOf('broken-stale-rules')
    const stopped = world.stoppedProxies.get('node-4')
    expect(minutesAgo(stopped?.at)).toBe(7)
    const known = JSON.stringify(stopped?.slices.filter(({ metadata }) => metadata.name.startsWith('checkout-')))
    const now = endpoints('shop/checkout', viewOf('broken-stale-rules')).flatMap(({ addresses }) => addresses)
    expect(now).toHaveLength(4)
    for (const address of now) expect(known).not.toContain(`"${address}"`)
  })
})

describe('evidence of proxy modes', () => {
  const podOf = (node: string, view = shop) =>
    [...view.podsOfNode(nodeKey(node))].find(({ proxyArgs }) => proxyArgs !== undefined)
  const configMap = (name: string) => {
    const key = objectKey('kube-system', name)
    return [...shop.configMaps()].find((found) => found.key === key)
  }

  test('a DaemonSet per pool, by ConfigMap or by flags', () => {
    const daemonSets = [...shop.daemonSets()].map(({ name, proxyArgs }) => [
      name,
      proxyArgs?.find((argument) => /mode|config=/.test(argument)),
    ])
    expect(Object.fromEntries(daemonSets)).toMatchObject({
      'kube-proxy': '--config=/var/lib/kube-proxy/config.conf',
      'kube-proxy-nftables': '--proxy-mode=nftables',
      'kube-proxy-ipvs': '--proxy-mode=ipvs',
      'kube-proxy-windows': '--proxy-mode=kernelspace',
    })
  })

  const nodes: [string, string | undefined][] = [
    ...[1, 2, 3, 4, 6, 7].map((n): [string, string] => [`node-${n}`, '--config=/var/lib/kube-proxy/config.conf']),
    ['node-5', '--proxy-mode=nftables'],
    ['node-9', '--proxy-mode=nftables'],
    ['node-8', '--proxy-mode=ipvs'],
    ['node-11', '--proxy-mode=kernelspace'],
    ['node-10', undefined],
    ['node-12', undefined],
  ]
  test.each(nodes)('%s: the kube-proxy pod says %s', (node, argument) => {
    const args = podOf(node)?.proxyArgs
    expect(args?.[1]).toBe(argument)
  })

  test('the ConfigMap says iptables since 20 days; on node-7 the pod is older, elsewhere newer', () => {
    const config = configMap('kube-proxy')
    expect(config?.data.get('config.conf')).toContain('\nmode: iptables\n')
    expect(minutesAgo(config?.changedAt)).toBe(20 * 24 * 60)
    const older = [1, 2, 3, 4, 6, 7].filter((n) => (podOf(`node-${n}`)?.startedAt ?? 0) < (config?.changedAt ?? 0))
    expect(older).toEqual([7])
  })

  test('Cilium replaces kube-proxy on node-10 and is nowhere else; node-12 gives no sign at all', () => {
    expect(configMap('cilium-config')?.data.get('kube-proxy-replacement')).toBe('true')
    const cilium = [...shop.pods()].filter(({ workload }) => workload?.name === 'cilium')
    expect(cilium.map(({ nodeName }) => nodeName)).toEqual(['node-10'])
    const system = [...shop.podsOfNode(nodeKey('node-12'))].filter(({ workload }) => workload?.kind === 'DaemonSet')
    expect(system.map(({ workload }) => workload?.name)).toEqual(['otel-collector'])
  })

  const known = { 5: 'nftables', 8: 'ipvs', 9: 'nftables', 10: 'Cilium', 11: 'kernelspace' } as const
  const modes = (name: ScenarioName) =>
    Object.fromEntries(
      [...viewOf(name).nodes()].map((node) => {
        const { verdict, contradictions } = inferProxyMode(viewOf(name), node)
        const said = verdict.state === 'mode' ? verdict.mode : verdict.state === 'replaced' ? verdict.by : 'unknown'
        return [Number(node.name.slice(5)), contradictions.length > 0 ? `${said}, contradicted` : said]
      }),
    )
  const iptables = (nodes: readonly number[]) => Object.fromEntries(nodes.map((n) => [n, 'iptables']))

  const expected: [ScenarioName, Record<number, string>][] = [
    ['shop', { ...known, ...iptables([1, 2, 3, 4, 6]), 7: 'unknown, contradicted', 12: 'unknown' }],
    ['course', { ...known, ...iptables([1, 2, 3, 4, 6, 7]), 12: 'unknown' }],
    ['healthy', { ...known, ...iptables([1, 2, 3, 4, 6, 7, 12]) }],
  ]
  test.each(expected)('%s: what can be said of each node', (name, wanted) => {
    expect(modes(name)).toEqual(wanted)
  })

  test('in healthy, node-12 runs kube-proxy and no pod is older than its ConfigMap', () => {
    const healthy = viewOf('healthy')
    expect(podOf('node-12', healthy)?.proxyArgs?.[1]).toBe('--config=/var/lib/kube-proxy/config.conf')
    expect(minutesAgo(podOf('node-7', healthy)?.startedAt)).toBeLessThan(20 * 24 * 60)
  })
})
