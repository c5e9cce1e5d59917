// Faults that the API server answers with. Row numbers are those of the fault catalogue, part A.
import zlib from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Misbehave, withBody, withStatus } from './testing/faulty-api'
import { type Harness, services, startHarness } from './testing/harness'
import { expectNoUnhandledRejection } from './testing/unhandled'

expectNoUnhandledRejection()

let h: Harness
beforeEach(async () => {
  h = await startHarness()
})
afterEach(async () => {
  await h.stop()
  expect(h.log.nonsense).toEqual([])
})

/** Up and watching, with the counters of requests at one list and one watch. */
async function live() {
  h.start()
  await h.live()
  h.log.takeSmallest()
}

/** Ends the open watch in an ordinary way after it has lived long enough, so that the next watch request is made at once. */
async function rewatch() {
  await h.passTime(70_000)
  for (const watch of h.api.watches) watch.end()
}

async function changeArrives(name: string) {
  h.api.put(services, name)
  await h.healed()
  expect(h.held()).toEqual(h.truth())
}

test('lists in pages of 500, then watches from there', async () => {
  for (let i = 0; i < 1201; i++) h.api.put(services, `s-${i}`)
  await live()
  expect(h.api.log.map((r) => [r.verb, r.query.get('limit') ?? r.query.get('allowWatchBookmarks')])).toEqual([
    ['list', '500'],
    ['list', '500'],
    ['list', '500'],
    ['watch', 'true'],
  ])
  expect(h.states.map((s) => s.count)).toContain(1000)
  expect(h.states.find((s) => s.count === 500)?.expected).toBe(1203)
  expect(h.state()).toMatchObject({ state: 'synced', count: 1203, expected: undefined })
  const seconds = Number(h.api.log.at(-1)?.query.get('timeoutSeconds'))
  expect(seconds).toBeGreaterThanOrEqual(300)
  expect(seconds).toBeLessThanOrEqual(600)
})

test('[K1] 401 once on the watch: credentials are read again, no list is made', async () => {
  await live()
  h.api.fail('watch', withStatus(401, 'Unauthorized'))
  await rewatch()
  await h.asked('watch', 3)
  await changeArrives('new')
  expect(h.api.count('list')).toBe(1)
})

test('[K2] 401 for ever: said, backed off, what was seen is kept', async () => {
  await live()
  h.api.fail('watch', withStatus(401, 'Unauthorized'), { times: Number.POSITIVE_INFINITY })
  await rewatch()
  for (let i = 0; i < 12; i++) await h.nextTry()
  expect(await h.waiting()).toBeLessThanOrEqual(60_000)
  expect(h.state()).toMatchObject({ state: 'stale', reason: { code: 'credentials-rejected' }, count: 2 })
  expect(h.held()).toEqual(h.truth())
  h.api.heal()
  await h.nextTry()
  await changeArrives('new')
})

test('[K3] 403 at the first list: not permitted, tried again after 5 minutes', async () => {
  h.api.fail('list', withStatus(403, 'services is forbidden'))
  h.start()
  expect(await h.waiting()).toBe(300_000)
  expect(h.state()).toMatchObject({ state: 'forbidden', reason: { code: 'forbidden' } })
  expect(h.log.events).toEqual([{ type: 'unavailable', kind: 'Service', scope: '', why: 'forbidden' }])
  await h.nextTry()
  await h.live()
})

test('[K4] 403 later on: kept while it may be a restart, then dropped within 60 s', async () => {
  await live()
  const from = h.clock.now()
  h.api.fail('watch', withStatus(403), { times: Number.POSITIVE_INFINITY })
  h.api.fail('list', withStatus(403), { times: Number.POSITIVE_INFINITY })
  for (const watch of h.api.watches) watch.end()
  await h.waiting()
  expect(h.held()).toEqual(h.truth())
  await h.tryUntil(() => h.state().state === 'forbidden')
  expect(h.clock.now() - from).toBeLessThanOrEqual(60_000)
  await h.until(() => h.log.objects.size === 0)
  expect(h.log.events.at(-1)).toMatchObject({ type: 'unavailable', why: 'forbidden' })
  h.api.heal()
  h.tryNow()
  await h.live()
})

