// The metrics of this process in Prometheus' text form. One registry per process, on globalThis like the runtime: Next compiles
// instrumentation and every route into modules of their own.

import 'server-only'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PartKey } from '@/core/graph/types'
import help from '@/messages/en/metrics.json'
import { type AskedName, asked, type TallyName, tallied, timed } from './definitions'
import { counted } from './tally'

type Reading = { readonly labels: Readonly<Record<string, string>>; readonly value: number }
/** What is asked for when /metrics is read. */
export type Readings = Readonly<Record<AskedName, () => readonly Reading[]>>

type Metrics = {
  readonly registry: Registry
  readonly projection: Histogram<'part'>
  readings: Readings | undefined
}

const place = Symbol.for('triplane.metrics')
// An object's projection takes microseconds, an overview of thousands a second.
const projectionBuckets = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]

function metrics(): Metrics {
  const holder = globalThis as { [place]?: Metrics }
  holder[place] ??= create()
  return holder[place]
}

/** The runtime says what to read of it. */
export function readMetricsFrom(readings: Readings): void {
  metrics().readings = readings
}

/** Measures how long one part takes to project; of its key only what comes before the name is told. */
export function timedProjection<Result>(part: PartKey, make: () => Result): Result {
  const end = metrics().projection.startTimer({ part: part.split('/', 1)[0] ?? '' })
  const result = make()
  end()
  return result
}

/** The page of /metrics and its content type. */
export async function metricsPage(): Promise<{ readonly text: string; readonly contentType: string }> {
  const { registry } = metrics()
  return { text: await registry.metrics(), contentType: registry.contentType }
}

function create(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const name of keysOf(tallied)) tallyMetric(registry, name)
  for (const name of keysOf(asked)) askedMetric(registry, name)
  const name = 'triplane_projection_seconds'
  const labelNames = timed[name].labels
  const projection = new Histogram({
    name,
    help: help[name],
    labelNames,
    buckets: projectionBuckets,
    registers: [registry],
  })
  return { registry, projection, readings: undefined }
}

function tallyMetric(registry: Registry, name: TallyName) {
  add(registry, { name, ...tallied[name] }, () => counted(name))
}

function askedMetric(registry: Registry, name: AskedName) {
  add(registry, { name, ...asked[name] }, () => metrics().readings?.[name]() ?? [])
}

type Definition = {
  readonly name: TallyName | AskedName
  readonly type: 'counter' | 'gauge'
  readonly labels: readonly string[]
}

// The numbers are kept elsewhere; prom-client's own are set from them whenever the page is made.
function add(registry: Registry, { name, type, labels }: Definition, read: () => readonly Reading[]) {
  const options = { name, help: help[name], labelNames: [...labels], registers: [registry] }
  if (type === 'gauge') {
    new Gauge({
      ...options,
      collect() {
        this.reset()
        for (const reading of read()) this.set({ ...reading.labels }, reading.value)
      },
    })
    return
  }
  new Counter({
    ...options,
    collect() {
      this.reset()
      for (const reading of read()) this.inc({ ...reading.labels }, reading.value)
    },
  })
}

const keysOf = <T extends object>(value: T) => Object.keys(value) as (keyof T)[]
