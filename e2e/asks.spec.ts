// What people bring to such a tool, from a cold start of the page: the answer is there after at most three steps of a hand, one of
// which is one key, one click or one text typed. docs/guide/questions.md says it to people; the numbers are its own.
import { expect, type Locator, type Page, test } from '@playwright/test'
import { inspectorPage } from './pages/inspector-page'
import { listPage } from './pages/list-page'
import { mapPage } from './pages/map-page'
import { problemPage } from './pages/problem-page'
import { rulesPage } from './pages/rules-page'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

type Step = (page: Page) => Promise<void>

const press =
  (key: string): Step =>
  (page) =>
    page.keyboard.press(key)
const click =
  (what: (page: Page) => Locator): Step =>
  (page) =>
    what(page).click()
// A hand goes on when it sees that something is found.
const type =
  (text: string): Step =>
  async (page) => {
    await shellPage(page).paletteInput.fill(text)
    await expect(shellPage(page).found.first()).toBeVisible()
  }

const service = (id: string) => click((page) => mapPage(page).chip(id))
const tab = (name: string) =>
  click((page) => inspectorPage(page).panel.getByRole('tab', { name: new RegExp(`^${name}`) }))

// Of the rules that name the Service and the pods that the map draws, one pod.
const aPodBesideItsEntries: Step = async (page) => {
  await expect(panel(page).locator('[data-entry="Ingress shop/web"]')).toContainText('shop.example.com')
  await expect(panel(page).locator('[data-entry="HTTPRoute shop/storefront"]')).toHaveAttribute('data-share', '0.9')
  const pods = mapPage(page).region.locator('.map-pod[data-id^="shop/web-"]')
  await expect(pods).toHaveCount(12)
  await pods.first().click()
}

type Ask = { readonly asks: string; readonly says: string; readonly steps: readonly Step[]; readonly sees: Step }

const panel = (page: Page) => inspectorPage(page).panel

