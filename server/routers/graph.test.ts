import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { describe, expect, test } from 'vitest'
import { createDecoder } from '@/core/feed/codec'
import { GrantEnd } from '../access/principal'
import { grantedContext, type TestGrant } from '../access/testing/granted-context'
import { createGraphFeed, type GraphFeed } from '../feed/graph-feed'
import { createFakeClock } from '../feed/testing/fake-clock'
import { createFakeSource } from '../feed/testing/fake-source'
import type { Runtime } from '../runtime'
import { createClusterStore } from '../store/cluster-store'
import { appRouter } from './_app'

type SseEvent = { event: string; data: string; id: string | undefined }

function setUp() {
  const clock = createFakeClock()
  const source = createFakeSource()
  const fail = (part: string, error: unknown) => {
    throw new Error(`fault in ${part}`, { cause: error })
  }
  const feed = createGraphFeed({ epoch: 'e1', source, clock, onFault: fail })
  return { clock, source, feed }
}

function runtimeOf(feed: GraphFeed): Runtime {
  const session = {
    epoch: feed.epoch,
    context: undefined,
    viewOf: () => createClusterStore(),
    feedOf: () => feed,
    feedStats: () => ({ audiences: 0, streams: 0, parts: 0, ringBytes: 0 }),
    departed: () => [],
    churn: () => {
      throw new Error('nobody asks for churn')
    },
    demo: undefined,
    tryNow: () => undefined,
    dispose: async () => undefined,
  }
  return {
    session: () => session,
    contexts: () => ({ contexts: [], current: undefined }),
    switchContext: async () => ({ ok: false, problem: 'none' }),
    dispose: async () => undefined,
  }
}

async function open(feed: GraphFeed, input: unknown, { grant, ...init }: RequestInit & { grant?: TestGrant } = {}) {
  const url = `http://127.0.0.1/api/trpc/graph.watch?input=${encodeURIComponent(JSON.stringify(input))}`
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(url, init),
    router: appRouter,
    createContext: () => grantedContext(runtimeOf(feed), grant),
  })
  return { response, ...eventReader(response) }
}

/** Reads one event after the other; undefined at the end of the stream. */
function eventReader(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<SseEvent | undefined> => {
    while (!text.includes('\n\n')) {
      const chunk = await reader?.read()
      if (!chunk || chunk.done) return undefined
      text += chunk.value
    }
    const end = text.indexOf('\n\n')
    const lines = text.slice(0, end).split('\n')
    text = text.slice(end).replace(/^\n+/, '')
    const value = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
    return { event: value('event') ?? 'message', data: value('data') ?? '', id: value('id') }
  }
  return { next, close: async () => reader?.cancel() }
}

const overview = { parts: [{ key: 'overview' }] }

describe('graph.watch over server-sent events', () => {
  test('nothing between may compress or buffer it', async () => {
    const { feed } = setUp()
    const { response, close } = await open(feed, overview)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    await close()
  })

  test('the client is told when silence means a dead connection; events carry <epoch>.<seq>', async () => {
    const { feed, source } = setUp()
    source.set('overview', 'a', '1')
    const { next, close } = await open(feed, overview)
    expect(await next()).toMatchObject({ event: 'connected', data: '{"reconnectAfterInactivityMs":45000}' })
    const first = await next()
    expect(first?.id).toBe('e1.1')
    const decoder = createDecoder()
    const frames = JSON.parse(first?.data ?? '[]').map(decoder.decode)
    expect(frames.map((frame: { type: string }) => frame.type)).toEqual(['hello', 'snapshot'])
    source.set('overview', 'a', '2')
    expect((await next())?.id).toBe('e1.2')
    await close()
  })

  test('Last-Event-ID resumes without a snapshot', async () => {
    const { feed, source } = setUp()
    const { next, close } = await open(feed, overview)
    await next()
    const id = (await next())?.id ?? ''
    await close()
    source.set('overview', 'a', '1')
    const again = await open(feed, overview, { headers: { 'last-event-id': id } })
    await again.next()
    const frames = JSON.parse((await again.next())?.data ?? '[]')
    expect(frames.map((frame: unknown[]) => frame[0])).toEqual([0, 2])
    await again.close()
  })

  test('a stopping server ends streams with SERVICE_UNAVAILABLE and never with return', async () => {
    const { feed } = setUp()
    const { next } = await open(feed, overview)
    await next()
    await next()
    const last = next()
    feed.stop()
    const event = await last
    expect(event?.event).toBe('serialized-error')
    expect(JSON.parse(event?.data ?? '{}').data.code).toBe('SERVICE_UNAVAILABLE')
    expect(await next()).toBeUndefined()
  })

  test('so does one that is stopped already', async () => {
    const { feed } = setUp()
    feed.stop()
    const { next } = await open(feed, overview)
    await next()
    expect(JSON.parse((await next())?.data ?? '{}').data.code).toBe('SERVICE_UNAVAILABLE')
  })

  test('a reader who leaves is forgotten, waiting or not', async () => {
    const { feed } = setUp()
    for (let i = 0; i < 20; i += 1) {
      const leaving = new AbortController()
      const { next, close } = await open(feed, overview, { signal: leaving.signal })
      await next()
      if (i % 2 === 0) await next()
      leaving.abort()
      await close().catch(() => undefined)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(feed.stats().subscribers).toBe(0)
  })

  test('bad input is told by its field, without a stack', async () => {
    const { feed } = setUp()
    const { next } = await open(feed, { parts: [{ key: 'secrets/all' }] })
    await next()
    const error = JSON.parse((await next())?.data ?? '{}')
    expect(error.data.code).toBe('BAD_REQUEST')
    expect(error.data.stack).toBeUndefined()
    expect(error.message).toContain('"key"')
  })

  test.each([
    { of: 'for good', end: new GrantEnd(true, 'share-revoked'), code: 'FORBIDDEN' },
    { of: 'because other rights came', end: new GrantEnd(false, 'rights-changed'), code: 'SERVICE_UNAVAILABLE' },
  ])(
    '[K64] a grant that ends $of ends the stream with $code, without a word more of the cluster',
    async ({ end, code }) => {
      const { feed } = setUp()
      const ending = new AbortController()
      const { next, close } = await open(feed, overview, { grant: { ended: ending.signal } })
      expect((await next())?.event).toBe('connected')
      const first = await next()
      expect(first?.data).toContain('e1')
      ending.abort(end)
      const last = await next()
      expect(last?.event).toBe('serialized-error')
      expect(JSON.parse(last?.data ?? '')).toMatchObject({ message: end.code, data: { code } })
      expect(feed.stats().subscribers).toBe(0)
      await close()
    },
  )

  test('a grant that has ended already opens no stream', async () => {
    const { feed } = setUp()
    const { next, close } = await open(feed, overview, { grant: { ended: AbortSignal.abort(new GrantEnd(true, 'x')) } })
    await next()
    expect((await next())?.event).toBe('serialized-error')
    expect(feed.stats().subscribers).toBe(0)
    await close()
  })
})
