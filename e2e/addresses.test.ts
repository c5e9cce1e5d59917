// Who has an address, what is free, and what ports lead to: on the embedded cluster through the built product, and on real control
// planes, one of both families and one of IPv6 alone, whose allocators give out the addresses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressPage } from '@/core/addresses/address-page'
import type { AddressPage } from '@/core/addresses/types'
import { serviceKey } from '@/core/model/keys'
import { portFacts } from '@/core/ports/port-facts'
import type { PortFact } from '@/core/ports/types'
import { contextConnection } from '@/server/kube/connection'
import { loadContext } from '@/server/kube/kubeconfig'
import { startReflectors } from '@/server/kube/start-reflectors'
import { createClusterStore } from '@/server/store/cluster-store'
import { waitFor } from './cluster/api'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from './cluster/control-plane'
import { endpointSlice, namespace, node, pod, service, serviceCIDR } from './cluster/objects'
import { type Product, startProduct } from './product'

const nothingElse = { partial: false, departed: [] }
const codes = (of: { readonly findings: readonly { readonly code: string }[] }) => of.findings.map(({ code }) => code)

function expectKind<K extends AddressPage['kind']>(page: AddressPage, kind: K): Extract<AddressPage, { kind: K }> {
  expect(page.kind).toBe(kind)
  return page as Extract<AddressPage, { kind: K }>
}

describe('on the embedded cluster', () => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct({
      TRIPLANE_CLUSTER: 'embedded',
      TRIPLANE_DEMO_SEED: '7',
      TRIPLANE_DEMO_SPEED: '0',
    })
    await waitFor('every kind to be read', async () => {
      const page = await ask<AddressPage>('addresses.page', { text: '' })
      return page.kind === 'overview' && Object.values(page.coverage).every((one) => one === 'synced')
    })
  })
  afterAll(() => product?.stop())

  async function ask<T>(procedure: string, input: object): Promise<T> {
    const answer = await product.fetch(`/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`)
    const body = (await answer.json()) as { result?: { data: T } }
    if (body.result === undefined) throw new Error(JSON.stringify(body))
    return body.result.data
  }
  const page = (text: string) => ask<AddressPage>('addresses.page', { text })

  test('[M1] embedded: an address of each plane is found in any spelling, with its range', async () => {
    const dns = expectKind(await page('::ffff:10.96.0.10'), 'address')
    expect(dns.owners).toMatchObject([
      { kind: 'Service', namespace: 'kube-system', name: 'kube-dns', role: 'clusterIP' },
    ])
    expect([dns.plane, codes(dns).includes('virtual'), dns.ranges[0]?.cidr]).toEqual([
      'cluster-ip',
      true,
      '10.96.0.0/12',
    ])
    const range = expectKind(await page('10.244.0.0/16'), 'range')
    const [first] = range.owners.rows.filter(({ kind, role }) => kind === 'Pod' && role === 'podIP')
    const found = expectKind(await page(first?.ip ?? ''), 'address')
    expect([found.plane, found.owners[0]?.name, found.ranges[0]?.source]).toEqual(['pod', first?.name, 'pod-cidr'])
    expect(expectKind(await page('10.0.1.2'), 'address').owners.map(({ role }) => role)).toEqual([
      ...['endpoint', 'legacyEndpoint'],
    ])
    const free = expectKind(await page('10.111.255.254'), 'address')
    expect([free.owners, codes(free)]).toEqual([[], ['band-drawn', 'free-service']])
    expect(expectKind(await page('10.0.0.010'), 'refused').why.code).toBe('ask-leading-zeros')
  })

  test('[M14] embedded: both families have ranges with what is used of them', async () => {
    const overview = expectKind(await page(''), 'overview')
    expect(overview.families.families).toEqual(['IPv4', 'IPv6'])
    const services = overview.ranges.filter(({ source }) => source === 'service-cidr')
    expect(services.map(({ cidr, usage }) => [cidr, usage?.size])).toEqual([
      ['10.96.0.0/12', '1048574'],
      ['fd00:10:96::/112', '65535'],
    ])
    expect(services.every(({ usage }) => (usage?.used ?? 0) > 0)).toBe(true)
    expect(
      new Set(overview.ranges.filter(({ source }) => source === 'pod-cidr').map(({ family }) => family)).size,
    ).toBe(2)
  })

  test('[M2] embedded: a named target is told pod by pod', async () => {
    const facts = await ask<readonly PortFact[]>('ports.ofService', { namespace: 'shop', service: 'cart' })
    const named = facts.find(({ target }) => typeof target === 'string')
    expect(named?.groups.length).toBeGreaterThan(0)
    expect(named?.groups.every(({ number, pods }) => number > 0 && pods > 0)).toBe(true)
  })
})