const journeys: readonly Ask[] = [
  {
    asks: '[ask 1]',
    says: 'the rules of a node, without a shell on it',
    steps: [
      press('3'),
      click((page) => listPage(page).row('node-4')),
      click((page) => panel(page).getByRole('button', { name: 'Rules and comparison' })),
    ],
    sees: async (page) => {
      await expect(rulesPage(page).root).toHaveAttribute('data-rules', 'iptables')
      await expect(rulesPage(page).lines.first()).toBeVisible()
    },
  },
  {
    asks: '[ask 2]',
    says: 'why a Service has no zone hints',
    steps: [service('shop/recommendations'), tab('Slices')],
    sees: (page) => expect(panel(page).locator('[data-hint-reason^="safeguard-"]').first()).toBeVisible(),
  },
  {
    asks: '[ask 3] [ask 4]',
    says: 'hints are there, and traffic crosses zones all the same',
    steps: [press('4'), click((page) => problemPage(page).row('payments/fraud').first())],
    sees: async (page) => {
      const explained = problemPage(page).explained('service-hints-ignored')
      await expect(explained.getByRole('heading', { level: 3 })).toHaveText(
        /Zone hints ignored: endpoint 10\.0\.9\.40:50051 in EndpointSlice fraud-canary has none/,
      )
      await expect(explained).toContainText('endpoints[0].hints.forZones')
    },
  },
  {
    asks: '[ask 5] [ask 6] [ask 15] [ask 31]',
    says: 'the pods that really stand behind a Service, from its slices, each with its readiness',
    steps: [service('data/kafka'), tab('Endpoints')],
    sees: async (page) => {
      await expect(inspectorPage(page).endpointTotal).toHaveAttribute('data-total', '5')
      await expect(inspectorPage(page).endpoints.first()).toContainText(/kafka-\d/)
      await expect(inspectorPage(page).endpoints.filter({ hasText: /ready\s*false/ })).toHaveCount(1)
    },
  },
  {
    asks: '[ask 7] [ask 10] [ask 24]',
    says: 'a Service without a selector: its own endpoints, and which slices somebody made by hand',
    steps: [service('data/warehouse'), tab('Slices')],
    sees: async (page) => {
      await expect(panel(page)).toContainText('warehouse-manual')
      await expect(panel(page)).toContainText('endpointslicemirroring-controller.k8s.io')
    },
  },
  {
    asks: '[ask 8]',
    says: 'the names of a Service, and the question to ask CoreDNS',
    steps: [service('shop/cart'), tab('Names')],
    sees: async (page) => {
      await expect(panel(page)).toContainText('cart.shop.svc.cluster.local')
      await expect(panel(page)).toContainText(/dig .*cart\.shop/)
    },
  },
  {
    asks: '[ask 9] [ask 20]',
    says: 'an EndpointSlice as an object of its own',
    steps: [
      press('/'),
      type('cart-'),
      click((page) => shellPage(page).found.filter({ hasText: 'EndpointSlice' }).first()),
    ],
    sees: (page) => expect(inspectorPage(page).heading).toContainText('cart-'),
  },
  {
    asks: '[ask 16]',
    says: 'the proxy mode of every node, and how it is known',
    steps: [press('3'), click((page) => listPage(page).row('node-4'))],
    sees: async (page) => {
      await expect(panel(page)).toContainText('iptables')
      await expect(panel(page).locator('[data-evidence][data-weight="for"]').first()).toContainText(/kube-proxy/)
    },
  },
  {
    asks: '[ask 22] [ask 23]',
    says: 'from an Ingress or an HTTPRoute to a Service, its pods and their workload',
    steps: [service('shop/web'), tab('Entries'), aPodBesideItsEntries],
    sees: async (page) => {
      await expect(inspectorPage(page).heading).toContainText(/web-/)
      await expect(panel(page).locator('[data-kind="Pod"][data-field="metadata.ownerReferences"]')).toHaveText(
        /Deployment\W*web/,
      )
    },
  },
  {
    asks: '[ask 25]',
    says: 'which Services change their endpoints most, and what it costs',
    steps: [press('/'), type('cost'), press('Enter')],
    sees: (page) => expect(page.getByRole('main')).toContainText(/writes/),
  },
  {
    asks: '[ask 30]',
    says: 'a Service on the map, and its pods and their nodes by their names beside it',
    steps: [service('shop/cart'), tab('Endpoints')],
    sees: async (page) => {
      const map = mapPage(page)
      await expect(map.slab('shop/cart')).toBeVisible()
      await expect(map.endpoints.first()).toBeVisible()
      await expect(map.node('node-1')).toBeVisible()
      const endpoint = inspectorPage(page).endpoints.first()
      await expect(endpoint.locator('[data-field$=".targetRef.name"]')).toContainText(/cart-[0-9a-z]+-[0-9a-z]+/)
      await expect(endpoint.locator('[data-field$=".nodeName"]')).toHaveText(/node-\d+/)
    },
  },
  {
    asks: '[ask 32]',
    says: 'every Service with its type and its instances, and one with its selector',
    steps: [press('2'), click((page) => listPage(page).row('data/kafka'))],
    sees: async (page) => {
      await expect(listPage(page).field('data/kafka', 'spec.type')).toHaveText('ClusterIP')
      await expect(listPage(page).ready('data/kafka')).toHaveText('4/5')
      await expect(inspectorPage(page).field('Service', 'data/kafka', 'spec.selector[app]')).toContainText('kafka')
    },
  },
  {
    asks: '[ask 36]',
    says: 'whose an address is, cluster IP or pod',
    steps: [press('/'), type('10.96.41.7'), press('Enter')],
    sees: async (page) => {
      await expect(shellPage(page).palette).toBeHidden()
      await expect(inspectorPage(page).heading).toHaveText(/cart/)
      await expect(inspectorPage(page).field('Service', 'shop/cart', 'spec.clusterIP')).toHaveText('10.96.41.7')
    },
  },
]

let product: Product
test.beforeAll(async () => {
  product = await startProduct({ TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' })
})
test.afterAll(() => product?.stop())

for (const { asks, says, steps, sees } of journeys) {
  test(`${asks} ${says}`, async ({ page }) => {
    expect(steps.length).toBeLessThanOrEqual(3)
    await shellPage(page).open(product.url)
    await expect(mapPage(page).chip('shop/cart')).toBeVisible()
    for (const step of steps) await step(page)
    await sees(page)
  })
}
