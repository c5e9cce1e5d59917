import { describe, expect, test } from 'vitest'
import { nodeSummary, podSummary, serviceSummary } from '@/core/testing/graph-objects'
import { changesOf, watchChanges } from './changes'
import { createGraphStore } from './graph-store'

const zero = { ready: 0, servingTerminating: 0, notReady: 0 }

const service = serviceSummary('shop/cart', { endpoints: { IPv4: { ...zero, ready: 6 }, IPv6: zero } })
const scaled = serviceSummary('shop/cart', { endpoints: { IPv4: { ...zero, ready: 9 }, IPv6: zero } })
const pod = podSummary('shop/cart-1', { nodeName: 'node-1' })
const node = nodeSummary('node-1', { proxyMode: { state: 'unknown', confidence: 'unknown' } })

describe('what a reader of the overview would call a change', () => {
  test.each([
    ['more ready endpoints', service, scaled, [{ code: 'endpoints', from: 6, to: 9 }]],
    ['a label alone is none', service, { ...service, labels: [['a', 'b']] }, []],
    ['a Service that appears', undefined, service, [{ code: 'came' }]],
    ['a Service that is gone', service, undefined, [{ code: 'went' }]],
    [
      'a pod that turns not ready',
      pod,
      { ...pod, condition: 'notReady' },
      [{ code: 'condition', from: 'ready', to: 'notReady' }],
    ],
    ['a pod that turns ready is told by its Service', { ...pod, condition: 'notReady' }, pod, []],
    ['a pod that appears is told by its Service', undefined, pod, []],
    ['a node that goes silent', node, { ...node, ready: false }, [{ code: 'nodeNotReady' }]],
    [
      'another proxy mode',
      node,
      { ...node, proxyMode: { state: 'replaced', by: 'Cilium', confidence: 'likely' } },
      [{ code: 'mode' }],
    ],
  ] as const)('%s', (_name, old, fresh, what) => {
    expect(changesOf(old as never, fresh as never, 5).map((one) => one.what)).toEqual(what)
  })
})

test('each frame of the store is told by what was before it', () => {
  const frames: (() => void)[] = []
  const store = createGraphStore({ schedule: (flush) => frames.push(flush) })
  const frame = () => {
    for (const flush of frames.splice(0)) flush()
  }
  const part = 'overview'
  store.fold({ type: 'hello', version: 1, epoch: 'e', serverTime: 0, build: '' })
  store.fold({ type: 'snapshot', part, seq: 1, chunk: 0, chunks: 1, objects: [service, node] })
  frame()
  const told: unknown[] = []
  const stop = watchChanges(store, (fresh) => told.push(...fresh.map((one) => one.what)))
  store.fold({ type: 'delta', part, seq: 2, prev: 1, delta: { put: [scaled], patch: [], remove: [] } })
  frame()
  store.fold({ type: 'delta', part, seq: 3, prev: 2, delta: { put: [], patch: [], remove: [node.id] } })
  frame()
  stop()
  expect(told).toEqual([{ code: 'endpoints', from: 6, to: 9 }, { code: 'went' }])
})
