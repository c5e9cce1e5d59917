// Endpoints beside slices where the real controllers write both: what was cut, mirrored, left behind; how large it all is on the
// wire; and what a change of the pods costs.
import { request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import type { V1EndpointSlice, V1Endpoints } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpointsBytes } from '@/core/cost/endpoints-size'
import { sliceBytes } from '@/core/cost/slice-size'
import { type Beside, besideSlices } from '@/core/endpoints/beside'
import { endpointsKey, serviceKey } from '@/core/model/keys'
import { contextConnection } from '@/server/kube/connection'
import { loadContext } from '@/server/kube/kubeconfig'
import { type Reflectors, startReflectors } from '@/server/kube/start-reflectors'
import { type ChurnLog, createChurnLog } from '@/server/store/churn'
import { type ClusterStore, createClusterStore } from '@/server/store/cluster-store'
import { type KubeApi, waitFor } from './cluster/api'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, startControlPlane } from './cluster/control-plane'
import { endpoints, namespace, node, pod, removePod, service, setPodReady, terminatePod } from './cluster/objects'
import { podRef } from './real-shop'
import { type SliceWatch, watchSlices } from './slices/slice-watch'

const skipReason = await whyNoPrograms()
if (skipReason) console.warn(`SKIPPED, Endpoints beside slices on the real control plane: ${skipReason}`)

const MANY = 1100
const ports = [{ name: 'http', port: 80, targetPort: 8080 }]

