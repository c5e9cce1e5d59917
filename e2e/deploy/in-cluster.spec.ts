// The product as the chart installs it, in a pod's confines with its service account and exactly the chart's rights, on the real
// control plane; somebody signs in with a Kubernetes token and looks.
import { expect, test } from '@playwright/test'
import { whyNoPrograms } from '../cluster/build'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane'
import { freePorts } from '../cluster/free-ports'
import { namespace } from '../cluster/objects'
import { mapPage } from '../pages/map-page'
import { shellPage } from '../pages/shell-page'
import { createNodes, createShop } from '../real-shop'
import { envOf, type Values } from './chart'
import { imageEnv, type Pod, startPod, whyNoPods } from './pod'
import { createReader, createReleaseNamespace, install, serviceAccountFiles, tokenOf } from './rights'

const why = (await whyNoPods()) ?? (await whyNoPrograms()) ?? (await whyNoPrograms(['helm-chart']))
test.skip(why !== undefined, why)

type Endpoint = {
  addresses: string[]
  zone?: string
  triplane: { routed: boolean; routes: { probability?: number }[] }
}
type View = {
  objects: {
    Service?: Record<string, unknown>
    EndpointSlice?: Record<string, { endpoints: Endpoint[] }>
    Node?: Record<string, { triplane: { proxyMode: { mode: string } } }>
  }
}

let cluster: ControlPlane
let token: string
test.beforeAll(async () => {
  test.setTimeout(600_000)
  cluster = await startControlPlane()
  await createNodes(cluster.api)
  for (const [block, space] of ['payments', 'shop'].entries()) {
    const shop = await createShop(cluster.api, space, block)
    await shop.addPods(0, 3)
    await shop.expose()
  }
  const kubeProxy = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: nftables\n'
  await cluster.api.create({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-proxy', namespace: 'kube-system' },
    data: { 'config.conf': kubeProxy },
  })
  await cluster.api.create(namespace('people'))
  await createReader(cluster.api, 'people/reader')
  token = await tokenOf(cluster.api, 'people/reader', 'triplane')
})
test.afterAll(() => cluster?.stop())

type Person = { readonly url: string; readonly cookie: string; look(query: string): Promise<View> }

/** Installs a release in a namespace of its own, and runs one of its pods. */
async function startInstalled(name: string, values: Values, port: number): Promise<Pod> {
  const [opsPort = 0] = await freePorts('127.0.0.1', 1)
  await createReleaseNamespace(cluster.api, name)
  const objects = await install(cluster.api, { values, namespace: name })
  const account = await serviceAccountFiles(cluster, name, objects)
  const own = { PORT: String(port), TRIPLANE_OPS_PORT: String(opsPort) }
  const env = { ...(await imageEnv()), ...envOf(objects), ...account.env, ...own }
  const pod = await startPod({ env, files: account.files })
  await untilReady(opsPort, pod)
  return pod
}

async function withInstalled(name: string, values: Values, use: (person: Person) => Promise<void>): Promise<void> {
  const [port = 0] = await freePorts('127.0.0.1', 1)
  const url = `http://localhost:${port}/tools/triplane`
  const pod = await startInstalled(name, { ...values, publicUrl: url, auth: { mode: 'token' } }, port)
  try {
    await use(await signedIn(url))
    expect(await pod.peak()).toBeLessThan(768 << 20)
  } finally {
    await pod.stop()
  }
}

const routesOf = ({ objects }: View) => Object.values(objects.EndpointSlice ?? {}).flatMap((slice) => slice.endpoints)
const servicesOf = ({ objects }: View) => Object.keys(objects.Service ?? {}).sort()
const focus = 'focus=Service:shop/web&port=http/TCP&family=IPv4'

