import { describe, expect, test } from 'vitest'
import { createBackoff, createPause } from './backoff'
import { createFakeClock } from './testing/fake-clock'

const longestWaits = (boundByAge: boolean) => {
  const clock = createFakeClock(() => 1)
  return { clock, backoff: createBackoff(clock, { boundByAge }) }
}

test('the limit doubles from 0.8 to 30 s, and the wait is anywhere below it', () => {
  const { backoff } = longestWaits(false)
  expect(Array.from({ length: 8 }, () => backoff.next())).toEqual([
    800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000,
  ])
  expect(
    createBackoff(
      createFakeClock(() => 0),
      { boundByAge: false },
    ).next(),
  ).toBe(0)
})

test('a short outage is never outslept: an outage of 10 s is healed within 15 s, whatever chance says', () => {
  for (let seed = 1; seed <= 500; seed++) {
    let state = seed
    const random = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    const clock = createFakeClock(random)
    const backoff = createBackoff(clock, { boundByAge: true })
    const from = clock.now()
    while (clock.now() - from < 10_000) clock.advance(backoff.next())
    expect(clock.now() - from).toBeLessThanOrEqual(25_000)
  }
})

test('[K22] a server that stays away is asked at most twice a minute after ten minutes', () => {
  const { clock, backoff } = longestWaits(true)
  const from = clock.now()
  while (clock.now() - from < 600_000) clock.advance(backoff.next())
  for (let i = 0; i < 100; i++) {
    const wait = backoff.next()
    expect(wait).toBeGreaterThanOrEqual(30_000)
    expect(wait).toBeLessThanOrEqual(60_000)
  }
})

describe('health', () => {
  test('two minutes of it and everything is forgotten', () => {
    const { backoff } = longestWaits(false)
    for (let i = 0; i < 5; i++) backoff.next()
    backoff.lived(119_999)
    expect(backoff.next()).toBe(25_600)
    backoff.lived(120_000)
    expect(backoff.attempts()).toBe(0)
    expect(backoff.next()).toBe(800)
  })

  test('[K20] watches that live for 50 ms are no health: at most one request in 4 s', () => {
    const clock = createFakeClock(() => 0.5)
    const backoff = createBackoff(clock, { boundByAge: true })
    const from = clock.now()
    let requests = 0
    for (; clock.now() - from < 3_600_000; requests++) {
      clock.advance(50)
      backoff.lived(50)
      clock.advance(backoff.next())
    }
    expect(requests / 3600).toBeLessThanOrEqual(0.25)
  })
})

test('a pause can be ended, and does not begin when all is stopping', async () => {
  const clock = createFakeClock()
  const stopping = new AbortController()
  const pause = createPause(clock, stopping.signal)
  const waiting = pause.wait(5000)
  expect(clock.untilNext()).toBe(5000)
  pause.end()
  await waiting
  expect(clock.untilNext()).toBeUndefined()
  stopping.abort()
  await pause.wait(5000)
  expect(clock.untilNext()).toBeUndefined()
})
