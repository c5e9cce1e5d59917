import { describe, expect, test } from 'vitest'
import { createCoalescer } from './coalescer'
import { createFakeClock } from './testing/fake-clock'

function setUp() {
  const clock = createFakeClock(0)
  const flushes: number[] = []
  const coalescer = createCoalescer(clock, () => flushes.push(clock.now()))
  return { clock, flushes, coalescer }
}

describe('coalescer', () => {
  test('the first change after quiet is flushed at once', () => {
    const { clock, flushes, coalescer } = setUp()
    coalescer.mark()
    expect(flushes).toEqual([0])
    clock.advance(5000)
    coalescer.mark()
    expect(flushes).toEqual([0, 5000])
  })

  test('what follows within moments is flushed soon, once', () => {
    const { clock, flushes, coalescer } = setUp()
    coalescer.mark()
    clock.advance(5)
    coalescer.mark()
    coalescer.mark()
    clock.advance(1000)
    expect(flushes).toEqual([0, 25])
  })

  test('under steady load no second holds more than ten flushes, and no change waits longer than half a second', () => {
    const { clock, flushes, coalescer } = setUp()
    for (let ms = 0; ms < 20_000; ms += 1) {
      coalescer.mark()
      clock.advance(1)
    }
    for (const at of flushes) {
      expect(flushes.filter((other) => other >= at && other < at + 1000).length).toBeLessThanOrEqual(10)
    }
    const pauses = flushes.slice(1).map((at, i) => at - (flushes[i] ?? 0))
    expect(Math.max(...pauses)).toBeLessThanOrEqual(500)
    expect(flushes.length).toBeGreaterThan(190)
  })

  test('nothing is flushed after stop', () => {
    const { clock, flushes, coalescer } = setUp()
    coalescer.mark()
    coalescer.mark()
    coalescer.stop()
    clock.advance(1000)
    expect(flushes).toEqual([0])
  })
})
