// The stream at size, on the real control plane: 1,000 nodes, 21,500 pods, 2,000 Services. How long from a pod's status
// PATCH until its endpoint is another one on the screen, against a bare EndpointSlice watch of the same run.
import { appendFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { cpus, loadavg } from 'node:os'
import { type CDPSession, expect, type Page, test } from '@playwright/test'
import { whyNoPrograms } from './cluster/build.ts'
import { type ControlPlane, startControlPlane } from './cluster/control-plane.ts'
import { liveTestSize, loadLarge } from './cluster/large.ts'
import { pod, setPodReady } from './cluster/objects.ts'
import { type Product, startProduct, stopAll } from './product'

const rounds = 60
const results = 'bench/live.txt'

const why = await whyNoPrograms()
test.skip(why !== undefined, why)

let cluster: ControlPlane
let product: Product

test.describe.configure({ mode: 'serial', timeout: 900_000 })

test.beforeAll(async () => {
  test.setTimeout(1_800_000)
  writeFileSync(results, `${header()}\n`)
  cluster = await startControlPlane()
  await loadLarge(cluster.api, liveTestSize)
  product = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigPath })
})
test.beforeEach(({ context }) => product.signIn(context))
test.afterAll(() => stopAll(product, cluster))

test('[ask 17] [ask 19] [ask 28] [ask 35] a pod status PATCH is on the screen as soon as on a bare watch, for at most 1 KB to the tab', async ({
  page,
}) => {
  const target = await anyServedPod()
  await page.goto(`${product.url}/?focus=Service:${target.namespace}/${target.service}`)
  const card = page.locator(`[data-kind="Pod"][data-id="${target.namespace}/${target.pod}"][data-condition]`).first()
  await expect(card).toHaveAttribute('data-condition', 'ready', { timeout: 120_000 })
  await page.evaluate((id) => {
    const seen: { at: number; condition: string }[] = []
    Object.assign(window, { seen })
    let last = ''
    new MutationObserver(() => {
      const now =
        document.querySelector(`[data-kind="Pod"][data-id="${id}"][data-condition]`)?.getAttribute('data-condition') ??
        ''
      if (now !== last) seen.push({ at: performance.timeOrigin + performance.now(), condition: now })
      last = now
    }).observe(document.body, { subtree: true, attributes: true, childList: true })
  }, `${target.namespace}/${target.pod}`)
  const bytes = await countStreamBytes(page)
  const bare = watchSlices(target.namespace, target.service)
  await expect.poll(bare.isOpen).toBe(true)

  const screen: number[] = []
  const watch: number[] = []
  const object = pod(target.namespace, target.pod, { node: '', ips: [] })
  const before = bytes()
  for (let round = 0; round < rounds; round++) {
    // Each change comes after quiet, as one pod's does; a stream in steady use sends at most ten frames a second.
    await page.waitForTimeout(300 + 10 * (round % 20))
    const ready = round % 2 === 1
    const wanted = ready ? 'ready' : 'notReady'
    const [from, seenFrom] = [
      bare.count(),
      await page.evaluate(() => (window as unknown as { seen: unknown[] }).seen.length),
    ]
    const patched = Date.now()
    await setPodReady(cluster.api, object, ready)
    await expect(card).toHaveAttribute('data-condition', wanted, { timeout: 20_000 })
    const at = await page.evaluate(
      ([start, condition]) =>
        (window as unknown as { seen: { at: number; condition: string }[] }).seen
          .slice(start as number)
          .find((s) => s.condition === condition)?.at,
      [seenFrom, wanted] as const,
    )
    expect(at).toBeDefined()
    await expect.poll(bare.count).toBeGreaterThan(from)
    screen.push((at ?? 0) - patched)
    watch.push((bare.events[from] ?? 0) - patched)
  }
  bare.stop()
  const perChange = (bytes() - before) / rounds
  const [onScreen, onWatch] = [median(screen), median(watch)]
  record(
    `pod PATCH → screen: median ${onScreen.toFixed(0)} ms; bare watch ${onWatch.toFixed(0)} ms; ratio ${(onScreen / onWatch).toFixed(2)}; ${perChange.toFixed(0)} B to the tab per change`,
  )
  expect(onScreen <= 5 * onWatch || onScreen <= 100).toBe(true)
  expect(perChange).toBeLessThanOrEqual(1024)
})

test('a further tab opens no further watch on the API server', async ({ page, context }) => {
  await page.goto(product.url)
  await expect(page.locator('[data-stream="synced"]')).toBeVisible({ timeout: 60_000 })
  const before = await watches()
  for (let i = 0; i < 3; i++) {
    const tab = await context.newPage()
    await tab.goto(product.url)
    await expect(tab.locator('[data-stream="synced"]')).toBeVisible({ timeout: 60_000 })
  }
  const after = await watches()
  record(`watches on the API server with 1 and 4 tabs: ${before} and ${after}`)
  expect(after).toBeLessThanOrEqual(before)
})