const skipReason = await whyNoPrograms()
if (skipReason) console.warn(`SKIPPED, addresses on a real control plane: ${skipReason}`)

/** A control plane and a store that follows it. */
async function follow(options: ControlPlaneOptions, open: (() => Promise<unknown>)[]) {
  const cluster: ControlPlane = await startControlPlane(options)
  open.push(() => cluster.stop())
  const path = cluster.kubeconfigPath
  const connection = contextConnection({ load: () => loadContext([path], undefined), env: process.env })
  const store = createClusterStore()
  const refused: unknown[] = []
  const reflectors = startReflectors({
    ...{ connection, namespaces: [], watchPods: true },
    onEvents: (events) => void store.apply(events),
    onState: () => undefined,
    onRejects: (some) => refused.push(...some),
    onIdentityUnknown: () => undefined,
  })
  open.push(async () => {
    await reflectors.stop()
    connection.close()
    expect(refused).toEqual([])
  })
  const page = (text: string) => addressPage(store, { text, after: 0 }, nothingElse)
  return { api: cluster.api, store, page }
}

describe.skipIf(skipReason)('on a real control plane', () => {
  const open: (() => Promise<unknown>)[] = []
  let real: Awaited<ReturnType<typeof follow>>
  let cluster: Awaited<ReturnType<typeof follow>>['api']

  beforeAll(async () => {
    real = await follow({}, open)
    cluster = real.api
    await cluster.create(namespace('shop'))
    const podCIDRs = ['10.244.1.0/24', 'fd00:10:244:1::/64']
    const addresses = [
      { type: 'InternalIP', address: '192.0.2.11' },
      { type: 'InternalIP', address: '2001:db8::11' },
    ]
    await cluster.create(node('node-1', { podCIDRs, addresses }))
    const port = (containerPort: number, protocol: 'TCP' | 'UDP' = 'TCP') => [{ name: 'http', containerPort, protocol }]
    const labels = { app: 'cart' }
    const at = (last: number) => ({ node: 'node-1', ips: [`10.244.1.${last}`, `fd00:10:244:1::${last}`], labels })
    await cluster.create(pod('shop', 'cart-1', { ...at(5), ports: port(8080) }))
    await cluster.create(pod('shop', 'cart-2', { ...at(6), ports: port(8081) }))
    await cluster.create(pod('shop', 'cart-3', { ...at(7), ports: port(8080, 'UDP') }))
    const http = { name: 'http', port: 80, targetPort: 'http', appProtocol: 'kubernetes.io/h2c' }
    await cluster.create(
      service('shop', 'cart', {
        spec: {
          type: 'NodePort',
          selector: labels,
          ipFamilyPolicy: 'RequireDualStack',
          ports: [{ ...http, nodePort: 30_080 }],
        },
      }),
    )
    await cluster.create(
      service('shop', 'asked', { spec: { selector: labels, clusterIP: '10.96.0.77', ports: [{ port: 80 }] } }),
    )
    await cluster.create(service('shop', 'manual', { spec: { ports: [{ name: 'db', port: 5432 }] } }))
    await cluster.create(
      endpointSlice('shop', 'manual-1', {
        service: 'manual',
        endpoints: [{ addresses: ['198.51.100.9'] }],
        ports: [{ name: 'db', port: 15_432, protocol: 'TCP' }],
      }),
    )
    await waitFor('the slices to be followed', async () => {
      const slices = real.store.slicesOfService(serviceKey('shop', 'cart'))
      const numbers = new Set(slices.flatMap(({ ports }) => ports.map(({ port: number }) => number)))
      const count = (some: Iterable<unknown>) => [...some].length
      const isAllThere = count(real.store.services()) === 4 && count(real.store.pods()) === 3
      const manual = real.page('198.51.100.9')
      const isManualOwned = manual.kind === 'address' && manual.owners.length > 0
      return (
        numbers.has(8080) &&
        numbers.has(8081) &&
        isAllThere &&
        count(real.store.nodes()) === 1 &&
        isManualOwned &&
        real.store.coverage('ServiceCIDR', '') === 'synced'
      )
    })
  }, 600_000)
  afterAll(async () => {
    for (const close of open.reverse()) await close()
  })

  test('[M1] real: addresses that the API server gave out are found with their owner, plane and range', () => {
    const cart = real.store.service(serviceKey('shop', 'cart'))
    for (const ip of cart?.clusterIPs ?? []) {
      const answer = expectKind(real.page(ip), 'address')
      expect(answer.owners).toMatchObject([{ kind: 'Service', name: 'cart', role: 'clusterIP' }])
      expect([answer.plane, answer.ranges[0]?.object, codes(answer)]).toEqual([
        'cluster-ip',
        'kubernetes',
        ['virtual', 'band-drawn'],
      ])
    }
    expect(cart?.clusterIPs).toHaveLength(2)
    expect(codes(expectKind(real.page('10.96.0.77'), 'address'))).toEqual(['virtual', 'band-asked'])
    expect(expectKind(real.page('2001:DB8:0::11'), 'address').owners).toMatchObject([
      { kind: 'Node', role: 'InternalIP' },
    ])
    expect(expectKind(real.page('fd00:10:244:1::6'), 'address').owners).toMatchObject([{ kind: 'Pod', name: 'cart-2' }])
    expect(expectKind(real.page('198.51.100.9'), 'address').owners).toMatchObject([
      { kind: 'EndpointSlice', name: 'manual-1' },
    ])
    expect(codes(expectKind(real.page('10.96.0.78'), 'address'))).toEqual(['band-asked', 'free-service'])
  })

  test('[M1] real: what is told to be free or refused, the API server gives or refuses', async () => {
    const asked = (name: string, clusterIP: string) =>
      cluster.create(service('shop', name, { spec: { clusterIP, ports: [{ port: 80 }] } }))
    const edges = ['10.96.0.0', '10.111.255.255', '10.111.255.254', 'fd00:10:96::ffff', 'fd00:10:96::', '10.96.0.77']
    const given = new Map<string, boolean>()
    for (const [i, ip] of edges.entries()) {
      const told = codes(expectKind(real.page(ip), 'address')).includes('free-service')
      const done = await asked(`edge-${i}`, ip).then(
        () => true,
        () => false,
      )
      expect([ip, done]).toEqual([ip, told])
      given.set(ip, done)
    }
    expect([...given.values()]).toEqual([false, false, true, true, false, false])
  })

  test('[M14] real: used and families follow the allocator of both ranges', async () => {
    const overview = await waitFor('the new Services to be followed', async () => {
      const page = expectKind(real.page(''), 'overview')
      const [four, six] = page.ranges
      return four?.usage?.used === 5 && six?.usage?.used === 2 && page
    })
    expect(overview.families).toMatchObject({ families: ['IPv4', 'IPv6'], first: 'IPv4' })
    expect(overview.ranges.slice(0, 2).map(({ usage }) => usage?.size)).toEqual(['1048574', '65535'])
    expect(overview.families.groups.find(({ policy }) => policy === 'RequireDualStack')).toMatchObject({ count: 1 })
  })

  test('[M2] real: what the ports lead to is what the slice controller wrote', () => {
    const cart = real.store.service(serviceKey('shop', 'cart'))
    const [fact] = cart ? portFacts(real.store, cart) : []
    const written = real.store
      .slicesOfService(serviceKey('shop', 'cart'))
      .flatMap(({ ports, endpoints, addressType }) =>
        addressType === 'IPv4' ? ports.map(({ port }) => [port, endpoints.length]) : [],
      )
    expect(fact?.groups.map(({ number, pods }) => [number, pods])).toEqual(written.sort())
    expect(fact?.missing).toEqual([{ pod: 'shop/cart-3', otherProtocols: ['UDP'] }])
    expect(fact && codes(fact)).toEqual(['target-several', 'target-missing', 'target-other-protocol', 'app-h2c'])
    const manual = real.store.service(serviceKey('shop', 'manual'))
    const [db] = manual ? portFacts(real.store, manual) : []
    expect(db && codes(db)).toEqual(['no-selector', 'slice-differs'])
  })

  test('[M2] real: a node port goes to one Service alone, and out of the range the API server takes none', async () => {
    const other = (name: string, nodePort: number, protocol: string) =>
      cluster.create(service('shop', name, { spec: { type: 'NodePort', ports: [{ port: 80, nodePort, protocol }] } }))
    await expect(other('same', 30_080, 'TCP')).rejects.toThrow('already allocated')
    await expect(other('other', 30_080, 'UDP')).rejects.toThrow('already allocated')
    await expect(other('outside', 32_768, 'TCP')).rejects.toThrow('not in the valid range')
  })

  test("[M2] real: the node port range is assumed until the API server's own pod tells it", async () => {
    const ports = () => expectKind(real.page(''), 'overview').nodePorts
    expect(ports()).toMatchObject({ first: 30_000, last: 32_767, source: 'assumed', used: 1, free: 2767 })
    const command = ['kube-apiserver', '--service-node-port-range=30000-32767', '--etcd-servers=https://192.0.2.9:2379']
    const containers = [{ name: 'kube-apiserver', image: 'kube-apiserver:1', command }]
    const own = pod('kube-system', 'kube-apiserver-node-1', {
      node: 'node-1',
      ips: ['192.0.2.11'],
      spec: { containers },
    })
    await cluster.create(own)
    await waitFor('the pod to be followed', async () => ports().source === 'flag')
    expect(ports()).toMatchObject({ first: 30_000, last: 32_767, size: 2768, used: 1, free: 2767, outside: [] })
    expect(JSON.stringify([...real.store.pods()].map(({ name, ...rest }) => ({ ...rest })))).not.toContain(
      'etcd-servers',
    )
  })

  test('[M1] real: in a range that is being deleted nothing is free, and the API server gives nothing out', async () => {
    const more = serviceCIDR('more', ['10.120.0.0/24'])
    await cluster.create(more)
    // A finalizer of its own, as the controller of ranges sets one: the object stays while it is being deleted.
    await cluster.patch(more, { metadata: { finalizers: ['example.com/kept'] } })
    const told = () => codes(expectKind(real.page('10.120.0.9'), 'address'))
    await waitFor('the range to be told', async () => told().includes('free-service'))
    await cluster.delete(more)
    await waitFor('its deletion to be followed', async () => told().includes('range-deleting'))
    expect(told()).toEqual(['range-deleting'])
    let last = 20
    await waitFor('the API server to shut the range', async () => {
      const clusterIP = `10.120.0.${last++}`
      return cluster.create(service('shop', `late-${last}`, { spec: { clusterIP, ports: [{ port: 80 }] } })).then(
        () => false,
        () => true,
      )
    })
  })
})

