import { describe, expect, test } from 'vitest'
import { createRing, ringLimits } from './ring'

const frame = (seq: number, bytes = 10) => ({ seq, bytes, frame: [2, 1, seq, 1] })
const seqs = (frames: readonly { seq: number }[] | undefined) => frames?.map((one) => one.seq)

describe('ring', () => {
  test('a position inside continues, one at the head has nothing to read', () => {
    const ring = createRing(10, ringLimits)
    for (const seq of [11, 15, 20]) ring.push(frame(seq))
    expect(seqs(ring.after(10))).toEqual([11, 15, 20])
    expect(seqs(ring.after(13))).toEqual([15, 20])
    expect(seqs(ring.after(20))).toEqual([])
    expect(ring.head()).toBe(20)
  })

  test('a position before the ring began is lost', () => {
    expect(createRing(10, ringLimits).after(9)).toBeUndefined()
    expect(createRing(10, ringLimits).after(10)).toEqual([])
  })

  test('bounded by frames: the oldest falls off, its position still continues', () => {
    const ring = createRing(0, { maxFrames: 3, maxBytes: 1000 })
    for (const seq of [1, 2, 3, 4, 5]) ring.push(frame(seq))
    expect(ring.after(1)).toBeUndefined()
    expect(seqs(ring.after(2))).toEqual([3, 4, 5])
  })

  test('bounded by bytes, even by one frame that is too large alone', () => {
    const ring = createRing(0, { maxFrames: 300, maxBytes: 100 })
    for (const seq of [1, 2, 3]) ring.push(frame(seq, 40))
    expect(ring.bytes()).toBe(80)
    ring.push(frame(4, 101))
    expect(ring.bytes()).toBe(0)
    expect(ring.head()).toBe(4)
    expect(ring.after(3)).toBeUndefined()
    expect(ring.after(4)).toEqual([])
  })

  test('the limits are 300 frames and 8 MB', () => {
    expect(ringLimits).toEqual({ maxFrames: 300, maxBytes: 8 * 1024 * 1024 })
  })
})