test('API server gone for 10 s: stale within 5 s, healed within 15 s of its return, without reload', async ({
  page,
}) => {
  await page.goto(product.url)
  const state = page.locator('[data-stream]').first()
  await expect(state).toHaveAttribute('data-stream', 'synced', { timeout: 60_000 })
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))
  const gone = Date.now()
  await cluster.killApiServer()
  await expect(state).not.toHaveAttribute('data-stream', 'synced', { timeout: 5_000 })
  const stale = Date.now() - gone
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, 10_000 - (Date.now() - gone))))
  await cluster.startApiServer()
  const back = Date.now()
  await expect(state).toHaveAttribute('data-stream', 'synced', { timeout: 15_000 })
  record(`API server gone 10 s: stale shown after ${stale} ms, healed ${Date.now() - back} ms after its return`)
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
})

async function anyServedPod(): Promise<{ namespace: string; service: string; pod: string }> {
  type Slice = {
    metadata: { namespace: string; labels: Record<string, string> }
    endpoints: { targetRef?: { kind: string; name: string } }[] | null
  }
  const slices = await cluster.api.list<Slice>('/apis/discovery.k8s.io/v1/endpointslices?limit=500')
  // The Service of 1,500 is drawn as dots; a pod of an ordinary one has a card of its own to look at.
  for (const { metadata, endpoints } of slices.filter((slice) => (slice.endpoints?.length ?? 0) <= 20)) {
    const name = endpoints?.[0]?.targetRef?.name
    const service = metadata.labels['kubernetes.io/service-name']
    if (name && service) return { namespace: metadata.namespace, service, pod: name }
  }
  throw new Error('no endpoint with a pod')
}

/** Encoded bytes that the page received on its event stream since it was opened. */
async function countStreamBytes(page: Page): Promise<() => number> {
  const session: CDPSession = await page.context().newCDPSession(page)
  let total = 0
  session.on('Network.dataReceived', ({ encodedDataLength, dataLength }) => {
    total += Math.max(encodedDataLength, dataLength)
  })
  await session.send('Network.enable')
  return () => total
}

type BareWatch = {
  /** Times of the changes. */
  readonly events: readonly number[]
  isOpen(): boolean
  count(): number
  stop(): void
}

/** A watch of one Service's slices with nothing between it and the API server: when each event arrived. */
function watchSlices(namespace: string, service: string): BareWatch {
  const events: number[] = []
  let fault: Error | undefined
  let stopped = false
  const selector = encodeURIComponent(`kubernetes.io/service-name=${service}`)
  const url = `${cluster.server}/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?watch=1&labelSelector=${selector}`
  let rest = ''
  let opened = false
  const call = request(
    url,
    { ca: cluster.ca, headers: { authorization: `Bearer ${cluster.tokens.admin}` } },
    (answer) => {
      if (answer.statusCode !== 200) fault = new Error(`the bare watch was answered with ${answer.statusCode}`)
      answer.on('end', () => {
        if (!stopped) fault ??= new Error('the API server ended the bare watch')
      })
      answer.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString('utf8')).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          if (line.startsWith('{"type":"ADDED"')) opened = true
          if (line.startsWith('{"type":"MODIFIED"')) events.push(Date.now())
        }
      })
    },
  )
  call.on('error', (error) => {
    if (!stopped) fault = error
  })
  call.end()
  return {
    events,
    // It begins with what is there: after that, every change comes.
    isOpen() {
      if (fault) throw fault
      return opened
    },
    // Without its events there is nothing to measure against: the reason is the test's failure, not a time that ran out.
    count() {
      if (fault) throw fault
      return events.length
    },
    stop() {
      stopped = true
      call.destroy()
    },
  }
}

async function watches(): Promise<number> {
  const text = await cluster.api.getText('/metrics')
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith('apiserver_longrunning_requests{') && line.includes('verb="WATCH"'))
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** What the lines below it were measured on. */
function header(): string {
  const { nodes, services, podsPerService, bigService } = liveTestSize
  const size = `${nodes} nodes, ${services * podsPerService + bigService} pods, ${services + 1} Services`
  const machine = `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), load average ${loadavg()[0]?.toFixed(1)} before`
  return `${new Date().toISOString()}, ${machine}; real kube-apiserver with ${size}`
}

function record(line: string): void {
  console.log(line)
  appendFileSync(results, `${line}\n`)
}
