import { expect, test } from '@playwright/test'
import { expectAccessible } from './pages/readable'
import { type Product, startProduct } from './product'

let product: Product

test.beforeAll(async () => {
  product = await startProduct({ TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SPEED: '0', TRIPLANE_AUTH: 'locked' })
})
test.afterAll(async () => {
  await product?.stop()
})

for (const theme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`the guide is readable in ${theme} at ${width} px, for everybody, and nothing of it is cut`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme: theme })
      for (const name of ['sign-in', 'troubleshooting', 'operating', 'cost']) {
        await page.goto(`${product.url}/docs/${name}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expectAccessible(page, name, 'all')
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
    })
  }
}

test('the locked page leads to the guide, and the guide to a place in it', async ({ page }) => {
  await page.goto(product.url)
  await page.getByRole('link', { name: 'How to install, sign in and operate Triplane' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Install' })).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Behind an Ingress' }).click()
  await page.getByRole('link', { name: 'the proxy holds the stream back' }).click()
  await expect(page).toHaveURL(/\/docs\/troubleshooting#silent$/)
  await expect(page.getByRole('heading', { name: 'silent', exact: true })).toBeInViewport()
})

test('an address that leads nowhere says so by its status as well, below the guide and among the links', async ({
  page,
}) => {
  for (const path of ['/docs/no-such-page', '/s/no-such-link', '/docs/install/deeper']) {
    const answer = await page.goto(product.url + path)
    expect([path, answer?.status()]).toEqual([path, 404])
    await expect(page.getByText('Nothing is here')).toBeVisible()
  }
})
