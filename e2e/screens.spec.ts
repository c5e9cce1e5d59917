// Every screen at every width, and in the dark theme at the widths of axe: no overlapping or clipped text, nothing for axe to find. With
// TRIPLANE_UPDATE_SCREENS=1 the pictures of docs/screens/ are made anew, at the size of the reference drawings.
import { expect, type Page, test } from '@playwright/test'
import { onePage } from './pages/one-page'
import { expectAccessible, expectReadable } from './pages/readable'
import { type Product, startProduct } from './product'

// A page is loaded as a phone and as a screen have it, and from there drawn out as a window is. The long tests load it at each.
const long = process.env.TRIPLANE_TEST_LONG === '1'
const widths = [
  { width: 360, loads: true },
  { width: 768, loads: false },
  { width: 1600, loads: true },
  { width: 1024, loads: false },
  { width: 1440, loads: false },
  { width: 2560, loads: false },
] as const
// A theme changes colours, not letters: in the dark one every width is the long tests'.
const themes = ['light', 'dark'] as const
const update = process.env.TRIPLANE_UPDATE_SCREENS === '1'

// A frozen world, so that a picture changes only when the product does.
const frozen = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' }

const screens = [
  { name: 'map-cluster', path: '/' },
  { name: 'focus-service', path: '/?focus=Service:shop/cart&from=Node:node-1' },
  { name: 'focus-hints', path: '/?focus=Service:payments/fraud&from=Node:node-1&tab=slices' },
  { name: 'node-inspector', path: '/?view=nodes&focus=Node:node-7' },
  { name: 'services', path: '/?view=services' },
  { name: 'nodes', path: '/?view=nodes' },
  { name: 'problems', path: '/?view=problems&focus=Service:identity/ldap-legacy&tab=problems' },
  { name: 'explain', path: '/?view=explain&focus=Service:shop/cart&from=Node:node-1' },
  { name: 'explain-drop', path: '/?view=explain&focus=Service:identity/ldap-legacy&from=Node:node-1' },
  { name: 'rules', path: '/?view=rules&focus=Node:node-4' },
] as const

let product: Product
test.beforeAll(async () => {
  product = await startProduct(frozen)
})
const thePage = onePage()
test.afterAll(() => product?.stop())

async function open(page: Page, path: string): Promise<void> {
  await page.goto(product.url + path)
  await expect(page.locator('[data-stream="synced"]')).toBeVisible()
  await page.evaluate(() => document.fonts.ready)
}

for (const { name, path } of screens) {
  test(`${name}: readable at every width in both themes, and axe finds nothing`, async () => {
    const page = thePage()
    for (const { width, loads } of widths) {
      await page.setViewportSize({ width, height: width < 768 ? 800 : 1000 })
      for (const theme of loads || long ? themes : themes.slice(0, 1)) {
        const where = `${name} ${theme} at ${width} px`
        await page.emulateMedia({ colorScheme: theme })
        if (long || update || (loads && theme === 'light')) await open(page, path)
        await expectReadable(page, where)
        if (!loads) {
          // What a new width moves comes late: it was readable before, and is to be once more.
          await page.waitForTimeout(300)
          await expectReadable(page, where)
        }
        if (loads) await expectAccessible(page, where)
        if (update && width === 1600) await page.screenshot({ path: `docs/screens/${name}-${theme}.png` })
      }
    }
  })
}
