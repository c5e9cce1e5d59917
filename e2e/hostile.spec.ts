// A cluster whose every text wants to be something else: a script, a template, a prototype, another line, another direction.
import { expect, type Locator, type Page, test } from '@playwright/test'
import { visibleText } from '../components/ui/visible-text'
import { type HostileCluster, startHostileCluster } from './hostile/cluster'
import { hostileStrings, treacherous } from './hostile/strings'
import { type Product, startProduct } from './product'

let cluster: HostileCluster
let product: Product
test.beforeAll(async () => {
  cluster = await startHostileCluster()
  product = await startProduct({
    TRIPLANE_CLUSTER: 'kubeconfig',
    KUBECONFIG: cluster.kubeconfig,
    TRIPLANE_SHARES: 'memory',
    TRIPLANE_LOG_LEVEL: 'debug',
  })
})
test.afterAll(async () => {
  await product?.stop()
  await cluster?.stop()
})

const names = hostileStrings.map((text) => `shop/${text}`)
const focusOn = (at: number, more = '') => `?focus=${encodeURIComponent(whole(`Service:${names[at]}`))}${more}`

async function services(): Promise<readonly string[]> {
  const answer = await product.fetch('/api/view.json?view=services')
  return Object.keys((await answer.json()).objects?.Service ?? {})
}

// Half a character is no character: on its way as bytes another one takes its place.
const whole = (text: string) => Buffer.from(text).toString()
const shown = (at: number) => visibleText(whole(hostileStrings[at] ?? ''))

test('[T15] [T16] hostile names and values are text in every view: nothing runs, nothing is stopped, nothing turns the writing', async ({
  page,
  context,
}) => {
  test.setTimeout(180_000)
  await expect.poll(async () => (await services()).length, { timeout: 30_000 }).toBeGreaterThan(hostileStrings.length)
  await product.signIn(context)
  const told = await watch(page)
  const inMain = (at: number) =>
    page
      .getByRole('main')
      .getByRole('row')
      .filter({ hasText: shown(at) })
  const panel = page.getByRole('complementary', { name: 'Details' }).getByRole('tabpanel')
  const inPanel = (at: number) => panel.getByText(shown(at))
  // With each a text of the cluster that is there once the view has been drawn. An address names no object with a space or a colon.
  const views: readonly (readonly [view: string, drawn: Locator])[] = [
    ['', page.locator('.map-chip').filter({ hasText: shown(0) })],
    ['?view=services', inMain(2)],
    ['?view=nodes', inMain(2)],
    ['?view=problems', inMain(0)],
    ['?focus=Node:node-1', inPanel(1)],
    ['?focus=Pod:shop/pod-0&tab=overview', inPanel(0)],
    [focusOn(0, '&tab=overview'), inPanel(0)],
    ['?focus=EndpointSlice:shop/slice-1&tab=overview', inPanel(1)],
    ['?focus=EndpointSlice:shop/slice-2&tab=endpoints', inPanel(2)],
    [focusOn(6, '&tab=slices'), inPanel(6)],
    [focusOn(7, '&tab=endpoints'), inPanel(7)],
    [focusOn(8, '&from=Node:node-8'), inPanel(8)],
    [focusOn(12, '&tab=problems'), inPanel(12)],
    [focusOn(13), inPanel(13)],
    ['?focus=Pod:shop/pod-16', panel.getByText(/^lone . surrogate/)],
    [focusOn(24, '&tab=overview'), inPanel(24)],
    [
      `?view=explain&focus=${encodeURIComponent(`Service:${names[7]}`)}&from=Pod:shop/pod-2`,
      page.getByRole('region', { name: 'Explain a connection' }).getByText(shown(7)),
    ],
    ['?view=rules&focus=Node:node-12', page.locator('[data-lines-of]').filter({ hasText: shown(1) })],
  ]
  for (const [view, drawn] of views) {
    await page.goto(product.url + view)
    await expect(page.locator('button[data-stream="synced"]')).toBeVisible({ timeout: 30_000 })
    await expect(drawn.filter({ visible: true }).first(), view).toBeVisible({ timeout: 30_000 })
    expect({ view, ...(await lookAt(page)) }).toEqual({ view, pwned: false, handlers: [], links: [], turned: [] })
    expect([view, told]).toEqual([view, []])
  }
  // What turns the writing is seen as what it is.
  await page.goto(product.url + focusOn(12, '&tab=overview'))
  await expect(page.getByText('turned\\u{202e}round').first()).toBeVisible()
})

