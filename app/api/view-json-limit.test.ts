import { beforeEach, expect, test, vi } from 'vitest'
import { everything } from '@/core/access/audience'
import { type Allowance, createAllowance, readerLimits } from '@/server/access/allowance'
import type { Principal } from '@/server/access/principal'
import type { Context } from '@/server/context'
import { createFakeClock, type FakeClock } from '@/server/kube/testing/fake-clock'
import { createClusterStore } from '@/server/store/cluster-store'
import { GET as viewJson } from './view.json/route'

let clock: FakeClock
let allowance: Allowance
let principal: Principal

vi.mock('@/server/context', () => ({
  createContext: async (): Promise<Context> => ({
    runtime: { session: () => ({ epoch: 'e1', viewOf: () => createClusterStore() }) } as never,
    authorize: async () => ({ principal, audience: everything, ended: new AbortController().signal }),
    allowance,
    origin: { peer: '127.0.0.1' },
    setCookies: [],
  }),
}))

beforeEach(() => {
  clock = createFakeClock()
  allowance = createAllowance(clock)
  principal = { kind: 'user', name: 'ann', groups: [] }
})

const ask = () => viewJson(new Request('http://127.0.0.1:3000/api/view.json', { headers: { host: '127.0.0.1:3000' } }))

test('[T18] a script that has used up what one reader may take is answered 429, told how long to wait, and answered then', async () => {
  expect((await ask()).status).toBe(200)
  allowance.spend('user ann', readerLimits.burstMs + 1000)
  const refused = await ask()
  expect(refused.status).toBe(429)
  expect(await refused.json()).toEqual({ error: { code: 'too-often', status: 429 } })
  const seconds = Number(refused.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(3)
  clock.advance(seconds * 1000 + 1)
  expect((await ask()).status).toBe(200)
})

test('[T18] each answer is counted, also one that refuses what was asked', async () => {
  const left = () => {
    let asked = 0
    for (; allowance.wait('user ann') === 0 && asked < 1e5; asked += 1) allowance.spend('user ann', 0)
    return asked
  }
  await ask()
  await viewJson(new Request('http://127.0.0.1:3000/api/view.json?nope=1', { headers: { host: '127.0.0.1:3000' } }))
  expect(left()).toBeLessThanOrEqual(readerLimits.burstMs / readerLimits.leastMs - 2)
})

test('the person at this machine asks as they like', async () => {
  principal = { kind: 'local', name: 'local' }
  allowance.spend('address 127.0.0.1', 1e6)
  expect((await ask()).status).toBe(200)
})
