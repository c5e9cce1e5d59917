// The built product in Firefox: a smoke test of what other engines do differently (the stream, the policy, cookies, the keyboard).
// Playwright drives builds of its own alone; the system's Firefox speaks WebDriver BiDi.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, launch, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFirefox } from '../scripts/firefox.ts'
import { freePorts } from './cluster/free-ports.ts'
import { type Guard, startGuard } from './cluster/processes.ts'
import { makeCertificate } from './ingress/certificate.ts'
import { type Ingress, startNginx } from './ingress/proxies.ts'
import { type Product, startProduct } from './product.ts'

const firefox = await findFirefox()
if (firefox === undefined) console.warn('SKIPPED, the product in Firefox: there is none here')

const frozen = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SCENARIO: 'healthy', TRIPLANE_DEMO_SPEED: '0' }
const chipCount = '.map-chip[data-id="payments/webhooks"] .map-count'

describe.skipIf(firefox === undefined)('Firefox', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch({
      browser: 'firefox',
      executablePath: firefox ?? '',
      headless: true,
      acceptInsecureCerts: true,
      timeout: 90_000,
    })
  }, 120_000)
  afterAll(() => browser?.close())

  describe('on this machine', () => {
    let product: Product
    beforeAll(async () => {
      product = await startProduct(frozen)
    }, 90_000)
    afterAll(() => product?.stop())

    test('shows the map, and a change as it happens, without a reload; the palette opens and finds by keyboard', async () => {
      const { page, found } = await open(browser, `${product.url}/`)
      await seesChange(page, product.url)

      await page.keyboard.press('/')
      await page.waitForSelector('[role="dialog"] [role="combobox"]', { visible: true })
      await page.keyboard.type('identity/tokens')
      await page.waitForFunction(() => document.querySelector('[role="option"]')?.textContent?.includes('tokens'))
      await page.keyboard.press('Enter')
      await page.waitForSelector('.map-slab[data-id="identity/tokens"]', { timeout: 15_000 })
      expect(new URL(page.url()).searchParams.get('focus')).toBe('Service:identity/tokens')
      expect(found).toEqual([])
      // What is not ours is stopped, and would have been told here.
      await page.evaluate(() => {
        const holder = document.createElement('div')
        holder.innerHTML = '<img src="data:," onerror="window.stolen = 1">'
        document.body.append(holder)
      })
      await expect.poll(() => found.join()).toContain('script-src-attr')
      expect(await page.evaluate(() => Reflect.get(window, 'stolen'))).toBeUndefined()
      await page.close()
    }, 120_000)

    test('opens a share link: its secret leaves the address, and its cookie is kept', async () => {
      const { page, found } = await open(browser, await makeLink(product))
      await page.waitForSelector('.map-chip', { timeout: 30_000 })
      expect(await textOf(page, 'body')).toContain('Read-only link')
      expect(await page.evaluate(() => location.hash)).toBe('')
      // A second time by the cookie alone.
      await page.reload()
      await page.waitForSelector('.map-chip', { timeout: 30_000 })
      expect(found).toEqual([])
      await page.close()
    }, 120_000)
  })

  test('behind nginx, with TLS and below a path: the same live page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'triplane-firefox-'))
    const [port = 0, upstream = 0] = await freePorts('127.0.0.1', 2)
    const path = '/tools/triplane'
    const url = `https://localhost:${port}${path}`
    let guard: Guard | undefined
    let ingress: Ingress | undefined
    let product: Product | undefined
    try {
      guard = startGuard(folder)
      const certificate = await makeCertificate(folder)
      const proxy = { folder, guard, port, path, upstreams: [upstream], certificate, idleSeconds: 60 }
      ingress = await startNginx(proxy)
      const keyFile = join(folder, 'key')
      writeFileSync(keyFile, randomBytes(32).toString('base64'), { mode: 0o600 })
      product = await startProduct({
        ...frozen,
        PORT: String(upstream),
        TRIPLANE_PUBLIC_URL: url,
        TRIPLANE_BASE_PATH: path,
        TRIPLANE_TRUSTED_PROXIES: '127.0.0.1',
        TRIPLANE_KEY_FILE: keyFile,
      })
      const { page, found } = await open(browser, url)
      await seesChange(page, product.url)
      expect(found).toEqual([])
      await page.close()
    } finally {
      await product?.stop()
      await ingress?.program.end('SIGTERM')
      await guard?.end()
      rmSync(folder, { recursive: true, force: true })
    }
  }, 180_000)
})

/** Opens a page and collects its errors, what its policy stops, and requests to anybody else. */
async function open(
  browser: Browser,
  url: string,
): Promise<{ readonly page: Page; readonly found: readonly string[] }> {
  const page = await browser.newPage()
  await page.setViewport({ width: 1600, height: 1000 })
  const found: string[] = []
  page.on('pageerror', (error) => found.push(`error: ${error instanceof Error ? error.message : String(error)}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content.Security.Policy/i.test(message.text())) found.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin) && !/^(data|blob):/.test(request.url()))
      found.push(request.url())
  })
  await page.evaluateOnNewDocument(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      console.error(`Content-Security-Policy stopped ${effectiveDirective} ${blockedURI}`)
    })
  })
  await page.goto(url, { waitUntil: 'domcontentloaded' })
  return { page, found }
}

const textOf = (page: Page, selector: string) => page.$eval(selector, (element) => element.textContent ?? '')

/** Waits for the map, scales a Service from outside the browser, and sees its number change in the same document. */
async function seesChange(page: Page, server: string): Promise<void> {
  await page.waitForSelector('button[data-stream="synced"]', { timeout: 30_000 })
  await page.waitForSelector(chipCount, { timeout: 30_000 })
  await page.evaluate(() => Reflect.set(window, 'sameDocument', true))
  const before = Number(await textOf(page, chipCount))
  await scale(server, before + 2)
  await page.waitForFunction(
    (selector: string, count: string) => document.querySelector(selector)?.textContent === count,
    { timeout: 15_000 },
    chipCount,
    String(before + 2),
  )
  expect(await page.evaluate(() => Reflect.get(window, 'sameDocument'))).toBe(true)
}

async function ask(server: string, procedure: string, input: object): Promise<unknown> {
  const answer = await fetch(`${server}/api/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${procedure}: ${answer.status} ${text}`)
  return JSON.parse(text).result.data
}

const scale = (server: string, replicas: number) =>
  ask(server, 'demo.run', { action: 'scale', args: { namespace: 'payments', name: 'webhooks', replicas } })

async function makeLink({ url }: Product): Promise<string> {
  const wish = { namespaces: ['shop'], mode: 'live', days: 1, search: '', label: 'Firefox' }
  const show = { addresses: false, nodeNames: false, externalNames: false, labels: [] }
  const made = (await ask(url, 'share.create', { ...wish, show })) as { readonly id: string; readonly token: string }
  return `${url}/s/${made.id}#${made.token}`
}
