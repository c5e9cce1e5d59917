// The pages obey their own content security policy: nothing in any view, dialog or menu, in either theme, is stopped by it, so
// nothing an attacker slips in could pass for something of ours. The product is served below a base path here.
import { expect, type Page, test } from '@playwright/test'
import { rulesPage } from './pages/rules-page'
import { type Product, startProduct } from './product'

const frozen = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' }
const base = '/tools/triplane'

const views = [
  '',
  '?focus=Service:shop/cart&from=Node:node-1',
  '?focus=Service:payments/fraud&from=Node:node-1&tab=slices',
  '?view=services',
  '?view=nodes&focus=Node:node-7',
  '?view=problems&focus=Service:identity/ldap-legacy&tab=problems',
  '?view=explain&focus=Service:shop/cart&from=Node:node-1',
  '?view=rules&focus=Node:node-4',
]

// With everything that moves.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

let product: Product
test.beforeAll(async () => {
  product = await startProduct({ ...frozen, TRIPLANE_BASE_PATH: base })
})
test.slow()
test.afterAll(() => product?.stop())

/** Collects what the policy stops from now on, and requests that leave this server. */
async function watchPolicy(page: Page): Promise<string[]> {
  const found: string[] = []
  await page.exposeFunction('tellViolation', (text: string) => found.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, sample } = event
      const tell: unknown = Reflect.get(window, 'tellViolation')
      if (typeof tell === 'function') tell([effectiveDirective, blockedURI, sourceFile, sample].join(' '))
    })
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${product.url}`) && !/^(data|blob):/.test(url)) found.push(`a request to ${url}`)
  })
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) found.push(message.text())
  })
  return found
}

const synced = (page: Page) => expect(page.locator('[data-stream="synced"]')).toBeVisible({ timeout: 30_000 })

for (const theme of ['light', 'dark'] as const) {
  test(`[T15] every view in ${theme} obeys the policy, and asks nobody else`, async ({ page }) => {
    const found = await watchPolicy(page)
    await page.emulateMedia({ colorScheme: theme })
    for (const view of views) {
      const answer = await page.goto(`${product.url}${view}`)
      expect(answer?.headers()['content-security-policy']).toContain("'strict-dynamic'")
      await synced(page)
      await page.evaluate(() => document.fonts.ready)
    }
    expect(found).toEqual([])
  })
}

test('[T15] dialogs, menus and the worker of the comparison obey it', async ({ page }) => {
  const found = await watchPolicy(page)
  await page.goto(product.url)
  await synced(page)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  // What holds the page still behind it is a style element of a library's: it carries the nonce.
  await expect(page.locator('body')).toHaveAttribute('data-scroll-locked', /\d/)
  expect(await page.evaluate(() => getComputedStyle(document.body).overflow)).toBe('hidden')
  await page.keyboard.press('Escape')
  await page.goto(`${product.url}?view=rules&focus=Node:node-4`)
  await synced(page)
  const rules = rulesPage(page)
  await rules.compareSide.click()
  await rules.paste.fill('*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n')
  await rules.compareNow.click()
  await expect(rules.comparison).toHaveAttribute('data-compare', /done|fault/)
  expect(found).toEqual([])
})

test('[T15] pages without a map obey it: a link that is unknown, an address that leads nowhere, a locked door', async ({
  page,
}) => {
  const found = await watchPolicy(page)
  // The answer of a page that is not there is an error in the console, and no violation.
  for (const [path, status, text] of [
    ['/s/aaaaaaaaaaaaaaaa#v1.unknown', 200, 'This link opens nothing'],
    ['/nothing-here', 404, 'Nothing is here'],
  ] as const) {
    const answer = await page.goto(`${product.url}${path}`)
    expect([path, answer?.status()]).toEqual([path, status])
    await expect(page.getByText(text)).toBeVisible({ timeout: 30_000 })
  }
  const locked = await startProduct({ ...frozen, TRIPLANE_AUTH: 'locked' })
  try {
    await page.goto(locked.url)
    await expect(page.getByText('Nobody has said yet who may look')).toBeVisible({ timeout: 30_000 })
  } finally {
    await locked.stop()
  }
  expect(found.filter((line) => !line.startsWith(`a request to ${locked.url}`))).toEqual([])
})

test('[T15] what is not ours is stopped: a script and a style without the nonce, a request elsewhere', async ({
  page,
}) => {
  const found = await watchPolicy(page)
  await page.goto(product.url)
  await synced(page)
  await page.evaluate(async () => {
    const holder = document.createElement('div')
    holder.innerHTML = '<img src="x" onerror="window.__stolen = 1"><style>body { outline: 1px solid red }</style>'
    document.body.append(holder)
    await fetch('https://evil.test/').catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 200))
  })
  expect(await page.evaluate(() => Reflect.get(window, '__stolen'))).toBeUndefined()
  const directives = found.map((line) => line.split(' ')[0])
  expect(directives).toEqual(expect.arrayContaining(['script-src-attr', 'style-src-elem', 'connect-src']))
})
