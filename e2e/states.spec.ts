// What a person sees when there is nothing to see, or not any more, and the dialogs: readable at a phone's and a screen's width,
// in both themes, and nothing for axe to find.
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { expect, type Page, type TestInfo, test } from '@playwright/test'
import { expectAccessible, expectReadable } from './pages/readable'
import { type StreamShape, shellPage } from './pages/shell-page'
import { freePort, type Product, startProduct } from './product'

const frozen = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' }

async function looksRight(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of [360, 1600]) {
      await page.setViewportSize({ width, height: width < 768 ? 800 : 1000 })
      await expectReadable(page, `${what}, ${colorScheme}, ${width} px`)
      await expectAccessible(page, `${what}, ${colorScheme}, ${width} px`)
    }
  }
}

test.describe('with the embedded cluster', () => {
  let product: Product
  test.beforeAll(async () => {
    product = await startProduct(frozen)
  })
  test.afterAll(() => product?.stop())

  test('a filter that leaves nothing', async ({ page }) => {
    const shell = shellPage(page)
    await shell.open(`${product.url}/?label=app=nowhere`)
    await expect(page.locator('[data-empty-filter]')).toBeVisible()
    await looksRight(page, 'nothing left')
  })

  test('a filter on the map beside the panel of what is now, on a laptop: no word of the map is cut', async ({
    page,
  }) => {
    const shell = shellPage(page)
    await page.setViewportSize({ width: 1440, height: 1000 })
    await shell.open(`${product.url}/?ns=shop`)
    await expect(shell.now).toBeVisible()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expectReadable(page, `a filter, ${colorScheme}, 1440 px`)
      await expectAccessible(page, `a filter, ${colorScheme}, 1440 px`)
    }
    const texts = page.locator('.map-gutter > b, .map-gutter li, .map-node-word, .map-way b')
    await expect(texts).not.toHaveCount(0)
    const cut = await texts.evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
    )
    expect(cut).toEqual([])
  })

  test('the palette with what it found, and with nothing found', async ({ page }) => {
    const shell = shellPage(page)
    await shell.open(product.url)
    await shell.find('cart')
    await expect(shell.found.first()).toBeVisible()
    await looksRight(page, 'palette')
    await shell.paletteInput.fill('there is no such thing')
    await expect(shell.found).toHaveCount(0)
    await looksRight(page, 'empty palette')
  })

  test('the keys', async ({ page }) => {
    const shell = shellPage(page)
    await shell.open(product.url)
    await page.keyboard.press('?')
    await expect(shell.keys).toBeVisible()
    await looksRight(page, 'keys')
  })
})

test('a picture that is old', async ({ page }) => {
  const shell = shellPage(page)
  const own = await startProduct(frozen)
  try {
    await shell.open(own.url)
  } finally {
    await own.stop()
  }
  await shell.isStream('stale')
  await looksRight(page, 'stale')
})

for (const [shape, answer] of [
  ['forbidden', (response) => response.writeHead(403, json).end(status(403, 'Forbidden'))],
  ['broken', (response) => response.writeHead(500, json).end(status(500, 'InternalError'))],
  ['connecting', () => undefined],
] as const satisfies readonly (readonly [StreamShape, (response: ServerResponse) => unknown])[]) {
  test(`a cluster that is ${shape}`, async ({ page }, info) => {
    const api = createServer((_request, response) => void answer(response))
    const kubeconfig = await listen(api, info)
    const own = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: kubeconfig })
    await own.signIn(page.context())
    try {
      await shellPage(page).open(own.url, shape)
      await looksRight(page, shape)
    } finally {
      await own.stop()
      api.closeAllConnections()
      api.close()
    }
  })
}

const json = { 'content-type': 'application/json' }

function status(code: number, reason: string): string {
  return JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message: reason, code })
}

/** Lets an API server listen, and writes the kubeconfig that leads to it. */
async function listen(api: Server, info: TestInfo): Promise<string> {
  const port = await freePort()
  api.listen(port, '127.0.0.1')
  await once(api, 'listening')
  const path = info.outputPath('kubeconfig')
  const one = (name: string, key: string, value: object) => ({ name, [key]: value })
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'c',
    contexts: [one('c', 'context', { cluster: 'c', user: 'u' })],
    clusters: [one('c', 'cluster', { server: `http://127.0.0.1:${port}` })],
    users: [one('u', 'user', { token: 't' })],
  }
  await writeFile(path, JSON.stringify(content))
  return path
}
