// Journeys on a real control plane: what the real controllers make of Services and pods appears by itself, and rightly.
import { expect, type Page, test } from '@playwright/test'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, startControlPlane } from './cluster/control-plane'
import { setPodReady } from './cluster/objects'
import { inspectorPage } from './pages/inspector-page'
import { listPage } from './pages/list-page'
import { mapPage } from './pages/map-page'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct, stopAll } from './product'
import { createNodes, createShop, podRef, zones } from './real-shop'

const why = await whyNoPrograms()
test.skip(why !== undefined, why)

let cluster: ControlPlane
let product: Product
test.beforeAll(async () => {
  test.setTimeout(600_000)
  cluster = await startControlPlane({ maxEndpointsPerSlice: 5 })
  await createNodes(cluster.api)
  product = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigPath })
})
test.beforeEach(({ context }) => product.signIn(context))
test.afterAll(() => stopAll(product, cluster))

const pagesOf = (page: Page) => ({
  shell: shellPage(page),
  map: mapPage(page),
  inspector: inspectorPage(page),
  list: listPage(page),
})
const focus = (id: string, more = '') => `${product.url}/?focus=Service:${id}${more}`

test('[M1] real: a new Service, its pods, and their number appear on map, list and inspector without a reload', async ({
  page,
}) => {
  const { shell, map, inspector, list } = pagesOf(page)
  await shell.open(product.url)
  await expect(page.getByRole('button', { name: 'Cluster: admin@test' })).toBeVisible()
  await expect(map.node('node-a1')).toBeVisible()
  const loads = shell.loads()

  const shop = await createShop(cluster.api, 'alpha', 1)
  await shop.expose()
  await expect(map.chip(shop.id)).toBeVisible()
  await expect(map.chip(shop.id)).toHaveAttribute('data-severity', 'crit')
  await shop.addPods(0, 3)
  await expect(map.chipCount(shop.id)).toHaveText('3')
  await expect(map.chip(shop.id)).not.toHaveAttribute('data-severity', 'crit')

  await map.chip(shop.id).click()
  await expect(map.endpoints).toHaveCount(3)
  await expect(inspector.condition('ready')).toHaveAttribute('data-count', '3')
  await shop.addPods(3, 6)
  await expect(map.endpoints).toHaveCount(6)
  await expect(inspector.condition('ready')).toHaveAttribute('data-count', '6')
  await shop.removePods(1, 6)
  await expect(map.endpoints).toHaveCount(1)
  await expect(map.pod(shop.pod(0))).toBeVisible()
  await expect(inspector.condition('ready')).toHaveAttribute('data-count', '1')

  await shell.view('Services')
  await expect(list.ready(shop.id)).toHaveText('1/1')
  await shop.addPods(1, 3)
  await expect(list.ready(shop.id)).toHaveText('3/3')
  expect(shell.loads()).toBe(loads)
})

test('[M11] real: an unready pod stays in its slice and receives nothing, until it is ready again', async ({
  page,
}) => {
  const { shell, map, inspector, list } = pagesOf(page)
  const shop = await createShop(cluster.api, 'beta', 2)
  await shop.addPods(0, 3)
  await shop.expose()
  await shell.open(focus(shop.id, '&from=Node:node-a1&tab=endpoints'))
  await expect(map.routed).toHaveCount(3)
  const loads = shell.loads()

  await setPodReady(cluster.api, podRef('beta', 'web-1'), false)
  await expect(map.pod(shop.pod(1))).toHaveAttribute('data-routed', 'false')
  await expect(map.pod(shop.pod(1))).toHaveAttribute('data-condition', 'notReady')
  await expect(map.segment(shop.address(1))).toHaveAttribute('data-condition', 'notReady')
  await expect(map.routed).toHaveCount(2)
  const row = inspector.endpoint(shop.address(1))
  await expect(row).toHaveAttribute('data-reason', 'endpoint-not-ready')
  await expect(row).toContainText('not routed')
  await expect(row.locator('[data-field$=".conditions.ready"]')).toHaveText('false')
  await expect(inspector.endpoint(shop.address(0))).toContainText('50')
  await shell.view('Services')
  await expect(list.ready(shop.id)).toHaveText('2/3')
  await shell.view('Map')

  await setPodReady(cluster.api, podRef('beta', 'web-1'), true)
  await expect(map.pod(shop.pod(1))).toHaveAttribute('data-routed', 'true')
  await expect(row).toHaveAttribute('data-routed', 'true')
  expect(shell.loads()).toBe(loads)
})

const ways = [
  {
    name: 'topology-mode: Auto',
    space: 'gamma',
    block: 3,
    on: { metadata: { annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } } },
    off: { metadata: { annotations: { 'service.kubernetes.io/topology-mode': null } } },
  },
  {
    name: 'trafficDistribution',
    space: 'delta',
    block: 4,
    on: { spec: { trafficDistribution: 'PreferSameZone' } },
    off: { spec: { trafficDistribution: null } },
  },
] as const

