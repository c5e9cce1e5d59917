// GET /api/view.json against the page of the same query, and who may ask at all.
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from '@playwright/test'
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

type Endpoint = {
  addresses: string[]
  conditions: Record<'ready' | 'serving' | 'terminating', boolean>
  targetRef?: { namespace: string; name: string }
  triplane: { routed: boolean; routes: { port: string; probability?: number; reason: { code: string } }[] }
}
type Counts = Record<'ready' | 'servingTerminating' | 'notReady', number>
type Service = { triplane: { counts: Record<'IPv4' | 'IPv6', Counts>; sliceCount: number } }
type View = {
  objects: {
    Service: Record<string, Service>
    EndpointSlice: Record<string, { addressType: string; endpoints: Endpoint[] }>
    Node: Record<string, unknown>
  }
}

const ask = async (query: string): Promise<View> => (await fetch(`${product.url}/api/view.json?${query}`)).json()

// Each asks for one port and one family, as the map always shows one of each.
const routes = [
  'focus=Service:shop/cart&from=Node:node-1&port=http/TCP&family=IPv4',
  'focus=Service:payments/fraud&from=Node:node-3&port=grpc/TCP&family=IPv4',
  'focus=Service:shop/search&from=Node:node-2&port=http/TCP&family=IPv4',
  'focus=Service:observability/otel-collector&from=Node:node-5&port=otlp-grpc/TCP&family=IPv4',
  'focus=Service:shop/web&from=Node:node-9&port=http/TCP&family=IPv6',
]
for (const query of routes) {
  test(`[ask 27] the same endpoints are routed, with the same shares and reasons: ${query}`, async ({ page }) => {
    const [shell, map, inspector] = [shellPage(page), mapPage(page), inspectorPage(page)]
    await shell.open(`${product.url}/?${query}&tab=endpoints`)
    const family = /family=(IPv\d)/.exec(query)?.[1]
    const { objects } = await ask(query)
    const all = Object.values(objects.EndpointSlice)
    const endpoints = all.filter((one) => one.addressType === family).flatMap((slice) => slice.endpoints)
    expect(endpoints.length).toBeGreaterThan(5)
    await expect(map.endpoints).toHaveCount(endpoints.length)
    await expect(inspector.endpointTotal).toHaveAttribute('data-total', String(all.flatMap((s) => s.endpoints).length))

    const asked = endpoints
      .map(({ addresses, targetRef, triplane }) => ({
        id: targetRef ? `${targetRef.namespace}/${targetRef.name}` : (addresses[0] ?? ''),
        routed: String(triplane.routed),
        probability: String(triplane.routes[0]?.probability ?? 0),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const shown = await map.endpoints.evaluateAll((cards) =>
      cards.map((card) => ({
        id: card.getAttribute('data-id') ?? '',
        routed: card.getAttribute('data-routed') ?? '',
        probability: card.getAttribute('data-probability') ?? '0',
      })),
    )
    expect(shown.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(asked)

    for (const endpoint of endpoints.slice(0, 3)) {
      const row = inspector.endpoint(endpoint.addresses[0] ?? '')
      await inspector.panel.getByRole('searchbox').fill(endpoint.addresses[0] ?? '')
      await expect(row).toHaveAttribute('data-reason', endpoint.triplane.routes[0]?.reason.code ?? '')
      await expect(row).toHaveAttribute('data-routed', String(endpoint.triplane.routed))
    }
  })
}

test('the list shows the same Services with the same counts', async ({ page }) => {
  const [shell, list] = [shellPage(page), listPage(page)]
  for (const query of ['view=services&ns=payments,data', 'view=services&q=grpc']) {
    await shell.open(`${product.url}/?${query}`)
    const { objects } = await ask(query)
    const services = Object.entries(objects.Service)
    expect(services.length).toBeGreaterThan(2)
    await expect(list.rows).toHaveCount(services.length)
    for (const [id, { triplane }] of services) {
      await expect(list.sliceCount(id)).toHaveText(String(triplane.sliceCount))
      const counts = Object.values(triplane.counts).filter(
        (one) => one.ready + one.servingTerminating + one.notReady > 0,
      )
      const texts = counts.map((one) => `${one.ready}/${one.ready + one.servingTerminating + one.notReady}`)
      expect(await list.ready(id).allTextContents()).toEqual(texts)
    }
  }
  await shell.open(`${product.url}/?view=nodes&q=zone-a`)
  const { objects } = await ask('view=nodes&q=zone-a')
  expect(Object.keys(objects.Node)).toHaveLength(4)
  await expect(list.rows).toHaveCount(4)
})

const wrong = [
  { query: 'view=maps', status: 400, parameter: 'view' },
  { query: 'focus=Secret:shop/cart', status: 400, parameter: 'focus' },
  { query: 'focus=Service:shop/cart&family=IPv5', status: 400, parameter: 'family' },
  { query: 'focus=Service:shop/cart&port=http', status: 400, parameter: 'port' },
  { query: 'focus=Service:shop/cart&tab=pods', status: 400, parameter: 'tab' },
  { query: 'focus=Service:shop/cart&port=none/TCP', status: 404, parameter: 'port' },
  { query: 'from=Service:shop/cart', status: 400, parameter: 'from' },
  { query: 'colour=red', status: 400, parameter: 'colour' },
  { query: 'ns=a&ns=b', status: 400, parameter: 'ns' },
  { query: 'focus=Service:shop/no-such', status: 404, parameter: 'focus' },
  { query: 'from=Node:no-such', status: 404, parameter: 'from' },
] as const
for (const { query, status, parameter } of wrong) {
  test(`${query} is answered ${status} and names ${parameter}`, async () => {
    const answer = await fetch(`${product.url}/api/view.json?${query}`)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ errors: [{ values: { parameter } }] })
  })
}

test('only this machine and this page are answered: page, asset, api and stream', async () => {
  const home = await (await fetch(product.url)).text()
  const asset = /\/_next\/static\/[^"]+\.js/.exec(home)?.[0] ?? ''
  expect(asset).not.toBe('')
  const stream = `/api/trpc/graph.watch?input=${encodeURIComponent('{"parts":[{"key":"status"}]}')}`
  const own = new URL(product.url).host
  for (const path of ['/', asset, '/api/view.json?view=nodes', '/api/trpc/status.get', stream]) {
    expect(await statusOf(path, { host: own }), `${path}, own`).toBe(200)
    expect(await statusOf(path, { host: own, origin: product.url }), `${path}, own origin`).toBe(200)
    expect(await statusOf(path, { host: `evil.example:${new URL(product.url).port}` }), `${path}, Host`).toBe(421)
    expect(await statusOf(path, { host: own, origin: 'https://evil.example' }), `${path}, Origin`).toBe(403)
    expect(await statusOf(path, { host: own, 'sec-fetch-site': 'cross-site' }), `${path}, fetch site`).toBe(403)
  }
})

// Not fetch: it does not let anybody write Host.
async function statusOf(path: string, headers: Record<string, string>): Promise<number> {
  const { hostname, port } = new URL(product.url)
  const asked = httpRequest({ hostname, port, path, headers, setHost: false }).end()
  const [response] = await once(asked, 'response')
  if (response.statusCode === 200 && /event-stream/.test(response.headers['content-type'])) asked.destroy()
  else await text(response)
  return response.statusCode
}
