import { describe, expect, test } from 'vitest'
import { failures, type Measured } from './failures'

const good: Measured = {
  changes: [{ change: 'one endpoint', ratio: 1.3 }],
  explained: [{ what: 'explain', milliseconds: 5, allowed: 5 }],
  audiences: [{ what: '5 audiences', ratio: 5, allowed: 6 }],
  feed: [{ subscribers: 2, changes: 100, lost: 0, p99: 1000 }],
}

describe('what of a bench fails it', () => {
  test('nothing does when every bar is kept', () => {
    expect(failures(good)).toEqual([])
  })

  test.each<[string, Partial<Measured>, string]>([
    [
      'a ratio over its bar',
      { changes: [{ change: 'one endpoint', ratio: 1.31 }] },
      'one endpoint: ratio 1.31 is over 1.3',
    ],
    [
      'a ratio that could not be had',
      { changes: [{ change: 'one endpoint', ratio: Number.NaN }] },
      'one endpoint: ratio NaN is over 1.3',
    ],
    [
      'an explanation that takes too long',
      { explained: [{ what: 'explain', milliseconds: 5.5, allowed: 5 }] },
      'explain: 5.50 ms is over 5 ms',
    ],
    [
      'a change that a stream has not seen',
      { feed: [{ subscribers: 2, changes: 100, lost: 3, p99: 100 }] },
      '2 streams: 3 receipts of 100 changes were not seen',
    ],
    [
      'a stream that is told too late',
      { feed: [{ subscribers: 500, changes: 100, lost: 0, p99: 1001 }] },
      '500 streams: p99 1001 ms is over 1000 ms',
    ],
    [
      'audiences that cost more than themselves',
      { audiences: [{ what: '5 audiences', ratio: 7, allowed: 6 }] },
      '5 audiences: ratio 7.00 is over 6',
    ],
    ['a measurement without rows', { feed: [] }, 'feed: nothing measured'],
  ])('%s', (_name, change, sentence) => {
    expect(failures({ ...good, ...change })).toEqual([sentence])
  })
})
