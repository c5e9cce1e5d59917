import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { describe, expect, test } from 'vitest'
import { createAllowance, readerLimits } from '../access/allowance'
import type { Principal } from '../access/principal'
import { grantedContext } from '../access/testing/granted-context'
import { TooOften } from '../access/too-often'
import type { Context } from '../context'
import { createReaderPlaces } from '../feed/reader-places'
import { createFakeClock } from '../kube/testing/fake-clock'
import type { Runtime } from '../runtime'
import { createClusterStore } from '../store/cluster-store'
import { appRouter } from './_app'

const ann: Principal = { kind: 'user', name: 'ann', groups: [] }
const bob: Principal = { kind: 'user', name: 'bob', groups: [] }
const store = createClusterStore()
const runtime = {
  session: () => ({
    epoch: 'e1',
    viewOf: () => store,
    feedOf: () => {
      throw new Error('no stream is opened')
    },
    departed: () => [],
  }),
} as unknown as Runtime

function limited(given: Partial<Context>, principal: Principal = ann): Context {
  return { ...grantedContext(runtime, { principal }), origin: { peer: '192.0.2.1' }, ...given }
}

/** Names of every procedure, with an input that none refuses before it is reached. */
const paths = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)

describe('[T18] a reader who has used up what is theirs', () => {
  const clock = createFakeClock()
  const allowance = createAllowance(clock)
  allowance.spend('user ann', readerLimits.burstMs + 2000)

  test.each(paths)('is answered 429 by %s, before anything is made', async (path, { _def }) => {
    const isMutation = _def.type === 'mutation'
    const response = await fetchRequestHandler({
      endpoint: '/api/trpc',
      req: new Request(`http://127.0.0.1/api/trpc/${path}?input=%7B%7D`, {
        method: isMutation ? 'POST' : 'GET',
        ...(isMutation && { headers: { 'content-type': 'application/json' }, body: '{}' }),
      }),
      router: appRouter,
      createContext: () => limited({ allowance }),
      responseMeta: ({ errors: [error] }) =>
        error?.cause instanceof TooOften
          ? { headers: new Headers({ 'retry-after': `${error.cause.retryAfter}` }) }
          : {},
    })
    const text = await response.text()
    expect(text).toContain('too-often')
    // A stream says it inside, as something to come back from: an EventSource reads no other status.
    if (_def.type === 'subscription') expect(text).toContain('SERVICE_UNAVAILABLE')
    else expect([response.status, response.headers.get('retry-after')]).toEqual([429, '8'])
  })

  test('does not keep others from being answered, and is answered again after the wait', async () => {
    const ask = (principal: Principal) => appRouter.createCaller(limited({ allowance }, principal)).status.get()
    await expect(ask(ann)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    expect(await ask(bob)).toMatchObject({ epoch: 'e1' })
    clock.advance(8001)
    expect(await ask(ann)).toMatchObject({ epoch: 'e1' })
  })
})

test('[T18] every answer counts, refused inputs too', async () => {
  const allowance = createAllowance(createFakeClock())
  const caller = appRouter.createCaller(limited({ allowance }))
  const refused = { namespace: '', service: '', port: '', family: 'IPv4', from: 'inside' } as const
  let code = ''
  for (let i = 0; i <= readerLimits.burstMs / readerLimits.leastMs && code !== 'TOO_MANY_REQUESTS'; i++) {
    code = await caller.explain.matrix(refused).then(
      () => '',
      (error) => error.code,
    )
  }
  expect(code).toBe('TOO_MANY_REQUESTS')
})

describe('[T18] the streams of one reader', () => {
  const full = () => {
    const places = createReaderPlaces(1)
    for (const reader of ['user ann', 'address 192.0.2.1', 'address 127.0.0.1']) places.enter(reader)
    return places
  }
  const open = async (context: Context) => {
    const stream = await appRouter.createCaller(context).graph.watch({ parts: [{ key: 'overview' }] })
    for await (const _ of stream) return 'open'
    return 'over'
  }

  test('are so many at most; the refusal is one to come back from', async () => {
    const places = full()
    await expect(open(limited({ places }))).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: 'reader-full',
    })
  })

  test('are counted apart from those of others, and not for this machine', async () => {
    const places = full()
    const anonymous: Principal = { kind: 'anonymous', name: 'anonymous' }
    await expect(open(limited({ places }, bob))).rejects.toThrow('no stream is opened')
    const here = limited({ places, origin: { peer: '127.0.0.1' } }, anonymous)
    await expect(open(here)).rejects.toThrow('no stream is opened')
    const there = limited({ places, origin: { peer: '192.0.2.1' } }, anonymous)
    await expect(open(there)).rejects.toThrow('reader-full')
  })
})
