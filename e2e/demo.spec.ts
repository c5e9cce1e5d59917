// The embedded cluster as a stage: what a person does to it is seen, and the page survives the loss of its server.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, type Page, test } from '@playwright/test'
import { listPage } from './pages/list-page'
import { mapPage } from './pages/map-page'
import { shellPage } from './pages/shell-page'
import { freePort, type Product, startProduct } from './product'

const env = {
  TRIPLANE_CLUSTER: 'embedded',
  TRIPLANE_DEMO_SCENARIO: 'healthy',
  TRIPLANE_DEMO_SEED: '7',
  TRIPLANE_DEMO_SPEED: '0',
}
// With everything that moves.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

let product: Product
test.beforeAll(async () => {
  product = await startProduct(env)
})
test.afterAll(() => product?.stop())

const pagesOf = (page: Page) => ({ shell: shellPage(page), map: mapPage(page), list: listPage(page) })

test('scaling a Service changes its number on the map', async ({ page }) => {
  const { shell, map } = pagesOf(page)
  await shell.open(product.url)
  const loads = shell.loads()
  await expect(map.chipCount('payments/webhooks')).toHaveText('2')
  await shell.demo('Scale to 5', { of: 'Service', name: 'payments/webhooks' })
  await expect(map.chipCount('payments/webhooks')).toHaveText('5')
  await shell.demo('Scale to 3', { of: 'Service', name: 'payments/webhooks' })
  await expect(map.chipCount('payments/webhooks')).toHaveText('3')
  expect(shell.loads()).toBe(loads)
})

test('a probe that fails takes its pod out of the route, and mending brings it back', async ({ page }) => {
  const { shell, map } = pagesOf(page)
  await shell.open(`${product.url}/?focus=Service:identity/auth&from=Node:node-1`)
  await expect(map.routed).toHaveCount(6)
  await shell.demo('Fail a probe')
  await expect(map.notRouted).toHaveCount(1)
  await expect(map.notRouted).toHaveAttribute('data-condition', 'notReady')
  await expect(map.routed).toHaveCount(5)
  await shell.demo('Mend probes')
  await expect(map.routed).toHaveCount(6)
})

test('a roll-out replaces every pod and never empties the Service', async ({ page }) => {
  const { shell, map } = pagesOf(page)
  await shell.open(`${product.url}/?focus=Service:identity/tokens&from=Node:node-1`)
  await expect(map.routed).toHaveCount(4)
  const ids = () => map.routed.evaluateAll((cards) => cards.map((card) => card.getAttribute('data-id') ?? ''))
  const before = await ids()
  await shell.demo('Roll out')
  await expect(async () => {
    const now = await ids()
    expect(now.length).toBeGreaterThan(0)
    expect(now.filter((id) => before.includes(id))).toEqual([])
  }).toPass({ timeout: 60_000 })
  await expect(map.routed).toHaveCount(4)
})

test('a drained node is unschedulable and loses its pods', async ({ page }) => {
  const { shell, list } = pagesOf(page)
  await shell.open(`${product.url}/?view=nodes`)
  const pods = () => list.row('node-4').locator('[data-pods]').getAttribute('data-pods')
  const before = Number(await pods())
  expect(before).toBeGreaterThan(8)
  await shell.demo('Drain', { of: 'Node', name: 'node-4' })
  await expect(list.row('node-4')).toContainText('unschedulable')
  // DaemonSets stay.
  await expect.poll(async () => Number(await pods()), { timeout: 60_000 }).toBeLessThan(before / 2)
  await shell.demo('Uncordon')
  await expect(list.row('node-4')).not.toContainText('unschedulable')
})

test('a zone fails and comes back: its nodes, and the routes that led there', async ({ page }) => {
  const { shell, map } = pagesOf(page)
  await shell.open(`${product.url}/?focus=Service:data/redis&from=Node:node-3`)
  await expect(map.routed).toHaveCount(6)
  await shell.demo('Fail this zone', { of: 'Zone', name: 'zone-c' })
  await expect(map.node('node-5')).toHaveAttribute('data-down', 'true')
  await expect(map.node('node-3')).not.toHaveAttribute('data-down', 'true')
  await expect(map.notRouted.first()).toBeVisible()
  await shell.demo('Bring it back')
  await expect(map.node('node-5')).not.toHaveAttribute('data-down', 'true')
  await expect(map.routed).toHaveCount(6)
})

test('[M12] embedded: the Gateway API is removed and installed again by a button, and its routes go and come', async ({
  page,
}) => {
  const { shell } = pagesOf(page)
  await shell.open(`${product.url}/?view=entries`)
  const [route, without] = [page.getByText('storefront').first(), page.getByText('does not serve the Gateway API')]
  await expect(route).toBeVisible()
  await shell.demo('Remove its CRDs')
  await page.keyboard.press('Escape')
  await expect(without).toBeVisible({ timeout: 60_000 })
  await expect(route).toBeHidden()
  await shell.demo('Install its CRDs')
  await page.keyboard.press('Escape')
  await expect(route).toBeVisible({ timeout: 60_000 })
  await expect(without).toBeHidden()
})

test('what cannot be done is said', async ({ page }) => {
  const { shell } = pagesOf(page)
  await shell.open(`${product.url}/?focus=Service:observability/otel-collector`)
  await shell.openDemo()
  await page
    .getByRole('button', { name: /^Scale to/ })
    .first()
    .click()
  await expect(page.getByText('observability/otel-collector cannot be scaled: it is a DaemonSet.')).toBeVisible()
})

test('the server dies, something else answers 503, it comes back: the page reconnects by itself', async ({ page }) => {
  const { shell, map } = pagesOf(page)
  const port = String(await freePort())
  let own = await startProduct({ ...env, PORT: port })
  try {
    await shell.open(own.url)
    await expect(map.chip('shop/cart')).toBeVisible()
    const loads = shell.loads()
    await own.stop()
    await shell.isStream('stale')
    await expect(page.getByText('This page has heard nothing from Triplane')).toBeVisible()
    await expect(map.chip('shop/cart')).toBeVisible()
    const refusals = await answer503(Number(port), page)
    await shell.isStream('stale')
    await refusals.stop()
    own = await startProduct({ ...env, PORT: port })
    await shell.isStream('synced', 60_000)
    await expect(map.chip('shop/cart')).toBeVisible()
    expect(shell.loads()).toBe(loads)
  } finally {
    await own.stop()
  }
})

/** A proxy's answer while nothing stands behind it; resolves once the page has met it. */
async function answer503(port: number, page: Page): Promise<{ stop(): Promise<void> }> {
  const met = page.waitForResponse((response) => response.status() === 503, { timeout: 60_000 })
  const server = createServer((_, response) => response.writeHead(503).end()).listen(port, '127.0.0.1')
  await once(server, 'listening')
  await met
  return {
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
