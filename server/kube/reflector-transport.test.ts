// Faults on the way to the API server. Row numbers are those of the fault catalogue, part B.
import zlib from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Misbehave } from './testing/faulty-api'
import { type Harness, services, startHarness } from './testing/harness'
import { expectNoUnhandledRejection } from './testing/unhandled'

expectNoUnhandledRejection()

let h: Harness
beforeEach(async () => {
  h = await startHarness()
  h.start()
  await h.live()
})
afterEach(async () => {
  await h.stop()
  expect(h.log.nonsense).toEqual([])
})

async function heals() {
  h.api.put(services, `new-${h.api.version}`)
  await h.healed()
  expect(h.held()).toEqual(h.truth())
}

test('[K17] connection refused: stale at once, with its own words, healed when the server is back', async () => {
  await h.api.close()
  await h.until(() => h.state().state === 'stale')
  const lostAt = h.clock.now()
  await h.tryUntil(() => h.state().reason?.code === 'connection-refused')
  expect(h.state()).toMatchObject({ state: 'stale', count: 2, since: lostAt })
  await h.api.open()
  await heals()
  expect(h.api.count('list')).toBe(1)
})

describe('[K18] a watch that is cut', () => {
  const event = (name: string) => {
    const { metadata } = h.api.put(services, name)
    return `${JSON.stringify({ type: 'ADDED', object: { apiVersion: 'v1', kind: 'Service', metadata } })}\n`
  }

  test.each(['reset', 'end'] as const)(
    'in the middle of an event (%s): resumed from the last whole one, nothing lost',
    async (how) => {
      const [watch] = h.api.watches
      h.api.put(services, 'whole')
      await h.live()
      // The next change is sent by hand, and only half of it.
      watch?.mute()
      const line = event('half')
      watch?.unmute()
      watch?.write(line.slice(0, 60))
      watch?.[how]()
      await h.until(() => h.api.watches.size === 0)
      await h.healed()
      expect(h.held()).toEqual(h.truth())
      expect(h.api.count('list')).toBe(1)
    },
  )

  test('in the middle of a gzip stream', async () => {
    const cut: Misbehave = ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      const bytes = zlib.gzipSync(event('zipped'))
      response.end(bytes.subarray(0, bytes.length - 12))
    }
    h.api.fail('watch', cut)
    for (const watch of h.api.watches) watch.reset()
    await h.until(() => h.state().state === 'stale')
    await heals()
    expect(h.api.count('list')).toBe(1)
  })

  test('by a reset, again and again, while the cluster changes', async () => {
    for (let i = 0; i < 10; i++) {
      for (const watch of h.api.watches) watch.reset()
      h.api.put(services, `s-${i}`)
      h.api.remove(services, `s-${i - 3}`)
      await h.healed()
    }
    expect(h.held()).toEqual(h.truth())
    expect(h.api.count('list')).toBe(1)
  })
})

test('[K19] bytes and then silence: found dead after 90 s, and resumed', async () => {
  for (const watch of h.api.watches) watch.mute()
  h.api.put(services, 'unheard')
  h.clock.advance(89_000)
  expect(h.state().state).toBe('synced')
  h.clock.advance(1_000)
  await h.until(() => h.state().state === 'stale')
  expect(h.state().reason?.code).toBe('silent')
  await h.healed()
  expect(h.held()).toEqual(h.truth())
  expect(h.api.count('list')).toBe(1)
})

test.each([-86_400_000, -3_600_000, 3_600_000, 86_400_000])(
  '[K39] a wall clock that jumps by %i ms changes no wait',
  async (jump) => {
    h.clock.jump(jump)
    h.api.put(services, 'heard')
    await h.live()
    for (const watch of h.api.watches) watch.mute()
    h.api.put(services, 'unheard')
    h.clock.jump(-2 * jump)
    h.clock.advance(89_000)
    expect(h.state().state).toBe('synced')
    h.clock.advance(1_000)
    await h.until(() => h.state().state === 'stale')
    await h.nextTry()
    await h.healed()
    expect(h.clock.elapsed()).toBeLessThan(100_000)
  },
)

