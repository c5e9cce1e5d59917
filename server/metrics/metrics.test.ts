import { expect, test } from 'vitest'
import type { WatchState } from '@/core/model/events'
import help from '@/messages/en/metrics.json'
import { asked, tallied, timed } from './definitions'
import { measured } from './measured-stream'
import { readingsOf } from './readings'
import { metricsPage, readMetricsFrom, timedProjection } from './registry'
import { count, counted, maxSeries } from './tally'

const watch = (over: Partial<WatchState>): WatchState => ({
  kind: 'Service',
  scope: '',
  state: 'synced',
  reason: undefined,
  count: 3,
  expected: undefined,
  since: 0,
  heardAt: 90_000,
  nextTryAt: undefined,
  rejected: 0,
  ...over,
})

async function page(): Promise<string> {
  const watches = [
    watch({ scope: 'canary-namespace' }),
    watch({ scope: 'shop', heardAt: undefined, state: 'broken', count: 4 }),
    watch({ kind: 'ConfigMap', scope: 'kube-system/canary-name', state: 'forbidden', count: 0 }),
  ]
  readMetricsFrom(readingsOf({ watches: () => watches, anonymous: true, now: () => 100_000 }))
  return (await metricsPage()).text
}

test('every metric has a help text, and every text a metric', () => {
  expect(Object.keys({ ...tallied, ...asked, ...timed }).sort()).toEqual(Object.keys(help).sort())
})

test('the page tells the watches by kind: the quietest one counts, objects add up', async () => {
  const text = await page()
  expect(text).toContain('triplane_watch_age_seconds{resource="Service"} 100\n')
  expect(text).toContain('triplane_watch_objects{resource="Service"} 7\n')
  expect(text).toContain('triplane_watches{resource="Service",state="broken"} 1\n')
  expect(text).toContain('triplane_watches{resource="ConfigMap",state="forbidden"} 1\n')
  expect(text).toContain('triplane_anonymous_mode 1\n')
  expect(text).toMatch(/^triplane_build_info\{version="\d+\.\d+\.\d+.*"\} 1$/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
  expect(text).toMatch(/^nodejs_heap_size_used_bytes /m)
})

test('no name of the cluster is in it', async () => {
  timedProjection('service/canary-namespace/canary-service', () => undefined)
  const text = await page()
  expect(text).toContain('triplane_projection_seconds_count{part="service"} 1')
  expect(text).not.toContain('canary')
})

test('what is counted is told, however often the page is read', async () => {
  count('triplane_apiserver_faults_total', { resource: 'Pod', fault: 'too-many-requests' })
  count('triplane_apiserver_faults_total', { fault: 'too-many-requests', resource: 'Pod' }, 2)
  const line = 'triplane_apiserver_faults_total{resource="Pod",fault="too-many-requests"} 3\n'
  expect(await page()).toContain(line)
  expect(await page()).toContain(line)
})

test('labels that are no closed set after all end as "other", so that the page cannot grow without end', () => {
  for (let at = 0; at < maxSeries + 50; at += 1) count('triplane_shares_total', { event: `e${at}` })
  expect(counted('triplane_shares_total')).toHaveLength(maxSeries + 1)
  expect(counted('triplane_shares_total').at(-1)).toEqual({ labels: { event: 'other' }, value: 50 })
})

test('a stream is open until its reader leaves or it fails, and its frames are counted as they are taken', async () => {
  const open = () => counted('triplane_streams_open')[0]?.value
  async function* endless() {
    for (;;) yield { frames: [1, 2] }
  }
  const stream = measured(endless())
  await stream.next()
  await stream.next()
  expect(open()).toBe(1)
  await stream.return()
  expect(open()).toBe(0)
  expect(counted('triplane_stream_frames_total')[0]?.value).toBe(4)
  // biome-ignore lint/correctness/useYield: it fails before its first batch
  async function* failing(): AsyncGenerator<{ frames: [] }> {
    throw new Error('SERVICE_UNAVAILABLE')
  }
  await expect(measured(failing()).next()).rejects.toThrow('SERVICE_UNAVAILABLE')
  expect(open()).toBe(0)
})
