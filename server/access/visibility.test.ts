import { describe, expect, test } from 'vitest'
import { type Audience, everything } from '@/core/access/audience'
import { createFakeClock } from '../kube/testing/fake-clock'
import { endedBy } from './ends'
import { GrantEnd } from './principal'
import type { Person } from './reviews'
import { createVisibility } from './visibility'

const anna: Person = { name: 'anna', groups: ['dev', 'ops'] }
const only = (...namespaces: string[]): Audience => ({
  ...everything,
  id: namespaces.join(),
  namespaces: new Set(namespaces),
})

function setUp() {
  const clock = createFakeClock()
  let answer: Audience | Error = only('a', 'b')
  let asked = 0
  const visibility = createVisibility({
    async ask() {
      asked += 1
      if (answer instanceof Error) throw answer
      return answer
    },
    clock,
    onFault: () => undefined,
  })
  return {
    clock,
    visibility,
    asked: () => asked,
    answer(next: Audience | Error) {
      answer = next
    },
    /** Passes the time in steps, so that what was asked is answered in between. */
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= 500) {
        clock.advance(Math.min(500, left))
        for (let turn = 0; turn < 5; turn++) await Promise.resolve()
      }
    },
  }
}

function reasonOf(signal: AbortSignal): GrantEnd | undefined {
  return signal.reason instanceof GrantEnd ? signal.reason : undefined
}

describe('[T13] what somebody may see', () => {
  test('is asked once for all who ask at the same time, and remembered for 20 s', async () => {
    const { visibility, asked, pass } = setUp()
    const many = await Promise.all(Array.from({ length: 50 }, () => visibility.audienceOf(anna)))
    expect(new Set(many.map(({ id }) => id))).toEqual(new Set(['a,b']))
    await visibility.audienceOf({ ...anna, groups: ['ops', 'dev'] })
    expect(asked()).toBe(1)
    await pass(20_000)
    await visibility.audienceOf(anna)
    expect(asked()).toBe(2)
  })

  test('is another thing for the same name in another group', async () => {
    const { visibility, asked } = setUp()
    await visibility.audienceOf(anna)
    await visibility.audienceOf({ ...anna, groups: [] })
    expect(asked()).toBe(2)
  })

  test('is gone from requests within 30 s of a right that was taken away', async () => {
    const { visibility, answer, pass } = setUp()
    await visibility.audienceOf(anna)
    answer(only('a'))
    await pass(30_000)
    expect((await visibility.audienceOf(anna)).id).toBe('a')
  })

  test('is gone from an open stream within 30 s, which may come back and be given what is left', async () => {
    const { visibility, answer, pass } = setUp()
    const signal = endedBy([visibility.changeOf(anna, await visibility.audienceOf(anna))], undefined)
    await pass(45_000)
    expect(signal.aborted).toBe(false)
    answer(only('a'))
    await pass(30_000)
    expect(reasonOf(signal)).toMatchObject({ final: false, code: 'rights-changed' })
    expect((await visibility.audienceOf(anna)).id).toBe('a')
  })

  test('ends a stream that begins with an older audience at once', async () => {
    const { visibility, answer, pass } = setUp()
    const old = await visibility.audienceOf(anna)
    answer(only('a'))
    await pass(21_000)
    await visibility.audienceOf(anna)
    expect(endedBy([visibility.changeOf(anna, old)], undefined).aborted).toBe(true)
  })

  test('is never assumed: a request while the cluster cannot say is refused once the last answer is old', async () => {
    const { visibility, answer, pass } = setUp()
    await visibility.audienceOf(anna)
    answer(new Error('503'))
    await pass(10_000)
    expect((await visibility.audienceOf(anna)).id).toBe('a,b')
    await pass(10_000)
    await expect(visibility.audienceOf(anna)).rejects.toThrow('503')
  })

  test('keeps an open stream for a minute while the cluster cannot say, and not longer', async () => {
    const { visibility, answer, pass } = setUp()
    const signal = endedBy([visibility.changeOf(anna, await visibility.audienceOf(anna))], undefined)
    answer(new Error('503'))
    await pass(55_000)
    expect(signal.aborted).toBe(false)
    await pass(10_000)
    expect(reasonOf(signal)).toMatchObject({ final: false, code: 'cannot-check' })
  })

  test('goes on in an open stream when the cluster can say again', async () => {
    const { visibility, answer, pass } = setUp()
    const signal = endedBy([visibility.changeOf(anna, await visibility.audienceOf(anna))], undefined)
    answer(new Error('503'))
    await pass(40_000)
    answer(only('a', 'b'))
    await pass(120_000)
    expect(signal.aborted).toBe(false)
  })

  test('is not asked for whoever has gone', async () => {
    const { visibility, asked, pass, clock } = setUp()
    const closed = new AbortController()
    const signal = endedBy([visibility.changeOf(anna, await visibility.audienceOf(anna))], closed.signal)
    await pass(60_000)
    const before = asked()
    closed.abort()
    await pass(120_000)
    expect(asked()).toBe(before)
    expect(clock.untilNext()).toBeUndefined()
    expect(signal.aborted).toBe(false)
  })

  test('is remembered for a thousand people, no more', async () => {
    const { visibility, asked } = setUp()
    for (let i = 0; i < 1001; i++) await visibility.audienceOf({ name: `person ${i}`, groups: [] })
    await visibility.audienceOf({ name: 'person 1', groups: [] })
    expect(asked()).toBe(1001)
    await visibility.audienceOf({ name: 'person 0', groups: [] })
    expect(asked()).toBe(1002)
  })
})
