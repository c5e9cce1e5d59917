import { describe, expect, test } from 'vitest'
import { createPartEncoder, encodeHello, type WireFrame } from '@/core/feed/codec'
import { protocolVersion, type WatchInput } from '@/core/feed/protocol'
import type { GraphObject, PartKey } from '@/core/graph/types'
import { createGraphStore } from './graph-store'
import { createLive, type TransportHandlers } from './live'

const overview: PartKey = 'overview'
const cart: PartKey = 'service/shop/cart'
const named = (id: string, name: string): GraphObject => ({ id, kind: 'NamespaceSummary', name })

type Opened = { input: WatchInput; handlers: TransportHandlers; closed: boolean }

function setUp() {
  let now = 1000
  const timers = new Map<object, { at: number; run: () => void }>()
  const opened: Opened[] = []
  const clock = {
    now: () => now,
    after(ms: number, run: () => void) {
      const key = {}
      timers.set(key, { at: now + ms, run })
      return () => void timers.delete(key)
    },
    random: () => 1,
  }
  const store = createGraphStore({ schedule: (flush) => flush() })
  const live = createLive({
    store,
    clock,
    build: 'b1',
    transport(input, handlers) {
      const one = { input, handlers, closed: false }
      opened.push(one)
      return () => {
        one.closed = true
      }
    },
  })
  const advance = (ms: number) => {
    const until = now + ms
    for (;;) {
      const due = [...timers].filter(([, timer]) => timer.at <= until).sort((a, b) => a[1].at - b[1].at)[0]
      if (!due) break
      timers.delete(due[0])
      now = Math.max(now, due[1].at)
      due[1].run()
    }
    now = until
  }
  const last = () => {
    const one = opened.at(-1)
    if (!one) throw new Error('nothing was opened')
    return one
  }
  const say = (id: string, ...frames: WireFrame[]) => last().handlers.onBatch(id, JSON.parse(JSON.stringify(frames)))
  return { live, store, opened, advance, last, say }
}

const hello = (epoch = 'e1', version = protocolVersion, build = 'b1') =>
  encodeHello({ type: 'hello', version, epoch, serverTime: 51_000, build })

function server(part: PartKey, objects: GraphObject[], partNumber = 1) {
  const encoder = createPartEncoder(part, partNumber, objects)
  return {
    snapshot: (seq: number) => encoder.snapshot(objects, { seq, chunkSize: 100 }).chunk(0),
    put: (object: GraphObject, at: { seq: number; prev: number }) =>
      encoder.delta({ put: [object], patch: [], remove: [] }, at),
  }
}

