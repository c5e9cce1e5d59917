// A link from its making to its end, in browsers that know nothing of each other.
import { type Browser, expect, type Page, test } from '@playwright/test'
import { expectAccessible, expectReadable } from './pages/readable'
import { sharePage } from './pages/share-page'
import { type Product, startProduct } from './product'

let product: Product
test.beforeAll(async () => {
  product = await startProduct({ TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' })
})
test.afterAll(() => product?.stop())

type Size = { readonly width: number; readonly height: number }

/** Opens a link where nobody has been before, and remembers everything the browser asked for. */
async function openFresh(browser: Browser, link: string, viewport: Size = { width: 1600, height: 1000 }) {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => void asked.push(`${request.url()} ${request.headers().referer ?? ''}`))
  await page.goto(link)
  return { page, asked, close: () => context.close() }
}

async function makeLink(page: Page, search: string, label = 'platform on-call'): Promise<string> {
  const share = sharePage(page)
  await page.goto(`${product.url}/${search}`)
  await share.openDialog()
  const link = await share.make(label)
  await share.close()
  return link
}

test('[M16] embedded: a link shows what the page showed, to whoever has it, and closes within five seconds of its revocation', async ({
  page,
  browser,
}) => {
  const share = sharePage(page)
  await page.goto(`${product.url}/?focus=Service:shop/cart`)
  await share.openDialog()
  await expect(share.dialog.getByLabel('shop', { exact: true })).toBeChecked()
  await expect(share.goesOut).toContainText('shop/cart')
  await expect(share.goesOut.locator('[data-stays-hidden]')).toContainText('addresses, node names')
  const link = await share.make('platform on-call')
  expect(link).toMatch(new RegExp(`^${product.url}/s/[a-z2-7]{16}#v1\\.triplane_[A-Za-z0-9_-]{43}\\.[0-9a-f]{8}$`))
  const [secret = ''] = /triplane_[A-Za-z0-9_-]+/.exec(link) ?? []

  const reader = await openFresh(browser, link)
  const view = sharePage(reader.page)
  await expect(view.banner).toContainText('Read-only link from platform on-call, ends in 6 d 23 h.')
  await expect(view.banner).toContainText('Addresses, node names, names outside the cluster, and labels are hidden.')
  await expect(reader.page.getByRole('banner')).toContainText('shop/cart')
  await expect(reader.page.getByRole('complementary')).toContainText('16 ready')
  await expect(reader.page).toHaveURL(/\/s\/[a-z2-7]{16}\?focus=Service/)
  // [T4] Neither what was asked for, nor where from, nor what the server wrote holds the secret.
  expect(reader.asked.filter((line) => line.includes(secret) || line.includes('#'))).toEqual([])
  expect(reader.asked.filter((line) => line.split(' ')[1] !== '')).toEqual([])
  expect(product.log()).not.toContain(secret)
  // Nothing of what is not theirs: other namespaces, controls, the cluster's name.
  const text = await reader.page.locator('body').innerText()
  for (const hidden of ['payments', 'fraud', 'kube-system', 'node-1', 'Scale', 'simulated']) {
    expect(text, hidden).not.toContain(hidden)
  }
  await expect(reader.page.getByRole('button', { name: 'Share', exact: true })).toHaveCount(0)
  await expect(reader.page.getByRole('button', { name: /^Cluster:/ })).toHaveCount(0)
  // A reload comes back by the cookie.
  await reader.page.reload()
  await expect(view.banner).toBeVisible()

  await share.close()
  await share.openDialog()
  await share.dialog.getByRole('tab', { name: 'Links' }).click()
  const row = share.dialog.locator('[data-link]').first()
  await expect(row).toContainText('platform on-call')
  await row.getByRole('button', { name: /^Revoke/ }).click()
  const revokedAt = Date.now()
  await expect(view.closed('share-revoked')).toBeVisible({ timeout: 5000 })
  expect(Date.now() - revokedAt).toBeLessThan(5000)
  await expect(row).toHaveAttribute('data-state', 'revoked')
  expect(await reader.page.locator('body').innerText()).not.toContain('cart')
  // It stays closed, and asks no more.
  const asked = reader.asked.length
  await reader.page.waitForTimeout(2500)
  expect(reader.asked.length).toBe(asked)
  await reader.close()
  const late = await openFresh(browser, link)
  await expect(sharePage(late.page).closed('share-unknown')).toBeVisible()
  await late.close()
})

test('[T4] whoever fetches a link to preview it learns nothing, not even whether it is there', async ({ page }) => {
  const link = await makeLink(page, '?focus=Service:shop/cart')
  const [address = ''] = link.split('#')
  const [there, nowhere] = await Promise.all(
    [address, address.replace(/[^/]+$/, 'aaaaaaaaaaaaaaaa')].map(async (url) => {
      const answer = await fetch(url, { headers: { 'user-agent': 'unfurl-bot' } })
      const headers = Object.fromEntries(answer.headers)
      expect(answer.status).toBe(200)
      expect(headers).not.toHaveProperty('set-cookie')
      expect(headers['cache-control']).toContain('no-store')
      expect(headers['referrer-policy']).toBe('no-referrer')
      const [id = ''] = /[^/]+$/.exec(url) ?? []
      const html = (await answer.text()).replaceAll(id, 'ID')
      return html.replace(/nonce(?:=|\\?":)\\?"[^"\\]*\\?"|[A-Za-z0-9+/=_-]{20,}/g, '')
    }),
  )
  expect(there).toBe(nowhere)
  for (const word of ['cart', 'platform', 'namespace shop']) expect(there).not.toContain(word)
})

test('[ask 21] a picture shows the moment it was taken', async ({ page, browser }) => {
  const share = sharePage(page)
  await page.goto(`${product.url}/?view=services&ns=shop`)
  await share.openDialog()
  await share.dialog.getByLabel('A picture of now').check()
  await expect(share.goesOut).toContainText('shop/cart')
  const reader = await openFresh(browser, await share.make('release team'))
  await expect(sharePage(reader.page).banner).toContainText('A picture of')
  await expect(reader.page.getByRole('main')).toContainText('cart')
  await reader.close()
})

test('a link can be made, copied and revoked by keyboard alone', async ({ page }) => {
  const share = sharePage(page)
  await page.goto(`${product.url}/?focus=Service:shop/cart`)
  const button = page.getByRole('button', { name: 'Share', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(share.dialog).toBeFocused()
  await share.dialog.getByLabel('Shared by').focus()
  await page.keyboard.type('keyboard')
  await page.keyboard.press('Enter')
  await expect(share.dialog.getByRole('heading', { name: 'The link is ready' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
})

test.describe('can be read', () => {
  // axe takes its time on a busy machine.
  test.describe.configure({ timeout: 180_000 })

  for (const { theme, width } of [
    { theme: 'dark', width: 1600 },
    { theme: 'light', width: 390 },
  ] as const) {
    test(`the dialog, ${theme}, ${width} wide`, async ({ page }) => {
      const share = sharePage(page)
      await page.emulateMedia({ colorScheme: theme })
      await page.setViewportSize({ width, height: 1000 })
      await page.goto(`${product.url}/?focus=Service:shop/cart`)
      await share.openDialog()
      await expect(share.goesOut).toContainText('shop/cart')
      await expectReadable(page, 'new link')
      await expectAccessible(page, 'new link')
      await share.make('a team with quite a long name indeed')
      await share.dialog.getByRole('tab', { name: 'Links' }).click()
      await expect(share.dialog.locator('[data-link]').first()).toBeVisible()
      await expectReadable(page, 'links')
      await expectAccessible(page, 'links')
    })
  }

  for (const { theme, width, height } of [
    { theme: 'dark', width: 390, height: 844 },
    { theme: 'light', width: 1920, height: 1080 },
  ] as const) {
    test(`the page of a link, ${theme}, ${width} wide`, async ({ page, browser }) => {
      const link = await makeLink(page, '?focus=Service:shop/cart')
      const reader = await openFresh(browser, link, { width, height })
      await reader.page.emulateMedia({ colorScheme: theme })
      await expect(sharePage(reader.page).banner).toBeVisible()
      for (const view of ['Map', 'Services', 'Problems']) {
        await reader.page.getByRole('navigation').getByRole('button', { name: view }).click()
        await expectReadable(reader.page, view)
        await expectAccessible(reader.page, view)
      }
      await reader.page.goto(`${product.url}/s/aaaaaaaaaaaaaaaa#nothing`)
      await expect(sharePage(reader.page).closed('share-unknown')).toBeVisible()
      await expectReadable(reader.page, 'closed')
      await expectAccessible(reader.page, 'closed')
      await reader.close()
    })
  }
})
