import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { V1Endpoint, V1EndpointConditions, V1EndpointSlice, V1ServiceSpec } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseObject } from '../../core/model/from-api'
import { createKubeApi, forEachBounded, type KubeApi, waitFor } from './api.ts'
import { startApiProxy } from './api-proxy.ts'
import { whyNoPrograms } from './build.ts'
import { type ControlPlane, startControlPlane } from './control-plane.ts'
import {
  endpointSlice,
  endpoints,
  grant,
  namespace,
  node,
  pod,
  removePod,
  service,
  setPodReady,
  terminatePod,
} from './objects.ts'
import { isAlive } from './processes.ts'

const skipReason = await whyNoPrograms()
if (skipReason) console.warn(`SKIPPED, the real control plane: ${skipReason}`)

const zones = ['zone-a', 'zone-b', 'zone-c']

describe.skipIf(skipReason)('the real control plane', () => {
  let cluster: ControlPlane
  let api: KubeApi

  beforeAll(async () => {
    cluster = await startControlPlane({ maxEndpointsPerSlice: 5 })
    api = cluster.api
    await api.create(namespace('course'))
    for (const [i, zone] of zones.entries()) await api.create(node(`node-${i}`, { zone }))
  })
  afterAll(() => cluster?.stop())

  test('17 ready pods at 5 endpoints per slice make 4 slices', async () => {
    await api.create(service('course', 'httpbin', { spec: web('httpbin') }))
    await createPods(api, 'httpbin', 17)
    const slices = await slicesWhen(api, 'httpbin', (found) => endpointsOf(found).length === 17)
    expect(slices.map((slice) => endpointsOf([slice]).length).sort()).toEqual([2, 5, 5, 5])
  })

  test('an unready pod stays in its slice as not ready; a terminating one still serves; a removed one leaves', async () => {
    const [unready, leaving] = [pod('course', 'httpbin-3', somewhere), pod('course', 'httpbin-4', somewhere)]
    await setPodReady(api, unready, false)
    await terminatePod(api, leaving)
    const slices = await slicesWhen(api, 'httpbin', (found) => conditionsOf(found, 'httpbin-4').terminating === true)
    expect(conditionsOf(slices, 'httpbin-3')).toEqual({ ready: false, serving: false, terminating: false })
    expect(conditionsOf(slices, 'httpbin-4')).toEqual({ ready: false, serving: true, terminating: true })
    await removePod(api, leaving)
    await slicesWhen(api, 'httpbin', (found) => endpointsOf(found).length === 16)
  })

  test('topology-mode: Auto gives every endpoint a zone hint', async () => {
    const meta = { annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } }
    await api.create(service('course', 'auto', { spec: web('auto'), meta }))
    await createPods(api, 'auto', 12)
    const slices = await slicesWhen(api, 'auto', (found) => hintedZones(found).length === 12)
    expect(countByZone(hintedZones(slices))).toEqual({ 'zone-a': 4, 'zone-b': 4, 'zone-c': 4 })
  })

  test('trafficDistribution: PreferSameZone hints every endpoint to its own zone', async () => {
    const spec = { ...web('near'), trafficDistribution: 'PreferSameZone' }
    await api.create(service('course', 'near', { spec }))
    await createPods(api, 'near', 4)
    const slices = await slicesWhen(api, 'near', (found) => hintedZones(found).length === 4)
    for (const { zone, hints } of endpointsOf(slices)) {
      expect(hints?.forZones).toEqual([{ name: zone }])
    }
  })

  test('a dual-stack Service has an address and slices of both families', async () => {
    const spec = { ...web('dual'), ipFamilyPolicy: 'RequireDualStack' }
    const created = await api.create(service('course', 'dual', { spec }))
    expect((created.spec as V1ServiceSpec).ipFamilies).toEqual(['IPv4', 'IPv6'])
    await createPods(api, 'dual', 1)
    const slices = await slicesWhen(api, 'dual', (found) => endpointsOf(found).length === 2)
    expect(slices.map((slice) => slice.addressType).sort()).toEqual(['IPv4', 'IPv6'])
  })

  test('hand-made Endpoints of a Service without selector are mirrored; a hand-made slice stays as it is', async () => {
    await api.create(service('course', 'etcd-k8s', { spec: { ports: [{ name: 'port', port: 2379 }] } }))
    const subset = { addresses: [{ ip: '198.51.100.7' }], ports: [{ name: 'port', port: 2379 }] }
    await api.create(endpoints('course', 'etcd-k8s', [subset]))
    const mirrored = await slicesWhen(api, 'etcd-k8s', (found) => endpointsOf(found).length === 1)
    expect(mirrored[0]?.metadata?.labels).toMatchObject({
      'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
    })
    const outside = { addresses: ['203.0.113.9'] }
    await api.create(endpointSlice('course', 'manual', { service: 'outside', endpoints: [outside], ports: [] }))
    const manual = await slicesWhen(api, 'outside', (found) => found.length === 1)
    expect(endpointsOf(manual)[0]).toMatchObject({ addresses: ['203.0.113.9'], conditions: {} })
  })

  test.each([
    ['Service', '/api/v1/services'],
    ['EndpointSlice', '/apis/discovery.k8s.io/v1/endpointslices'],
    ['Endpoints', '/api/v1/endpoints'],
    ['Node', '/api/v1/nodes'],
    ['Pod', '/api/v1/pods'],
    ['Namespace', '/api/v1/namespaces'],
    ['ConfigMap', '/api/v1/configmaps'],
  ] as const)('every %s as the API server writes it passes the gate', async (kind, path) => {
    const objects = await api.list(path)
    expect(objects.length).toBeGreaterThan(0)
    expect(objects.map((object) => parseObject(kind, object)).filter(({ ok }) => !ok)).toEqual([])
  })

  test('a user has no right before it is granted, and then only in the granted namespace', async () => {
    const viewer = createKubeApi({ ...cluster, token: cluster.tokens.viewer })
    const services = '/api/v1/namespaces/course/services'
    await expect(viewer.list(services)).rejects.toMatchObject({ status: 403 })
    const rules = [{ apiGroups: [''], resources: ['services'], verbs: ['get', 'list', 'watch'] }]
    await grant(api, 'viewer', { rules, namespace: 'course' })
    await waitFor('the grant holds', () => viewer.list(services).catch(() => false as const))
    await expect(viewer.list('/api/v1/services')).rejects.toMatchObject({ status: 403 })
    viewer.close()
  })

  test('the API server comes back on its port with the same data, and controllers go on', async () => {
    const before = await api.list('/api/v1/pods')
    await cluster.restartApiServer()
    expect(await api.list('/api/v1/pods')).toEqual(before)
    await cluster.killApiServer()
    await expect(api.list('/api/v1/pods')).rejects.toThrow(/ECONNREFUSED|socket hang up|ECONNRESET/)
    await cluster.startApiServer()
    expect(await api.list('/api/v1/pods')).toEqual(before)
    await createPods(api, 'late', 1)
    await api.create(service('course', 'late', { spec: web('late') }))
    await slicesWhen(api, 'late', (found) => endpointsOf(found).length === 1)
  })

  test('a paused API server keeps its connections and answers nothing, until it is resumed', async () => {
    await cluster.pauseApiServer()
    const asked = api.get('/api/v1/namespaces/course')
    const first = await Promise.race([asked.then(() => 'answer'), sleep(500, 'silence')])
    cluster.resumeApiServer()
    expect(first).toBe('silence')
    expect(await asked).toMatchObject({ kind: 'Namespace' })
  })

  test('through the proxy an outage is cut and restored, or silent and resumed, while the API server runs on', async () => {
    const proxy = await startApiProxy(cluster)
    const through = createKubeApi({ ...cluster, server: proxy.server, token: cluster.tokens.admin })
    const path = '/api/v1/namespaces/course'
    await through.get(path)
    expect(proxy.connections()).toBe(1)
    expect(proxy.received()).toBeGreaterThan(500)

    await proxy.cut()
    expect(proxy.connections()).toBe(0)
    await expect(through.get(path)).rejects.toThrow(/ECONNREFUSED|ECONNRESET|socket hang up/)
    await proxy.restore()
    await through.get(path)

    proxy.pause()
    const asked = through.get(path)
    expect(await Promise.race([asked.then(() => 'answer'), sleep(300, 'silence')])).toBe('silence')
    proxy.resume()
    expect(await asked).toMatchObject({ kind: 'Namespace' })
    through.close()
    await proxy.stop()
  })

  test('stop leaves no process and no file', async () => {
    const pids = cluster.pids()
    expect(pids.map(isAlive)).toEqual([true, true, true])
    await cluster.stop()
    expect(pids.map(isAlive)).toEqual([false, false, false])
    expect(existsSync(cluster.folder)).toBe(false)
  })
})