describe('live', () => {
  test('asks for what is wanted, once per commit, and is live with the first word of the server', () => {
    const { live, store, opened, advance, say } = setUp()
    live.want([overview])
    live.want([cart, overview])
    advance(0)
    expect(opened).toHaveLength(1)
    expect(opened[0]?.input.parts).toEqual([{ key: overview }, { key: cart }])
    expect(live.state().status).toBe('connecting')
    say('e1.1', hello(), server(overview, [named('a', '1')]).snapshot(1))
    expect(live.state()).toEqual({ status: 'live', since: 1000, clockOffset: 50_000 })
    expect(store.part(overview)?.get('a')).toEqual(named('a', '1'))
  })

  test('another set of parts reopens: what is known resumes, what is new asks for a snapshot, what is unwanted is dropped', () => {
    const { live, store, opened, advance, say, last } = setUp()
    const leave = live.want([overview])
    advance(0)
    say('e1.7', hello(), server(overview, [named('a', '1')]).snapshot(7))
    live.want([cart])
    advance(0)
    expect(opened[0]?.closed).toBe(true)
    expect(last().input).toMatchObject({ epoch: 'e1', parts: [{ key: overview, since: 7 }, { key: cart }] })
    expect(live.state().status).toBe('live')
    leave()
    advance(0)
    expect(last().input.parts.map((part) => part.key)).toEqual([cart])
    expect(store.part(overview)).toBeUndefined()
  })

  test('[K52] a refused connection is tried again for ever, later and later up to 30 s', () => {
    const { live, opened, advance, last } = setUp()
    live.want([overview])
    advance(0)
    const waits: number[] = []
    for (let i = 0; i < 12; i += 1) {
      last().handlers.onEnd({ code: 'refused', detail: '503' })
      const tries = opened.length
      let waited = 0
      for (; opened.length === tries; waited += 1000) advance(1000)
      waits.push(waited)
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, ...Array(7).fill(30_000)])
  })

  test('full jitter: the wait is a random share of the bound', () => {
    const { live, advance, last } = setUp()
    live.want([overview])
    advance(0)
    last().handlers.onEnd({ code: 'refused', detail: '' })
    expect(live.state()).toMatchObject({ status: 'stale', reason: { code: 'refused' }, nextTryAt: 2000 })
  })

  test('[K53] a server that accepts and says nothing is given up after 10 s', () => {
    const { live, opened, advance } = setUp()
    live.want([overview])
    advance(0)
    advance(9999)
    expect(live.state().status).toBe('connecting')
    advance(1)
    expect(live.state()).toMatchObject({ status: 'stale', reason: { code: 'connect-timeout' } })
    expect(opened[0]?.closed).toBe(true)
  })

  test('a lost connection shows since when, tries again and resumes where it was', () => {
    const { live, store, advance, say, last } = setUp()
    live.want([overview])
    advance(0)
    const feed = server(overview, [named('a', '1')])
    say('e1.3', hello(), feed.snapshot(3))
    advance(60_000)
    last().handlers.onEnd({ code: 'connection-lost', detail: '' })
    expect(live.state()).toMatchObject({ status: 'stale', since: 61_000, nextTryAt: 62_000 })
    expect(store.part(overview)?.size).toBe(1)
    advance(1000)
    expect(live.state()).toMatchObject({ status: 'stale', since: 61_000, nextTryAt: undefined })
    expect(last().input).toMatchObject({ epoch: 'e1', parts: [{ key: overview, since: 3 }] })
    say('e1.4', hello(), feed.put(named('b', '2'), { seq: 4, prev: 3 }))
    expect(live.state()).toMatchObject({ status: 'live', since: 62_000 })
    expect([...(store.part(overview)?.keys() ?? [])]).toEqual(['a', 'b'])
  })

  test('[K55] a gap is never applied: the part is asked for again', () => {
    const { live, store, advance, say, last, opened } = setUp()
    live.want([overview])
    advance(0)
    const feed = server(overview, [named('a', '1')])
    say('e1.3', hello(), feed.snapshot(3))
    advance(10_000)
    say('e1.9', feed.put(named('b', '2'), { seq: 9, prev: 8 }))
    expect(store.part(overview)?.has('b')).toBe(false)
    expect(opened).toHaveLength(2)
    expect(last().input.parts).toEqual([{ key: overview }])
    expect(live.state().status).toBe('live')
  })

  test('a gap right after connecting waits, so that it cannot become a loop', () => {
    const { live, advance, say, opened } = setUp()
    live.want([overview])
    advance(0)
    const feed = server(overview, [])
    say('e1.3', hello(), feed.snapshot(3))
    say('e1.9', feed.put(named('b', '2'), { seq: 9, prev: 8 }))
    expect(opened).toHaveLength(1)
    expect(live.state().status).toBe('stale')
    advance(1000)
    expect(opened).toHaveLength(2)
  })

  test.each<[string, string, WireFrame]>([
    ['of another epoch', 'e0.4', [2, 1, 4, 1, [], [[0, 2, 'b', '2']]]],
    ['that nobody can read', 'e1.4', [2, 1, 4, 1, [[77, 1, 'x']]]],
    ['of no known sort', 'e1.4', [42]],
  ])('a frame %s is not applied and asks for a snapshot', (_, id, frame) => {
    const { live, store, advance, say, last } = setUp()
    live.want([overview])
    advance(0)
    say('e1.3', hello(), server(overview, [named('a', '1')]).snapshot(3))
    advance(10_000)
    say(id, frame)
    expect([...(store.part(overview)?.keys() ?? [])]).toEqual(['a'])
    expect(last().input.parts).toEqual([{ key: overview }])
  })

  test('[K55] a duplicate frame changes nothing', () => {
    const { live, store, advance, say, opened } = setUp()
    live.want([overview])
    advance(0)
    const feed = server(overview, [named('a', '1')])
    say('e1.3', hello(), feed.snapshot(3))
    const frame = feed.put(named('b', '2'), { seq: 4, prev: 3 })
    say('e1.4', frame)
    const before = store.part(overview)
    say('e1.4', frame)
    expect(store.part(overview)).toBe(before)
    expect(opened).toHaveLength(1)
  })

  test('a new epoch keeps what is shown until its snapshot, and does not resume in it', () => {
    const { live, store, advance, say, last } = setUp()
    live.want([overview])
    advance(0)
    say('e1.3', hello(), server(overview, [named('a', '1')]).snapshot(3))
    last().handlers.onEnd({ code: 'connection-lost', detail: '' })
    advance(1000)
    say('e2.0', hello('e2'))
    expect(store.part(overview)?.has('a')).toBe(true)
    expect(store.position(overview)).toBeUndefined()
    say('e2.1', server(overview, [named('z', '1')]).snapshot(1))
    expect([...(store.part(overview)?.keys() ?? [])]).toEqual(['z'])
  })

  test('another protocol version needs a reload: no crash, no further tries', () => {
    const { live, advance, say, opened } = setUp()
    live.want([overview])
    advance(0)
    say('e1.0', hello('e1', protocolVersion + 1))
    expect(live.state()).toMatchObject({ status: 'broken', reason: { code: 'version' } })
    live.want([cart])
    advance(120_000)
    expect(opened).toHaveLength(1)
    expect(opened[0]?.closed).toBe(true)
  })

  test('[K59] a server of another build is told to the reader once and for all, and the stream goes on', () => {
    const { live, advance, say } = setUp()
    let told = 0
    live.subscribe(() => {
      told += 1
    })
    live.want([overview])
    advance(0)
    say('e1.0', hello())
    expect(live.isUpgraded()).toBe(false)
    const before = told
    say('e2.0', hello('e2', protocolVersion, 'b2'))
    expect(live.isUpgraded()).toBe(true)
    expect(told).toBeGreaterThan(before)
    expect(live.state().status).toBe('live')
    say('e3.0', hello('e3'))
    expect(live.isUpgraded()).toBe(true)
  })

  test('try now does not wait, and what the old connection still says is ignored', () => {
    const { live, store, advance, opened, say } = setUp()
    live.want([overview])
    advance(0)
    opened[0]?.handlers.onEnd({ code: 'refused', detail: '' })
    live.retry()
    expect(opened).toHaveLength(2)
    opened[0]?.handlers.onBatch('e9.1', [hello('e9')])
    opened[0]?.handlers.onEnd({ code: 'refused', detail: '' })
    say('e1.1', hello(), server(overview, []).snapshot(1))
    expect(store.epoch()).toBe('e1')
    expect(live.state().status).toBe('live')
    live.stop()
    advance(120_000)
    expect(opened).toHaveLength(2)
  })
})
