// What changes cost: the page, the tab of a Service, and the changes beside the map, as a person uses them.
import { expect, type Page, test } from '@playwright/test'
import { expectLooksRight } from './pages/readable'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

const embedded = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' }

let product: Product
test.beforeAll(async () => {
  product = await startProduct(embedded)
})
test.afterAll(() => product?.stop())

test('[M9] embedded: the palette opens the cost page; a change is counted there, and beside the map', async ({
  page,
}) => {
  const shell = shellPage(page)
  await shell.open(product.url)
  await page.keyboard.press('/')
  await shell.paletteInput.fill('cost')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/view=cost/)
  await expect(page.locator('main [data-live]')).toContainText('writes/s')
  const counted = page.locator('[data-way="slices"] [data-total]')
  await expect(counted).toHaveAttribute('data-total', '0')
  await change(page, 5)
  await expect(counted).not.toHaveAttribute('data-total', '0', { timeout: 30_000 })
  await expect(page.locator('[data-row="payments/webhooks"]')).toContainText(/[23] added/)
  await page.goto(`${product.url}/`)
  await expect(page.locator('[data-changes]')).toContainText(/payments\/webhooks [23] added/)
  // From where people look: the changes beside the map, and a Service's slices.
  await page.locator('[data-changes]').getByRole('button', { name: 'What changes cost', exact: true }).click()
  await expect(page).toHaveURL(/view=cost/)
  await page.goto(`${product.url}/?focus=Service:payments/webhooks&tab=slices`)
  await page.getByRole('button', { name: 'What changes cost, and the Endpoints object beside' }).click()
  await page.getByRole('button', { name: 'What changes cost in the whole cluster' }).click()
  await expect(page).toHaveURL(/view=cost/)
})

test('[M9] embedded: 1.5 MB to 3,000 nodes are 4.5 GB; sliders step as people count, numbers are typed, and the URL keeps them', async ({
  page,
}) => {
  await shellPage(page).open(`${product.url}/?view=cost`)
  const sum = page.locator('[data-calculator]')
  await page.getByRole('radio', { name: 'JSON' }).click()
  await sum.getByRole('button', { name: '1.5 MB to 3,000 nodes' }).click()
  await expect(sum.locator('[data-sent="endpoints"]')).toContainText('1.5 MB × 3,000 nodes = 4.5 GB')
  const nodes = sum.getByRole('slider', { name: 'Watchers (nodes)' })
  await nodes.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(sum.locator('[data-sent="endpoints"]')).toContainText('× 2,000 nodes')
  await page.keyboard.press('PageDown')
  await expect(nodes).toHaveAttribute('aria-valuenow', '200')
  await page.keyboard.press('End')
  await expect(nodes).toHaveAttribute('aria-valuenow', '5000')
  const pods = sum.getByRole('spinbutton', { name: 'Pods behind the Service' })
  await pods.fill('')
  await pods.pressSequentially('20000')
  await expect(page).toHaveURL(/sum=pods:20000,nodes:5000,limit:uncut/)
  await page.reload()
  await expect(pods).toHaveValue('20000')
  await expect(nodes).toHaveAttribute('aria-valuenow', '5000')
})

test('[M9] embedded: an Endpoints object that is cut says so beside its number, and what it would be whole', async ({
  page,
}) => {
  await shellPage(page).open(`${product.url}/?view=cost&sum=pods:20000,nodes:3000`)
  const endpoints = page.locator('[data-sent="endpoints"]')
  await expect(page.locator('[data-sent="slices"] [data-holds]')).toHaveAttribute('data-holds', '20000')
  await expect(endpoints.locator('[data-holds]')).toHaveAttribute('data-whole', 'too-large')
  await expect(endpoints).toContainText('1,000 of 20,000 addresses')
  await expect(endpoints).toContainText(/it would be 2\.\d+ MB, more than the 1\.5 MiB that etcd takes/)
  await expect(page.locator('[data-ratio]')).toContainText('for 1,000 of 20,000 addresses')
  await expectLooksRight(page, 'the sum of a cut object')
  await endpoints.getByRole('button', { name: 'Compare the whole object' }).click()
  await expect(page).toHaveURL(/limit:uncut/)
  await expect(endpoints.locator('[data-holds]')).toHaveAttribute('data-holds', '20000')
})

