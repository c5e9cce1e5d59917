import { expect, test } from 'vitest'
import { beginDraining, firstSyncPatienceMs, isDraining, notReady, readinessNow, runtimeStands } from './readiness'

const ready = { watches: [{ state: 'synced' }], openForMs: 1000, syncedOnce: false, draining: false, heapShare: 0.5 }

test.each([
  ['every watch is in sync', ready, []],
  ['there is no runtime yet', { ...ready, watches: undefined }, ['starting']],
  [
    'a watch has had no answer yet',
    { ...ready, watches: [{ state: 'synced' }, { state: 'connecting' }] },
    ['first-sync'],
  ],
  ['no watch has begun', { ...ready, watches: [] }, ['first-sync']],
  [
    '[K23] the API server is away from the start: degraded, but serving',
    { ...ready, watches: [{ state: 'broken' }] },
    [],
  ],
  ['a kind may not be read', { ...ready, watches: [{ state: 'forbidden' }, { state: 'synced' }] }, []],
  [
    'the first list takes for ever',
    { ...ready, watches: [{ state: 'connecting' }], openForMs: firstSyncPatienceMs },
    [],
  ],
  ['a switch of context reads anew', { ...ready, watches: [{ state: 'connecting' }], syncedOnce: true }, []],
  ['it was told to end', { ...ready, draining: true }, ['draining']],
  ['[K60] nine tenths of the heap are used', { ...ready, heapShare: 0.9 }, ['heap']],
])('readiness when %s', (_, facts, reasons) => {
  expect(notReady(facts)).toEqual(reasons)
})

test('[K58] the process is unready from its start until the first sync, ready after it whatever the watches do, and unready for good once it drains', () => {
  expect(readinessNow()).toEqual(['starting'])
  let state = 'connecting'
  runtimeStands(() => [{ state }])
  expect(readinessNow()).toEqual(['first-sync'])
  state = 'synced'
  expect(readinessNow()).toEqual([])
  state = 'connecting'
  expect(readinessNow()).toEqual([])
  expect(isDraining()).toBe(false)
  beginDraining()
  expect(readinessNow()).toEqual(['draining'])
  expect(isDraining()).toBe(true)
})
