// Users who may not see everything, and kubeconfigs that do not work: the rest works, and what is missing is named.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, startControlPlane } from './cluster/control-plane'
import { freePorts } from './cluster/free-ports'
import { grant } from './cluster/objects'
import { inspectorPage } from './pages/inspector-page'
import { listPage } from './pages/list-page'
import { mapPage } from './pages/map-page'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'
import { createNodes, createShop } from './real-shop'

const why = await whyNoPrograms()
test.skip(why !== undefined, why)

const read = ['get', 'list', 'watch']
const core = (...resources: string[]) => ({ apiGroups: [''], resources, verbs: read })
const slices = { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read }

let cluster: ControlPlane
test.beforeAll(async () => {
  test.setTimeout(600_000)
  cluster = await startControlPlane()
  await createNodes(cluster.api)
  for (const [block, space] of ['mine', 'theirs'].entries()) {
    const shop = await createShop(cluster.api, space, block)
    await shop.addPods(0, 2)
    await shop.expose()
  }
  const namespaced = [core('services', 'pods', 'endpoints'), slices]
  await grant(cluster.api, 'viewer', { namespace: 'mine', rules: namespaced })
  await grant(cluster.api, 'nobody', { rules: [core('services', 'pods', 'endpoints', 'nodes', 'namespaces')] })
})
test.afterAll(() => cluster?.stop())

type Env = Readonly<Record<string, string>>

/** A product of its own, and the page's browser signed in to it. */
async function withProduct(page: Page, env: Env, use: (product: Product) => Promise<void>): Promise<void> {
  const product = await startProduct(env)
  try {
    await product.signIn(page.context())
    await use(product)
  } finally {
    await product.stop()
  }
}

test('limited to one namespace: its Services work, and what may not be read is named', async ({ page }) => {
  const env = { TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigs.viewer, TRIPLANE_NAMESPACES: 'mine' }
  await withProduct(page, env, async ({ url }) => {
    const [shell, map] = [shellPage(page), mapPage(page)]
    await shell.open(url, 'forbidden')
    await expect(map.chipCount('mine/web')).toHaveText('2')
    await expect(map.chip('theirs/web')).toHaveCount(0)
    await shell.stream.click()
    const nodes = shell.watch('Node')
    await expect(nodes).toHaveAttribute('data-state', 'forbidden')
    await expect(nodes).toContainText('Not permitted')
    await expect(nodes).toContainText('cannot list resource "nodes"')
    await expect(shell.watch('Service')).toHaveAttribute('data-state', 'synced')
    await page.keyboard.press('Escape')
    await map.chip('mine/web').click()
    await expect(map.endpoints).toHaveCount(2)
  })
})

test('limited to one namespace and without its slices: the missing rule there', async ({ page }) => {
  const env = { TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigs.nobody, TRIPLANE_NAMESPACES: 'theirs' }
  await withProduct(page, env, async ({ url }) => {
    await shellPage(page).open(url, 'forbidden')
    const commands = page.getByRole('main').locator('pre')
    await expect(commands.first()).toContainText('resources: ["endpointslices"]')
    await expect(commands.last()).toContainText('list endpointslices.discovery.k8s.io -n theirs --as nobody')
  })
})

test('[ask 18] without EndpointSlices: the missing rule and how to test it; the Services are still listed', async ({
  page,
}) => {
  const env = { TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigs.nobody }
  await withProduct(page, env, async ({ url }) => {
    const [shell, list, inspector] = [shellPage(page), listPage(page), inspectorPage(page)]
    await shell.open(url, 'forbidden')
    await expect(page.getByRole('heading', { name: 'Triplane may not list EndpointSlices' })).toBeVisible()
    await expect(page.getByRole('main').locator('[data-next-try]')).toHaveText(/^Next try in [1-5] min\.$/)
    await expect(page.getByRole('main').getByRole('button', { name: 'Try now' })).toBeEnabled()
    const commands = page.getByRole('main').locator('pre')
    await expect(commands.first()).toContainText('apiGroups: ["discovery.k8s.io"]')
    await expect(commands.first()).toContainText('resources: ["endpointslices"]')
    await expect(commands.last()).toContainText(
      'kubectl auth can-i list endpointslices.discovery.k8s.io -A --as nobody',
    )
    await shell.view('Services')
    await expect(list.row('theirs/web')).toBeVisible()
    await list.row('theirs/web').click()
    await expect(inspector.panel).toContainText('May not be read, so nothing is known about them.')
  })
})

const broken = [
  { name: 'a file that is not there', file: undefined, says: 'KUBECONFIG: no such file: ' },
  { name: 'not YAML', file: '{"clusters": [', says: 'not-YAML.yaml cannot be read: ' },
  { name: 'empty', file: '{"apiVersion":"v1","kind":"Config"}', says: 'is empty or is not a kubeconfig' },
] as const
for (const { name, file, says } of broken) {
  test(`a kubeconfig that is ${name}: a clear end, and no embedded cluster in its place`, async () => {
    const path = join(cluster.folder, `${name.replaceAll(' ', '-')}.yaml`)
    if (file !== undefined) await writeFile(path, file)
    const started = startProduct({ KUBECONFIG: path })
    await expect(started.then((product) => product.stop())).rejects.toThrow(says)
  })
}

test('an API server that is not there: said in the page, and no embedded cluster in its place', async ({ page }) => {
  const [port] = await freePorts('127.0.0.1', 1)
  const path = join(cluster.folder, 'nobody-listens.yaml')
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'gone', cluster: { server: `https://127.0.0.1:${port}` } }],
    users: [{ name: 'me', user: { token: 'none' } }],
    contexts: [{ name: 'me@gone', context: { cluster: 'gone', user: 'me' } }],
    'current-context': 'me@gone',
  }
  await writeFile(path, JSON.stringify(config))
  await withProduct(page, { KUBECONFIG: path }, async ({ url }) => {
    const [shell, map] = [shellPage(page), mapPage(page)]
    await page.goto(url)
    await expect(shell.stream).toHaveAttribute('data-stream', /^(stale|broken)$/)
    await expect(page.getByText('The API server refuses connections').first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Cluster: me@gone' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'simulated' })).toHaveCount(0)
    await expect(map.chips).toHaveCount(0)
  })
})
