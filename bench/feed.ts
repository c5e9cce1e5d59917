// Event → SSE receipt: an endpoint changes in the API, how long until every open stream has said so. The server is the built
// product (.next/standalone behind server/launch.mjs) in its own process; this process is the API server and the browsers.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FeedEvent } from '../core/feed/protocol'
import { type Product, startProduct } from '../e2e/product'
import { type LargeApi, type LargeSize, startLargeApi } from './large-api'
import { openSseReader, type SseReader } from './sse-reader'

const size: LargeSize = { nodes: 1000, services: 2000, perService: 10 }
/** Many readers decode little: what they have to read is the server's to write. */
const loads: readonly Load[] = [
  { subscribers: 1, changesPerSecond: 1000 },
  { subscribers: 20, changesPerSecond: 1000 },
  { subscribers: 500, changesPerSecond: 50 },
]
const decoding = 20
const warmUpMs = 3000
const measureMs = 15_000

type Load = { readonly subscribers: number; readonly changesPerSecond: number }

export type FeedRow = Load & {
  readonly changes: number
  readonly p50: number
  readonly p99: number
  readonly lost: number
  readonly bytesPerChange: number
  readonly eventsPerSecond: number
  readonly cpuPercent: number
  readonly rssMb: number
}

/** One row per load. */
export async function benchFeed(of: readonly Load[] = loads): Promise<readonly FeedRow[]> {
  const api = await startLargeApi(size)
  const folder = mkdtempSync(join(tmpdir(), 'triplane-bench-'))
  const kubeconfig = join(folder, 'config')
  writeFileSync(kubeconfig, kubeconfigOf(api.url))
  const product = await startProduct({ KUBECONFIG: kubeconfig, TRIPLANE_CLUSTER: 'kubeconfig' })
  try {
    await synced(product)
    const rows: FeedRow[] = []
    for (const load of of) rows.push(await measure(api, product, load))
    return rows
  } finally {
    await product.stop()
    await api.stop()
    rmSync(folder, { recursive: true })
  }
}

async function measure(api: LargeApi, product: Product, { subscribers, changesPerSecond }: Load): Promise<FeedRow> {
  const changedAt = new Map<string, number>()
  const waits: number[] = []
  let measuring = false
  const readers: SseReader[] = []
  // Spread over all of them, so that whoever is written to last is among them.
  const step = Math.max(1, subscribers / decoding)
  const decodes = (i: number) => Math.floor((i + 1) / step) > Math.floor(i / step)
  const timed = Math.min(subscribers, decoding)
  for (let i = 0; i < subscribers; i += 1) {
    const keys = new Map<string, string>()
    const seen = (event: FeedEvent) => {
      if (event.type !== 'delta' || event.part !== 'overview') return
      for (const { id, set } of event.delta.patch) {
        if (!('condition' in set)) continue
        const key = keys.get(id) ?? id.slice('PodSummary:'.length)
        keys.set(id, key)
        const at = changedAt.get(key)
        if (measuring && at !== undefined) waits.push(performance.now() - at)
      }
    }
    const { url, cookie } = product
    readers.push(await openSseReader({ url, cookie, parts: ['overview', 'status'] }, decodes(i) ? seen : undefined))
  }
  let changes = 0
  const run = async (ms: number) => {
    const start = performance.now()
    for (let done = 0; performance.now() - start < ms; await sleep(1)) {
      const due = ((performance.now() - start) / 1000) * changesPerSecond
      for (; done < due; done += 1) {
        changedAt.set(api.flipNext(), performance.now())
        changes += 1
      }
    }
  }
  await run(warmUpMs)
  await sleep(1500)
  const before = { bytes: sum(readers, 'bytes'), events: sum(readers, 'events'), cpu: cpuSeconds(product.pid) }
  changedAt.clear()
  changes = 0
  measuring = true
  await run(measureMs)
  const rssMb = rss(product.pid)
  await sleep(1500)
  const seconds = measureMs / 1000
  const row = {
    ...{ subscribers, changesPerSecond, changes },
    p50: quantile(waits, 0.5),
    p99: quantile(waits, 0.99),
    lost: changes * timed - waits.length,
    bytesPerChange: (sum(readers, 'bytes') - before.bytes) / subscribers / changes,
    eventsPerSecond: (sum(readers, 'events') - before.events) / subscribers / seconds,
    cpuPercent: ((cpuSeconds(product.pid) - before.cpu) / seconds) * 100,
    rssMb,
  }
  for (const reader of readers) reader.stop()
  return row
}

const sum = (readers: readonly SseReader[], what: 'bytes' | 'events') =>
  readers.reduce((total, reader) => total + reader[what](), 0)

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

async function synced(product: Product) {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await (await product.fetch('/api/trpc/status.get')).json()
    const watches: readonly { kind: string; state: string; count: number }[] = answer.result.data.watches
    const pods = watches.find(({ kind }) => kind === 'Pod')
    const busy = watches.filter(
      ({ kind, state }) => ['Pod', 'Service', 'EndpointSlice', 'Node'].includes(kind) && state !== 'synced',
    )
    if (busy.length === 0 && pods?.count === size.services * size.perService) return
    await sleep(200)
  }
  throw new Error('the product did not synchronise')
}

function rss(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

// User and system time of all threads, in clock ticks of a hundredth second.
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function kubeconfigOf(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'bench',
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }],
    clusters: [{ name: 'bench', cluster: { server } }],
    users: [{ name: 'bench', user: {} }],
  })
}

/** The rows as a Markdown table, with what they were measured on. */
export function feedTable(rows: readonly FeedRow[]): string {
  const { nodes, services, perService } = size
  return [
    `${nodes} nodes, ${services * perService} pods, ${services} Services; parts overview and status; times are those of ${decoding} of the streams.`,
    'The server is the built product in its own process; API server and streams share one other process.',
    '',
    '| streams | changes/s | changes | p50 ms | p99 ms | not seen | bytes/change/stream | events/s/stream | server CPU % | server RSS MB |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...rows.map(
      (row) =>
        `| ${row.subscribers} | ${row.changesPerSecond} | ${row.changes} | ${row.p50.toFixed(0)} | ${row.p99.toFixed(0)} | ${row.lost} | ${row.bytesPerChange.toFixed(0)} | ${row.eventsPerSecond.toFixed(1)} | ${row.cpuPercent.toFixed(0)} | ${row.rssMb.toFixed(0)} |`,
    ),
  ].join('\n')
}

if (process.argv[1]?.endsWith('feed.ts')) console.log(feedTable(await benchFeed()))