describe.skipIf(skipReason)('on a real control plane of IPv6 alone', () => {
  const open: (() => Promise<unknown>)[] = []
  afterAll(async () => {
    for (const close of open.reverse()) await close()
  })

  test('[M14] real: nothing speaks of IPv4, and addresses are found and counted', async () => {
    const range = '--service-cluster-ip-range=fd00:10:96::/112'
    const options = { apiServerFlags: [range, '--advertise-address=2001:db8::1'], controllerManagerFlags: [range] }
    const { api, store, page } = await follow(options, open)
    await api.create(
      node('node-1', { podCIDRs: ['fd00:10:244::/64'], addresses: [{ type: 'InternalIP', address: '2001:db8::11' }] }),
    )
    await api.create(service('default', 'web', { spec: { ports: [{ port: 80 }] } }))
    const web = await waitFor('the Service to be followed', async () => {
      const synced = (['Service', 'Node', 'ServiceCIDR'] as const).every(
        (kind) => store.coverage(kind, '') === 'synced',
      )
      return synced && [...store.nodes()].length === 1 && store.service(serviceKey('default', 'web'))
    })
    const answer = expectKind(page(web.clusterIP), 'address')
    expect([answer.family, answer.plane, codes(answer)]).toEqual(['IPv6', 'cluster-ip', ['virtual', 'band-drawn']])
    const overview = expectKind(page(''), 'overview')
    expect(overview.families).toMatchObject({ families: ['IPv6'], first: 'IPv6', half: [], single: [] })
    expect(overview.ranges.map(({ cidr, usage }) => `${cidr} ${usage?.used}`)).toEqual([
      ...['fd00:10:96::/112 2', 'fd00:10:244::/64 0'],
    ])
    expect(JSON.stringify(overview)).not.toContain('IPv4')
  }, 120_000)
})