test('[K4] 403 for a moment, as while an API server restarts, drops nothing', async () => {
  await live()
  h.api.fail('watch', withStatus(403))
  h.api.fail('list', withStatus(403), { times: 2 })
  await rewatch()
  await h.tryUntil(() => h.api.count('list') >= 4)
  await changeArrives('new')
  expect(h.log.events.filter((event) => event.type === 'remove' || event.type === 'unavailable')).toEqual([])
})

test('[K5] 404: unserved, looked for again each minute, found when it is there', async () => {
  h.api.fail('list', withStatus(404), { times: 2 })
  h.start()
  expect(await h.waiting()).toBe(60_000)
  expect(h.state()).toMatchObject({ state: 'unserved', reason: { code: 'not-found' } })
  await h.nextTry()
  await h.asked('list', 2)
  await h.nextTry()
  await h.live()
})

test.each([405, 406])('[K6] %i on watch: lists are polled instead', async (code) => {
  h.api.fail('watch', withStatus(code), { times: Number.POSITIVE_INFINITY })
  h.start()
  await h.waiting()
  h.api.put(services, 'new')
  await h.nextTry()
  await h.until(() => `${h.held()}` === `${h.truth()}`)
})

describe('[K7] 410', () => {
  test('as HTTP status: a new list at once, only differences handed out, never a flash of emptiness', async () => {
    await live()
    const before = h.log.events.length
    await h.passTime(70_000)
    const [watch] = h.api.watches
    watch?.mute()
    h.api.put(services, 'cart')
    h.api.put(services, 'added')
    h.api.remove(services, 'pay')
    h.api.compact()
    watch?.end()
    await h.live()
    expect(h.log.takeSmallest()).toBeGreaterThan(0)
    expect(h.log.events.slice(before).map((event) => event.type)).toEqual(['put', 'put', 'remove', 'synced'])
    expect(h.api.count('list')).toBe(2)
  })

  test('in the stream: closed and listed again', async () => {
    await live()
    for (const watch of h.api.watches) watch.event('ERROR', { kind: 'Status', code: 410, message: 'too old' })
    await h.asked('list', 2)
    await changeArrives('new')
  })

  test('again and again: with a wait from the second on', async () => {
    h.api.fail('watch', withStatus(410), { times: 6 })
    h.start()
    await h.asked('list', 2)
    for (let i = 0; i < 5; i++) await h.nextTry()
    await changeArrives('new')
    expect(h.api.count('list')).toBe(7)
  })
})

describe('[K8] 429', () => {
  test.each([
    ['1', 1000, 1000],
    ['30', 30_000, 30_000],
    ['120', 120_000, 120_000],
    ['86400', 300_000, 300_000],
    ['garbage', 0, 800],
    ['-5', 0, 800],
  ])('with Retry-After %s: waits %i to %i ms and does not list', async (retryAfter, least, most) => {
    await live()
    h.api.fail('watch', withStatus(429, 'too many', { 'retry-after': retryAfter }))
    await rewatch()
    const wait = await h.waiting()
    expect(wait).toBeGreaterThanOrEqual(least)
    expect(wait).toBeLessThanOrEqual(most)
    await h.nextTry()
    await changeArrives('new')
    expect(h.api.count('list')).toBe(1)
  })

  test('with an HTTP date', async () => {
    await live()
    const answer: Misbehave = ({ response, request, answer }) => {
      const date = new Date(h.clock.now() + 40_000).toUTCString()
      withStatus(429, '', { 'retry-after': date })({ response, request, answer })
    }
    h.api.fail('watch', answer)
    await rewatch()
    const wait = await h.waiting()
    expect(wait).toBeGreaterThan(38_000)
    expect(wait).toBeLessThanOrEqual(40_000)
  })

  test('in the stream, with retryAfterSeconds', async () => {
    await live()
    for (const watch of h.api.watches) watch.event('ERROR', { code: 429, details: { retryAfterSeconds: 7 } })
    expect(await h.waiting()).toBe(7000)
    await h.nextTry()
    await changeArrives('new')
    expect(h.api.count('list')).toBe(1)
  })
})