test('with everything: routes, zones and the proxy mode of every node, also in a browser', async ({
  page,
  context,
}) => {
  await withInstalled('everything', {}, async ({ url, cookie, look }) => {
    const routes = routesOf(await look(`${focus}&from=Node:node-a1`))
    expect(routes.map(({ triplane }) => triplane.routes[0]?.probability)).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect(servicesOf(await look('view=services'))).toEqual(['default/kubernetes', 'payments/web', 'shop/web'])
    const nodes = Object.values((await look('view=nodes')).objects.Node ?? {})
    expect(nodes.map((node) => node.triplane.proxyMode.mode)).toEqual(Array(6).fill('nftables'))

    const [name = '', value = ''] = cookie.split('=', 2)
    await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }])
    const [shell, map] = [shellPage(page), mapPage(page)]
    await shell.open(url)
    await expect(map.chipCount('shop/web')).toHaveText('3')
    await map.chip('shop/web').click()
    await expect(map.endpoints).toHaveCount(3)
  })
})

test('without pods: the slices tell where every endpoint is', async () => {
  await withInstalled('no-pods', { rbac: { pods: false } }, async ({ look }) => {
    const routes = routesOf(await look(`${focus}&from=Node:node-a1`))
    expect(routes.map(({ triplane }) => triplane.routes[0]?.probability)).toEqual([1 / 3, 1 / 3, 1 / 3])
  })
})

test('without nodes: every Service with its endpoints', async () => {
  await withInstalled('no-nodes', { rbac: { nodes: false } }, async ({ look }) => {
    expect(servicesOf(await look('view=services'))).toEqual(['default/kubernetes', 'payments/web', 'shop/web'])
    expect(
      routesOf(await look(focus))
        .flatMap(({ addresses }) => addresses)
        .sort(),
    ).toEqual(addressesOf(1))
  })
})

test('in one namespace: its Services with their endpoints, and nothing of the others', async () => {
  const values = { namespaces: ['shop'], rbac: { kubeSystem: false } }
  await withInstalled('one-namespace', values, async ({ look }) => {
    expect(servicesOf(await look('view=services'))).toEqual(['shop/web'])
    expect(
      routesOf(await look(focus))
        .flatMap(({ addresses }) => addresses)
        .sort(),
    ).toEqual(addressesOf(1))
  })
})

test('[T1] with the defaults nobody is let in: probes and the door answer, nothing else does', async () => {
  const [port = 0] = await freePorts('127.0.0.1', 1)
  const pod = await startInstalled('locked', {}, port)
  try {
    const ask = (path: string) => fetch(`http://localhost:${port}${path}`)
    for (const probe of ['/livez', '/readyz']) expect([probe, (await ask(probe)).status]).toEqual([probe, 200])
    const watch = `/api/trpc/graph.watch?input=${encodeURIComponent('{"parts":[{"key":"overview"}]}')}`
    for (const path of ['/', '/?view=services', '/api/view.json', '/api/trpc/status.get', watch, '/metrics']) {
      const answer = await ask(path)
      expect([path, answer.status]).toEqual([path, path.startsWith('/api/') || path === '/metrics' ? 401 : 200])
      expect(await answer.text()).not.toMatch(/shop|payments|node-a1|10\.244\./)
    }
  } finally {
    await pod.stop()
  }
})

const addressesOf = (block: number) => [1, 2, 3].map((n) => `10.244.${block}.${n}`)

async function signedIn(url: string): Promise<Person> {
  const headers = { 'content-type': 'application/json', origin: new URL(url).origin }
  const answer = await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
  if (!answer.ok) throw new Error(`The token was not taken: ${answer.status} ${await answer.text()}`)
  return {
    url,
    cookie,
    async look(query) {
      const view = await fetch(`${url}/api/view.json?${query}`, { headers: { cookie } })
      const text = await view.text()
      if (!view.ok) throw new Error(`${query}: ${view.status} ${text}`)
      return JSON.parse(text)
    },
  }
}

async function untilReady(opsPort: number, pod: Pod): Promise<void> {
  const gone = pod.exited.then(() => true)
  const ready = `http://127.0.0.1:${opsPort}/readyz`
  for (let waited = 0; waited < 60_000; waited += 200) {
    if ((await fetch(ready).catch(() => undefined))?.ok) return
    if (await Promise.race([gone, new Promise<false>((resolve) => setTimeout(() => resolve(false), 200))])) break
  }
  throw new Error(`The pod is not ready:\n${await pod.log()}`)
}
