// The truth table: on a real kube-apiserver with the real controllers, each case is right on four surfaces: the map, the
// inspector, the list and /api/view.json.
import { expect, type Page, test } from '@playwright/test'
import { whyNoPrograms } from '../cluster/build.ts'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane.ts'
import { endpointSlice, pod, removePod } from '../cluster/objects.ts'
import { onePage } from '../pages/one-page.ts'
import { type Product, startProduct, stopAll } from '../product'
import { columns, type Endpoint, idOf, isListed, type Truth, truths } from './expected.ts'
import { bigEndpoints, createTruth, ip4, ns } from './scenario.ts'

const why = await whyNoPrograms()
test.skip(why !== undefined, why)

let cluster: ControlPlane
let product: Product

test.beforeAll(async () => {
  // The first run on a machine builds the control plane from source.
  test.setTimeout(1_200_000)
  cluster = await startControlPlane()
  await createTruth(cluster.api)
  product = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigPath })
})
const thePage = onePage()
test.beforeAll(() => product.signIn(thePage().context()))
test.afterAll(() => stopAll(product, cluster))

const sorted = (endpoints: readonly Endpoint[]) => [...endpoints].sort((a, b) => (a.address < b.address ? -1 : 1))
const query = (truth: Truth) => `focus=Service:${idOf(truth)}${truth.family ? `&family=${truth.family}` : ''}`

for (const truth of truths) {
  test.describe(truth.case, () => {
    test('view.json', async () => {
      await expect(async () => {
        const view = await (await product.fetch(`/api/view.json?${query(truth)}`)).json()
        expect(fromView(view, truth)).toEqual(sorted(truth.endpoints))
        const service = view.objects.Service[idOf(truth)]
        for (const [path, value] of Object.entries(truth.fields)) expect(String(at(service, path)), path).toBe(value)
        expect(service.triplane.trouble.map((one: { reason: { code: string } }) => one.reason.code)).toEqual(
          truth.trouble ? [truth.trouble] : [],
        )
      }).toPass({ timeout: 20_000 })
    })

    test('map and inspector', async () => {
      const page = thePage()
      await open(page, `/?${query(truth)}&tab=endpoints`)
      const segments = page.locator('[data-kind="Endpoint"][data-field]')
      await expect(segments).toHaveCount(truth.endpoints.length)
      const shown = await segments.evaluateAll((elements) =>
        elements.map((element) => ({
          address: element.getAttribute('data-id') ?? '',
          condition: element.getAttribute('data-condition'),
          routed: element.getAttribute('data-routed'),
          text: element.textContent ?? '',
        })),
      )
      const headless = truth.name === 'headless'
      expect(shown.sort((a, b) => (a.address < b.address ? -1 : 1))).toEqual(
        sorted(truth.endpoints).map((endpoint) => ({
          address: endpoint.address,
          condition: conditionOf(endpoint),
          // kube-proxy writes no rules for a headless Service: nothing is routed, DNS answers.
          routed: headless ? null : String(endpoint.routed),
          text: endpoint.hintZone?.slice(-1) ?? '−',
        })),
      )
      const slab = page.locator(`.react-flow [data-kind="Service"][data-id="${idOf(truth)}"]`).last()
      for (const path of ['spec.externalName', 'spec.clusterIPs[0]', 'spec.ports[0].nodePort']) {
        const value = truth.fields[path]
        if (value && value !== 'None') await expect(slab).toContainText(value)
      }
      if (truth.trouble === 'service-selects-no-pods')
        await expect(page.locator('.react-flow')).toContainText('nobody-has-this-label')

      // The tab holds both families; its rows are virtual, so each is looked up by its address.
      const families = truth.name === 'dual' ? 2 : 1
      await expect(page.getByRole('tab', { name: /Endpoints/ })).toContainText(
        String(truth.endpoints.length * families),
      )
      const find = page.getByRole('tabpanel').getByRole('searchbox')
      for (const endpoint of truth.endpoints) {
        const row = page.locator(`[data-endpoint="${endpoint.address}"]`)
        await find.fill(endpoint.address)
        await expect(row).toHaveCount(1)
        // Of a headless Service nothing is said about routes: no proxy has any.
        if (truth.name === 'headless') await expect(row).not.toHaveAttribute('data-routed')
        else await expect(row).toHaveAttribute('data-routed', String(endpoint.routed))
        await expect(row).toContainText(`:${endpoint.port}`)
        for (const name of ['ready', 'serving', 'terminating'] as const) {
          const condition = row.locator(`[data-field$=".conditions.${name}"]`)
          await expect(condition).toContainText(
            truth.name === 'absent'
              ? new RegExp(`^not set.*${endpoint.conditions[name]}`)
              : new RegExp(`^(${endpoint.conditions[name]}|not set.*${endpoint.conditions[name]})`),
          )
        }
        if (endpoint.hintZone)
          await expect(row.locator('[data-field$=".hints.forZones"]')).toHaveText(endpoint.hintZone)
      }
      await page.getByRole('tab', { name: /^Overview/ }).click()
      const inspector = page.locator('aside, [role="complementary"], [role="dialog"]').last()
      for (const [path, value] of Object.entries(truth.fields)) {
        await expect(inspector.locator(`[data-id="${idOf(truth)}"][data-field="${path}"]`).first(), path).toHaveText(
          value,
        )
      }
      if (truth.trouble) await expect(inspector.locator(`[data-trouble="${truth.trouble}"]`)).toBeVisible()
      else await expect(inspector.locator('[data-trouble]')).toHaveCount(0)
    })

    test('list', async () => {
      const page = thePage()
      await open(page, `/?view=services&q=${truth.name}`)
      const field = (path: string) =>
        page.locator(`[data-kind="Service"][data-id="${idOf(truth)}"][data-field="${path}"]`)
      const family = truth.family ?? 'IPv4'
      await expect(field('metadata.name')).toHaveText(truth.name)
      if (truth.name !== 'extname') {
        const count = field(`triplane.counts.${family}`)
        await expect(count).toHaveAttribute(
          'data-ready',
          String(truth.endpoints.filter((one) => one.conditions.ready).length),
        )
        await expect(count).toHaveAttribute('data-total', String(truth.endpoints.length))
      }
      for (const [path, value] of Object.entries(truth.fields)) {
        if (isListed(path)) await expect(field(path), path).toHaveText(value)
      }
      const row = page.locator('[role="row"]', { has: field('metadata.name') })
      if (truth.trouble) await expect(row.locator(`[data-trouble="${truth.trouble}"]`)).toBeVisible()
      else await expect(row.locator('[data-trouble]')).toHaveCount(0)
    })
  })
}

