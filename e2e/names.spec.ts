// Names of a Service and in a pod, on the embedded cluster: what DNS answers, what is missing, what a typed name comes to.
import { expect, test } from '@playwright/test'
import { inspectorPage } from './pages/inspector-page'
import { expectAccessible, expectReadable } from './pages/readable'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

let product: Product
test.beforeAll(async () => {
  product = await startProduct({ TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' })
})
test.afterAll(() => product?.stop())

test('[M10] embedded: the names of a headless Service, one per pod, and the command that asks for them', async ({
  page,
}) => {
  const shell = shellPage(page)
  const { panel } = inspectorPage(page)
  await shell.open(`${product.url}?focus=Service:data/postgres&tab=names`)
  const row = (name: string, type: string) => panel.locator(`[data-dns-name="${name}"][data-dns-type="${type}"]`)
  const own = 'postgres.data.svc.cluster.local'
  await expect(row(own, 'A')).toContainText(/→ 10\.244\.\d+\.\d+/)
  await expect(row(`_postgres._tcp.${own}`, 'SRV')).toContainText(
    '0 33 5432 postgres-0.postgres.data.svc.cluster.local.',
  )
  await expect(row(`postgres-2.${own}`, 'A')).toHaveAttribute('data-dns-rcode', 'NOERROR')
  await expect(panel).toContainText(`dig @10.96.0.10 ${own}. A`)
  await expect(panel).toContainText('Told by ConfigMap kube-system/coredns.')
  await expectAccessible(page, 'names of a Service')
  await expectReadable(page, 'names of a Service')

  await page.goto(`${product.url}?focus=Service:shop/cart&tab=names`)
  const ask = async (pod: string) => {
    await panel.locator('[data-asking-pod]').click()
    await page.getByPlaceholder('Pod by name or IP').fill(pod)
    await expect(page.getByRole('option').first()).toContainText(pod)
    await page.keyboard.press('Enter')
    await expect(panel.locator('[data-asking-pod]')).toContainText(pod)
  }
  const comesTo = (name: string) => panel.locator(`[data-short-name="${name}"]`)
  await ask('data/postgres-0')
  await expect(comesTo('cart')).toContainText('leads to nothing in the cluster')
  await expect(comesTo('cart.shop')).toHaveAttribute('data-comes-to', 'shop/cart')
  await ask('shop/checkout-')
  await expect(comesTo('cart')).toContainText('leads here')
  await expectAccessible(page, 'short names of a Service')
  await panel.getByRole('button', { name: 'Step by step: cart', exact: true }).click()
  await expect(panel.getByRole('textbox')).toHaveValue('cart')
  await expect(panel.locator('[data-look-up]')).toContainText('shop/cart')

  await shell.find('_http._tcp.cart.shop.svc.cluster.local')
  await page.keyboard.press('Enter')
  await expect(inspectorPage(page).heading).toContainText('cart')
  await page.setViewportSize({ width: 360, height: 740 })
  await panel.getByRole('tab', { name: 'Names' }).click()
  await expect(row('cart.shop.svc.cluster.local', 'AAAA')).toContainText('no IPv6 cluster IP')
  await expectReadable(page, 'names on a phone')
})

test('[M10] [M15] embedded: in a pod the hosts file comes before DNS, and a short name goes through the search list', async ({
  page,
}) => {
  const shell = shellPage(page)
  const { panel } = inspectorPage(page)
  await shell.open(product.url)
  await shell.find('shop/checkout-')
  await page.keyboard.press('Enter')
  await panel.getByRole('tab', { name: 'Names' }).click()
  const ask = async (typed: string) => {
    await panel.getByRole('textbox').fill(typed)
    await page.keyboard.press('Enter')
  }
  await ask('billing')
  await expect(panel.locator('[data-look-up]')).toHaveAttribute('data-look-up', 'found')
  await expect(panel.locator('[data-look-up]')).toContainText('192.0.2.44')
  await ask('users.identity')
  await expect(panel.locator('[data-look-up]')).toContainText('10.96.83.40')
  await expect(panel.locator('[data-look-up-step]').last()).toContainText('users.identity.svc.cluster.local')
  await expect(page).toHaveURL(/[?&]name=users\.identity(&|$)/)
  await page.reload()
  await expect(panel.getByRole('textbox')).toHaveValue('users.identity')
  await expect(panel.locator('[data-look-up]')).toContainText('10.96.83.40')
  await expect(panel.locator('[data-search]').last()).toHaveText('legacy.example')
  await expect(panel.locator('[data-env="default/kubernetes"]')).toHaveAttribute('data-env-state', 'got')
  await expectAccessible(page, 'names in a pod')
  await page.setViewportSize({ width: 360, height: 740 })
  await expectReadable(page, 'names in a pod on a phone')
})
