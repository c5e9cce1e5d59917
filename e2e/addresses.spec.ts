// The page of addresses and the help beside fields, as a person uses them.
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { type HelpTexts, helpKey } from '../components/inspector/help-key'
import { inspectorPage } from './pages/inspector-page'
import { expectLooksRight } from './pages/readable'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

const frozen = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' }

const texts = JSON.parse(readFileSync(new URL('../messages/en/fields.json', import.meta.url), 'utf8')) as HelpTexts

let product: Product
test.beforeAll(async () => {
  product = await startProduct(frozen)
})
test.afterAll(() => product?.stop())

test('[M1] embedded: an address typed into the palette leads to who has it, and from there to its range and back', async ({
  page,
}) => {
  const shell = shellPage(page)
  await shell.open(product.url)
  await shell.find('FD00:10:96::FFF0')
  await expect(page.locator('[data-find-page="addresses"]')).toContainText('fd00:10:96::fff0')
  await expect(page.locator('[data-find-page="addresses"] [data-owners=""]')).toBeVisible()
  await shell.paletteInput.fill('10.96.0.10')
  await expect(page.locator('[data-owners="kube-system/kube-dns"]')).toBeVisible()
  await page.locator('[data-find-page="addresses"]').click()
  await expect(page.locator('[data-address="10.96.0.10"]')).toHaveAttribute('data-plane', 'cluster-ip')
  await expect(page.locator('[data-finding="virtual"]')).toBeVisible()
  await expectLooksRight(page, 'an address')
  await page.locator('[data-owner="Service:kube-system/kube-dns"]').click()
  await expect(inspectorPage(page).heading).toContainText('kube-dns')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: '10.96.0.0/12' }).click()
  await expect(page.locator('[data-range="10.96.0.0/12"]')).toBeVisible()
  await expect(page.locator('[data-relation="same"]')).toBeVisible()
  await page.getByRole('searchbox', { name: 'IP address or range' }).fill('10.0.0.010')
  await expect(page.locator('[data-finding="ask-leading-zeros"]')).toContainText('10.0.0.10')
})

test('[M1] embedded: the map calls its planes by the ranges of the cluster, and every owner of an address is a link', async ({
  page,
}) => {
  const shell = shellPage(page)
  await shell.open(product.url)
  const range = page.locator('.map-gutter[data-plane="clusterIP"] [data-range="serviceCIDR"]')
  await expect(range).toContainText('10.96.0.0/12')
  await expect(page.locator('.map-gutter[data-plane="pods"] [data-range="podCIDR"]')).toBeVisible()
  await range.click()
  await expect(page).toHaveURL(/view=addresses&q=10\.96\.0\.0%?2?F?\/?12/)
  await expect(page.locator('[data-relation="same"]')).toBeVisible()
  // Found without a word typed, on a phone as well.
  await page.setViewportSize({ width: 360, height: 800 })
  await page.getByRole('button', { name: /^Find any name/ }).click()
  await shell.palette.locator('[data-find-page="addresses"]').click()
  await expect(page.locator('[data-service-range]')).toHaveCount(2)
  await page.getByRole('searchbox', { name: 'IP address or range' }).fill('203.0.113.40')
  const owners = page.locator('main a[data-owner]')
  await expect(owners).toHaveCount(2)
  for (const owner of await owners.all()) {
    const box = await owner.boundingBox()
    expect(Math.min(box?.height ?? 0, box?.width ?? 0)).toBeGreaterThanOrEqual(44)
  }
  await page.locator('a[data-owner="Ingress:shop/web"]').click()
  await expect(page).toHaveURL(/view=entries/)
  await expect(page.locator('[data-entry]')).toHaveCount(1)
  await expect(page.locator('[data-entry="Ingress shop/web"]')).toBeVisible()
  await page.goto(`${product.url}/?view=nodes&focus=Service:kube-system/kube-dns`)
  const own = page.locator('a[data-address-link="10.96.0.10"]')
  expect((await own.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  // What the link leads to is the same for who opens it beside.
  const beside = new URL((await own.getAttribute('href')) ?? '', page.url()).href
  await own.click()
  await expect(page.locator('[data-address="10.96.0.10"]')).toBeVisible()
  await page.goto(beside)
  await expect(page.locator('[data-address="10.96.0.10"]')).toBeVisible()
})

test('[M14] embedded: every range of both families and the node ports, readable at both ends of the scale', async ({
  page,
}) => {
  await shellPage(page).open(`${product.url}/?view=addresses`)
  await expect(page.locator('[data-families]')).toHaveAttribute('data-families', 'IPv4,IPv6')
  await expect(page.locator('[data-service-range]')).toHaveCount(2)
  await expect(page.locator('[data-node-ports-used]')).not.toHaveAttribute('data-node-ports-used', '0')
  await expect(
    page.getByRole('grid', { name: 'Ranges of pod IPs' }).locator('[data-range-source="pod-cidr"]').first(),
  ).toBeVisible()
  await expectLooksRight(page, 'the overview of addresses')
})

test('[M2] embedded: every field that an inspector shows says what it means, also to the keyboard', async ({
  page,
}) => {
  const { panel } = inspectorPage(page)
  for (const [focus, least] of [
    ['Service:ingress/ingress-nginx', 12],
    ['Service:shop/cart&tab=endpoints', 12],
    ['Node:node-1', 6],
    ['Node:node-1&tab=pods', 6],
  ] as const) {
    await shellPage(page).open(`${product.url}/?view=nodes&focus=${focus}`)
    // The parts of an object come one by one.
    await expect.poll(() => panel.locator('[data-field]').count(), focus).toBeGreaterThanOrEqual(least)
    const shown = await panel
      .locator('[data-field]')
      .evaluateAll((all) =>
        all.map((one) => ({ kind: one.getAttribute('data-kind') ?? '', field: one.getAttribute('data-field') ?? '' })),
      )
    const helped = new Set(
      await panel.locator('[data-help]').evaluateAll((all) => all.map((one) => one.getAttribute('data-help'))),
    )
    const without = shown.filter(({ kind, field }) => {
      // A row's own mark is no field.
      if (/^endpoints\[\d+\]$/.test(field)) return false
      const key = helpKey(texts, { kind, field })
      return key === undefined || !helped.has(`${kind}.${key}`)
    })
    expect(without, focus).toEqual([])
  }
  await shellPage(page).open(`${product.url}/?view=services&focus=Service:shop/cart`)
  await expect(panel.locator('[data-target-number]').first()).toBeVisible()
  const help = panel.locator('[data-help="Service.spec/ports[]/protocol"]')
  await help.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('PROXY is a header')
  await page.keyboard.press('Escape')
  await expect(help).toBeFocused()
  await expectLooksRight(page, 'a Service with help beside its fields')
})