describe.skipIf(skipReason)('Endpoints beside slices, both written by the real controllers', () => {
  let cluster: ControlPlane
  let api: KubeApi
  let store: ClusterStore
  let churn: ChurnLog
  let reflectors: Reflectors
  let watch: SliceWatch

  beforeAll(async () => {
    cluster = await startControlPlane()
    api = cluster.api
    await api.create(namespace('shop'))
    for (const name of ['node-a', 'node-b']) await api.create(node(name, { zone: name.replace('node', 'zone') }))
    await api.create(service('shop', 'many', { spec: { selector: { app: 'many' }, ports } }))
    await api.create(service('shop', 'cart', { spec: { selector: { app: 'cart' }, ports } }))
    await addPods('cart', 0, 12)
    await addPods('many', 0, MANY)
    store = createClusterStore()
    churn = createChurnLog({ view: store, now: () => Date.now() })
    const connection = contextConnection({
      load: () => loadContext([cluster.kubeconfigPath], undefined),
      env: process.env,
    })
    reflectors = startReflectors({
      connection,
      namespaces: [],
      watchPods: true,
      onEvents(events) {
        churn.note(events)
        store.apply(events)
      },
      onState: () => undefined,
      onIdentityUnknown: () => undefined,
    })
    await until('both lists of both Services', () =>
      ['cart', 'many'].every(
        (name) =>
          store.service(serviceKey('shop', name)) !== undefined &&
          store.endpoints(endpointsKey('shop', name)) !== undefined &&
          store.slicesOfService(serviceKey('shop', name)).length > 0,
      ),
    )
    await until('all of cart', () => beside('cart').slices.endpoints === 12 && beside('cart').differences.length === 0)
  }, 600_000)
  afterAll(async () => {
    watch?.stop()
    await reflectors?.stop()
    await cluster?.stop()
  })

  async function addPods(app: string, from: number, to: number) {
    const names = Array.from({ length: to - from }, (_, i) => i + from)
    await Promise.all(
      names.map((i) =>
        api.create(
          pod('shop', `${app}-${i}`, {
            node: i % 2 === 0 ? 'node-a' : 'node-b',
            ips: [`10.${app === 'many' ? 1 : 2}.${Math.floor(i / 250)}.${(i % 250) + 1}`],
            labels: { app },
          }),
        ),
      ),
    )
  }

  function beside(name: string): Beside {
    const record = store.service(serviceKey('shop', name))
    if (record === undefined) throw new Error(`no Service ${name}`)
    return besideSlices(store, record)
  }

  const until = (what: string, holds: () => boolean | Promise<boolean>) => waitFor(what, async () => holds(), 60_000)

  const slicesOf = (name: string) =>
    api.list<V1EndpointSlice>(
      `/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?labelSelector=kubernetes.io/service-name=${name}`,
    )
  const addressesOf = (slices: readonly V1EndpointSlice[]) =>
    slices.flatMap((slice) => (slice.endpoints ?? []).flatMap(({ addresses }) => addresses))

  test('[M9] real: of 1,100 endpoints, the addresses named as cut are those that the real controller cut', async () => {
    await until('a truncated Endpoints object', () => beside('many').legacy?.overCapacity === 'truncated')
    await until('all endpoints in slices', () => beside('many').slices.endpoints === MANY)
    const real = await api.get<V1Endpoints>('/api/v1/namespaces/shop/endpoints/many')
    const listed = new Set(real.subsets?.flatMap(({ addresses }) => addresses?.map(({ ip }) => ip) ?? []))
    const missing = addressesOf(await slicesOf('many')).filter((address) => !listed.has(address))
    expect(missing).toHaveLength(MANY - 1000)
    const { differences, slices } = beside('many')
    expect(differences).toEqual([
      { side: 'slices', code: 'truncated', isExpected: false, count: MANY - 1000, addresses: missing.sort() },
    ])
    expect(slices.count).toBe((await slicesOf('many')).length)
  })

  test('[M8] [M9] real: sizes are within 2 % of what the API server sends, in JSON and in protobuf', async () => {
    const off: string[] = []
    const compare = async (path: string, ours: { readonly json: number; readonly protobuf: number }) => {
      const json = await bytesOf(path, 'application/json')
      const protobuf = await bytesOf(path, 'application/vnd.kubernetes.protobuf')
      for (const [name, own, real] of [
        ['json', ours.json, json],
        ['protobuf', ours.protobuf, protobuf],
      ] as const) {
        if (Math.abs(own - real) > real * 0.02) off.push(`${path} ${name}: ${own} instead of ${real}`)
      }
    }
    for (const name of ['cart', 'many']) {
      const [slice] = store.slicesOfService(serviceKey('shop', name))
      const legacy = store.endpoints(endpointsKey('shop', name))
      if (slice === undefined || legacy === undefined) throw new Error(`${name} is not there`)
      await compare(`/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices/${slice.name}`, sliceBytes(slice))
      await compare(`/api/v1/namespaces/shop/endpoints/${name}`, endpointsBytes(legacy))
    }
    expect(off).toEqual([])
  })

  test('[M9] real: hand-made Endpoints are mirrored, and not when they refuse', async () => {
    await api.create(service('shop', 'warehouse', { spec: { ports } }))
    const subsets = [{ addresses: [{ ip: '10.9.0.1' }, { ip: '10.9.0.2' }], ports: [{ name: 'http', port: 8080 }] }]
    await api.create(endpoints('shop', 'warehouse', subsets))
    await until('a mirror', () => store.service(serviceKey('shop', 'warehouse')) !== undefined)
    await until('which both lists know of', () => beside('warehouse').direction === 'mirrored')
    expect(beside('warehouse')).toMatchObject({ direction: 'mirrored', differences: [], legacy: { ready: 2 } })
    const ref = { apiVersion: 'v1', kind: 'Endpoints', metadata: { namespace: 'shop', name: 'warehouse' } }
    await api.patch(ref, { metadata: { labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } } })
    await until('no mirror', () => store.slicesOfService(serviceKey('shop', 'warehouse')).length === 0)
    expect(beside('warehouse')).toMatchObject({
      direction: 'mirroring-refused',
      differences: [{ side: 'endpoints', code: 'refused', isExpected: true, count: 2 }],
    })
  })

  test('[M8] real: terminating pods are in slices alone, as a rule says', async () => {
    await terminatePod(api, podRef('shop', 'cart-11'))
    await until('a terminating endpoint', () => beside('cart').legacy?.ready === 11)
    await until('its condition', () => beside('cart').differences.some(({ code }) => code === 'terminating'))
    expect(beside('cart').differences).toMatchObject([
      { code: 'terminating', isExpected: true, addresses: ['10.2.0.12'] },
    ])
    await removePod(api, podRef('shop', 'cart-11'))
    await until('it is gone', () => beside('cart').differences.length === 0)
  })

  test('[M9] real: every write of a slice is counted as a watcher sees it, and the Endpoints of the same changes beside it', async () => {
    watch = await watchSlices(cluster)
    const id = serviceKey('shop', 'cart')
    const sums = () => churn.report(store, { service: id, isEstimated: false }).total
    const before = sums()
    for (const ready of [false, true]) {
      await setPodReady(api, podRef('shop', 'cart-3'), ready)
      await until('its readiness', () =>
        store
          .slicesOfService(id)
          .some(({ endpoints }) => endpoints.some((one) => one.ready === ready && one.targetRef?.name === 'cart-3')),
      )
      await new Promise((resolve) => setTimeout(resolve, 1100))
    }
    await addPods('cart', 20, 21)
    await until('the new endpoint', () => beside('cart').slices.endpoints === 12)
    const seen = () => Object.values(watch?.writes('shop/cart') ?? {}).reduce((sum, count) => sum + count, 0)
    await until(
      'both watches, and the Endpoints',
      () => sums().writes - before.writes === seen() && sums().legacyWrites - before.legacyWrites >= 3,
    )
    // What comes late would part them again.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const after = sums()
    expect(after.writes - before.writes).toBe(seen())
    const bytes = after.bytes.protobuf - before.bytes.protobuf
    const real = await bytesOf(
      `/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices/${store.slicesOfService(id)[0]?.name}`,
      'application/vnd.kubernetes.protobuf',
    )
    const writes = after.writes - before.writes
    expect(bytes / writes / real).toBeGreaterThan(0.85)
    expect(bytes / writes / real).toBeLessThan(1.02)
    expect(after.legacyWrites - before.legacyWrites).toBeGreaterThanOrEqual(3)
    expect(churn.report(store, { service: id, isEstimated: false }).changes[0]).toMatchObject({ service: 'shop/cart' })
  })

  test('[M8] real: without its selector a Service keeps its slices, and gets mirrored ones beside them', async () => {
    await api.patch(
      { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'shop', name: 'cart' } },
      { spec: { selector: null } },
    )
    await until('slices of both controllers', () => beside('cart').duplicates.isTwoGenerations)
    const { duplicates, direction } = beside('cart')
    const real = addressesOf(await slicesOf('cart'))
    const twice = real.filter((address, at) => real.indexOf(address) !== at)
    expect([duplicates.count, direction]).toEqual([new Set(twice).size, 'mirrored'])
    expect(duplicates.shown.map(({ address }) => address).sort()).toEqual(twice.sort())
  })

  async function bytesOf(path: string, accept: string): Promise<number> {
    const headers = { authorization: `Bearer ${cluster.tokens.admin}`, accept, 'accept-encoding': 'identity' }
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, cluster.server), { ca: cluster.ca, headers }, (response) => {
        buffer(response).then((body) => {
          if (response.statusCode === 200) resolve(body.length)
          else reject(new Error(`${path}: ${response.statusCode}`))
        }, reject)
      })
      asked.on('error', reject)
      asked.end()
    })
  }
})
