import { describe, expect, test, vi } from 'vitest'
import type { DeltaEvent, FeedEvent } from '@/core/feed/protocol'
import type { GraphObject, PartKey } from '@/core/graph/types'
import { createGraphStore } from './graph-store'

const part: PartKey = 'overview'
const named = (id: string, name: string): GraphObject => ({ id, kind: 'NamespaceSummary', name })
const hello: FeedEvent = { type: 'hello', version: 1, epoch: 'e1', serverTime: 0, build: '' }
const snapshot = (seq: number, objects: GraphObject[], [chunk, chunks] = [0, 1]): FeedEvent => ({
  type: 'snapshot',
  part,
  seq,
  chunk,
  chunks,
  objects,
})
const delta = (seq: number, prev: number, change: Partial<DeltaEvent['delta']>): FeedEvent => ({
  type: 'delta',
  part,
  seq,
  prev,
  delta: { put: [], patch: [], remove: [], ...change },
})

function setUp() {
  const frames: (() => void)[] = []
  const store = createGraphStore({ schedule: (flush) => frames.push(flush) })
  const frame = () => {
    for (const flush of frames.splice(0)) flush()
  }
  store.fold(hello)
  return { store, frame, frames }
}

describe('graph store', () => {
  test('nothing is shown before the frame, and a part is undefined until it is loaded', () => {
    const { store, frame } = setUp()
    expect(store.part(part)).toBeUndefined()
    store.fold(snapshot(1, [named('a', '1')]))
    expect(store.part(part)).toBeUndefined()
    frame()
    expect(new Map(store.part(part))).toEqual(new Map([['a', named('a', '1')]]))
    store.fold(snapshot(2, []))
    frame()
    expect(store.part(part)?.size).toBe(0)
  })

  test('an object that did not change keeps its identity through deltas, and through a snapshot', () => {
    const { store, frame } = setUp()
    store.fold(snapshot(1, [named('a', '1'), named('b', '1')]))
    frame()
    const [a, b] = [store.object(part, 'a'), store.object(part, 'b')]
    store.fold(delta(2, 1, { patch: [{ id: 'b', set: { name: '2' } }] }))
    frame()
    expect(store.object(part, 'a')).toBe(a)
    expect(store.object(part, 'b')).not.toBe(b)
    store.fold(snapshot(9, [named('a', '1'), named('c', '1')]))
    frame()
    expect(store.object(part, 'a')).toBe(a)
    expect([...(store.part(part)?.keys() ?? [])]).toEqual(['a', 'c'])
  })

  test('however many events, listeners hear once per frame, with the ids that changed', () => {
    const { store, frame, frames } = setUp()
    store.fold(snapshot(1, [named('a', '1'), named('b', '1')]))
    frame()
    const onPart = vi.fn()
    const onA = vi.fn()
    const onB = vi.fn()
    store.subscribePart(part, onPart)
    store.subscribeObject(part, 'a', onA)
    store.subscribeObject(part, 'b', onB)
    for (let seq = 2; seq < 50; seq += 1) store.fold(delta(seq, seq - 1, { put: [named('a', String(seq))] }))
    expect(frames).toHaveLength(1)
    frame()
    expect(onPart.mock.calls).toEqual([[new Set(['a'])]])
    expect(onA).toHaveBeenCalledTimes(1)
    expect(onB).not.toHaveBeenCalled()
  })

  test('who left hears nothing', () => {
    const { store, frame } = setUp()
    const listener = vi.fn()
    store.subscribePart(part, listener)()
    store.subscribeObject(part, 'a', listener)()
    store.fold(snapshot(1, [named('a', '1')]))
    frame()
    expect(listener).not.toHaveBeenCalled()
  })

  test('a snapshot in chunks replaces the part when its last chunk has come', () => {
    const { store, frame } = setUp()
    store.fold(snapshot(1, [named('old', '1')]))
    frame()
    store.fold(snapshot(5, [named('a', '1')], [0, 2]))
    frame()
    expect([...(store.part(part)?.keys() ?? [])]).toEqual(['old'])
    expect(store.position(part)).toBeUndefined()
    expect(store.fold(snapshot(5, [named('b', '1')], [1, 2]))).toBe('applied')
    frame()
    expect([...(store.part(part)?.keys() ?? [])]).toEqual(['a', 'b'])
    expect(store.position(part)).toBe(5)
  })

  test.each<[string, FeedEvent, string]>([
    ['a chunk out of order', snapshot(9, [], [1, 3]), 'gap'],
    ['a delta that does not join on', delta(9, 8, { put: [named('x', '1')] }), 'gap'],
    ['a patch of an object that is not there', delta(2, 1, { patch: [{ id: 'x', set: { name: '1' } }] }), 'gap'],
    ['a delta of a part that is not loaded', { ...delta(2, 1, {}), part: 'status' } as FeedEvent, 'gap'],
    ['a delta that has been', delta(1, 0, { put: [named('a', 'older')] }), 'duplicate'],
  ])('%s is refused and takes nothing', (_, event, answer) => {
    const { store, frame } = setUp()
    store.fold(snapshot(1, [named('a', '1')]))
    frame()
    const before = store.part(part)
    expect(store.fold(event)).toBe(answer)
    frame()
    expect(store.part(part)).toBe(before)
  })

  test('an empty change makes no new Map', () => {
    const { store, frame } = setUp()
    store.fold(snapshot(1, [named('a', '1')]))
    frame()
    const before = store.part(part)
    store.fold(delta(2, 1, { put: [named('a', '1')] }))
    frame()
    expect(store.part(part)).toBe(before)
    expect(store.position(part)).toBe(2)
  })

  test('a dropped part is gone and its listeners know', () => {
    const { store, frame } = setUp()
    store.fold(snapshot(1, [named('a', '1')]))
    frame()
    const listener = vi.fn()
    store.subscribePart(part, listener)
    store.drop(part)
    frame()
    expect(store.part(part)).toBeUndefined()
    expect(store.keys()).toEqual([])
    expect(listener).toHaveBeenCalledWith('all')
  })
})