describe('[K10] 500', () => {
  test('once on the watch: the same version again, no list', async () => {
    await live()
    h.api.fail('watch', withStatus(500, 'etcd leader changed'))
    await rewatch()
    await h.nextTry()
    await changeArrives('new')
    expect(h.api.count('list')).toBe(1)
  })

  test('in the stream for more than a minute: a list in the end', async () => {
    await live()
    const failing: Misbehave = ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"type":"ERROR","object":{"kind":"Status","code":500,"message":"boom"}}\n')
    }
    h.api.fail('watch', failing, { times: Number.POSITIVE_INFINITY })
    const from = h.clock.now()
    for (const watch of h.api.watches) watch.end()
    await h.tryUntil(() => h.api.count('list') >= 2)
    expect(h.clock.now() - from).toBeGreaterThanOrEqual(60_000)
    expect(h.clock.now() - from).toBeLessThanOrEqual(150_000)
    h.api.heal()
    await changeArrives('new')
  })
})

test('[K11] 503 with Retry-After is waited for; 504 "Too large resource version" leads to a list', async () => {
  await live()
  h.api.fail('watch', withStatus(503, 'starting', { 'retry-after': '5' }))
  h.api.fail('watch', withStatus(504, 'Too large resource version: 5000, current: 100'))
  await rewatch()
  expect(await h.waiting()).toBe(5000)
  expect(h.api.count('list')).toBe(1)
  await h.nextTry()
  await h.nextTry()
  await changeArrives('new')
  expect(h.api.count('list')).toBe(2)
})

describe('[K12] 200 with something else', () => {
  const login = '<html><body>Please sign in</body></html>'
  test.each([
    ['a login page', 'text/html', login, 'not-kubernetes-api'],
    ['a login page that says JSON', 'application/json', login, 'bad-list'],
    ['an empty object', 'application/json', '{}', 'wrong-kind'],
    ['an array', 'application/json', '[]', 'bad-list'],
    ['null', 'application/json', 'null', 'bad-list'],
    ['items: null', 'application/json', list({ items: null }), 'bad-list'],
    ['no items', 'application/json', list({}), 'bad-list'],
    ['no resourceVersion', 'application/json', list({ items: [], metadata: {} }), 'bad-list'],
    ['[K35] a list of pods', 'application/json', list({ items: [], kind: 'PodList' }), 'wrong-kind'],
    [
      '[K35] a Table',
      'application/json',
      list({ rows: [], kind: 'Table', apiVersion: 'meta.k8s.io/v1' }),
      'wrong-kind',
    ],
    [
      "another group's Service",
      'application/json',
      list({ items: [], apiVersion: 'serving.knative.dev/v1' }),
      'wrong-kind',
    ],
  ])('%s instead of a list deletes nothing and is said', async (_name, contentType, body, code) => {
    await live()
    h.api.fail('list', withBody(contentType, body))
    for (const watch of h.api.watches) watch.event('ERROR', { code: 410 })
    await h.waiting()
    expect(h.state()).toMatchObject({ state: 'stale', reason: { code }, count: 2 })
    expect(h.held()).toEqual(h.truth())
    await h.nextTry()
    await changeArrives('new')
  })

  test('a login page instead of a watch', async () => {
    await live()
    h.api.fail('watch', withBody('text/html', login))
    await rewatch()
    await h.waiting()
    expect(h.state()).toMatchObject({ state: 'stale', reason: { code: 'not-kubernetes-api' } })
    await h.nextTry()
    await changeArrives('new')
  })

  test('a login page at the very start is told from an empty cluster', async () => {
    h.api.fail('list', withBody('text/html', login))
    h.start()
    await h.waiting()
    expect(h.state()).toMatchObject({ state: 'broken', reason: { code: 'not-kubernetes-api' } })
    expect(h.log.events).toEqual([])
  })
})

