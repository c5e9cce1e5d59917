import { expect, test } from 'vitest'
import { createFakeClock } from '../kube/testing/fake-clock'
import { createAttempts, signInLimits } from './attempts'

const minute = 60_000

test('[K75] a thousand tries a minute from one address: ten are looked at, the others are told how long to wait', () => {
  const clock = createFakeClock()
  const attempts = createAttempts(clock)
  clock.advance(30_000)
  const answers = Array.from({ length: 1000 }, () => attempts.take('192.0.2.1'))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(signInLimits.perPeer)
  expect(answers.at(-1)).toEqual({ ok: false, retryAfter: 30 })
  clock.advance(minute)
  expect(attempts.take('192.0.2.1').ok).toBe(true)
})

test('[K75] a thousand tries a minute from a thousand addresses: a hundred are looked at', () => {
  const attempts = createAttempts(createFakeClock())
  const answers = Array.from({ length: 1000 }, (_, i) => attempts.take(`192.0.2.${i}`))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(signInLimits.global)
})

test('[K75] no more addresses are remembered than there is room for', () => {
  const attempts = createAttempts(createFakeClock(), { ...signInLimits, global: 1e6 })
  for (let i = 0; i < 20_000; i++) attempts.take(`peer ${i}`)
  expect(attempts.size()).toBe(10_000)
})

test('whoever signs in spends nothing', () => {
  const attempts = createAttempts(createFakeClock())
  for (let i = 0; i < 1000; i++) {
    expect(attempts.take('192.0.2.1').ok).toBe(true)
    attempts.giveBack('192.0.2.1')
  }
  expect(attempts.size()).toBe(0)
})
