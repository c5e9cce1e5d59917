// Where a connection lands, explained: from the map by keyboard, from an address alone, for every kind of verdict, and live.
import { expect, type Page, test } from '@playwright/test'
import { explainPage } from './pages/explain-page'
import { inspectorPage } from './pages/inspector-page'
import { mapPage } from './pages/map-page'
import { expectAccessible } from './pages/readable'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

const env = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' }
let product: Product
test.beforeAll(async () => {
  product = await startProduct(env)
})
test.afterAll(() => product?.stop())

const pagesOf = (page: Page) => ({ shell: shellPage(page), map: mapPage(page), explained: explainPage(page) })

test('by keyboard from the map: a Service in focus, S for a source, E for the verdict; the address alone says the same', async ({
  page,
  browser,
}) => {
  const { shell, map, explained } = pagesOf(page)
  await shell.open(product.url)
  await shell.find('shop/cart')
  await page.keyboard.press('Enter')
  await expect(map.slab('shop/cart')).toBeVisible()
  await page.keyboard.press('s')
  await page.getByPlaceholder('Pod or node by name or IP').fill('node-1')
  await page.keyboard.press('Enter')
  await expect(shell.source).toHaveAttribute('data-source', 'node-1')
  const leaves = Number(await shell.leavesZone.getAttribute('data-leaves-zone'))
  await page.keyboard.press('e')
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'forward')
  const percent = `${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(leaves * 100)}\u2009%`
  await expect(explained.sentence).toContainText(`${percent} of connections leave zone-b`)
  await expect(explained.hops.last()).toHaveAttribute('data-hop', 'node')

  const other = await (await browser.newContext()).newPage()
  await shellPage(other).open(page.url())
  await expect(explainPage(other).sentence).toHaveText((await explained.sentence.textContent()) ?? '')
  await other.context().close()

  await page.keyboard.press('m')
  await expect(map.slab('shop/cart')).toBeVisible()
  await expect(shell.source).toHaveAttribute('data-source', 'node-1')
})

test('who can receive it, with its share; who cannot, and which field decides it; commands that show it', async ({
  page,
}) => {
  const { shell, explained } = pagesOf(page)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await shell.open(`${product.url}/?view=explain&focus=Service:payments/fraud&from=Node:node-1`)
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'forward')
  const shares = await explained.candidates.evaluateAll((all) => all.map((one) => Number(one.dataset.probability)))
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
  await shell.open(`${product.url}/?view=explain&focus=Service:shop/cart&from=Node:node-1`)
  await expect(explained.excluded).toHaveCount(2)
  for (const field of ['conditions.ready', 'conditions.terminating']) {
    await expect(explained.excluded.filter({ hasText: field })).toHaveCount(1)
  }
  expect(await explained.claims.count()).toBeGreaterThan(2)
  const command = ((await explained.commands.first().textContent()) ?? '').trim()
  expect(command).toMatch(/^kubectl -n shop get endpointslices/)
  await explained.region.getByRole('button', { name: 'Copy command' }).first().click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command)
})

const verdicts = [
  { verdict: 'forward', by: 'focus=Service:shop/cart&from=Node:node-1', says: /16 of 18 endpoints can receive/ },
  {
    verdict: 'drop',
    by: 'focus=Service:identity/ldap-legacy&from=Node:node-1',
    says: /internalTrafficPolicy is Local/,
  },
  { verdict: 'unknown', by: 'to=192.0.2.99:80&from=Node:node-1', says: /whether anybody outside the cluster answers/ },
  { verdict: 'none', by: 'focus=Service:shop/cart&outside=*', says: /10\.96\.41\.7 is a cluster IP/ },
  { verdict: 'unknown', by: 'focus=Service:default/legacy-erp&from=Node:node-1', says: /erp\.corp\.example/ },
] as const
for (const { verdict, by, says } of verdicts) {
  test(`${by}: ${verdict}`, async ({ page }) => {
    const { shell, explained } = pagesOf(page)
    await shell.open(`${product.url}/?view=explain&${by}`)
    await expect(explained.verdict).toHaveAttribute('data-verdict', verdict)
    await expect(explained.sentence).toContainText(says)
    await expect(explained.stop).toHaveCount(verdict === 'drop' ? 1 : 0)
    // A panel with nothing in it says nothing.
    await expect(explained.region.getByText('0 facts')).toHaveCount(0)
  })
}

