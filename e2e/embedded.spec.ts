// What a person does with the dashboard, on the shop of the embedded cluster with its clock stopped: finding, filtering,
// choosing a source, by mouse and by keyboard, and the address that keeps it all.
import { expect, type Page, test } from '@playwright/test'
import { inspectorPage } from './pages/inspector-page'
import { listPage } from './pages/list-page'
import { mapPage } from './pages/map-page'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

let product: Product
test.beforeAll(async () => {
  product = await startProduct({ TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' })
})
test.afterAll(() => product?.stop())

const pagesOf = (page: Page) => ({
  shell: shellPage(page),
  map: mapPage(page),
  inspector: inspectorPage(page),
  list: listPage(page),
})

test('[M16] embedded: the cluster is named, and said to be simulated', async ({ page }) => {
  const { shell } = pagesOf(page)
  await shell.open(product.url)
  await page.getByRole('button', { name: 'Cluster: shop' }).click()
  await expect(page.getByText('This cluster is simulated on this machine. No real cluster is read.')).toBeVisible()
})

test('a copied address shows the same in another browser, and Back undoes the last step', async ({ page, browser }) => {
  const { shell, map, inspector } = pagesOf(page)
  await shell.open(product.url)
  await map.chip('payments/fraud').click()
  await shell.chooseSource('node-1', 'node-1')
  await inspector.tab('Slices').click()
  await expect(page).toHaveURL(/tab=slices/)
  await expect(map.routed).toHaveCount(7)
  const seen = async (of: Page) => ({
    leaves: await shellPage(of).leavesZone.getAttribute('data-leaves-zone'),
    source: await shellPage(of).source.getAttribute('data-source'),
    routed: await mapPage(of).routed.evaluateAll((cards) => cards.map((card) => card.getAttribute('data-id')).sort()),
    slices: await inspectorPage(of).slices.evaluateAll((all) => all.map((one) => one.getAttribute('data-slice'))),
  })
  const first = await seen(page)
  expect(first).toMatchObject({ source: 'node-1', slices: expect.arrayContaining(['payments/fraud-canary']) })

  const other = await (await browser.newContext()).newPage()
  await shellPage(other).open(page.url())
  await expect(mapPage(other).routed).toHaveCount(7)
  expect(await seen(other)).toEqual(first)
  await other.context().close()

  await page.goBack()
  await expect(shell.source).toHaveAttribute('data-source', '')
  await page.goBack()
  await expect(map.chip('payments/fraud')).toBeVisible()
})

test('what an address says wrongly is noted, and the rest of it holds', async ({ page }) => {
  const { shell, map } = pagesOf(page)
  await shell.open(`${product.url}/?focus=Service:shop/cart&family=IPv5&colour=red`)
  await expect(map.slab('shop/cart')).toBeVisible()
  const notes = page.getByRole('alert').filter({ has: page.getByRole('listitem') })
  await expect(notes).toContainText('family')
  await expect(notes).toContainText('IPv5')
  await expect(notes).toContainText('colour')
})

test('what an address names and the cluster does not have is noted, and the rest of it holds', async ({ page }) => {
  const { shell, map, inspector } = pagesOf(page)
  await shell.open(`${product.url}/?focus=Service:shop/cart&port=none/TCP&from=Node:nobody&tab=pods`)
  await expect(map.slab('shop/cart')).toBeVisible()
  await expect(map.routed).toHaveCount(16)
  await expect(shell.notes).toHaveCount(3)
  for (const said of ['none/TCP', 'Node:nobody', 'overview|slices|endpoints']) {
    await expect(shell.notes.filter({ hasText: said })).toHaveCount(1)
  }
  await expect(inspector.tab('Overview')).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('button', { name: 'Close' }).first().click()
  await expect(shell.notes).toHaveCount(0)
})

test('a filter that nothing passes says so instead of showing an empty cluster', async ({ page }) => {
  const { shell, map } = pagesOf(page)
  await shell.open(`${product.url}/?ns=nowhere`)
  await expect(shell.notes).toContainText(['nowhere'])
  const nothing = page.getByRole('region', { name: 'Nothing here passes the filter' })
  await expect(nothing).toBeVisible()
  await expect(map.chips).toHaveCount(0)
  await nothing.getByRole('button', { name: 'Show everything' }).click()
  await expect(nothing).toHaveCount(0)
  await expect(shell.notes).toHaveCount(0)
  await expect(map.chip('shop/cart')).toBeVisible()
  await expect(page).not.toHaveURL(/ns=/)
})

const findings = [
  { text: 'fraud', id: 'ServiceSummary:payments/fraud' },
  { text: '10.96.24.31', id: 'ServiceSummary:payments/fraud' },
  { text: '30080', id: 'ServiceSummary:shop/web' },
  { text: '10.0.2.11', id: 'NodeSummary:node-1' },
  { text: 'FD00:0010:0000:0002:0000:0000:0000:000B', id: 'NodeSummary:node-1' },
] as const
for (const { text, id } of findings) {
  test(`the palette finds ${id} by ${text}`, async ({ page }) => {
    const { shell, inspector } = pagesOf(page)
    await shell.open(product.url)
    await shell.find(text)
    await expect(shell.found.first()).toHaveAttribute('data-find', id)
    await page.keyboard.press('Enter')
    await expect(shell.palette).toBeHidden()
    await expect(inspector.heading).toContainText(id.slice(id.lastIndexOf('/') + 1).replace('NodeSummary:', ''))
  })
}

test('the palette says when nothing is found', async ({ page }) => {
  const { shell } = pagesOf(page)
  await shell.open(product.url)
  await shell.find('no-such-thing')
  await expect(shell.palette).toContainText('Nothing has the name “no-such-thing”. Write a name or')
  await expect(shell.found).toHaveCount(0)
})

test('namespaces and labels limit the map and the lists, and are in the address', async ({ page }) => {
  const { shell, map, list } = pagesOf(page)
  await shell.open(product.url)
  await shell.openFilter()
  await page.getByRole('button', { name: 'payments', exact: true }).click()
  await expect(page).toHaveURL(/ns=payments/)
  await expect(map.chips).toHaveCount(5)
  await page.keyboard.press('Escape')
  await shell.view('Services')
  await expect(list.rows).toHaveCount(5)
  await expect(list.row('payments/fraud')).toBeVisible()
  await page.getByRole('button', { name: 'Remove payments' }).click()
  await expect(list.row('batch/scheduler')).toBeVisible()

  await shell.openFilter()
  await page.getByRole('textbox', { name: /^Label to filter by/ }).fill('no label')
  await page.getByRole('button', { name: 'Add' }).click()
  await expect(page.getByText('A label is written key=value, without a comma.')).toBeAttached()
  await page.getByRole('textbox', { name: /^Label to filter by/ }).fill('k8s-app=kube-dns')
  await page.getByRole('button', { name: 'Add' }).click()
  await expect(list.rows).toHaveCount(1)
  await expect(list.row('kube-system/kube-dns')).toBeVisible()
})

test('the address family changes what the map shows, by switch and by key', async ({ page }) => {
  const { shell, map } = pagesOf(page)
  await shell.open(`${product.url}/?focus=Service:shop/web`)
  const address = map.slab('shop/web').locator('[data-field="spec.clusterIP"]')
  await expect(address).toHaveText('10.96.32.80')
  await expect(map.endpoints).toHaveCount(12)
  await shell.family('IPv6').click()
  await expect(page).toHaveURL(/family=IPv6/)
  await expect(address).toHaveText(/^fd00:/)
  await expect(map.endpoints).toHaveCount(12)
  await page.keyboard.press('f')
  await expect(address).toHaveText('10.96.32.80')
})

test('[S] takes what the cursor is on as source: a node, then a pod', async ({ page }) => {
  const { shell, map } = pagesOf(page)
  await shell.open(`${product.url}/?focus=Service:shop/catalog`)
  await expect(map.endpoints.first()).toBeVisible()
  for (const plane of ['nodes', 'pods'] as const) {
    const cursor = map.cursor(plane)
    await cursor.focus()
    await page.keyboard.press('ArrowRight')
    const target = (await cursor.getAttribute('data-target')) ?? ''
    expect(target).not.toBe('')
    await page.keyboard.press('s')
    await expect(shell.source).toHaveAttribute('data-source', target)
    await expect(shell.leavesZone).toBeVisible()
  }
  await page.getByRole('button', { name: 'Forget the source' }).click()
  await expect(shell.source).toHaveAttribute('data-source', '')
})

test('[S] with a Service in focus opens the choice of a source, from a list too', async ({ page }) => {
  const { shell } = pagesOf(page)
  const choice = page.getByPlaceholder('Pod or node by name or IP')
  for (const view of ['map', 'services'] as const) {
    await shell.open(`${product.url}/?view=${view}&focus=Service:shop/catalog`)
    await page.keyboard.press('s')
    await expect(choice).toBeFocused()
    await expect(choice).toHaveValue('')
    await choice.fill('node-3')
    await page.keyboard.press('Enter')
    await expect(shell.source).toHaveAttribute('data-source', 'node-3')
  }
})

test('[ and ] lead to the zones from anywhere on the map, and along them', async ({ page }) => {
  const { shell, map, list } = pagesOf(page)
  await shell.open(product.url)
  await expect(map.chips.first()).toBeVisible()
  const cursor = map.cursor('nodes')
  await page.keyboard.press(']')
  await expect(cursor).toBeFocused()
  const zoneOf = async () => {
    const { objects } = await (await fetch(`${product.url}/api/view.json?view=nodes`)).json()
    return objects.Node[(await cursor.getAttribute('data-target')) ?? '']?.triplane.zone
  }
  await page.keyboard.press('Home')
  while ((await zoneOf()) !== 'zone-a') await page.keyboard.press('[')
  await page.keyboard.press(']')
  await expect.poll(zoneOf).toBe('zone-b')
  await page.keyboard.press(']')
  await expect.poll(zoneOf).toBe('zone-c')
  await page.keyboard.press('[')
  await expect.poll(zoneOf).toBe('zone-b')

  await shell.view('Nodes')
  const grid = page.getByRole('grid')
  await grid.focus()
  const first = await grid.getAttribute('aria-activedescendant')
  await page.keyboard.press(']')
  await expect(grid).not.toHaveAttribute('aria-activedescendant', first ?? '')
  await expect(list.rows.first()).toBeVisible()
})

test('everything by keyboard: to a plane, along it, into a Service, out, the keys, the views', async ({ page }) => {
  const { shell, map, inspector, list } = pagesOf(page)
  await shell.open(product.url)
  await expect(map.chips.first()).toBeVisible()
  const services = map.cursor('clusterIP')
  const onPlane = () => services.evaluate((cursor) => cursor === document.activeElement)
  for (let tabs = 0; tabs < 40 && !(await onPlane()); tabs += 1) await page.keyboard.press('Tab')
  await expect(services).toBeFocused()
  const first = await services.getAttribute('data-target')
  await page.keyboard.press('ArrowRight')
  await expect(services).not.toHaveAttribute('data-target', first ?? '')
  await expect(services).toHaveAccessibleName(/^Service .+ ready$/)
  const target = (await services.getAttribute('data-target')) ?? ''
  await page.keyboard.press('Enter')
  await expect(map.slab(target)).toBeVisible()
  await expect(inspector.heading).toContainText(target.split('/')[1] ?? '')
  await page.keyboard.press('Escape')
  await expect(map.chip(target)).toBeVisible()

  await page.keyboard.press('?')
  await expect(shell.keys).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(shell.keys).toBeHidden()
  await page.keyboard.press('2')
  await expect(list.row('batch/scheduler')).toBeVisible()
  await page.keyboard.press('3')
  await expect(list.row('node-1')).toBeVisible()
  await page.keyboard.press('1')
  await expect(map.region).toBeVisible()
})

test('the keyboard goes where the page goes: into the panel from the palette, into the view by a key, and back by Esc', async ({
  page,
}) => {
  const { shell, map, inspector } = pagesOf(page)
  await shell.open(product.url)
  await expect(map.chips.first()).toBeVisible()
  await shell.find('shop/cart')
  await expect(shell.found.first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(inspector.heading).toContainText('cart')
  await expect(shell.now).toBeFocused()
  await page.keyboard.press('e')
  await expect(page).toHaveURL(/view=explain/)
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/view=explain/)
  await expect(map.slab('shop/cart')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(map.chip('shop/cart')).toBeVisible()
  await expect(page.getByRole('main')).toBeFocused()
})

test('on a phone the panel of a focus lies below what is said of the page', async ({ page }) => {
  const { shell, inspector } = pagesOf(page)
  await page.setViewportSize({ width: 360, height: 780 })
  await shell.open(`${product.url}/?focus=Service:shop/cart&from=Node:no-such`)
  await expect(inspector.heading).toContainText('cart')
  const note = await shell.notes.first().boundingBox()
  const panel = await shell.now.boundingBox()
  expect((note?.y ?? 1e6) + (note?.height ?? 0)).toBeLessThanOrEqual(panel?.y ?? 0)
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).click()
  await expect(shell.notes).toHaveCount(0)
})

test('on a phone the bar leaves the search a button that a finger meets, however long the name of the cluster', async ({
  page,
}) => {
  const { shell } = pagesOf(page)
  await page.setViewportSize({ width: 360, height: 780 })
  await shell.open(product.url)
  const name = page.getByRole('button', { name: /^Cluster: / })
  await name
    .locator('bdi, span')
    .first()
    .evaluate((one) => one.append('-a-name-as-clouds-make-them'))
  const search = await page.getByRole('button', { name: 'Find any name, IP, port or URL' }).boundingBox()
  const box = await name.boundingBox()
  expect(search?.width).toBeGreaterThanOrEqual(44)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(search?.x ?? 0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})

test('the theme is switched at once, and is in the page before its first paint', async ({ page }) => {
  const { shell } = pagesOf(page)
  await page.emulateMedia({ colorScheme: 'light' })
  await shell.open(product.url)
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await ground()
  await page.getByRole('button', { name: 'Switch between light and dark' }).click()
  await expect.poll(ground).not.toBe(light)
  const dark = await ground()
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url() === `${product.url}/`),
    page.reload(),
  ])
  expect(await answer.text()).toMatch(/<html[^>]* data-theme="dark"/)
  expect(await ground()).toBe(dark)
  // A key is heard once the page has come to life.
  await shell.isStream('synced')
  await page.keyboard.press('t')
  await expect.poll(ground).toBe(light)
})

test('[React Flow] what the document holds of the map stays below its caps', async ({ page }) => {
  const { shell, map } = pagesOf(page)
  for (const path of ['/', '/?focus=Service:shop/cart&from=Node:node-1']) {
    await shell.open(product.url + path)
    await expect(map.root).toHaveAttribute('data-depth', path === '/' ? 'cluster' : 'focus')
    const count = async (name: string) => Number(await map.root.getAttribute(name))
    expect(await count('data-rf-nodes')).toBeGreaterThan(20)
    expect(await count('data-rf-nodes')).toBeLessThanOrEqual(300)
    expect(await map.region.locator('.react-flow__node').count()).toBe(await count('data-rf-nodes'))
    expect(await count('data-rf-edges')).toBeLessThanOrEqual(150)
  }
})
