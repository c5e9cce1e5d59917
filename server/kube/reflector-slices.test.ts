// A large list goes out in slices, so that it holds up nobody; what is handed out is whole all the same.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Harness, services, startHarness } from './testing/harness'
import { expectNoUnhandledRejection } from './testing/unhandled'

expectNoUnhandledRejection()

let h: Harness
beforeEach(async () => {
  h = await startHarness({ names: Array.from({ length: 1201 }, (_, index) => `s-${index}`) })
})
afterEach(async () => {
  await h.stop()
  expect(h.log.nonsense).toEqual([])
})

const synced = () => h.log.events.filter(({ type }) => type === 'synced').length

test('a first list: at most 500 at once, others have a turn in between, synced comes last', async () => {
  const turns: number[] = []
  let turn = 0
  let counting = true
  const count = () => {
    turn += 1
    if (counting) setImmediate(count)
  }
  count()
  h.onBatch(() => turns.push(turn))
  h.start()
  await h.live()
  counting = false
  expect(h.batches).toEqual([500, 500, 201, 1])
  expect(h.log.events.at(-1)?.type).toBe('synced')
  expect(synced()).toBe(1)
  expect(new Set(turns).size).toBe(3)
})

test('another cluster under the same names: new and old change place object by object, never a gap', async () => {
  h.start()
  await h.live()
  h.log.takeSmallest()
  h.batches.length = 0
  for (let index = 0; index < 1201; index++) h.api.put(services, `s-${index}`, { uid: `new-${index}` })
  h.api.compact()
  for (const watch of h.api.watches) watch.reset()
  await h.healed()
  expect(Math.max(...h.batches)).toBeLessThanOrEqual(500)
  expect(h.held()).toEqual(h.truth())
  expect(h.log.takeSmallest()).toBeGreaterThanOrEqual(1200)
})

test('other names: what is new comes before what goes', async () => {
  h.start()
  await h.live()
  h.log.takeSmallest()
  await h.api.close()
  for (let index = 0; index < 1201; index++) h.api.remove(services, `s-${index}`)
  for (let index = 0; index < 700; index++) h.api.put(services, `t-${index}`)
  h.api.compact()
  await h.api.open()
  await h.healed()
  expect(h.held()).toEqual(h.truth())
  expect(h.log.takeSmallest()).toBe(700)
})

test('a stop between two slices: nothing more is handed out, and nothing is called synced', async () => {
  let stopped: Promise<unknown> | undefined
  h.onBatch(() => {
    stopped ??= h.stop()
  })
  h.start()
  await h.until(() => stopped !== undefined)
  await stopped
  expect(h.batches).toEqual([500])
  expect(synced()).toBe(0)
})

test('a receiver that fails at the second slice gets everything again, and hears of what went meanwhile', async () => {
  h.onBatch(() => h.breakStore(true))
  h.start()
  await h.waiting()
  expect(h.batches).toEqual([500])
  h.api.remove(services, 's-3')
  h.onBatch(() => undefined)
  h.breakStore(false)
  await h.healed()
  expect(h.held()).toEqual(h.truth())
})
