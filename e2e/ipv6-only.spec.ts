// A cluster of IPv6 alone, as a person goes through it: no view speaks of the family that is not there, and long addresses fit.
import { expect, type Page, test } from '@playwright/test'
import { explainPage } from './pages/explain-page'
import { inspectorPage } from './pages/inspector-page'
import { mapPage } from './pages/map-page'
import { expectLooksRight } from './pages/readable'
import { rulesPage } from './pages/rules-page'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

let product: Product
test.beforeAll(async () => {
  product = await startProduct({
    TRIPLANE_CLUSTER: 'embedded',
    TRIPLANE_DEMO_SCENARIO: 'ipv6',
    TRIPLANE_DEMO_SEED: '7',
    TRIPLANE_DEMO_SPEED: '0',
  })
})
test.afterAll(() => product?.stop())

async function saysNothingOfIpv4(page: Page) {
  await expect(page.locator('body')).not.toContainText(/IPv4|\b\d+\.\d+\.\d+\.\d+\b/, { useInnerText: true })
}

test('[M14] embedded: of IPv6 alone, a Service stands on the map with its own addresses, and there is no family to choose', async ({
  page,
}) => {
  const [shell, map, inspector] = [shellPage(page), mapPage(page), inspectorPage(page)]
  await shell.open(`${product.url}/?focus=Service:reading/reader&from=Node:node-1`)
  await expect(map.routed).toHaveCount(3)
  await expect(shell.family('IPv4')).toHaveCount(0)
  await expect(inspector.panel).toContainText('fd5c:9a41:7e2b:10::b:52d9')
  const cards = () => map.routed.locator('[data-field="addresses[0]"]').allTextContents()
  await expect.poll(async () => new Set(await cards()).size).toBe(3)
  await expectLooksRight(page, 'a Service of IPv6')
  await saysNothingOfIpv4(page)

  await page.setViewportSize({ width: 1400, height: 900 })
  await shell.find('FD5C:9A41:7E2B:0010:0:0:000B:52D9')
  await expect(page.locator('[data-owners="reading/reader"]')).toBeVisible()
  await shell.paletteInput.press('Escape')

  await shell.open(product.url)
  const chips = await map.chip('reading/reader').locator('[data-field="spec.clusterIP"]').textContent()
  expect(chips).toMatch(/b:52d9$/)
  await saysNothingOfIpv4(page)
  await expectLooksRight(page, 'the map of IPv6')
})

test('[M14] embedded: of IPv6 alone, connections and rules are explained with commands for IPv6', async ({ page }) => {
  const [shell, explain] = [shellPage(page), explainPage(page)]
  await shell.open(`${product.url}/?view=explain&from=Pod:reading/books-0&to=http://[fd5c:9a41:7e2b:10::4:7c1e]/`)
  await expect(explain.verdict).toHaveAttribute('data-verdict', 'forward')
  await expectLooksRight(page, 'a URL of IPv6')
  await shell.open(`${product.url}/?view=explain&from=Node:node-1&to=catalog.reading:80`)
  await expect(explain.verdict).toHaveAttribute('data-verdict', 'forward')
  await saysNothingOfIpv4(page)
  await expectLooksRight(page, 'a name in IPv6')
  await expect(explain.commands.filter({ hasText: 'ip6tables-save -t nat' })).not.toHaveCount(0)
  for (const mode of ['iptables', 'nftables']) {
    await shell.open(`${product.url}/?view=rules&focus=Node:node-${mode === 'iptables' ? 1 : 2}`)
    await expect(rulesPage(page).root).toHaveAttribute('data-rules', mode)
    await expect(rulesPage(page).lines.filter({ hasText: '2001:db8:' })).not.toHaveCount(0)
    await saysNothingOfIpv4(page)
  }
  await shell.open(`${product.url}/?view=addresses`)
  await expect(page.locator('[data-families]')).toHaveAttribute('data-families', 'IPv6')
  await expectLooksRight(page, 'the ranges of IPv6')
})
