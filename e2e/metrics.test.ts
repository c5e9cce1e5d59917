// Where the numbers of the built product are, and for whom.
import { afterAll, expect, test } from 'vitest'
import { freePort, type Product, startProduct, stopAll } from './product'

const running: Product[] = []
afterAll(() => stopAll(...running))

async function start(env: Readonly<Record<string, string>>) {
  const opsPort = String(await freePort())
  const product = await startProduct({
    TRIPLANE_CLUSTER: 'embedded',
    TRIPLANE_DEMO_SPEED: '0',
    TRIPLANE_OPS_PORT: opsPort,
    ...env,
  })
  running.push(product)
  return { product, ops: `http://127.0.0.1:${opsPort}` }
}

const seriesOf = (text: string, series: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length),
  )

test('locked: the main port has no numbers, the operations port has', async () => {
  const { product, ops } = await start({ TRIPLANE_AUTH: 'locked' })
  expect((await fetch(`${product.url}/metrics`)).status).toBe(404)
  // It listens before its cluster is read: until then /readyz rightly says 503.
  await expect.poll(async () => (await fetch(`${ops}/readyz`)).status, { timeout: 20_000 }).toBe(200)
  for (const path of ['/livez', '/metrics']) expect([path, (await fetch(ops + path)).status]).toEqual([path, 200])
  for (const path of ['/', '/docs/install', '/api/view.json', '/api/trpc/status.get']) {
    expect([path, (await fetch(ops + path)).status]).toEqual([path, 404])
  }
})

test('embedded: both ports tell the same; a stream is open while somebody reads it, and no longer', async () => {
  const { product, ops } = await start({})
  const numbers = async () => (await fetch(`${ops}/metrics`)).text()
  const onMainPort = async () => (await product.fetch('/metrics')).text()
  await expect.poll(async () => seriesOf(await onMainPort(), 'triplane_ready'), { timeout: 20_000 }).toBe(1)
  const leave = new AbortController()
  const input = encodeURIComponent(JSON.stringify({ parts: [{ key: 'overview' }] }))
  const stream = await product.fetch(`/api/trpc/graph.watch?input=${input}`, { signal: leave.signal })
  const reader = stream.body?.getReader()
  while (seriesOf(await numbers(), 'triplane_stream_frames_total') < 2) await reader?.read()
  expect(seriesOf(await numbers(), 'triplane_streams_open')).toBe(1)
  expect(seriesOf(await numbers(), 'triplane_http_sent_bytes_total{kind="stream"}')).toBeGreaterThan(1000)
  expect(seriesOf(await numbers(), 'triplane_projection_seconds_count{part="overview"}')).toBeGreaterThan(0)
  leave.abort()
  await expect.poll(async () => seriesOf(await numbers(), 'triplane_streams_open'), { timeout: 10_000 }).toBe(0)
})
