// Half an hour of the most restless cluster there is, with 50 streams that read: the program must not grow.
import { readdirSync, readFileSync } from 'node:fs'
import { type ClientRequest, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveMemory } from './live-memory'
import { freePort, type Product, startProduct } from './product'

const minutes = Number(process.env.TRIPLANE_SOAK_MINUTES ?? 30)
const streams = 50
const sampleMs = 5000
const allowedGrowth = 0.05
/** What is held at one moment has in it what was just then on its way: the median of so many moments has not. */
const moments = 5
const parts = ['overview', 'status', 'namespace/shop', 'service/shop/cart'].map((key) => ({ key }))
const watch = `/api/trpc/graph.watch?input=${encodeURIComponent(JSON.stringify({ parts }))}`

let product: Product
let inspectorPort = 0
const requests = new Set<ClientRequest>()
let events = 0
let bytes = 0
let closing = false

beforeAll(async () => {
  inspectorPort = await freePort()
  product = await startProduct({
    TRIPLANE_CLUSTER: 'embedded',
    TRIPLANE_DEMO_SPEED: '100',
    // About what Node gives itself within the chart's limit of 768 MiB; with more room it collects later, and garbage is measured.
    NODE_OPTIONS: `--max-old-space-size=256 --inspect=127.0.0.1:${inspectorPort}`,
  })
}, 90_000)
afterAll(async () => {
  closing = true
  for (const request of requests) request.destroy()
  await product?.stop()
})

/** A reader that comes back whenever its stream ends, as a page does. */
function read() {
  if (closing) return
  const request = get(`${product.url}${watch}`, { agent: false }, (answer) => {
    answer.setEncoding('utf8')
    answer.on('data', (text: string) => {
      bytes += Buffer.byteLength(text)
      // tRPC writes each line of an event by itself, so an id begins a piece as a rule.
      events += text.match(/^id: /gm)?.length ?? 0
    })
    answer.on('close', again)
  })
  const again = () => {
    if (requests.delete(request)) setTimeout(read, 500)
  }
  requests.add(request)
  request.on('error', again)
}

type Sample = { readonly rss: number; readonly handles: number; readonly streams: number }

function sample(): Sample {
  const status = readFileSync(`/proc/${product.pid}/status`, 'utf8')
  const rss = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
  return { rss, handles: readdirSync(`/proc/${product.pid}/fd`).length, streams: requests.size }
}

/** Bytes held, as a median over half a minute in which all goes on. */
async function heldNow(): Promise<number> {
  const held: number[] = []
  for (let count = 0; count < moments; count += 1) {
    held.push(await liveMemory(inspectorPort))
    await sleep(sampleMs)
  }
  return median(held)
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

test.skipIf(process.platform !== 'linux')(
  `${minutes} minutes at 100 times the speed with ${streams} streams: memory and handles stay flat`,
  async () => {
    for (let count = 0; count < streams; count += 1) read()
    const samples: Sample[] = []
    // The first sixth is the program's warming up; then two stretches as long as it, the first and the last.
    const stretch = Math.floor((minutes * 60_000) / sampleMs / 6)
    let held = Number.NaN
    const began = performance.now()
    while (performance.now() - began < minutes * 60_000) {
      await sleep(sampleMs)
      samples.push(sample())
      if (samples.length === 2 * stretch) held = await heldNow()
    }
    const seconds = (performance.now() - began) / 1000
    const growth = (await heldNow()) / held
    const early = samples.slice(stretch, 2 * stretch)
    const late = samples.slice(-stretch)
    const of = (part: readonly Sample[], key: keyof Sample) => median(part.map((one) => one[key]))
    const told = (key: keyof Sample) => `${of(early, key).toFixed(0)} -> ${of(late, key).toFixed(0)}`
    console.log(
      `soak: ${(events / seconds).toFixed(0)} events/s, ${(bytes / seconds / 1024).toFixed(0)} KiB/s to ${streams} streams, ` +
        `RSS ${told('rss')} MiB, handles ${told('handles')}, held after a collection: ${(held / 2 ** 20).toFixed(0)} MiB, ${growth.toFixed(3)} times that at the end`,
    )
    expect(events / seconds).toBeGreaterThan(streams)
    expect(of(late, 'streams')).toBe(streams)
    expect(growth).toBeLessThan(1 + allowedGrowth)
    expect(of(late, 'rss')).toBeLessThan(of(early, 'rss') * (1 + allowedGrowth))
    expect(of(late, 'handles')).toBeLessThanOrEqual(Math.ceil(of(early, 'handles') * (1 + allowedGrowth)))
  },
  (minutes + 2) * 60_000,
)