test('[M5] embedded: the affinity of a Service, for how long, and how each proxy keeps it; a Service without says nothing', async ({
  page,
}) => {
  const { shell, explained } = pagesOf(page)
  const nodes = {
    'node-4': /within 3600 seconds\. Every node remembers/,
    'node-8': /ipvs keeps a client .* 3600 seconds/,
  }
  for (const [node, says] of Object.entries(nodes)) {
    await shell.open(`${product.url}/?view=explain&focus=Service:shop/sessions&from=Node:${node}`)
    await expect(explained.verdict).toHaveAttribute('data-verdict', 'forward')
    await expect(explained.fact('affinity')).toHaveText(says)
  }
  await shell.open(`${product.url}/?view=explain&focus=Service:shop/cart&from=Node:node-4`)
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'forward')
  await expect(explained.fact('source-address')).toBeVisible()
  await expect(explained.fact('affinity')).toHaveCount(0)
  await expect(explained.region.getByText(/Session affinity/)).toHaveCount(0)
})

test('[M6] embedded: node by node, a Local policy drops where no endpoint stands, and nothing behind a Service refuses', async ({
  page,
}) => {
  const { shell, explained } = pagesOf(page)
  const cutOff = (code: string) => explained.region.locator(`[data-cut] > li[data-reason="${code}"]`)
  await shell.open(`${product.url}/?view=explain&focus=Service:identity/ldap-legacy`)
  await expect(explained.cut).toHaveAttribute('data-cut', '8')
  await expect(cutOff('explain-drop-internal-local')).toContainText(/times out.*internalTrafficPolicy is Local/)
  await expect(cutOff('explain-drop-internal-local').locator('[data-explain-from]')).toHaveCount(8)
  await expect(explained.explainFrom('node-3')).toHaveCount(0)
  await shell.open(`${product.url}/?view=explain&focus=Service:shop/checkout`)
  await expect(explained.cut).toHaveAttribute('data-cut', '12')
  await expect(explained.region.locator('[data-cut]')).toContainText(/refused/)
  await explained.explainFrom('node-1').click()
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'reject')
  // Windows has no such answer: nothing is there.
  await shell.open(`${product.url}/?view=explain&focus=Service:shop/checkout&from=Node:node-11`)
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'drop')
})

test('[M7] embedded: what trafficDistribution asks for, where its hints lead from a node, and what undoes them', async ({
  page,
}) => {
  const { shell, explained } = pagesOf(page)
  const { panel } = inspectorPage(page)
  await shell.open(`${product.url}/?focus=Service:payments/vault-proxy`)
  await expect(panel).toContainText(
    'trafficDistribution is PreferSameNode: the controller hints every ready endpoint for its own zone and its own node.',
  )
  const claim = (code: string) => explained.region.locator(`[data-claim="${code}"]`)
  await shell.open(`${product.url}/?view=explain&focus=Service:payments/vault-proxy&from=Node:node-6`)
  await expect(claim('hints-same-node')).toContainText('Same-node routing: 1 ready endpoint is hinted for node node-6.')
  await expect(explained.candidates).toHaveCount(1)
  await shell.open(`${product.url}/?view=explain&focus=Service:payments/vault-proxy&from=Node:node-1`)
  await expect(claim('hints-same-zone')).toContainText(
    'Same-zone routing: 2 ready endpoints are hinted for zone zone-b.',
  )
  await expect(explained.candidates).toHaveCount(2)
  await shell.open(`${product.url}/?view=explain&focus=Service:payments/fraud&from=Node:node-1`)
  await expect(claim('hints-missing-zone')).toContainText('Zone hints ignored: endpoint 10.0.9.40:50051')
  await expect(explained.candidates).toHaveCount(7)
})

test('where the proxy is not known, or is not kube-proxy, the answer says so', async ({ page }) => {
  const { shell, explained } = pagesOf(page)
  for (const [node, code] of [
    ['node-12', 'explain-known-mode-unknown'],
    ['node-10', 'explain-known-replaced'],
  ] as const) {
    await shell.open(`${product.url}/?view=explain&focus=Service:shop/cart&from=Node:${node}`)
    await expect(explained.fact('knowledge')).toHaveAttribute('data-reason', code)
    await expect(explained.hops.filter({ hasText: node })).not.toHaveCount(0)
  }
})

test('what does not exist is named, not guessed', async ({ page }) => {
  const { shell, explained } = pagesOf(page)
  for (const [by, says] of [
    ['focus=Service:shop/nope&from=Node:node-1', /There is no Service shop\/nope/],
    ['focus=Service:shop/cart&from=Node:nobody', /nobody/],
    ['focus=Service:shop/cart&port=none/TCP&from=Node:node-1', /none/],
    ['to=nope.shop:80&from=Node:node-1', /nope\.shop/],
  ] as const) {
    await shell.open(`${product.url}/?view=explain&${by}`)
    await expect(explained.sentence).toContainText(says)
  }
  await shell.open(`${product.url}/?view=explain`)
  await expect(explained.region).toContainText('Choose where a connection starts')
})