test('[K19] a reconnect that hangs is shown before its time is up', async () => {
  h.api.fail('watch', h.api.hang)
  await h.passTime(60_000)
  for (const watch of h.api.watches) watch.end()
  await h.asked('watch', 2)
  h.clock.advance(4_000)
  expect(h.state()).toMatchObject({ state: 'stale', reason: { code: 'answer-slow' } })
  h.clock.advance(26_000)
  await h.until(() => h.state().reason?.code === 'answer-timeout')
  await heals()
})

test('[K20] a watch that ends as soon as it is open: at most one request in 4 s, and said', async () => {
  h.api.fail('watch', ({ response }) => response.writeHead(200, { 'content-type': 'application/json' }).end(), {
    times: Number.POSITIVE_INFINITY,
  })
  for (const watch of h.api.watches) watch.end()
  const from = h.clock.now()
  const asked = h.api.log.length
  await h.tryUntil(() => h.clock.now() - from > 1_200_000)
  expect((h.api.log.length - asked) / 1200).toBeLessThanOrEqual(0.25)
  await h.waiting()
  expect(h.state()).toMatchObject({ state: 'stale', reason: { code: 'watch-closed' } })
  h.api.heal()
  await heals()
})

test('[K21] three restarts, 30 s apart: stale for less than 15 s each, no list', async () => {
  for (let restart = 0; restart < 3; restart++) {
    await h.api.close()
    await h.until(() => h.state().state === 'stale')
    const from = h.clock.now()
    h.clock.advance(3_000)
    await h.api.open()
    await heals()
    expect(h.clock.now() - from).toBeLessThan(15_000)
    await h.passTime(30_000)
  }
  expect(h.api.count('list')).toBe(1)
})

test('[K22] down for an hour: at most two tries a minute in the end, what was seen is kept, healed within 60 s', async () => {
  await h.api.close()
  const from = h.clock.now()
  await h.tryUntil(() => h.clock.now() - from > 1_200_000)
  const tries = () => new Set(h.states.map((state) => state.nextTryAt)).size
  const before = tries()
  await h.tryUntil(() => h.clock.now() - from > 3_600_000)
  expect((tries() - before) / 40).toBeLessThanOrEqual(2)
  expect(h.held()).toEqual(h.truth())
  await h.api.open()
  const back = h.clock.now()
  await heals()
  expect(h.clock.now() - back).toBeLessThanOrEqual(60_000)
})

test('"try now" ends a wait at once', async () => {
  await h.api.close()
  await h.tryUntil(() => h.clock.now() - h.state().since > 300_000)
  await h.waiting()
  await h.api.open()
  const at = h.clock.now()
  h.tryNow()
  await h.live()
  expect(h.clock.now()).toBe(at)
})

describe('[K23] an older state comes back (a restored backup)', () => {
  test('after a restart at a lower version: replaced as a whole, ghosts gone, and no wait for the old version', async () => {
    const backup = h.api.backup()
    for (let i = 0; i < 20; i++) h.api.put(services, `ghost-${i}`)
    h.api.remove(services, 'pay')
    await h.live()
    await h.api.close()
    h.api.restore(backup)
    await h.until(() => h.state().state === 'stale')
    await h.api.open()
    await heals()
    expect(h.held().join()).not.toContain('ghost')
    expect(h.api.count('list')).toBe(2)
  })

  test('behind a connection that stayed open: found by its silence', async () => {
    const backup = h.api.backup()
    for (let i = 0; i < 20; i++) h.api.put(services, `ghost-${i}`)
    await h.live()
    h.api.restore(backup)
    h.api.put(services, 'after')
    h.clock.advance(60_000)
    h.clock.advance(30_000)
    await heals()
  })
})

test('[K24] another cluster behind the same address: everything is replaced, although its versions are newer', async () => {
  for (const watch of h.api.watches) watch.reset()
  await h.until(() => h.state().state === 'stale')
  await heals()
  expect(h.api.count('list')).toBe(1)
  h.clock.advance(5_000)
  await h.api.close()
  h.api.exchange()
  h.api.put(services, 'cart')
  await h.api.open()
  await heals()
  expect(h.held()).toHaveLength(2)
  expect(h.api.count('list')).toBe(2)
})

test('when it is stopped, nothing of it is left: no request, no timer of its own', async () => {
  await h.stop()
  await h.until(() => h.api.watches.size === 0)
  expect(h.clock.untilNext()).toBeUndefined()
  h = await startHarness()
  h.api.fail('list', h.api.hang)
  h.start()
  await h.asked('list', 1)
})
