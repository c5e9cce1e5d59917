// A node's rules: what is predicted in each mode, what the node's own dump says beside it, and that the dump stays here.
import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './pages/readable'
import { rulesPage } from './pages/rules-page'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

let product: Product
test.beforeAll(async () => {
  product = await startProduct({
    TRIPLANE_CLUSTER: 'embedded',
    TRIPLANE_DEMO_SEED: '7',
    TRIPLANE_DEMO_SPEED: '0',
  })
})
test.afterAll(() => product?.stop())

const pagesOf = (page: Page) => ({ shell: shellPage(page), rules: rulesPage(page) })
const dumpOf = async (node: string, family = 'IPv4') =>
  (await fetch(`${product.url}/api/demo/dump?node=${node}&family=${family}`)).text()

/** Bodies and addresses of everything the page sends from now on. */
function sentBy(page: Page): string[] {
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${decodeURIComponent(request.url())}\n${request.postData() ?? ''}`))
  return sent
}

const modes = [
  { node: 'node-4', mode: 'iptables', line: /:KUBE-SVC-\S+ - \[0:0\]/ },
  { node: 'node-9', mode: 'nftables', line: /10\.96\.41\.7 \. tcp \. 80/ },
  { node: 'node-8', mode: 'ipvs', line: /-A -t 10\.96\.41\.7:80 -s / },
] as const
for (const { node, mode, line } of modes) {
  test(`[M4] embedded: ${node} runs ${mode}: its rules, Service by Service, each with what it comes from`, async ({
    page,
  }) => {
    const { shell, rules } = pagesOf(page)
    await shell.open(`${product.url}/?view=rules&focus=Node:${node}`)
    await expect(rules.root).toHaveAttribute('data-rules', mode)
    expect(Number(await rules.total.getAttribute('data-count'))).toBeGreaterThan(100)
    await rules.service.click()
    await page.getByPlaceholder('Choose a Service').fill('shop/cart')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: 'shop/cart', exact: true }).click()
    await expect(rules.service).toHaveAttribute('data-service', 'shop/cart')
    await expect(rules.head('shop/cart')).toBeVisible()
    await expect(rules.lines.filter({ hasText: line })).not.toHaveCount(0)
    await expect(rules.lines.first().locator('[data-fact]').first()).toBeVisible()
    await rules.root.getByText(/settings of the proxy/).click()
    await expect(rules.setting('masqueradeBit')).toContainText('14')
  })
}

const without = [
  { node: 'node-10', code: 'rules-replaced', says: /Cilium does the work of kube-proxy/ },
  { node: 'node-11', code: 'rules-not-predicted', says: /kernelspace/ },
  { node: 'node-12', code: 'rules-mode-unknown', says: /node-12/ },
] as const
for (const { node, code, says } of without) {
  test(`${node} has no prediction, and the page says why`, async ({ page }) => {
    const { shell, rules } = pagesOf(page)
    await shell.open(`${product.url}/?view=rules&focus=Node:${node}`)
    await expect(rules.root).toHaveAttribute('data-rules', 'none')
    await expect(rules.root).toHaveAttribute('data-reason', code)
    await expect(rules.root).toContainText(says)
  })
}

test("the node's own dump is compared here and equals the prediction; nothing of it is sent", async ({ page }) => {
  const { shell, rules } = pagesOf(page)
  const dump = await dumpOf('node-4')
  await shell.open(`${product.url}/?view=rules&focus=Node:node-4`)
  await expect(rules.root).toHaveAttribute('data-rules', 'iptables')
  const sent = sentBy(page)
  await rules.compareSide.click()
  await rules.paste.fill(dump)
  await rules.compareNow.click()
  await expect(rules.comparison).toHaveAttribute('data-compare', 'done')
  await expect(rules.answer).toHaveAttribute('data-differences', '0')
  await expect(rules.answer).toContainText('exactly what is predicted')
  const own = dump.split('\n').filter((line) => line.startsWith('-A KUBE-SEP-'))
  expect(own.length).toBeGreaterThan(20)
  expect(sent.filter((one) => own.some((line) => one.includes(line) || one.includes(line.slice(0, 24))))).toEqual([])
})

test('a dump with one endpoint changed: what is there, what was expected, and whose it is', async ({ page }) => {
  const { shell, rules } = pagesOf(page)
  const dump = await dumpOf('node-4')
  const found = /--probability (0\.\d+) -j KUBE-SEP-/.exec(dump)?.[1] ?? ''
  await shell.open(`${product.url}/?view=rules&focus=Node:node-4`)
  await rules.compareSide.click()
  await rules.paste.fill(dump.replace(`--probability ${found}`, '--probability 0.0100000000'))
  await rules.compareNow.click()
  await expect(rules.answer).toHaveAttribute('data-differences', '1')
  const one = rules.differences.first()
  await expect(one).toHaveAttribute('data-difference', 'different')
  await expect(one).toContainText('Takes 1\u2009% of the connections')
  await expect(one).toContainText(`--probability ${found}`)
  await expect(one.locator('[data-kind="Service"]')).toBeVisible()
})

test('a dump from before pods went: where the node still sends to, and since when that is over', async ({ page }) => {
  const { shell, rules } = pagesOf(page)
  const moving = await startProduct({
    TRIPLANE_CLUSTER: 'embedded',
    TRIPLANE_DEMO_SEED: '7',
    TRIPLANE_DEMO_SPEED: '10',
  })
  try {
    const dump = async () => (await fetch(`${moving.url}/api/demo/dump?node=node-4&family=IPv4`)).text()
    // The node's mode is known once its objects have been read.
    await expect.poll(dump).toContain('*nat')
    const before = await dump()
    const args = { namespace: 'shop', name: 'cart' }
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ action: 'rollOut', args })
    const asked = await fetch(`${moving.url}/api/trpc/demo.run`, { method: 'POST', headers, body })
    expect(asked.status).toBe(200)
    await expect
      .poll(async () => (await (await fetch(`${moving.url}/api/trpc/rules.departed`)).json()).result.data.length, {
        timeout: 30_000,
      })
      .toBeGreaterThan(5)
    await shell.open(`${moving.url}/?view=rules&focus=Node:node-4`)
    await rules.compareSide.click()
    await rules.paste.fill(before)
    await rules.compareNow.click()
    await expect(rules.answer).toContainText(
      /This node still sends to \S+:8080, which Service \S+ does not use here now/,
    )
    await expect(rules.answer).toContainText(/It left \d+ s ago\./)
  } finally {
    await moving.stop()
  }
})

test('junk is refused with its line, another mode or family by what it is', async ({ page }) => {
  const { shell, rules } = pagesOf(page)
  await shell.open(`${product.url}/?view=rules&focus=Node:node-4`)
  await rules.compareSide.click()
  const says = async (text: string, line: string, sentence: RegExp) => {
    await rules.paste.fill(text)
    await rules.compareNow.click()
    await expect(rules.fault).toHaveAttribute('data-fault-line', line)
    await expect(rules.fault).toContainText(sentence)
  }
  await says('hello', '1', /no output of iptables-save/)
  await says('*nat\n:KUBE-SERVICES - [0:0]\nwhat is this\nCOMMIT\n', '3', /Line 3: .*what is this/)
  await says('table ip kube-proxy {\n}\n', '1', /printed for nftables, and node node-4 is predicted for iptables/)
  await says(await dumpOf('node-4', 'IPv6'), '1', /rules for IPv6, and IPv4 is shown/)
  await shell.open(`${product.url}/?view=rules&focus=Node:node-9`)
  await rules.compareSide.click()
  await says('table ip6 kube-proxy {\n}\n', '1', /rules for IPv6, and IPv4 is shown/)
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${theme}`, async ({ page }) => {
    const { shell, rules } = pagesOf(page)
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await shell.open(`${product.url}/?view=rules&focus=Node:node-4`)
    await expect(rules.lines.first()).toBeVisible()
    await expectAccessible(page, `rules, ${theme}`)
    await rules.compareSide.click()
    await expectAccessible(page, `rules, ${theme}`)
    const dump = await dumpOf('node-4')
    await rules.paste.fill(dump.replace(/--probability 0\.\d+/, '--probability 0.0100000000'))
    await rules.compareNow.click()
    await expect(rules.differences.first()).toBeVisible()
    await expectAccessible(page, `rules, ${theme}`)
  })
}
