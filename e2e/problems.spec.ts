// As somebody who was just called: the cluster is broken, and nothing is known yet. From the first page to the reason why a
// Service fails it takes no more than three keys, and everything on the way can be read.
import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { inspectorPage } from './pages/inspector-page'
import { problemPage } from './pages/problem-page'
import { expectAccessible } from './pages/readable'
import { rulesPage } from './pages/rules-page'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

type Journey = {
  /** What it proves: questions of docs/guide/questions.md, a row of docs/mission.md. */
  readonly proves: string
  readonly scenario: string
  readonly service: string
  readonly code: string
  readonly says: RegExp
  /** What must be among the fields that decide it. */
  readonly field: string
  readonly command: RegExp
  /** Evidence worth its own look. */
  readonly shows?: string
}

const journeys: readonly Journey[] = [
  {
    proves: '[ask 12] [M3]',
    scenario: 'broken-dead-selector',
    service: 'shop/checkout',
    code: 'service-selects-no-pods',
    says: /no pod has the labels app=checkout,track=stable/,
    field: 'spec.selector[track]',
    command: /get pods -l app=checkout,track=stable/,
    shows: 'track=stable: no pod of the namespace has it.',
  },
  {
    proves: '[ask 11] [ask 14] [M11]',
    scenario: 'broken-unready',
    service: 'shop/checkout',
    code: 'service-none-ready',
    says: /None of its 4 endpoints is ready/,
    field: 'conditions.ready',
    command: /get pods -l app=checkout/,
  },
  {
    proves: '[M2]',
    scenario: 'broken-named-port',
    service: 'shop/checkout',
    code: 'service-target-port-missing',
    says: /container port named http-api, which no pod of the Service has/,
    field: 'spec.ports[0].targetPort',
    command: /get service checkout/,
  },
  {
    proves: '[M6]',
    scenario: 'broken-etp-local',
    service: 'identity/ldap-legacy',
    code: 'service-external-local-drops',
    says: /externalTrafficPolicy is Local and 9 of 12 nodes .* TCP 389: .* nodePort 31389, 203\.0\.113\.80 time out on 7, and may on 1 more/,
    field: 'spec.externalTrafficPolicy',
    command: /externalTrafficPolicy/,
  },
  {
    proves: '[ask 13] [M6]',
    scenario: 'broken-itp-local',
    service: 'identity/ldap-legacy',
    code: 'service-internal-local-drops',
    says: /internalTrafficPolicy is Local and 9 of 12 nodes .* for TCP 389/,
    field: 'spec.internalTrafficPolicy',
    command: /internalTrafficPolicy/,
  },
  {
    proves: '[M7]',
    scenario: 'broken-hints-ignored',
    service: 'payments/fraud',
    code: 'service-hints-ignored',
    says: /Zone hints ignored: endpoint 10\.0\.9\.40:50051 in EndpointSlice fraud-canary has none/,
    field: 'endpoints[0].hints.forZones',
    command: /get endpointslice fraud-canary/,
  },
  {
    proves: '[M7]',
    scenario: 'broken-hints-overload',
    service: 'shop/recommendations',
    code: 'service-hints-withheld',
    says: /4 ready endpoints cannot be shared among 3 zones/,
    field: 'metadata.annotations[service.kubernetes.io/topology-mode]',
    command: /get nodes/,
  },
  {
    proves: '[M11]',
    scenario: 'broken-terminating-only',
    service: 'payments/webhooks',
    code: 'service-all-terminating',
    says: /No endpoint is ready\. The 2 that are terminating and still serving are used/,
    field: 'conditions.terminating',
    command: /get pods -l app=webhooks/,
  },
  {
    proves: '[M3]',
    scenario: 'broken-source-ranges',
    service: 'ingress/ingress-nginx',
    code: 'service-source-ranges-shut-out',
    says: /admits only 203\.0\.113\.40\/32, which no client has/,
    field: 'spec.loadBalancerSourceRanges',
    command: /loadBalancerSourceRanges/,
  },
  {
    proves: '[M14]',
    scenario: 'broken-family',
    service: 'platform/vault',
    code: 'service-family-without-endpoints',
    says: /No usable endpoint for IPv6/,
    field: 'spec.ipFamilies',
    command: /status\.podIPs/,
  },
  {
    proves: '[M3]',
    scenario: 'broken-ipmode-proxy',
    service: 'platform/argocd-server',
    code: 'service-lb-proxy-no-way-back',
    says: /no rules for 203\.0\.113\.41 \(ipMode Proxy\), and the Service has no node port/,
    field: 'status.loadBalancer.ingress[0].ipMode',
    command: /allocateLoadBalancerNodePorts/,
  },
  {
    proves: '[M12]',
    scenario: 'broken-entries',
    service: 'identity/users',
    code: 'service-entry-broken',
    says: /HTTPRoute shop\/accounts names this Service, and does not lead here/,
    field: 'spec.rules[*].backendRefs[*].namespace',
    command: /get httproute accounts -o yaml/,
    shows: 'No ReferenceGrant in namespace identity lets HTTPRoutes of namespace shop name Service identity/users.',
  },
]

