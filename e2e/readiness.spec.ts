// Readiness and workloads as a person reads them, on the shop of the embedded cluster with its clock stopped.
import { expect, type Page, test } from '@playwright/test'
import { inspectorPage } from './pages/inspector-page'
import { listPage } from './pages/list-page'
import { expectAccessible, expectReadable } from './pages/readable'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

let product: Product
test.beforeAll(async () => {
  product = await startProduct({ TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' })
})
test.afterAll(() => product?.stop())
test.beforeEach(({ context }) => product.signIn(context))

const pagesOf = (page: Page) => ({ shell: shellPage(page), inspector: inspectorPage(page), list: listPage(page) })

test('[M11] embedded: an unready endpoint says why in its row, and its pod in full', async ({ page }) => {
  const { shell, inspector } = pagesOf(page)
  await shell.open(`${product.url}/?focus=Service:data/clickhouse&tab=endpoints`)
  const { panel } = inspector
  await expect(panel.locator('[data-published="1"]')).toBeVisible()
  const row = panel.locator('article').filter({ has: page.locator('[data-why="unready-crash-loop"]') })
  await expect(row).toContainText('keeps crashing (CrashLoopBackOff, 5 restarts, last end Error, exit code 1)')
  await row.getByRole('button', { name: 'clickhouse-3' }).click()
  await expect(panel.locator('[data-cause="unready-crash-loop"]')).toBeVisible()
  const probes = panel.locator('[data-container="clickhouse"]')
  await expect(probes).toHaveAttribute('data-probe', 'httpGet')
  await expect(probes).toContainText(
    'every 5 s, 1 s to answer; not ready after 2 failures in a row, ready again after one success',
  )
  await expect(panel.locator('[data-standing="published"]')).toHaveCount(1)
  await expect(panel.getByText(/logs clickhouse-\d -c clickhouse --previous/)).toBeVisible()
  for (const width of [360, 1600]) {
    await page.setViewportSize({ width, height: 900 })
    await expect(panel.locator('[data-cause]')).toBeVisible()
    await expectReadable(page, `readiness of a pod at ${width} px`)
  }
  await expectAccessible(page, 'readiness of a pod')
})

test('[M8] embedded: endpoints stand by workload, and a workload found in the palette is shown alone', async ({
  page,
}) => {
  const { shell, inspector, list } = pagesOf(page)
  await shell.open(`${product.url}/?view=services&focus=Service:shop/cart&tab=endpoints`)
  await inspector.panel.getByLabel('Group by workload').check()
  const group = (name: string) => inspector.panel.locator(`[data-workload="Deployment/${name}"]`)
  await expect(group('cart')).toHaveAttribute('data-total', '13')
  await group('cart').click()
  await expect(group('cart')).toHaveAttribute('aria-expanded', 'false')
  await expect(inspector.endpoints).toHaveCount(5)
  await expect(group('cart-next')).toContainText('3 of 5 ready')
  await expectReadable(page, 'endpoints by workload')

  await shell.find('statefulset/kafka')
  await shell.palette.locator('[data-find-workload="StatefulSet/data/kafka"]').click()
  await expect(page).toHaveURL(/workload=StatefulSet/)
  await expect(list.rows).toHaveCount(2)
  await expect(page.getByText('StatefulSet/data/kafka')).toBeVisible()
  await page
    .getByRole('button', { name: /Remove .*kafka/ })
    .first()
    .click()
  await expect(page).not.toHaveURL(/workload=/)
})
