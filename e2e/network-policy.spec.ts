// NetworkPolicies of the embedded shop, on the page: whom they cut, by which policy, and what they say of a pod.
import { expect, test } from '@playwright/test'
import { explainPage } from './pages/explain-page'
import { inspectorPage } from './pages/inspector-page'
import { expectAccessible, expectReadable } from './pages/readable'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

let product: Product
test.beforeAll(async () => {
  product = await startProduct({ TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' })
})
test.afterAll(() => product?.stop())

// The page answers before all of the cluster is read.
async function podOf(app: string): Promise<string> {
  let found: string | undefined
  await expect(async () => {
    const answer = await product.fetch('/api/view.json?view=map')
    const { objects } = (await answer.json()) as { objects: { Pod: Record<string, unknown> } }
    found = Object.keys(objects.Pod).find((key) => key.startsWith(`${app}-`))
    expect(found, app).toBeDefined()
  }).toPass({ timeout: 15_000 })
  return found ?? ''
}

test('[M13] embedded: a closed namespace lets one pod in and cuts another, and says by which policy', async ({
  page,
}) => {
  const shell = shellPage(page)
  const explained = explainPage(page)
  const vault = `${product.url}/?view=explain&focus=Service:platform/vault&from=Pod:`
  await shell.open(vault + (await podOf('payments/vault-proxy')))
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'forward')
  await expect(explained.fact('network-policy')).toHaveAttribute('data-reason', 'network-policy-allows')

  await shell.open(vault + (await podOf('shop/web')))
  await expect(explained.verdict).toHaveAttribute('data-verdict', 'drop')
  await expect(explained.sentence).toContainText('cut by policy platform/default-deny and 1 more: the connection hangs')
  await expect(explained.stop).toHaveAttribute('data-hop', 'policy')
  // The proxy knows nothing of it: who can be chosen, and how often, is as ever.
  await expect(explained.candidates.first()).toHaveAttribute('data-probability', /^0\.\d/)
  await expect(explained.row((await explained.candidates.first().getAttribute('data-endpoint')) ?? '')).toContainText(
    'cut by policy',
  )
  // But no number, tick or colour says that anything arrives.
  await expect(explained.sum).toHaveText('chosen 100\u2009%: arrives 0\u2009%, cut 100\u2009%')
  await expect(explained.fact('network-policy')).toContainText('platform/vault-from-payments')
  await expect(explained.fact('source-address')).toHaveCount(0)
  await expect(explained.cut).toHaveAttribute('data-limited', 'true')
  await expect(explained.reach).toContainText(
    'From the chosen source: arrives 0\u2009%, cut 100\u2009%, by NetworkPolicies.',
  )
  await expect(explained.region).not.toContainText('Every node reaches it')
  await expect(explained.zones.locator('[data-arrival="denied"]')).toContainText('arrives 0')
  const command = 'kubectl -n platform get networkpolicy vault-from-payments -o yaml'
  await expect(explained.commands.filter({ hasText: command })).toBeVisible()
  await expectAccessible(page, 'cut by a policy')
  await expectReadable(page, 'cut by a policy')
  await page.setViewportSize({ width: 360, height: 800 })
  await expectReadable(page, 'cut by a policy, on a phone')

  // The map draws what is chosen, and ends it above every pod.
  await page.setViewportSize({ width: 1440, height: 1000 })
  await shell.open(`${product.url}/?focus=Service:platform/vault&from=Pod:${await podOf('shop/web')}`)
  await expect(page.locator('.map-strand[data-tone="cut"] [data-policy-end="true"]')).toHaveCount(3)
  await expect(page.locator('.map-pod[data-policy="denied"]')).toHaveCount(3)
  await expect(page.locator('[data-policy-arrival="denied"]').first()).toHaveText(
    'NetworkPolicies: arrives 0\u2009%, cut 100\u2009%',
  )
  await expect(page.locator('.map-gutter li[data-workload="StatefulSet/vault"]')).toHaveText('3 of vault')
  await expectReadable(page, 'cut by a policy, on the map')

  // Before a source is chosen: who gets in is limited, and by whom; where nothing limits it there is a plain tick.
  await shell.open(`${product.url}/?view=explain&focus=Service:platform/vault`)
  await expect(explained.reach).toContainText('3 of 3 pods take only what a rule lets in')
  await expect(explained.reach).toContainText('platform/vault-from-payments')
  await expect(explained.reach).toContainText('Choose a source')
  await expect(explained.cut).toHaveAttribute('data-limited', 'true')
  await shell.open(`${product.url}/?view=explain&focus=Service:shop/cart`)
  await expect(explained.cut).toHaveAttribute('data-limited', 'false')
  await expect(explained.cut).toHaveText('Every node reaches it.')
})

test('[M13] embedded: a pod tells which policies bind it and what they let through, in words', async ({ page }) => {
  const shell = shellPage(page)
  const { panel } = inspectorPage(page)
  await shell.open(`${product.url}/?focus=Pod:${await podOf('platform/vault')}`)
  await panel.getByRole('tab', { name: 'Policy' }).click()
  await expect(page).toHaveURL(/tab=policy/)
  await expect(panel.locator('[data-direction="ingress"]')).toHaveAttribute('data-bound', 'yes')
  await expect(panel.locator('[data-direction="egress"]')).toHaveAttribute('data-bound', 'no')
  const own = panel.locator('[data-policy="platform/vault-from-payments"]')
  await expect(own.locator('[data-rule="spec.ingress[0]"]')).toHaveText(
    'from all pods of namespaces with kubernetes.io/metadata.name=payments on https/TCP',
  )
  await expect(own.locator('[data-rule="spec.ingress[1]"]')).toHaveText(
    'from all pods of the same namespace on all ports',
  )
  // The Service says it in one sentence, as information.
  await shell.open(`${product.url}/?focus=Service:platform/vault`)
  const bound = panel.locator('[data-service-policies]')
  await expect(bound).toHaveText(
    '3 of 3 pods are closed except for what rules let in: platform/default-deny, platform/vault-from-payments.',
  )
  await expect(bound).toHaveAttribute('data-shut', '0')
  await page.goBack()
  await expect(panel.locator('[data-policy="platform/default-deny"]')).toContainText('No rule: it lets nothing in.')
  await expectAccessible(page, 'policies of a pod')
  await expectReadable(page, 'policies of a pod')
})
