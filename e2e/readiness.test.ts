// Why pods are not ready, and which workloads stand behind a Service, as the built product tells it: on the embedded cluster, and on
// a real control plane whose controllers make pods and slices while the test writes what a kubelet would.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type KubeApi, waitFor } from './cluster/api'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, startControlPlane } from './cluster/control-plane'
import { namespace, node, pod, service, terminatePod } from './cluster/objects'
import { type Product, startProduct, stopAll } from './product'
import { podRef } from './real-shop'

type Reason = { readonly code: string; readonly values: Readonly<Record<string, string | number>> }
type Standing = { readonly state: string; readonly why: Reason | null; readonly lag: object | null }
type ServicePage = {
  readonly readiness: {
    readonly standings: readonly Standing[]
    readonly fallback: { readonly endpoints: number; readonly endsBy: number | null } | null
    readonly leftOut: readonly { readonly pod: string; readonly reason: Reason }[]
    readonly published: number
  }
  readonly workloads: readonly { readonly workload: string; readonly ready: number; readonly endpoints: number }[]
  readonly problems: readonly { readonly code: string; readonly evidence: readonly Reason[] }[]
}
type PodPage = {
  readonly causes: readonly Reason[]
  readonly containers: readonly { readonly readinessProbe: object | null; readonly notes: readonly Reason[] }[]
  readonly gates: readonly { readonly type: string; readonly status: string }[]
  readonly services: readonly { readonly service: string; readonly state: string; readonly fallback: object | null }[]
}
type Page = { readonly objects: Record<'Service' | 'Pod' | 'Node', Record<string, { triplane: object }>> }