test('[T15] in JSON and in the stream they are the texts they are, and no object of ours has their properties', async () => {
  const found = await services()
  expect(
    found
      .filter((name) => !name.startsWith('shop/away-'))
      .map(whole)
      .sort(),
  ).toEqual(names.map(whole).sort())
  const leaving = new AbortController()
  const input = encodeURIComponent(JSON.stringify({ parts: [{ key: 'overview' }] }))
  const stream = await product.fetch(`/api/trpc/graph.watch?input=${input}`, { signal: leaving.signal })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!/\nid: [^\n]+\n\n/.test(text.replaceAll('\r', ''))) {
    const read = await reader?.read()
    if (read === undefined || read.done) throw new Error(`the stream ended: ${text.slice(0, 300)}`)
    text += read.value
  }
  leaving.abort()
  const lines = text.split('\n').filter((line) => line !== '')
  expect(lines.filter((line) => !/^(id|data|event|retry|:)/.test(line))).toEqual([])
  const data = lines.filter((line) => line.startsWith('data: ')).map((line) => JSON.parse(line.slice(6)))
  const spoken = JSON.stringify(data)
  const missing = hostileStrings.filter((wanted) => !spoken.includes(JSON.stringify(wanted).slice(1, -1)))
  // What ends a line of the stream, or text altogether, is never in it as itself.
  expect({ missing, broken: /[\r\0]/.test(text) }).toEqual({ missing: [], broken: false })
})

test('[T16] in the log they are escaped, one line each, and read back as they were', async () => {
  const labels = hostileStrings.map((text) => whole(text.slice(0, 80))).filter((text) => text === text.trim())
  for (const label of labels) {
    const show = { addresses: false, nodeNames: false, externalNames: false, labels: [] }
    const body = JSON.stringify({ namespaces: ['shop'], show, mode: 'live', days: 1, search: '', label })
    const headers = { 'content-type': 'application/json' }
    const made = await product.fetch('/api/trpc/share.create', { method: 'POST', headers, body })
    expect([label, made.status]).toEqual([label, 200])
  }
  const lines = () =>
    product
      .log()
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.startsWith('{'))
  // The log comes by a pipe, after the answers, and its last line in pieces.
  const written = () =>
    lines()
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === 'share-created')
  await expect(() => expect(written().map(({ label }) => label)).toEqual(labels)).toPass({ timeout: 15_000 })
  expect(lines().filter((line) => treacherous.test(line))).toEqual([])
})

/** Collects dialogs, uncaught errors, what the policy stops and requests to anybody else. */
async function watch(page: Page): Promise<readonly string[]> {
  const told: string[] = []
  page.on('dialog', (dialog) => {
    told.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => told.push(`an error: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(product.url) && !/^(data|blob):/.test(request.url())) told.push(request.url())
  })
  await page.exposeFunction('tellStopped', (text: string) => told.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      const tell: unknown = Reflect.get(window, 'tellStopped')
      if (typeof tell === 'function') tell(`stopped: ${effectiveDirective} ${blockedURI}`)
    })
  })
  return told
}

/** What of the page is more than text: scripts that ran, handlers and addresses that came with it, characters that deceive. */
function lookAt(page: Page) {
  return page.evaluate((pattern) => {
    const deceives = new RegExp(pattern)
    const all = [...document.querySelectorAll('*')]
    const attributes = all.flatMap((element) => [...element.attributes].map(({ name, value }) => ({ name, value })))
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!/^(script|style)$/i.test(node.parentElement?.tagName ?? '')) texts.push(node.textContent ?? '')
    }
    const said = attributes.filter(({ name }) => /^(title|alt|placeholder|aria-label|aria-description)$/.test(name))
    return {
      pwned: Reflect.has(window, 'pwned') || Object.keys(Object.prototype).length > 0,
      handlers: attributes.filter(({ name }) => name.startsWith('on')).map(({ name, value }) => `${name}=${value}`),
      links: all.flatMap((one) => {
        const href = one.getAttribute('href') ?? ''
        return one.tagName === 'A' && !/^(https?:|\/|#|\?|$)/.test(href) ? [href] : []
      }),
      turned: [...texts, ...said.map(({ value }) => value)].filter((text) => deceives.test(text)).map(escape),
    }
  }, treacherous.source)
}