for (const { name, space, block, on, off } of ways) {
  test(`[M7] real: hints by ${name}: letters on the segments, the route stays in its zone, and why when they go`, async ({
    page,
  }) => {
    const { shell, map, inspector } = pagesOf(page)
    const shop = await createShop(cluster.api, space, block)
    await shop.addPods(0, 9)
    await shop.expose()
    await shell.open(focus(shop.id, '&from=Node:node-b1&tab=slices'))
    await expect(map.routed).toHaveCount(9)
    await expect(map.slices.first()).toContainText('no zone hints')
    await expect(inspector.hintReasons).toHaveAttribute('data-hint-reason', 'hints-not-asked')
    const loads = shell.loads()

    await shop.change(on)
    await expect(map.slices.first()).toContainText('letter: zone hint')
    for (let n = 0; n < 9; n += 1) await expect(map.segment(shop.address(n))).toHaveText('abc'.charAt(n % 3))
    await expect(shell.leavesZone).toHaveAttribute('data-leaves-zone', '0')
    await expect(shell.leavesZone).toHaveText('Stays in zone-b')
    await expect(map.routed).toHaveCount(3)
    for (const n of [1, 4, 7]) await expect(map.pod(shop.pod(n))).toHaveAttribute('data-routed', 'true')
    await expect(map.zone('zone-b')).toContainText('100')
    await expect(inspector.hintReasons).toHaveCount(0)
    await shell.chooseSource('node-c1', 'node-c1')
    await expect(map.pod(shop.pod(2))).toHaveAttribute('data-routed', 'true')
    await expect(map.pod(shop.pod(1))).toHaveAttribute('data-routed', 'false')
    expect(zones).toContain(await map.zone('zone-c').getAttribute('data-zone'))

    await shop.change(off)
    await expect(map.routed).toHaveCount(9)
    await expect(map.slices.first()).toContainText('no zone hints')
    await expect(map.segment(shop.address(0))).not.toHaveText(/[abc]/)
    await expect(inspector.hintReasons).toHaveAttribute('data-hint-reason', 'hints-not-asked')
    await expect(shell.leavesZone).toHaveAttribute('data-leaves-zone', /^0\.6/)
    expect(shell.loads()).toBe(loads)
  })
}

test('[M7] real: too few endpoints for the zones: no hints, and the safeguard is named', async ({ page }) => {
  const { shell, inspector } = pagesOf(page)
  const shop = await createShop(cluster.api, 'epsilon', 5)
  await shop.addPods(0, 2)
  await shop.expose({}, { 'service.kubernetes.io/topology-mode': 'Auto' })
  await shell.open(focus(shop.id, '&tab=slices'))
  await expect(inspector.panel.locator('[data-hint-reason="safeguard-too-few-endpoints"]')).toContainText(
    '2 ready endpoints are too few for 3 zones',
  )
})

test('[M8] real: 17 replicas at five per slice stand in four slices', async ({ page }) => {
  const { shell, map, inspector, list } = pagesOf(page)
  const shop = await createShop(cluster.api, 'zeta', 6)
  await shop.addPods(0, 17)
  await shop.expose()
  await shell.open(focus(shop.id, '&tab=slices'))
  await expect(map.slices).toHaveCount(4)
  await expect(map.segments).toHaveCount(17)
  await expect(inspector.slices).toHaveCount(4)
  const fills = await map.slices.locator('[data-field="endpoints.length"]').allTextContents()
  expect(fills.sort()).toEqual(['2/5', '5/5', '5/5', '5/5'])
  await shell.view('Services')
  await expect(list.sliceCount(shop.id)).toHaveText('4')
  await expect(list.ready(shop.id)).toHaveText('17/17')
})

test('hostile text of the cluster and of the address is text', async ({ page }) => {
  const { shell, inspector } = pagesOf(page)
  const hostile = '<img src=x onerror="document.title=1"> {count, plural} \u202Egnp.exe\u0000'
  const shop = await createShop(cluster.api, 'eta', 7)
  await shop.addPods(0, 3)
  await shop.expose({}, { 'service.kubernetes.io/topology-mode': hostile })
  await shell.open(focus(shop.id, '&tab=slices'))
  await expect(inspector.panel.locator('[data-hint-reason="hints-annotation-value"]')).toContainText(
    '<img src=x onerror="document.title=1"> {count, plural} ',
  )
  await inspector.tab('Overview').click()
  await expect(inspector.panel).toContainText('<img src=x')
  await expect(inspector.panel).not.toContainText('\u202E')
  await shell.open(`${product.url}/?focus=Service:${encodeURIComponent('<img-src=x>/__proto__')}`)
  await expect(inspector.panel).toContainText('<img-src=x>/__proto__')
  await expect(page.locator('img')).toHaveCount(0)
  await expect(page).toHaveTitle('Triplane')
})