test('1,500 endpoints in one Service: all counted, none silently cut', async () => {
  const page = thePage()
  const view = await (await product.fetch(`/api/view.json?focus=Service:${ns}/big`)).json()
  expect(
    view.objects.Service[`${ns}/big`].triplane.routes[0].endpoints.filter((one: { routed: boolean }) => one.routed),
  ).toHaveLength(bigEndpoints)
  await open(page, `/?view=services&q=big`)
  await expect(page.locator(`[data-id="${ns}/big"][data-field="triplane.counts.IPv4"]`)).toHaveAttribute(
    'data-total',
    '1500',
  )
  await open(page, `/?focus=Service:${ns}/big&tab=endpoints`)
  await expect(page.locator(`.react-flow [data-kind="EndpointSlice"]`)).toHaveCount(15)
  // Every lane of a full shard says "34 of 34": the totals add up to all endpoints.
  const lanes = await page
    .locator('.react-flow [data-kind="EndpointSlice"] span', { hasText: /^\d+ of \d+$/ })
    .allTextContents()
  const sum = lanes.reduce((total, lane) => total + Number(lane.split(' of ')[1]), 0)
  expect(sum).toBe(bigEndpoints)
  await expect(page.getByRole('tab', { name: /Endpoints/ })).toContainText('1500')
  // Every row of the virtual list can be reached: the search finds the last one.
  await page.getByRole('tabpanel').getByRole('searchbox').fill('10.200.5.250')
  await expect(page.locator('[data-endpoint="10.200.5.250"]')).toBeVisible()
})

for (const [view, titles] of Object.entries(columns)) {
  test(`the list of ${view} has a column for each field it is meant to show`, async () => {
    const page = thePage()
    await open(page, `/?view=${view}`)
    await expect(page.getByRole('columnheader')).toHaveText(titles)
  })
}

test('an endpoint that leaves disappears without reload, on every surface', async () => {
  const page = thePage()
  await open(page, `/?focus=Service:${ns}/np-local&tab=endpoints`)
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))
  const segment = page.locator(`[data-kind="Endpoint"][data-field][data-id="${ip4(12, 1)}"]`)
  const row = page.locator(`[data-endpoint="${ip4(12, 1)}"]`)
  await expect(segment).toBeVisible()
  await expect(row).toBeVisible()
  await removePod(cluster.api, pod(ns, 'np-local-1', { node: '', ips: [] }))
  await expect(segment).toHaveCount(0)
  await expect(row).toHaveCount(0)
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
  const view = await (await product.fetch(`/api/view.json?focus=Service:${ns}/np-local`)).json()
  expect(JSON.stringify(view.objects.Service)).not.toContain(ip4(12, 1))
  // The same for a hand-made slice that is deleted.
  await open(page, `/?focus=Service:${ns}/manual`)
  await expect(page.locator('[data-kind="Endpoint"][data-field]')).toHaveCount(2)
  await cluster.api.delete(endpointSlice(ns, 'manual-hand', { service: 'manual', endpoints: [], ports: [] }))
  await expect(page.locator('[data-kind="Endpoint"][data-field]')).toHaveCount(0)
})

async function open(page: Page, path: string): Promise<void> {
  await page.goto(product.url + path)
  await expect(page.locator('[data-stream="synced"]').first()).toBeVisible()
}

const conditionOf = ({ conditions }: Endpoint) =>
  conditions.ready ? 'ready' : conditions.serving && conditions.terminating ? 'servingTerminating' : 'notReady'

type ViewEndpoint = {
  addresses: string[]
  conditions: Endpoint['conditions']
  hints?: { forZones?: { name: string }[] }
  triplane: { routed: boolean; inDns?: boolean }
}
type ViewSlice = { addressType: string; ports: { port: number }[] | null; endpoints: ViewEndpoint[] | null }

/** The endpoints of the case's family as view.json has them, slice by slice. */
function fromView(view: { objects: { EndpointSlice: Record<string, ViewSlice> } }, truth: Truth): Endpoint[] {
  const slices = Object.values(view.objects.EndpointSlice ?? {}).filter(
    (slice) => slice.addressType === (truth.family ?? 'IPv4'),
  )
  return sorted(
    slices.flatMap((slice) =>
      (slice.endpoints ?? []).map((endpoint) => ({
        address: endpoint.addresses[0] ?? '',
        port: slice.ports?.[0]?.port ?? 0,
        routed: endpoint.triplane.routed,
        conditions: endpoint.conditions,
        ...(endpoint.triplane.inDns !== undefined && { inDns: endpoint.triplane.inDns }),
        ...(endpoint.hints?.forZones?.[0] && { hintZone: endpoint.hints.forZones[0].name }),
      })),
    ),
  )
}

/** Value at an API field path such as `spec.ports[0].nodePort`. */
function at(object: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((step) => step !== '')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], object)
}
