import { createTRPCUntypedClient, httpLink, TRPCClientError } from '@trpc/client'
import { expect, test, vi } from 'vitest'
import { createQueryClient, isTooOften, patiently, retryDelayMs } from './query-client'

/** What the product's own client throws when the server answers this. */
async function errorOf(status: number, code: string, headers: Record<string, string> = {}): Promise<unknown> {
  const body = JSON.stringify({ error: { message: 'too-often', code: -32029, data: { code, httpStatus: status } } })
  const fetch = async () => new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } })
  const client = createTRPCUntypedClient({ links: [httpLink({ url: 'http://127.0.0.1/', fetch })] })
  return client.query('status.get').catch((error: unknown) => error)
}

const refused = () => errorOf(429, 'TOO_MANY_REQUESTS', { 'retry-after': '7' })

test('a 429 is told from everything else', async () => {
  expect(isTooOften(await refused())).toBe(true)
  expect(isTooOften(await errorOf(500, 'INTERNAL_SERVER_ERROR'))).toBe(false)
  expect(isTooOften(new TypeError('fetch failed'))).toBe(false)
})

test('the time that the server asks for is given, and never less, however often it was tried', async () => {
  const error = await refused()
  expect(error).toBeInstanceOf(TRPCClientError)
  expect(retryDelayMs(0, error, 0)).toBe(7000)
  expect(retryDelayMs(0, error, 0.999)).toBeLessThan(8750)
  expect(retryDelayMs(20, error, 0)).toBe(30_000)
  expect(retryDelayMs(0, await errorOf(429, 'TOO_MANY_REQUESTS'), 0)).toBe(1000)
})

test('what is asked is tried again until it is answered, and nothing else for ever', async () => {
  vi.useFakeTimers()
  try {
    const error = await refused()
    const queries = createQueryClient()
    let asked = 0
    const answer = queries.fetchQuery({
      queryKey: ['a'],
      queryFn: async () => {
        asked += 1
        if (asked <= 8) throw error
        return 'answered'
      },
      retry: queries.getDefaultOptions().queries?.retry ?? false,
    })
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    expect(await answer).toBe('answered')
    let failed = 0
    const given = queries.fetchQuery({
      queryKey: ['b'],
      queryFn: async () => {
        failed += 1
        throw new TypeError('fetch failed')
      },
      retry: queries.getDefaultOptions().queries?.retry ?? false,
    })
    const told = expect(given).rejects.toThrow('fetch failed')
    await vi.advanceTimersByTimeAsync(60_000)
    await told
    expect(failed).toBe(4)
  } finally {
    vi.useRealTimers()
  }
})

test('a page of many waits at its place, until nobody wants it any more', async () => {
  vi.useFakeTimers()
  try {
    const error = await refused()
    const given = new AbortController()
    let asked = 0
    const answer = patiently(async () => {
      asked += 1
      if (asked < 3) throw error
      return asked
    }, given.signal)
    await vi.advanceTimersByTimeAsync(6900)
    expect(asked).toBe(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await answer).toBe(3)
    const left = patiently(() => Promise.reject(error), given.signal)
    const told = expect(left).rejects.toBe(error)
    given.abort()
    await vi.advanceTimersByTimeAsync(60_000)
    await told
    await expect(patiently(() => Promise.reject(new TypeError('x')), new AbortController().signal)).rejects.toThrow('x')
  } finally {
    vi.useRealTimers()
  }
})
