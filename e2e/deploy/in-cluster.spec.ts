// The product as the chart installs it, in a pod's confines with its service account and exactly the chart's rights, on the real
// control plane; somebody signs in with a Kubernetes token and looks.
import { expect, test } from '@playwright/test'
import type { KubeApi } from '../cluster/api'
import { whyNoPrograms } from '../cluster/build'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane'
import { freePorts } from '../cluster/free-ports'
import { namespace, pod } from '../cluster/objects'
import { mapPage } from '../pages/map-page'
import { shellPage } from '../pages/shell-page'
import { createNodes, createShop, zones } from '../real-shop'
import { envOf, type Values } from './chart'
import { imageEnv, type Pod, startPod, whyNoPods } from './pod'
import { createReader, createReleaseNamespace, install, serviceAccountFiles, tokenOf } from './rights'

const why = (await whyNoPods()) ?? (await whyNoPrograms()) ?? (await whyNoPrograms(['helm-chart']))
test.skip(why !== undefined, why)
test.describe.configure({ timeout: 120_000 })

type Endpoint = {
  addresses: string[]
  zone?: string
  triplane: { routed: boolean; routes: { probability?: number }[] }
}
type View = {
  objects: {
    Service?: Record<string, unknown>
    EndpointSlice?: Record<string, { endpoints: Endpoint[] }>
    Node?: Record<string, { triplane: { proxyMode: { mode?: string } } }>
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
  await runKubeProxy(cluster.api)
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
  const own = { PORT: String(port), TRIPLANE_OPS_PORT: String(opsPort), TRIPLANE_DRAIN_SECONDS: '0' }
  const env = { ...(await imageEnv()), ...envOf(objects), ...account.env, ...own }
  const running = await startPod({ env, files: account.files })
  await untilReady(opsPort, running)
  return running
}

async function withInstalled(name: string, values: Values, use: (person: Person) => Promise<void>): Promise<void> {
  const [port = 0] = await freePorts('127.0.0.1', 1)
  const url = `http://localhost:${port}/tools/triplane`
  const running = await startInstalled(name, { ...values, publicUrl: url, auth: { mode: 'token' } }, port)
  try {
    await use(await signedIn(url))
    expect(await running.peak()).toBeLessThan(768 << 20)
  } finally {
    await running.stop()
  }
}

const routesOf = ({ objects }: View) => Object.values(objects.EndpointSlice ?? {}).flatMap((slice) => slice.endpoints)
const modesOf = ({ objects }: View) => Object.values(objects.Node ?? {}).map((node) => node.triplane.proxyMode.mode)
const servicesOf = ({ objects }: View) => Object.keys(objects.Service ?? {}).sort()
const focus = 'focus=Service:shop/web&port=http/TCP&family=IPv4'

test('[M4] [M16] real: with everything, routes, zones and the proxy mode of every node, also in a browser', async ({
  page,
  context,
}) => {
  await withInstalled('everything', {}, async ({ url, cookie, look }) => {
    const routes = routesOf(await look(`${focus}&from=Node:node-a1`))
    expect(routes.map(({ triplane }) => triplane.routes[0]?.probability)).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect(servicesOf(await look('view=services'))).toEqual(['default/kubernetes', 'payments/web', 'shop/web'])
    expect(modesOf(await look('view=nodes'))).toEqual(Array(6).fill('nftables'))

    const [name = '', value = ''] = cookie.split('=', 2)
    await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }])
    const [shell, map] = [shellPage(page), mapPage(page)]
    await shell.open(url)
    await expect(map.chipCount('shop/web')).toHaveText('3')
    await map.chip('shop/web').click()
    await expect(map.endpoints).toHaveCount(3)
  })
})