test.each([301, 302, 307, 308])('[K13] a redirect (%i) is an error and is not followed', async (code) => {
  h.api.fail('list', ({ response }) => {
    response.writeHead(code, { location: `${h.api.url}/elsewhere` })
    response.end()
  })
  h.start()
  await h.waiting()
  expect(h.state()).toMatchObject({ state: 'broken', reason: { code: 'redirected' } })
  expect(h.api.log).toHaveLength(1)
})

describe('[K14] bodies in pieces', () => {
  test('a gzipped list and a gzipped watch are read', async () => {
    const body = list({
      items: [{ metadata: { name: 'ü', namespace: 'shop', uid: 'u', resourceVersion: '1' }, spec: {} }],
    })
    h.api.fail('list', withBody('application/json', zlib.gzipSync(body), { 'content-encoding': 'gzip' }))
    h.api.fail('watch', ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      const gzip = zlib.createGzip()
      gzip.pipe(response)
      const object = {
        kind: 'Service',
        apiVersion: 'v1',
        metadata: { name: 'z', namespace: 'shop', uid: 'z', resourceVersion: '999' },
      }
      gzip.write(`${JSON.stringify({ type: 'ADDED', object })}\n`)
      gzip.flush()
    })
    h.start()
    await h.until(() => h.log.objects.size === 2)
    expect(h.held()).toEqual(['shop/z@999#z', 'shop/ü@1#u'])
  })

  test('a watch that comes byte by byte, with characters cut in two', async () => {
    await live()
    const [watch] = h.api.watches
    const name = 'größe-服务-🦑'
    const object = {
      kind: 'Service',
      apiVersion: 'v1',
      metadata: { name: 'wide', namespace: 'shop', uid: name, resourceVersion: '900' },
    }
    for (const byte of Buffer.from(`${JSON.stringify({ type: 'ADDED', object })}\n`)) watch?.write(Buffer.from([byte]))
    await h.until(() => h.held().includes(`shop/wide@900#${name}`))
  })
})

test('[K15] a continue token that expires on page 3: the list starts again, nothing partial is shown', async () => {
  for (let i = 0; i < 1201; i++) h.api.put(services, `s-${i}`)
  let page = 0
  const expireThird: Misbehave = (exchange) => {
    page += 1
    if (page === 3) h.api.compact()
    exchange.answer()
  }
  h.api.fail('list', expireThird, { times: 3 })
  h.start()
  await h.live()
  expect(h.api.count('list')).toBe(6)
  expect(h.log.events.filter((event) => event.type === 'put')).toHaveLength(1203)
})

describe('[K16] a list that takes for ever', () => {
  test('no answer: given up after 60 s, tried again, what was seen is kept', async () => {
    await live()
    h.api.fail('list', h.api.hang)
    for (const watch of h.api.watches) watch.event('ERROR', { code: 410 })
    await h.asked('list', 2)
    h.clock.advance(5000)
    expect(h.state()).toMatchObject({ state: 'stale', reason: { code: 'answer-slow' } })
    h.clock.advance(56_000)
    await h.waiting()
    expect(h.state()).toMatchObject({ state: 'stale', reason: { code: 'answer-timeout' }, count: 2 })
    await h.nextTry()
    await changeArrives('new')
  })

  test('a body that stops half way: given up 60 s after the last byte', async () => {
    h.api.fail('list', ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"kind":"ServiceList","items":[')
    })
    h.start()
    await h.asked('list', 1)
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve))
    h.clock.advance(60_000)
    await h.waiting()
    expect(h.state()).toMatchObject({ state: 'broken', reason: { code: 'silent' } })
    await h.nextTry()
    await h.live()
  })
})

function list(fields: Record<string, unknown>): string {
  return JSON.stringify({ kind: 'ServiceList', apiVersion: 'v1', metadata: { resourceVersion: '50' }, ...fields })
}
