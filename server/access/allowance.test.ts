import { describe, expect, test } from 'vitest'
import { createFakeClock } from '../kube/testing/fake-clock'
import { createAllowance, readerLimits } from './allowance'

const person = 'user ann'

/** Asks at a steady rate for a while; answers that took `ms` each. Returns how many were refused. */
function refusedOf({ perSecond, ms, seconds }: { perSecond: number; ms: number; seconds: number }): number {
  const clock = createFakeClock()
  const allowance = createAllowance(clock)
  let refused = 0
  for (let i = 0; i < perSecond * seconds; i++) {
    if (allowance.wait(person) > 0) refused += 1
    else allowance.spend(person, ms)
    clock.advance(1000 / perSecond)
  }
  return refused
}

describe('[T18] what one reader may take of the server', () => {
  test.each([
    { name: 'a page that asks for its explanation and its matrix at each change', perSecond: 5, ms: 10 },
    { name: 'two such pages in a cluster where that takes long', perSecond: 10, ms: 24 },
    { name: 'a script that reads a small cluster without a pause', perSecond: 45, ms: 3 },
  ])('$name is never refused, however long it goes on', (asks) => {
    expect(refusedOf({ ...asks, seconds: 3600 })).toBe(0)
  })

  test('pictures that take a second each are answered fifteen at once, and then one in four seconds', () => {
    const seconds = 400
    const refused = refusedOf({ perSecond: 20, ms: 1000, seconds })
    const answered = 20 * seconds - refused
    expect(answered).toBeGreaterThanOrEqual(15 + seconds / 4 - 2)
    expect(answered).toBeLessThanOrEqual(15 + seconds / 4 + 2)
  })

  test('thousands of cheap requests at once are cut off', () => {
    const allowance = createAllowance(createFakeClock())
    let answered = 0
    while (allowance.wait(person) === 0 && answered < 1e5) {
      allowance.spend(person, 0)
      answered += 1
    }
    expect(answered).toBe(readerLimits.burstMs / readerLimits.leastMs)
  })

  test('whoever waits as long as they are told is answered', () => {
    const clock = createFakeClock()
    const allowance = createAllowance(clock)
    allowance.spend(person, 16_500)
    expect(allowance.wait(person)).toBe(6)
    clock.advance(5000)
    expect(allowance.wait(person)).toBe(1)
    clock.advance(1001)
    expect(allowance.wait(person)).toBe(0)
  })

  test('an answer that took an hour is not waited for longer than a minute', () => {
    const allowance = createAllowance(createFakeClock())
    allowance.spend(person, 3_600_000)
    expect(allowance.wait(person)).toBe(60)
  })

  test('one reader never waits for another', () => {
    const allowance = createAllowance(createFakeClock())
    allowance.spend(person, 1e6)
    expect(allowance.wait('user bob')).toBe(0)
  })

  test('no more readers are remembered than there is room for, and who asks too much is not the one forgotten', () => {
    const allowance = createAllowance(createFakeClock())
    for (let i = 0; i < 20_000; i++) {
      allowance.spend(`address 192.0.2.${i}`, 1)
      if (i % 1000 === 0) allowance.spend(person, 20_000)
    }
    expect(allowance.size()).toBe(readerLimits.capacity)
    expect(allowance.wait(person)).toBeGreaterThan(0)
  })
})