test('without pods: the slices tell where every endpoint is, the DaemonSet what proxies were told', async () => {
  await withInstalled('no-pods', { rbac: { pods: false } }, async ({ look }) => {
    const routes = routesOf(await look(`${focus}&from=Node:node-a1`))
    expect(routes.map(({ triplane }) => triplane.routes[0]?.probability)).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect(modesOf(await look('view=nodes'))).toEqual(Array(6).fill('nftables'))
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

test('with share links: somebody makes one, and it is kept in the one ConfigMap', async () => {
  await withInstalled('sharing', { shares: { enabled: true } }, async ({ url, cookie }) => {
    const show = { addresses: false, nodeNames: false, externalNames: false, labels: [] }
    const link = { label: 'For the shop', namespaces: ['shop'], show, mode: 'live', days: 7, search: '' }
    const headers = { 'content-type': 'application/json', origin: new URL(url).origin, cookie }
    const answer = await fetch(`${url}/api/trpc/share.create`, { method: 'POST', headers, body: JSON.stringify(link) })
    expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)])
    const path = '/api/v1/namespaces/sharing/configmaps/triplane-shares'
    const { data = {} } = await cluster.api.get<{ data?: Record<string, string> }>(path)
    expect(Object.values(data).join()).toContain('For the shop')
  })
})

test('[T1] with the defaults nobody is let in: probes and the door answer, nothing else does', async () => {
  const [port = 0] = await freePorts('127.0.0.1', 1)
  const running = await startInstalled('locked', {}, port)
  try {
    const ask = (path: string) => fetch(`http://localhost:${port}${path}`)
    for (const probe of ['/livez', '/readyz']) await expect.poll(async () => (await ask(probe)).status).toBe(200)
    const watch = `/api/trpc/graph.watch?input=${encodeURIComponent('{"parts":[{"key":"overview"}]}')}`
    // A stream is refused inside: a browser would come back for ever from any other status than 200.
    const data = { [watch]: 200, '/api/view.json': 401, '/api/trpc/status.get': 401, '/metrics': 404 }
    for (const [path, status] of Object.entries({ '/': 200, '/?view=services': 200, ...data })) {
      const answer = await ask(path)
      expect([path, answer.status]).toEqual([path, status])
      const text = await answer.text()
      expect(text).not.toMatch(/node-[abc]\d|10\.244\.|\/web/)
      if (path === watch) expect(text).toContain('UNAUTHORIZED')
    }
  } finally {
    await running.stop()
  }
})

const addressesOf = (block: number) => [1, 2, 3].map((n) => `10.244.${block}.${n}`)

// As kubeadm installs it: a DaemonSet whose pods read a ConfigMap.
async function runKubeProxy(api: KubeApi): Promise<void> {
  const [space, app] = ['kube-system', { 'k8s-app': 'kube-proxy' }]
  const file = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: nftables\n'
  const metadata = { name: 'kube-proxy', namespace: space }
  const volumeMounts = [{ name: 'kube-proxy', mountPath: '/var/lib/kube-proxy' }]
  const command = ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf']
  const containers = [{ name: 'kube-proxy', image: 'kube-proxy:v1.36.3', command, volumeMounts }]
  const spec = { containers, volumes: [{ name: 'kube-proxy', configMap: { name: 'kube-proxy' } }] }
  await api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.conf': file } })
  const template = { metadata: { labels: app }, spec }
  const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet' }
  const { uid = '' } = (await api.create({ ...owner, metadata, spec: { selector: { matchLabels: app }, template } }))
    .metadata
  const meta = { ownerReferences: [{ ...owner, name: 'kube-proxy', uid, controller: true }] }
  for (const [at, node] of zones.flatMap((zone) => [1, 2].map((n) => `node-${zone.slice(-1)}${n}`)).entries()) {
    const options = { node, ips: [`192.0.2.${100 + at}`], labels: app, meta, spec }
    await api.create(pod(space, `kube-proxy-${at}`, options))
  }
}

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

async function untilReady(opsPort: number, running: Pod): Promise<void> {
  const gone = running.exited.then(() => true)
  const ready = `http://127.0.0.1:${opsPort}/readyz`
  for (let waited = 0; waited < 60_000; waited += 200) {
    if ((await fetch(ready).catch(() => undefined))?.ok) return
    if (await Promise.race([gone, new Promise<false>((resolve) => setTimeout(() => resolve(false), 200))])) break
  }
  throw new Error(`The pod is not ready:\n${await running.log()}`)
}
