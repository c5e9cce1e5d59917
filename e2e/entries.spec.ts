// Ways in, as a person meets them: from the palette to what is broken, from a Service to its rules, and down to the endpoints.
import { expect, test } from '@playwright/test'
import { expectAccessible } from './pages/readable'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

let product: Product
test.beforeAll(async () => {
  product = await startProduct({
    TRIPLANE_CLUSTER: 'embedded',
    TRIPLANE_DEMO_SEED: '7',
    TRIPLANE_DEMO_SPEED: '0',
  })
})
test.afterAll(() => product?.stop())

test('[M12] embedded: an Ingress is found by its host, and what is broken of it is said', async ({ page }) => {
  const shell = shellPage(page)
  await shell.open(product.url)
  await shell.find('promo.example')
  await expect(page.locator('[data-find-text="Ingress shop/promotion"]')).toBeVisible()
  await page.keyboard.press('Enter')
  const card = page.locator('main [data-entry="Ingress shop/promotion"]')
  await expect(card.locator('[data-reason="entry-service-missing"]')).toContainText(
    'There is no Service shop/promotion.',
  )
  await page.getByRole('button', { name: 'All of them' }).click()
  await expect(page.locator('[data-other-routes]')).toContainText('GRPCRoute')
  await expectAccessible(page, page.url())
})

test('[M12] embedded: from a Service to the rule that leads there, and to its endpoints', async ({ page }) => {
  await shellPage(page).open(`${product.url}/?focus=Service:shop/web`)
  await expect(page.locator('[data-entries-count]')).toContainText(/[1-9]\d* rules? of .* this Service\./)
  await page.getByRole('button', { name: 'All ways in' }).click()
  await expect(page).toHaveURL(/tab=entries/)
  const rule = page.locator('[data-entry="HTTPRoute shop/storefront"]')
  await expect(rule).toHaveAttribute('data-share', '0.9')
  await expectAccessible(page, page.url())
  await rule.getByRole('button', { name: 'Explain' }).click()
  await expect(page.locator('[data-hop="entry"]')).toContainText('HTTPRoute shop/storefront: store.example.com/')
  await expect(page.locator('[data-hop="rule"]')).toHaveText([
    /90\s?% to port 80 of Service shop\/web/,
    /10\s?% to port 80/,
  ])
})

test('[M12] embedded: a URL pasted into the palette is explained, through a route or at the Service that it names', async ({
  page,
}) => {
  const shell = shellPage(page)
  await shell.open(product.url)
  await shell.find('$ curl -sv "https://store.example.com/"')
  await expect(shell.found.first()).toContainText('Where does https://store.example.com/ land?')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-hop="entry"]')).toContainText('HTTPRoute shop/storefront')
  await shell.find('http://cart.shop:80/x')
  await expect(shell.found.first()).toHaveAttribute('data-find-landing', 'cart.shop:80')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-destination="shop/cart"]')).toBeVisible()
  await expect(page).toHaveURL(/focus=Service:shop(\/|%2F)cart/)
  await expect(page).not.toHaveURL(/outside=/)
  await shell.find('http://')
  await expect(shell.palette).toContainText('“http://” was read as a URL')
  await page.keyboard.press('Escape')
  await expect(page.locator('main')).toBeFocused()

  await page.goto(`${product.url}/?view=explain&to=cart&from=Node:node-1`)
  await expect(page.locator('[data-explained="forward"]')).toBeVisible()
  await page.goto(`${product.url}/?view=explain&to=postgres&outside=*`)
  await expect(page.locator('[data-explained]')).not.toHaveAttribute('data-explained', '')
  await page.goto(`${product.url}/?view=explain&to=shop/cart`)
  await expect(shell.notes).toContainText('“shop/cart” cannot be called. Write a name or an address')
})
