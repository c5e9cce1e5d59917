// What one change costs the browser must not grow with the part it is in.
import { expect, test } from 'vitest'
import type { FeedEvent } from '@/core/feed/protocol'
import { podSummary } from '@/core/testing/graph-objects'
import { createGraphStore } from './graph-store'

const part = 'overview'

/** Milliseconds for a thousand frames with one pod changed in each. */
function thousandFrames(size: number): number {
  const frames: (() => void)[] = []
  const store = createGraphStore({ schedule: (flush) => frames.push(flush) })
  const frame = () => {
    for (const flush of frames.splice(0)) flush()
  }
  const objects = Array.from({ length: size }, (_, i) => podSummary(`shop/pod-${i}`))
  store.fold({ type: 'hello', version: 1, epoch: 'e', serverTime: 0, build: '' })
  store.fold({ type: 'snapshot', part, seq: 1, chunk: 0, chunks: 1, objects })
  frame()
  let before = store.part(part)
  const began = performance.now()
  for (let seq = 2; seq <= 1001; seq += 1) {
    const set = { nodeName: `node-${seq}` }
    const event: FeedEvent = {
      type: 'delta',
      part,
      seq,
      prev: seq - 1,
      delta: { put: [], patch: [{ id: `PodSummary:shop/pod-${seq % 50}`, set }], remove: [] },
    }
    store.fold(event)
    frame()
    const after = store.part(part)
    if (after === before) throw new Error('a change was not shown')
    before = after
  }
  return performance.now() - began
}

test('a change in a part of 20,000 objects costs at most ten times one in a part of 200', () => {
  thousandFrames(200)
  const ratios = Array.from({ length: 3 }, () => thousandFrames(20_000) / thousandFrames(200))
  expect(Math.min(...ratios), `ratios ${ratios.map((ratio) => ratio.toFixed(1)).join(', ')}`).toBeLessThan(10)
})
