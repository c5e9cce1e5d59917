import { describe, expect, test } from 'vitest'
import { type Audience, everything } from '@/core/access/audience'
import type { WatchInput } from '@/core/feed/protocol'
import type { PartKey } from '@/core/graph/types'
import type { ClusterRecord } from '@/core/model/records'
import { pod, service } from '@/core/testing/builders'
import { personOf } from '@/core/testing/random-audience'
import { audienceSide } from '../access/audience-side'
import { type ClusterStore, createClusterStore } from '../store/cluster-store'
import { FeedFullError, keepPartsMs } from './graph-feed'
import { createSessionFeeds, type SessionFeedsOptions } from './session-feeds'
import { createFakeClock } from './testing/fake-clock'

const key = new Uint8Array(32).fill(5)
const shop = personOf('shop')
const ops = personOf('ops')

function setUp(over: Partial<SessionFeedsOptions> = {}) {
  const store = createClusterStore()
  const clock = createFakeClock()
  let listeners = 0
  const counted: ClusterStore = {
    ...store,
    subscribe(listener) {
      listeners += 1
      const unsubscribe = store.subscribe(listener)
      return () => {
        listeners -= 1
        unsubscribe()
      }
    },
  }
  let made = 0
  const feeds = createSessionFeeds({
    epoch: 'e1',
    clock,
    sideOf: (audience) => audienceSide(counted, audience, key),
    epochSuffix: () => `n${made++}`,
    onFault: (part, error) => {
      throw new Error(`part ${part}`, { cause: error })
    },
    ...over,
  })
  const put = (...records: readonly ClusterRecord[]) => {
    store.apply(records.map((record) => ({ type: 'put', record }) as const))
    clock.advance(1000)
  }
  return { feeds, clock, put, listeners: () => listeners }
}

const input = (...parts: readonly PartKey[]): WatchInput => ({
  epoch: undefined,
  parts: parts.map((part) => ({ key: part, since: undefined })),
  lastEventId: undefined,
})
const overview = input('overview')

describe('[A3] the feed of an audience', () => {
  test('has an epoch and a sequence of its own, and a change of what it does not see leaves it as it was', async () => {
    const { feeds, put } = setUp()
    put(service())
    const readers = [everything, shop, ops].map((audience) => feeds.feedOf(audience).subscribe(overview))
    const first = await Promise.all(readers.map((reader) => reader.next()))
    expect(new Set(first.map((batch) => batch?.id.split('.')[0])).size).toBe(3)
    expect(feeds.everything.epoch).toBe('e1')
    const before = [shop, ops].map((audience) => feeds.feedOf(audience).stats().seq)
    for (let i = 0; i < 5; i++) put(service({ namespace: 'ops', name: `s${i}` }))
    const after = [shop, ops].map((audience) => feeds.feedOf(audience).stats().seq)
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBeGreaterThan(before[1] ?? 0)
  })

  test('is the one of everybody for whoever sees everything, whatever their audience is called', () => {
    const { feeds } = setUp()
    expect(feeds.feedOf({ ...everything, id: 'an admin' })).toBe(feeds.everything)
    expect(feeds.viewOf({ ...everything, id: 'an admin' })).toBe(feeds.viewOf(everything))
  })

  test('is shared by all whose audience is the same', () => {
    const { feeds } = setUp()
    const same: Audience = { ...shop }
    expect(feeds.feedOf(same)).toBe(feeds.feedOf(shop))
    expect(feeds.viewOf(same)).toBe(feeds.viewOf(shop))
    expect(feeds.feedOf(ops)).not.toBe(feeds.feedOf(shop))
  })

  test('is kept for readers who may come back, then dropped; a change costs nothing for it any more', async () => {
    const { feeds, clock, listeners } = setUp()
    const reader = feeds.feedOf(shop).subscribe(overview)
    expect(listeners()).toBe(2)
    clock.advance(10 * keepPartsMs)
    expect(listeners()).toBe(2)
    reader.end('left')
    clock.advance(keepPartsMs / 2)
    expect(listeners()).toBe(2)
    clock.advance(2 * keepPartsMs)
    expect(listeners()).toBe(1)
    expect(feeds.stats()).toMatchObject({ audiences: 0, streams: 0 })
  })

  test('that was made anew is another epoch: a position in the old one is worth a snapshot', async () => {
    const { feeds, clock, put } = setUp()
    put(service())
    const old = feeds.feedOf(shop)
    old.subscribe(overview).end('left')
    clock.advance(3 * keepPartsMs)
    const next = feeds.feedOf(shop)
    expect(next.epoch).not.toBe(old.epoch)
    const since = { epoch: old.epoch, parts: [{ key: 'overview' as const, since: 1 }], lastEventId: `${old.epoch}.1` }
    const batch = await next.subscribe(since).next()
    expect(JSON.stringify(batch?.frames)).toContain('shop/cart')
  })

  test('nobody read is dropped too', () => {
    const { feeds, clock, listeners } = setUp()
    feeds.feedOf(shop)
    clock.advance(2 * keepPartsMs)
    expect(listeners()).toBe(1)
  })
})

describe('[T18] all audiences together', () => {
  test('have one number of streams', () => {
    const { feeds } = setUp({ mostStreams: 3 })
    const open = (audience: Audience) => feeds.feedOf(audience).subscribe(overview)
    const [first] = [open(everything), open(shop), open(ops)]
    expect(() => open(shop)).toThrow(FeedFullError)
    first?.end('left')
    open(shop)
    expect(feeds.stats().streams).toBe(3)
  })

  test('are so many at most; one without readers makes room', () => {
    const { feeds, listeners } = setUp({ mostAudiences: 2 })
    feeds.feedOf(shop).subscribe(overview)
    feeds.feedOf(ops)
    const third = feeds.feedOf(personOf('third')).subscribe(overview)
    expect(listeners()).toBe(3)
    expect(() => feeds.feedOf(personOf('fourth'))).toThrow(FeedFullError)
    third.end('left')
    feeds.feedOf(personOf('fourth'))
    expect(feeds.stats().audiences).toBe(2)
  })

  test('end with the session', async () => {
    const { feeds, listeners } = setUp()
    const reader = feeds.feedOf(shop).subscribe(overview)
    feeds.stop()
    expect([reader.endReason(), listeners()]).toEqual(['stopped', 0])
    expect(() => feeds.feedOf(shop)).toThrow(FeedFullError)
  })
})

// The dialog of a link asks for an audience per switch that is turned, and each keeps what it hides of every object.
test('[T18] of the audiences that nobody reads only the last few are kept, and those that are read stay', () => {
  const { feeds, put } = setUp()
  put(pod())
  feeds.feedOf(ops).subscribe(overview)
  const [read, first] = [feeds.viewOf(ops), feeds.viewOf(shop)]
  for (let i = 0; i < 8; i++) feeds.viewOf(personOf(`n${i}`))
  expect(feeds.viewOf(ops)).toBe(read)
  expect(feeds.viewOf(shop)).not.toBe(first)
})

test('[A2] a thousand audiences that only asked once are forgotten but for the last', () => {
  const { feeds, put } = setUp()
  put(pod())
  const first = feeds.viewOf(shop)
  for (let i = 0; i < 1000; i++) feeds.viewOf(personOf(`n${i}`))
  expect(feeds.viewOf(shop)).not.toBe(first)
  expect(feeds.viewOf(shop)).toBe(feeds.viewOf(shop))
})