const pageOf = async (product: Product, query: string): Promise<Page> => {
  const answer = await product.fetch(`/api/view.json?${query}`)
  if (!answer.ok) throw new Error(`${query}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

function asker(product: () => Product) {
  const one = async (kind: 'Service' | 'Pod', id: string) =>
    (await pageOf(product(), `focus=${kind}:${id}`)).objects[kind][id]?.triplane
  return {
    service: async (id: string) => (await one('Service', id)) as ServicePage,
    pod: async (id: string) => ((await one('Pod', id)) as { readiness: PodPage }).readiness,
    shown: async (query: string) => {
      const { objects } = await pageOf(product(), query)
      return {
        services: Object.keys(objects.Service),
        pods: Object.keys(objects.Pod),
        nodes: Object.keys(objects.Node),
      }
    },
  }
}

const codes = (reasons: readonly Reason[]) => reasons.map(({ code }) => code)

describe('the embedded cluster', () => {
  let product: Product
  const ask = asker(() => product)

  const podsOf = async (workload: string) => (await ask.shown(`workload=${workload}`)).pods
  // The product answers before it has read all.
  const unready = (workload: string) =>
    waitFor(`an unready pod of ${workload}`, async () => {
      for (const id of await podsOf(workload)) {
        const told = await ask.pod(id)
        if (told.causes.length > 0) return told
      }
      return undefined
    })

  beforeAll(async () => {
    product = await startProduct({ TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' })
  })
  afterAll(() => product?.stop())

  test('[M11] embedded: each pod that is not ready says why: a crash, a gate that nobody set, a probe', async () => {
    const crashed = await unready('StatefulSet/data/clickhouse')
    expect(crashed.causes[0]).toMatchObject({
      code: 'unready-crash-loop',
      values: { container: 'clickhouse', exitCode: 1 },
    })
    expect(crashed.containers[0]).toMatchObject({
      readinessProbe: { kind: 'httpGet', port: 8123, periodSeconds: 5, failsAfter: { least: 5, most: 11 } },
      startupProbe: { kind: 'tcpSocket', failureThreshold: 30 },
    })
    // The Service publishes it all the same.
    expect(crashed.services.map(({ state }) => state)).toEqual(['published'])
    expect((await ask.service('data/clickhouse')).readiness).toMatchObject({ published: 1 })

    const gated = await unready('Deployment/payments/ledger-consumer')
    expect(codes(gated.causes)).toEqual(['unready-gate-missing'])
    expect(gated.gates).toEqual([
      { type: 'example.com/partition-assigned', status: 'missing', reason: null, since: null },
    ])
    expect(codes(gated.containers[0]?.notes ?? [])).toEqual(['probe-none', 'probe-no-retry'])

    const { problems, readiness } = await ask.service('data/kafka')
    expect(codes(problems.find(({ code }) => code === 'service-some-not-in-dns')?.evidence ?? [])).toContain(
      'unready-probe-port',
    )
    expect(readiness.standings.map(({ state, why: reason }) => `${state} ${reason?.code}`)).toEqual([
      'not-ready unready-probe-port',
    ])
    const { standings } = (await ask.service('payments/webhooks')).readiness
    expect(standings.map(({ state }) => state)).toEqual(['serving-terminating'])
  })

  test('[M8] [M11] embedded: endpoints by workload, and a page of one workload alone', async () => {
    const { workloads } = await ask.service('shop/cart')
    expect(workloads.map(({ workload, ready, endpoints }) => [workload, ready, endpoints])).toEqual([
      ['Deployment/cart', 13, 13],
      ['Deployment/cart-next', 3, 5],
    ])
    const cart = await ask.shown('workload=Deployment/shop/cart')
    expect(cart.services).toEqual(['shop/cart'])
    expect(cart.pods).toHaveLength(13)
    const kafka = await ask.shown('view=services&workload=StatefulSet/data/kafka')
    expect(kafka.services).toEqual(['data/kafka', 'data/kafka-bootstrap'])
    const collectors = await ask.shown('view=nodes&workload=DaemonSet/observability/otel-collector')
    expect(collectors.nodes.length).toBeGreaterThan(5)
    expect((await ask.shown('workload=Job/batch/nightly-report-29387160')).pods).toHaveLength(1)
    const gone = await product.fetch('/api/view.json?workload=Deployment/shop/gone')
    expect([gone.status, await gone.text()]).toEqual([404, expect.stringContaining('query-not-found')])
  })
})

const why = await whyNoPrograms()
if (why !== undefined) console.warn(`readiness is not tested on a real control plane: ${why}`)

const space = 'readiness'
const probe = { httpGet: { path: '/healthz?key=hunter2', port: 8080 }, periodSeconds: 5, failureThreshold: 2 }
const gate = 'example.com/attached'
const app = { app: 'web' }

const running = (more: object = {}) => ({
  name: 'app',
  image: 'app:1',
  imageID: 'app',
  restartCount: 0,
  ready: true,
  started: true,
  state: { running: { startedAt: '2026-01-02T03:04:05Z' } },
  ...more,
})
const crashing = running({
  ready: false,
  started: false,
  restartCount: 4,
  state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off hunter2' } },
  lastState: {
    terminated: {
      exitCode: 137,
      reason: 'OOMKilled',
      startedAt: '2026-01-02T03:04:05Z',
      finishedAt: '2026-01-02T03:04:06Z',
    },
  },
})
const condition = (type: string, status: 'True' | 'False', reason?: string) => ({
  ...{ type, status, reason },
  lastTransitionTime: new Date().toISOString(),
})

/** What the pods of `app=web` are made of; a kubelet's words about each. */
async function createPods(api: KubeApi) {
  const on = { labels: app, readinessProbe: probe }
  await api.create(pod(space, 'fine', { ...on, node: 'n1', ips: ['10.244.1.1'] }))
  await api.create(pod(space, 'crashing', { ...on, node: 'n1', ips: ['10.244.1.2'], ready: false }))
  const spec = { readinessGates: [{ conditionType: gate }] }
  await api.create(pod(space, 'gated', { ...on, node: 'n1', ips: ['10.244.1.3'], ready: false, spec }))
  await api.create(pod(space, 'lost', { ...on, node: 'nowhere', ips: ['10.244.1.4'] }))
  // Nothing is heard of its node any more: the node controller takes Ready back and leaves the rest as it was.
  await api.create(pod(space, 'silent', { node: 'n2', ips: ['10.244.3.1'] }))
  await api.patchStatus(podRef(space, 'silent'), {
    containerStatuses: [running()],
    conditions: [condition('ContainersReady', 'True'), condition('Ready', 'False')],
  })
  await api.patchStatus(podRef(space, 'fine'), { containerStatuses: [running()] })
  await api.patchStatus(podRef(space, 'crashing'), {
    containerStatuses: [crashing],
    conditions: ['Ready', 'ContainersReady'].map((type) => condition(type, 'False', 'ContainersNotReady')),
  })
  await api.patchStatus(podRef(space, 'gated'), {
    containerStatuses: [running()],
    conditions: [condition('ContainersReady', 'True'), condition('Ready', 'False', 'ReadinessGatesNotReady')],
  })
}

describe.skipIf(why !== undefined)('a real control plane', () => {
  let cluster: ControlPlane
  let product: Product
  const ask = asker(() => product)
  const web = async () => (await ask.service(`${space}/web`)).readiness

  beforeAll(async () => {
    const makers = ['deployment', 'replicaset', 'statefulset', 'daemonset', 'job'].map((name) => `${name}-controller`)
    const others = [
      'endpointslice-controller',
      'endpoints-controller',
      'namespace-controller',
      'serviceaccount-controller',
    ]
    cluster = await startControlPlane({ controllerManagerFlags: [`--controllers=${[...makers, ...others].join(',')}`] })
    await cluster.api.create(namespace(space))
    await cluster.api.create(node('n1', { zone: 'a' }))
    await cluster.api.create(node('n2', { zone: 'a', ready: false }))
    const ports = [{ name: 'http', port: 80, targetPort: 8080 }]
    await cluster.api.create(service(space, 'web', { spec: { selector: app, ports } }))
    const peers = { selector: app, ports, clusterIP: 'None', publishNotReadyAddresses: true }
    await cluster.api.create(service(space, 'peers', { spec: peers }))
    await createPods(cluster.api)
    product = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigPath })
    await waitFor('the cluster to be read', async () => (await product.fetch('/readyz')).ok, 60_000)
  })
  afterAll(() => stopAll(product, cluster))

  test('[M11] real: why each endpoint is not ready, which pod is in no slice, and what is published all the same', async () => {
    const causes = ['unready-crash-loop', 'unready-gate-missing']
    const told = await waitFor('two endpoints that are not ready, as their pods say', async () => {
      const readiness = await web()
      const why = readiness.standings.map(({ why: reason }) => reason?.code).sort()
      const isSettled = readiness.standings.every(({ lag }) => lag === null) && readiness.leftOut.length === 1
      return isSettled && why.join() === causes.join() && readiness
    })
    expect(told.standings.map(({ state }) => state)).toEqual(['not-ready', 'not-ready'])
    expect(told.leftOut).toEqual([
      { pod: `${space}/lost`, reason: { code: 'left-out-node-unknown', values: { pod: 'lost', node: 'nowhere' } } },
    ])
    const peers = await waitFor('two published endpoints', async () => {
      const { readiness } = await ask.service(`${space}/peers`)
      return readiness.published === 2 && readiness
    })
    expect(peers.standings.map(({ state }) => state)).toEqual(['published', 'published'])

    const crashed = await ask.pod(`${space}/crashing`)
    expect(crashed.causes).toEqual([
      {
        code: 'unready-crash-loop',
        values: { container: 'app', restarts: 4, how: 'OOMKilled', exitCode: 137 },
      },
    ])
    expect(crashed.containers[0]?.readinessProbe).toMatchObject({
      ...{ kind: 'httpGet', port: 8080, periodSeconds: 5, timeoutSeconds: 1, failureThreshold: 2 },
      failsAfter: { least: 5, most: 11 },
    })
    expect(codes((await ask.pod(`${space}/silent`)).causes)).toEqual(['unready-withdrawn', 'unready-node-not-ready'])
    expect(JSON.stringify(await pageOf(product, `focus=Pod:${space}/crashing`))).not.toContain('hunter2')
  })

  test('[M11] real: a gate that is set lets the pod in; with nothing ready the Service lives on what still serves', async () => {
    const { api } = cluster
    await api.patchStatus(podRef(space, 'gated'), { conditions: [condition(gate, 'True'), condition('Ready', 'True')] })
    await waitFor('the gated pod to be ready', async () => (await web()).standings.length === 1)
    expect((await ask.pod(`${space}/gated`)).gates).toMatchObject([{ type: gate, status: 'True' }])
    expect((await web()).fallback).toBeNull()

    await terminatePod(api, podRef(space, 'fine'))
    await terminatePod(api, podRef(space, 'gated'))
    const { fallback } = await waitFor('the fallback', async () => {
      const readiness = await web()
      return readiness.fallback?.endpoints === 2 && readiness
    })
    expect((fallback?.endsBy ?? 0) - Date.now()).toBeGreaterThan(3_000_000)
    const [standing] = (await ask.pod(`${space}/fine`)).services.filter(({ service: id }) => id === `${space}/web`)
    expect(standing).toMatchObject({ state: 'serving-terminating', fallback: { endpoints: 2 } })
  })

  test('[M8] [M11] real: pods that real controllers make are told by their workload', async () => {
    const { api } = cluster
    const shared = { tier: 'mixed' }
    const metadata = (name: string) => ({ namespace: space, name })
    const template = (name: string, more: object = {}) => ({
      selector: { matchLabels: { own: name } },
      template: {
        metadata: { labels: { ...shared, own: name } },
        spec: { containers: [{ name: 'app', image: 'app:1' }], ...more },
      },
    })
    const apps = 'apps/v1'
    await api.create(service(space, 'mixed', { spec: { selector: shared, ports: [{ port: 80, targetPort: 8080 }] } }))
    await api.create({
      apiVersion: apps,
      kind: 'Deployment',
      metadata: metadata('cart'),
      spec: { replicas: 2, ...template('cart') },
    })
    await api.create({
      apiVersion: apps,
      kind: 'StatefulSet',
      metadata: metadata('db'),
      spec: { serviceName: 'db', ...template('db') },
    })
    await api.create({
      apiVersion: apps,
      kind: 'DaemonSet',
      metadata: metadata('agent'),
      spec: template('agent', { nodeSelector: { 'kubernetes.io/hostname': 'n1' } }),
    })
    const { template: once } = template('once', { restartPolicy: 'Never' })
    await api.create({ apiVersion: 'batch/v1', kind: 'Job', metadata: metadata('once'), spec: { template: once } })
    type Pod = { readonly metadata: { readonly name: string } }
    const path = `/api/v1/namespaces/${space}/pods`
    const made = await waitFor('five pods of four controllers', async () => {
      const pods = await api.list<Pod>(`${path}?labelSelector=tier%3Dmixed`)
      return pods.length === 5 && pods
    })
    // What a scheduler and a kubelet would do.
    for (const [at, { metadata: own }] of made.entries()) {
      const target = { apiVersion: 'v1', kind: 'Node', name: 'n1' }
      await api.post(`${path}/${own.name}/binding`, { apiVersion: 'v1', kind: 'Binding', metadata: own, target })
      const podIP = `10.244.2.${at + 1}`
      const status = { phase: 'Running', podIP, podIPs: [{ ip: podIP }], containerStatuses: [running()] }
      const ready = at === 4 ? 'False' : 'True'
      await api.patchStatus(podRef(space, own.name), { ...status, conditions: [condition('Ready', ready)] })
    }
    const { workloads } = await waitFor('their endpoints', async () => {
      const told = await ask.service(`${space}/mixed`)
      return told.workloads.reduce((sum, { endpoints }) => sum + endpoints, 0) === 5 && told
    })
    expect(workloads.map(({ workload, endpoints }) => `${workload} ${endpoints}`)).toEqual([
      ...['DaemonSet/agent 1', 'Deployment/cart 2', 'Job/once 1', 'StatefulSet/db 1'],
    ])
    const cart = await ask.shown(`workload=Deployment/${space}/cart`)
    expect([cart.services, cart.pods.length]).toEqual([[`${space}/mixed`], 2])
    expect((await ask.shown(`view=nodes&workload=DaemonSet/${space}/agent`)).nodes).toEqual(['n1'])
  })
})