const startScenario = (scenario: string) =>
  startProduct({
    TRIPLANE_CLUSTER: 'embedded',
    TRIPLANE_DEMO_SCENARIO: scenario,
    TRIPLANE_DEMO_SEED: '7',
    TRIPLANE_DEMO_SPEED: '0',
  })

for (const { proves, scenario, service, code, says, field, command, shows } of journeys) {
  test(`${proves} embedded: ${scenario}, two keys from a cold start to the reason`, async ({ page }) => {
    const product = await startScenario(scenario)
    try {
      const problems = problemPage(page)
      await shellPage(page).open(product.url)
      await expect(problems.count).toHaveAttribute('data-problems', '1')

      await page.keyboard.press('4')
      await expect(problems.rows).toHaveCount(1)
      await expect(problems.row(service)).toContainText(says)
      await expect(problems.grid).toBeFocused()
      await page.keyboard.press('Enter')

      const explained = problems.explained(code)
      await expect(inspectorPage(page).heading).toContainText(service.split('/')[1] ?? '')
      await expect(explained.getByRole('heading', { level: 3 })).toHaveText(says)
      await expect(explained.getByText(field, { exact: false }).first()).toBeVisible()
      await expect(explained.locator('pre').filter({ hasText: command })).not.toHaveCount(0)
      if (shows) await expect(explained).toContainText(shows)
      await expect(explained.getByRole('button', { name: 'Copy command' }).first()).toBeVisible()
      await expectAccessible(page, page.url())
    } finally {
      await product.stop()
    }
  })
}

test.describe('in the shop', () => {
  let product: Product
  test.beforeAll(async () => {
    product = await startScenario('shop')
  })
  test.afterAll(() => product?.stop())

  test('P leads to the next problem and explains it, without a list', async ({ page }) => {
    const problems = problemPage(page)
    await shellPage(page).open(product.url)
    await page.keyboard.press('p')
    await expect(problems.articles.first()).toBeVisible()
    const first = await page.url()
    await page.keyboard.press('p')
    await expect(page).not.toHaveURL(first)
    await page.keyboard.press('Shift+P')
    await expect(page).toHaveURL(first)
  })

  test('the list: the worst first, sorted by a heading, filtered by a name, moved in by arrows', async ({ page }) => {
    const problems = problemPage(page)
    await shellPage(page).open(`${product.url}/?view=problems`)
    const severities = () =>
      problems.rows.locator('[data-severity]').evaluateAll((all) => all.map((one) => one.getAttribute('data-severity')))
    await expect(problems.rows.first()).toBeVisible()
    const found = await severities()
    const order = ['crit', 'warn', 'info']
    expect(found).toEqual(order.flatMap((severity) => found.filter((one) => one === severity)))
    expect(found.filter((one) => one === 'crit')).toHaveLength(2)
    await expect(problems.count).toHaveAttribute('data-problems', String(found.filter((one) => one !== 'info').length))
    await page.getByRole('columnheader', { name: 'Object' }).getByRole('button').click()
    await expect(problems.rows.first()).toContainText('argocd-server')
    await page.getByRole('searchbox').fill('kafka')
    await expect(problems.rows).toHaveCount(2)
    await problems.grid.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(inspectorPage(page).heading).toContainText('kafka-bootstrap')
    await expectAccessible(page, page.url())
    await page.getByRole('button', { name: /ways? in ha(s|ve) a broken reference/ }).click()
    await expect(page.locator('[data-entry="Ingress shop/promotion"][data-broken="true"]')).toBeVisible()
  })

  test('a fault that is mended leaves the list and the count by itself', async ({ page }) => {
    const problems = problemPage(page)
    const shell = shellPage(page)
    await shell.open(`${product.url}/?view=problems&focus=Service:shop/cart&tab=problems`)
    await expect(problems.articles).toHaveCount(1)
    await expect(problems.count).toHaveAttribute('data-problems', /^[1-9]/)
    const before = Number(await problems.count.getAttribute('data-problems'))
    await shell.demo('Mend probes')
    await expect(problems.articles).toHaveCount(0)
    await expect(problems.count).toHaveAttribute('data-problems', String(before - 1))
    await expect(inspectorPage(page).panel).toContainText('No problem is known of this Service.')
  })
})