test('[M8] [M9] embedded: a Service lays its Endpoints beside its slices, and says what differs', async ({ page }) => {
  await shellPage(page).open(`${product.url}/?focus=Service:data/warehouse&tab=cost`)
  const tab = page.locator('[data-beside="data/warehouse"]')
  await expect(tab.locator('[data-direction]')).toHaveAttribute('data-direction', 'mirrored')
  await expect(tab.locator('[data-duplicates]')).toHaveAttribute('data-duplicates', '1')
  await expect(tab.locator('[data-difference="host-name"]')).toHaveAttribute('data-count', '1')
  // The controller's limit binds its own slices, of which a Service without a selector has none.
  await expect(tab.locator('[data-etcd]')).toBeVisible()
  await expect(tab.locator('[data-limit]')).toHaveCount(0)
  await expectLooksRight(page, 'the cost tab')
})

test('[M9] embedded: of a Service of 1,100 pods the tab names exactly the addresses that the rule cuts, and the map stays calm', async ({
  page,
}) => {
  const crowd = await startProduct({ ...embedded, TRIPLANE_DEMO_SCENARIO: 'crowd' })
  try {
    const asked = await crowd.fetch('/api/view.json?focus=Service:video/segments')
    const { objects } = (await asked.json()) as { objects: { EndpointSlice: Record<string, Slice> } }
    const all = Object.values(objects.EndpointSlice).flatMap(({ endpoints }) =>
      endpoints.flatMap((one) => one.addresses),
    )
    expect(all).toHaveLength(1100)
    await shellPage(page).open(`${crowd.url}/?focus=Service:video/segments&tab=cost`)
    const cut = page.locator('[data-difference="truncated"]')
    await expect(cut).toHaveAttribute('data-count', '100')
    // Ready addresses of one set of ports are kept in the order of their text, a thousand of them.
    expect(await cut.locator('[data-address]').allTextContents()).toEqual(all.sort().slice(1000))
    await expect(page.locator('[data-limit]')).toHaveAttribute('data-limit', '100')
    await cut.locator('summary').click()
    await expectLooksRight(page, 'the cost tab of a crowd')
    await page.goto(`${crowd.url}/?focus=Service:video/segments&tab=endpoints`)
    await expect(page.locator('[data-endpoint]').first()).toBeVisible()
    expect(await page.locator('[data-endpoint]').count()).toBeLessThan(300)
    await expect(page.locator('.react-flow__node[data-id]').nth(10)).toBeVisible()
    expect(await page.locator('.react-flow__node').count()).toBeLessThan(300)
  } finally {
    await crowd.stop()
  }
})

type Slice = { readonly endpoints: readonly { readonly addresses: readonly string[] }[] }

test("the chart is drawn under the page's own policy, once there are two points", async ({ page }) => {
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) refused.push(message.text())
  })
  await change(page, 4)
  await shellPage(page).open(`${product.url}/?view=cost`)
  await expect(page.locator('[data-churn] canvas')).toBeVisible({ timeout: 45_000 })
  await expect(page.locator('[data-summary]')).toContainText(/slice writes?, .* to one watcher; as Endpoints/)
  await expectLooksRight(page, 'the cost page with its chart')
  expect(refused).toEqual([])
})

/** Writes slices: a Service is scaled. */
async function change(page: Page, replicas: number): Promise<void> {
  await page.request.post(`${product.url}/api/trpc/demo.run`, {
    data: { action: 'scale', args: { namespace: 'payments', name: 'webhooks', replicas } },
    headers: { origin: product.url },
  })
}
