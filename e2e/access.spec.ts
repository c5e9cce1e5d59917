// The doors: how somebody comes in with a browser, and what the page says when they do not.
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { leaveLaunchKey } from '../server/access/launch-key-files'
import { expectAccessible, expectReadable } from './pages/readable'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

let folder: string
let kubeconfig: string
let api: Server

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triplane-doors-'))
  kubeconfig = join(folder, 'kubeconfig')
  api = createServer((incoming, response) => {
    let body = ''
    incoming.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8')
    })
    incoming.on('end', () => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(said(incoming.url ?? '', body)))
    })
  }).listen(0, '127.0.0.1')
  await once(api, 'listening')
  const address = api.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${port}` } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    users: [{ name: 'test', user: {} }],
  }
  await writeFile(kubeconfig, JSON.stringify(config))
})
test.afterAll(async () => {
  api.closeAllConnections()
  api.close()
  await rm(folder, { recursive: true })
})

const lists: readonly [path: string, apiVersion: string, kind: string][] = [
  ['/services', 'v1', 'ServiceList'],
  ['/endpointslices', 'discovery.k8s.io/v1', 'EndpointSliceList'],
]

// The token `good` is somebody's who may see everything; `poor` is somebody's who may see nothing.
function said(url: string, body: string): object {
  const path = url.split('?')[0] ?? ''
  if (path.endsWith('/tokenreviews')) {
    const { token } = JSON.parse(body).spec
    const user = { username: `system:serviceaccount:team-a:${token}` }
    return {
      kind: 'TokenReview',
      status: ['good', 'poor'].includes(token) ? { authenticated: true, audiences: ['triplane'], user } : {},
    }
  }
  if (path.endsWith('/subjectaccessreviews')) {
    return { kind: 'SubjectAccessReview', status: { allowed: JSON.parse(body).spec.user.endsWith('good') } }
  }
  const [, apiVersion, kind] = lists.find(([end]) => path.endsWith(end)) ?? []
  return kind ? { apiVersion, kind, metadata: { resourceVersion: '1' }, items: [] } : { kind: 'Status', code: 404 }
}

async function withProduct(env: Record<string, string>, use: (product: Product) => Promise<void>) {
  const product = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: kubeconfig, ...env })
  try {
    await use(product)
  } finally {
    await product.stop()
  }
}

const widths = [
  { width: 1600, height: 1000 },
  { width: 390, height: 844 },
]

async function looksRight(page: Page, where: string) {
  for (const size of widths) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectReadable(page, `${where} ${size.width} ${colorScheme}`)
      await expectAccessible(page, `${where} ${size.width} ${colorScheme}`)
      if (process.env.TRIPLANE_DOOR_PICTURES) {
        await page.screenshot({
          path: join(process.env.TRIPLANE_DOOR_PICTURES, `${where}-${size.width}-${colorScheme}.png`),
        })
      }
    }
  }
  await page.setViewportSize({ width: 1600, height: 1000 })
}

test('[T11] local: the printed address opens the cluster and its key leaves the address bar; used again it says so', async ({
  page,
}) => {
  const home = join(folder, 'home')
  await withProduct({ HOME: home }, async ({ url }) => {
    await page.goto(`${url}/?view=services`)
    await expect(page.getByRole('heading', { name: 'Open Triplane from your terminal' })).toBeVisible()
    await looksRight(page, 'launch')
    const key = leaveLaunchKey({ env: { HOME: home }, port: Number(new URL(url).port) })
    await page.goto(`${url}/?view=services#key=${key}`)
    await page.reload()
    await expect(shellPage(page).stream).toBeVisible()
    await expect(page).toHaveURL(`${url}/?view=services`)
    await page.context().clearCookies()
    await page.goto('about:blank')
    await page.goto(`${url}/#key=${key}`)
    await expect(page.getByText('This address was used before, or has expired.')).toBeVisible()
    await expect(page).toHaveURL(`${url}/`)
  })
})

test('token: pasted, it signs in; the person is named and can leave; a wrong one is refused in words', async ({
  page,
}) => {
  await withProduct({ TRIPLANE_AUTH: 'token' }, async ({ url }) => {
    const shell = shellPage(page)
    const field = page.getByLabel('Token')
    const submit = page.getByRole('button', { name: 'Sign in' })
    await page.goto(`${url}/?view=services`)
    await expect(page.locator('pre')).toContainText('--audience=triplane')
    await looksRight(page, 'token')
    await field.fill('wrong')
    await submit.click()
    await expect(page.locator('[data-refused="token-rejected"]')).toBeVisible()
    await expectAccessible(page, 'token refused')
    await field.fill('good\n')
    await submit.click()
    await expect(shell.stream).toBeVisible()
    await expect(page).toHaveURL(`${url}/?view=services`)
    const person = page.getByRole('button', { name: 'Signed in as system:serviceaccount:team-a:good' })
    await expect(person).toContainText('team-a/good')
    await person.click()
    await expectAccessible(page, 'person')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(field).toBeVisible()
    expect(await page.context().cookies()).toEqual([])
    await field.fill('poor')
    await submit.click()
    await expect(page.getByRole('heading', { name: 'You may not list anything here yet' })).toBeVisible()
    await looksRight(page, 'sees-nothing')
  })
})

test('token: an open page of a session that is over shows the door', async ({ page }) => {
  await withProduct({ TRIPLANE_AUTH: 'token' }, async ({ url }) => {
    await page.goto(url)
    await page.getByLabel('Token').fill('good')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(shellPage(page).stream).toBeVisible()
    // As another tab of this browser would.
    await page.evaluate(() =>
      fetch('/api/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    )
    await expect(page.getByLabel('Token')).toBeVisible()
  })
})

test('[T1] locked: the page says what to set', async ({ page }) => {
  await withProduct({ TRIPLANE_AUTH: 'locked' }, async ({ url }) => {
    await page.goto(url)
    await expect(page.getByRole('heading', { name: 'Nobody has said yet who may look' })).toBeVisible()
    await expect(page.locator('pre').first()).toHaveText('TRIPLANE_AUTH=token')
    await looksRight(page, 'locked')
  })
})

test('[ask 33] anonymous: the page says that the door is open', async ({ page }) => {
  const env = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_AUTH: 'anonymous', TRIPLANE_ANONYMOUS_NAMESPACES: 'shop' }
  const product = await startProduct(env)
  try {
    const shell = shellPage(page)
    await shell.open(product.url, 'forbidden')
    const chip = page.getByRole('button', { name: 'open to everybody' })
    await chip.click()
    await expect(page.getByText('sees these namespaces, without signing in')).toBeVisible()
    await expectAccessible(page, 'anonymous')
    await expect(page.getByText('payments')).toHaveCount(0)
    if (process.env.TRIPLANE_DOOR_PICTURES)
      await page.screenshot({ path: join(process.env.TRIPLANE_DOOR_PICTURES, 'anonymous.png') })
  } finally {
    await product.stop()
  }
})