test('from outside: the load balancer first, any other way by choice, back on the map without it', async ({ page }) => {
  const { shell, map, explained } = pagesOf(page)
  await shell.open(`${product.url}/?view=explain&focus=Service:ingress/ingress-nginx&from=Node:node-1`)
  await explained.bar.getByRole('radio', { name: 'Outside' }).click()
  await expect(explained.way).toHaveAttribute('data-way', 'load-balancer-ip')
  await expect(explained.hops.first()).toContainText('203.0.113.40:80')
  await expect(explained.deciders.first()).toBeVisible()
  await explained.way.click()
  await page.getByRole('button', { name: /^Node port/ }).click()
  await expect(page).toHaveURL(/way=node-port/)
  await expect(explained.hops.first()).toContainText('31080')
  await explained.way.click()
  await page.getByRole('button', { name: /^Cluster IP/ }).click()
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'none')
  await page.getByRole('button', { name: 'Show on map' }).click()
  await expect(map.slab('ingress/ingress-nginx')).toBeVisible()
  await expect(page).not.toHaveURL(/outside=|way=/)
  await expect(shell.source).toHaveAttribute('data-source', 'node-1')
})

test('every source at once: zones, nodes, and who cannot reach it, one key away from why', async ({ page }) => {
  const { shell, explained } = pagesOf(page)
  await shell.open(`${product.url}/?view=explain&focus=Service:identity/ldap-legacy`)
  await expect(explained.region).toContainText('Choose a pod, a node or the outside as the source.')
  await expect(explained.cell('zone-a', 'zone-a')).toBeVisible()
  const lost = Number(await explained.cut.getAttribute('data-cut'))
  expect(lost).toBeGreaterThan(3)
  await explained.region.getByRole('radio', { name: 'Nodes' }).click()
  await expect(explained.nodeRows.first()).toBeVisible()
  await explained.explainFrom('node-1').focus()
  await page.keyboard.press('Enter')
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'drop')
  await expect(explained.sentence).toContainText('node-1')

  await shell.open(`${product.url}/?view=explain&focus=Service:shop/cart&from=Node:node-1`)
  const own = ['zone-a', 'zone-b', 'zone-c'].map((to) => explained.cell('zone-b', to))
  const shares = await Promise.all(own.map(async (cell) => Number(await cell.getAttribute('data-share'))))
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
  await expect(explained.cut).toHaveAttribute('data-cut', '0')
})

