import { describe, expect, test } from 'vitest'
import type { LiveState } from '@/client/live'
import type { WatchStatus } from '@/core/graph/types'
import { watchStatus } from '@/core/testing/graph-objects'
import { byKind, streamView } from './stream'

const live: LiveState = { status: 'live', since: 1000, clockOffset: 500 }

const watch = (resource: string, state: WatchStatus['state'], change: Partial<WatchStatus> = {}) =>
  watchStatus(resource, { state, count: 3, since: 2000, ...change })

describe('streamView', () => {
  test.each([
    ['everything synced', [watch('Service', 'synced'), watch('Pod', 'synced')], 'synced'],
    ['no watch known yet', [], 'connecting'],
    ['one list still being read', [watch('Service', 'synced'), watch('Pod', 'connecting')], 'connecting'],
    ['one watch silent outweighs one being read', [watch('Node', 'stale'), watch('Pod', 'connecting')], 'stale'],
    ['a kind that routing needs is broken', [watch('EndpointSlice', 'broken'), watch('Pod', 'stale')], 'broken'],
    ['a kind that routing can do without is broken', [watch('ConfigMap', 'broken'), watch('Pod', 'synced')], 'stale'],
    ['slices may not be read', [watch('EndpointSlice', 'forbidden'), watch('Pod', 'synced')], 'forbidden'],
    ['config maps may not be read', [watch('ConfigMap', 'forbidden'), watch('Pod', 'synced')], 'synced'],
  ] as const)('%s', (_name, watches, shape) => {
    expect(streamView(live, watches).shape).toBe(shape)
  })

  test('what is left out of a synced picture is named', () => {
    const view = streamView(live, [watch('Pod', 'synced'), watch('ConfigMap', 'forbidden')])
    expect(view).toMatchObject({ shape: 'synced', without: ['ConfigMap'] })
  })

  test.each([
    ['what routing needs', [watch('Pod', 'forbidden', { nextTryAt: 300_000 })], 'forbidden'],
    [
      'what it can do without',
      [watch('Pod', 'synced'), watch('ConfigMap', 'forbidden', { nextTryAt: 300_000 })],
      'synced',
    ],
    [
      'a kind that is not served',
      [watch('Pod', 'synced'), watch('DaemonSet', 'unserved', { nextTryAt: 300_000 })],
      'synced',
    ],
  ] as const)('when %s may be tried again is told, in the clock of the tab', (_name, watches, shape) => {
    expect(streamView(live, watches)).toMatchObject({ shape, nextTryAt: 299_500 })
  })

  test('nothing is tried again where nothing is left out', () => {
    expect(streamView(live, [watch('Pod', 'synced')])).toMatchObject({ shape: 'synced', nextTryAt: undefined })
  })

  test('times of the server are handed out in the clock of the tab', () => {
    const view = streamView(live, [watch('Pod', 'stale', { since: 9000, nextTryAt: 12_000 })])
    expect(view).toMatchObject({ shape: 'stale', between: 'cluster', since: 8500, nextTryAt: 11_500 })
  })

  test('a silent server hides what the watches last said', () => {
    const stale: LiveState = {
      status: 'stale',
      since: 4000,
      nextTryAt: undefined,
      reason: { code: 'silent', detail: '' },
      clockOffset: 0,
    }
    expect(streamView(stale, [watch('Pod', 'synced')])).toMatchObject({ shape: 'stale', between: 'tab', since: 4000 })
  })

  test.each([
    ['the API server had been silent before: of that time', [watch('Pod', 'stale', { since: 3500 })], 3000],
    ['the API server could not be read before: of that time', [watch('Pod', 'broken', { since: 3500 })], 3000],
    ['the API server went silent later: of when the tab heard last', [watch('Pod', 'stale', { since: 9000 })], 4000],
    ['all was well before: of when the tab heard last', [watch('Pod', 'synced')], 4000],
  ] as const)('the picture in a tab without its server is, when %s', (_name, watches, asOf) => {
    const reason = { code: 'silent', detail: '' } as const
    const stale: LiveState = { status: 'stale', since: 4000, nextTryAt: undefined, reason, clockOffset: 500 }
    const broken: LiveState = { status: 'broken', since: 4000, reason, clockOffset: 500 }
    for (const live of [stale, broken]) {
      // How long the tab has heard nothing stays the tab's own.
      expect(streamView(live, watches)).toMatchObject({ between: 'tab', since: 4000, asOf })
    }
  })
})

test('watches of one kind are one row: counts added, the worst state, what is expected of those still reading', () => {
  const rows = byKind([
    watch('Pod', 'synced', { scope: 'a', count: 2 }),
    watch('Pod', 'connecting', { scope: 'b', count: 1, expected: 9 }),
    watch('Node', 'synced'),
  ])
  expect(rows.map(({ resource, state, count, expected }) => [resource, state, count, expected])).toEqual([
    ['Pod', 'connecting', 3, 11],
    ['Node', 'synced', 3, null],
  ])
})