test('broken-stale-rules: nothing in the API says it; three steps lead to it with the rules of that node as a file', async ({
  page,
}) => {
  const product = await startScenario('broken-stale-rules')
  try {
    const shell = shellPage(page)
    await shell.open(`${product.url}/?view=problems&focus=Node:node-4`)
    await expect(problemPage(page).count).toHaveAttribute('data-problems', '0')
    await shell.openDemo()
    const link = page.getByRole('link', { name: 'Download iptables-save' })
    await link.focus()
    const download = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    const file = await download
    expect(file.suggestedFilename()).toBe('node-4.iptables-save.txt')
    const text = await readFile(await file.path(), 'utf8')
    const view = await (await fetch(`${product.url}/api/view.json?focus=Service:shop/checkout`)).json()
    const known = [...text.matchAll(/shop\/checkout:http -m tcp -p tcp -j DNAT --to-destination ([\d.]+):8080/g)].map(
      ([, ip]) => ip,
    )
    const pods = Object.values(view.objects.Pod as Record<string, { status: { podIP: string } }>)
    expect(known).toHaveLength(4)
    expect(known.filter((ip) => pods.some(({ status }) => status.podIP === ip))).toEqual([])
    await expectAccessible(page, page.url())

    // From a cold start: the node, its rules, its dump. Nothing of the dump is sent.
    const sent: string[] = []
    page.on('request', (request) => sent.push(`${decodeURIComponent(request.url())}${request.postData() ?? ''}`))
    const rules = rulesPage(page)
    await shell.open(product.url)
    await shell.find('node-4')
    await page.keyboard.press('Enter')
    const open = inspectorPage(page).panel.getByRole('button', { name: 'Rules and comparison' })
    await open.focus()
    await page.keyboard.press('Enter')
    await expect(rules.root).toHaveAttribute('data-rules', 'iptables')
    await rules.file.focus()
    await rules.file.setInputFiles(await file.path())
    await expect(rules.comparison).toHaveAttribute('data-compare', 'done')
    await expect(rules.answer).toContainText(new RegExp(`${(known[0] ?? '').slice(0, 7)}.*shop/checkout`))
    const stale = rules.differences.and(page.locator('[data-reason="rule-stale-endpoint"]'))
    const named = await stale.evaluateAll((all) => all.map((one) => one.getAttribute('data-endpoint')))
    expect(named.filter((endpoint) => !known.includes(endpoint?.split(':')[0] ?? ''))).toEqual([])
    expect(named.length).toBeGreaterThan(0)
    expect(sent.filter((one) => one.includes('KUBE-SEP-') || one.includes('--to-destination'))).toEqual([])
    await expectAccessible(page, page.url())
  } finally {
    await product.stop()
  }
})

test('broken-stale-rules: three steps by keyboard to the endpoints that a node still sends to', async ({ page }) => {
  const product = await startScenario('broken-stale-rules')
  try {
    const shell = shellPage(page)
    await shell.open(product.url)
    await page.keyboard.press('4')
    await page.getByRole('button', { name: 'Compare the rules of node-4' }).focus()
    await page.keyboard.press('Enter')
    const take = page.getByRole('button', { name: "Take the node's own rules" })
    await expect(take).toBeVisible()
    await take.focus()
    await page.keyboard.press('Enter')
    const compared = page.locator('[data-compare="done"]')
    await expect(compared).toBeVisible()
    await expect(compared).toContainText('This node still sends to 10.244.')
    await expect(compared).toContainText('shop/checkout')
    await expectAccessible(page, page.url())
  } finally {
    await product.stop()
  }
})

test('a healthy cluster: none, and what cannot be known is said', async ({ page }) => {
  const product = await startScenario('healthy')
  try {
    const problems = problemPage(page)
    await shellPage(page).open(`${product.url}/?view=problems`)
    await expect(problems.count).toHaveAttribute('data-problems', '0')
    await expect(page.locator('[data-no-problems="none"]')).toContainText('No problem found')
    await expect(page.locator('[data-no-problems="none"]')).toContainText('cannot be read from the API')
    await expectAccessible(page, page.url())
  } finally {
    await product.stop()
  }
})