test('a problem leads to the explanation from a node that has it', async ({ page }) => {
  const { shell, explained } = pagesOf(page)
  await shell.open(`${product.url}/?view=problems&focus=Service:identity/ldap-legacy&tab=problems`)
  await inspectorPage(page).panel.getByRole('button', { name: 'Explain a connection' }).first().click()
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'drop')
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${theme}`, async ({ page }) => {
    const { shell, explained } = pagesOf(page)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const by of [
      'focus=Service:shop/cart&from=Node:node-1',
      'focus=Service:identity/ldap-legacy&from=Node:node-1',
      'focus=Service:ingress/ingress-nginx&outside=*',
    ]) {
      await shell.open(`${product.url}/?view=explain&${by}`)
      await expect(explained.zones).toBeVisible()
      await expectAccessible(page, page.url())
    }
  })
}

test('a node whose proxy is replaced is said to be, and by what', async ({ page }) => {
  const { shell, explained } = pagesOf(page)
  await shell.open(`${product.url}/?view=explain&focus=Service:shop/cart&from=Node:node-1`)
  const replaced = explained.region.locator('[data-replaced-by="Cilium"]')
  await expect(replaced).toContainText("node-10: Cilium does kube-proxy's work there")
})

test('a change in the cluster changes the explanation, without a reload', async ({ page }) => {
  const own = await startProduct({ ...env, TRIPLANE_DEMO_SCENARIO: 'healthy' })
  try {
    const { shell, explained } = pagesOf(page)
    await shell.open(`${own.url}/?view=explain&focus=Service:payments/webhooks&from=Node:node-1`)
    const loads = shell.loads()
    await expect(explained.candidates).toHaveCount(2)
    await shell.demo('Scale to 5', { of: 'Service', name: 'payments/webhooks' })
    await expect(explained.candidates).toHaveCount(5)
    await expect(explained.sentence).toContainText('5 of 5')
    await page.keyboard.press('Escape')
    await shell.demo('Fail a probe', { of: 'Service', name: 'payments/webhooks' })
    await expect(explained.candidates).toHaveCount(4)
    await expect(explained.excluded).toHaveCount(1)
    expect(shell.loads()).toBe(loads)
  } finally {
    await own.stop()
  }
})

test('a Service without a usable endpoint refuses', async ({ page }) => {
  const own = await startProduct({ ...env, TRIPLANE_DEMO_SCENARIO: 'broken-dead-selector' })
  try {
    const { shell, explained } = pagesOf(page)
    await shell.open(`${own.url}/?view=explain&focus=Service:shop/checkout&from=Node:node-1`)
    await expect(explained.verdict).toHaveAttribute('data-verdict', 'reject')
    await expect(explained.stop).toHaveCount(1)
    await expect(explained.candidates).toHaveCount(0)
  } finally {
    await own.stop()
  }
})

test('an external IP that only some nodes forward: it depends on the node', async ({ page }) => {
  const own = await startProduct({ ...env, TRIPLANE_DEMO_SCENARIO: 'broken-etp-local' })
  try {
    const { shell, explained } = pagesOf(page)
    await shell.open(`${own.url}/?view=explain&focus=Service:identity/ldap-legacy&outside=*`)
    await expect(explained.verdict).toHaveAttribute('data-verdict', 'mixed')
    await expect(explained.sentence).toContainText(/66\.7.% of new connections go to nodes that do not forward them/)
    const nodes = explained.deciders.locator('[data-verdict]')
    const verdicts = new Set(await nodes.evaluateAll((all: HTMLElement[]) => all.map((one) => one.dataset.verdict)))
    expect([...verdicts].sort()).toEqual(['drop', 'forward'])
    const shares = await explained.candidates.evaluateAll((all) => all.map((one) => Number(one.dataset.probability)))
    const sum = shares.reduce((all, share) => all + share, 0)
    expect(sum).toBeGreaterThan(0)
    expect(sum).toBeLessThan(0.9)
    await expectAccessible(page, page.url())
  } finally {
    await own.stop()
  }
})

test('X swaps both ends where both are pods or nodes, and does nothing to a Service', async ({ page, request }) => {
  const { shell, explained } = pagesOf(page)
  const view = (query: string) => request.get(`${product.url}/api/view.json?${query}`).then((answer) => answer.json())
  const { objects } = await view('focus=Service:shop/cart')
  const [first, second] = Object.keys(objects.Pod)
  const addressOf = (pod: string | undefined) => String(objects.Pod[pod ?? ''].status.podIPs[0].ip)
  await shell.open(`${product.url}/?view=explain&from=Pod:${first}&to=${addressOf(second)}:8080`)
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'forward')
  await page.keyboard.press('x')
  await expect(explained.bar.locator('[data-source]')).toHaveAttribute('data-source', second ?? '')
  await expect(explained.bar.locator('[data-destination]')).toHaveAttribute(
    'data-destination',
    `${addressOf(first)}:8080`,
  )
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'forward')
  await explained.bar.getByRole('button', { name: 'Swap both ends (X)' }).click()
  await expect(explained.bar.locator('[data-source]')).toHaveAttribute('data-source', first ?? '')

  await shell.open(`${product.url}/?view=explain&focus=Service:shop/cart&from=Node:node-1`)
  const before = page.url()
  await expect(explained.bar.getByRole('button', { name: 'Swap both ends (X)' })).toHaveCount(0)
  await page.keyboard.press('x')
  await page.keyboard.press('?')
  await expect(shell.keys.locator('[data-shortcut="page/swap"]')).toContainText('X')
  expect(page.url()).toBe(before)
})

test('a way that the Service lacks is said, and a script gets an error', async ({ page, request }) => {
  const { shell, explained } = pagesOf(page)
  const query = 'view=explain&focus=Service:shop/cart&from=Node:node-1&way=node-port'
  await shell.open(`${product.url}/?${query}`)
  await expect(shell.notes).toHaveText(/shop\/cart cannot be called by node-port/)
  await expect(explained.hops.first()).toContainText('10.96.41.7')
  const answer = await request.get(`${product.url}/api/view.json?${query}`)
  expect([answer.status(), (await answer.json()).errors[0].code]).toEqual([404, 'query-no-such-way'])
})

test('an address of the service range that no Service has: dropped in nftables mode only', async ({ page }) => {
  const { shell, explained } = pagesOf(page)
  await shell.open(`${product.url}/?view=explain&to=10.96.200.200:80&from=Node:node-9`)
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'drop')
  await expect(explained.sentence).toContainText('10.96.0.0/12')
  await expect(explained.commands.first()).toContainText('kubectl get servicecidrs')
  await expectAccessible(page, page.url())
  await shell.open(`${product.url}/?view=explain&to=10.96.200.200:80&from=Node:node-1`)
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'none')
})