const somewhere = { node: 'node-0', ips: [] }
let lastAddress = 0

function web(app: string): V1ServiceSpec {
  return { selector: { app }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }
}

// Round robin over the three nodes, so over the three zones.
async function createPods(api: KubeApi, app: string, count: number): Promise<void> {
  await forEachBounded(Array(count).keys(), 8, async (i) => {
    const address = ++lastAddress
    const ips = [`10.244.0.${address}`, `fd00:10:244::${address.toString(16)}`]
    await api.create(pod('course', `${app}-${i}`, { node: `node-${i % 3}`, ips, labels: { app } }))
  })
}

async function slicesWhen(
  api: KubeApi,
  of: string,
  holds: (slices: V1EndpointSlice[]) => boolean,
): Promise<V1EndpointSlice[]> {
  const path = `/apis/discovery.k8s.io/v1/namespaces/course/endpointslices?labelSelector=kubernetes.io/service-name=${of}`
  return waitFor(`the slices of ${of}: ${holds}`, async () => {
    const slices = await api.list<V1EndpointSlice>(path)
    return holds(slices) && slices
  })
}

// A slice without endpoints says `endpoints: null`.
function endpointsOf(slices: V1EndpointSlice[]): V1Endpoint[] {
  return slices.flatMap((slice) => slice.endpoints ?? [])
}

function conditionsOf(slices: V1EndpointSlice[], podName: string): V1EndpointConditions {
  return endpointsOf(slices).find((endpoint) => endpoint.targetRef?.name === podName)?.conditions ?? {}
}

function hintedZones(slices: V1EndpointSlice[]): string[] {
  return endpointsOf(slices).flatMap(({ hints }) => hints?.forZones?.map(({ name }) => name) ?? [])
}

function countByZone(names: string[]): Record<string, number> {
  return Object.fromEntries(zones.map((zone) => [zone, names.filter((name) => name === zone).length]))
}
