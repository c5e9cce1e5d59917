// The API server goes and comes back: what is shown stays, is said to be old, and heals without a reload.
import { setTimeout as outage } from 'node:timers/promises'
import { expect, type Page, test } from '@playwright/test'
import { type ApiProxy, startApiProxy } from './cluster/api-proxy'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, startControlPlane } from './cluster/control-plane'
import { mapPage } from './pages/map-page'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct, stopAll } from './product'
import { createNodes, createShop } from './real-shop'

const why = await whyNoPrograms()
test.skip(why !== undefined, why)

test.describe.configure({ timeout: 180_000 })

let cluster: ControlPlane
let proxy: ApiProxy
let product: Product
test.beforeAll(async () => {
  test.setTimeout(600_000)
  cluster = await startControlPlane({ maxEndpointsPerSlice: 5 })
  proxy = await startApiProxy(cluster)
  await createNodes(cluster.api)
  product = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: proxy.kubeconfigs.admin })
})
test.beforeEach(({ context }) => product.signIn(context))
test.afterAll(() => stopAll(product, proxy, cluster))

/** The route to a Service of the test's own, with four pods. */
async function open(page: Page, space: string, block: number) {
  const [shell, map] = [shellPage(page), mapPage(page)]
  const shop = await createShop(cluster.api, space, block)
  await shop.addPods(0, 4)
  await shop.expose()
  await shell.open(`${product.url}/?focus=Service:${shop.id}&from=Node:node-a1`)
  await expect(map.routed).toHaveCount(4)
  return { shell, map, shop, loads: shell.loads() }
}

/** The controllers too have lost the API server, and come back in their own time. */
async function untilSliced(space: string, count: number): Promise<void> {
  const path = `/apis/discovery.k8s.io/v1/namespaces/${space}/endpointslices`
  const listed = () => cluster.api.list<{ endpoints: unknown[] | null }>(path)
  const total = async () => (await listed()).flatMap(({ endpoints }) => endpoints ?? []).length
  await expect.poll(total, { timeout: 120_000 }).toBe(count)
}

// First, because a kill leaves the controllers in a back-off of their own, and this one waits for them during the outage.
test('what came and went while the API server could not be reached is right afterwards', async ({ page }) => {
  const { shell, map, shop, loads } = await open(page, 'cut', 3)
  await proxy.cut()
  await shell.isStream('stale')
  await shop.removePods(0, 2)
  await shop.addPods(4, 5)
  await untilSliced('cut', 3)
  await expect(map.endpoints).toHaveCount(4)
  await proxy.restore()
  await shell.isStream('synced')
  await expect(map.routed).toHaveCount(3)
  for (const n of [2, 3, 4]) await expect(map.pod(shop.pod(n))).toBeVisible()
  expect(shell.loads()).toBe(loads)
})

test('an orderly restart in the middle of the watch: what changes afterwards is shown', async ({ page }) => {
  const { shell, map, shop, loads } = await open(page, 'restart', 1)
  await cluster.restartApiServer()
  await shop.addPods(4, 6)
  await untilSliced('restart', 6)
  await expect(map.routed).toHaveCount(6)
  await shell.isStream('synced')
  expect(shell.loads()).toBe(loads)
})

test('killed for 5 s: said within 5 s, nothing emptied, healed within 15 s of its return', async ({ page }) => {
  const { shell, map, shop, loads } = await open(page, 'killed', 2)
  const killed = Date.now()
  await cluster.killApiServer()
  await shell.isStream('stale', 5_000)
  await expect(page.getByText('The API server has not answered for')).toBeVisible()
  await expect(map.endpoints).toHaveCount(4)
  await outage(Math.max(0, 5_000 - (Date.now() - killed)))
  await cluster.startApiServer()
  await shell.isStream('synced', 15_000)
  await expect(map.routed).toHaveCount(4)
  await shop.removePods(2, 4)
  await untilSliced('killed', 2)
  await expect(map.routed).toHaveCount(2)
  expect(shell.loads()).toBe(loads)
})
