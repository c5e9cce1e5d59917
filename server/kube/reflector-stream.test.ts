// What a watch may send. Row numbers are those of the fault catalogue, part C.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Harness, services, startHarness } from './testing/harness'
import { expectNoUnhandledRejection } from './testing/unhandled'

expectNoUnhandledRejection()

let h: Harness
beforeEach(async () => {
  h = await startHarness()
  h.start()
  await h.live()
  h.log.takeSmallest()
})
afterEach(async () => {
  await h.stop()
  expect(h.log.nonsense).toEqual([])
})

function send(type: string, object: unknown) {
  for (const watch of h.api.watches) watch.event(type, object)
}

function sendLine(line: string | Buffer) {
  for (const watch of h.api.watches) watch.write(line)
}

const cart = (over: Record<string, unknown> = {}, metadata: Record<string, unknown> = {}) => {
  const truth = h.api.objects(services).get('cart')
  return { ...truth, ...over, metadata: { ...truth?.metadata, ...metadata } }
}

/** The bad input led to exactly one new list, after which everything is as the cluster has it. */
async function relistedOnce() {
  await h.asked('list', 2)
  h.api.put(services, 'later')
  await h.healed()
  expect(h.held()).toEqual(h.truth())
  expect(h.api.count('list')).toBe(2)
  expect(h.log.takeSmallest()).toBeGreaterThanOrEqual(2)
}

describe('[K28] a line that is no event: the watch is dropped and the list read once', () => {
  test.each([
    ['invalid JSON', '{"type":"MODIFIED","object":\n'],
    ['two JSONs on a line', '{"type":"BOOKMARK"}{"type":"BOOKMARK"}\n'],
    ['a byte order mark', '\ufeff{"type":"BOOKMARK","object":{}}\n'],
    ['NUL', '\0\n'],
    ['words', 'upstream connect error\n'],
    ['an array', '[]\n'],
    ['null', 'null\n'],
  ])('%s', async (_name, line) => {
    sendLine(line)
    await relistedOnce()
  })

  test('good events before the bad line count', async () => {
    const { metadata } = h.api.put(services, 'good')
    await h.live()
    sendLine('nonsense\n')
    await h.asked('list', 2)
    expect(h.held().join()).toContain(`shop/good@${metadata.resourceVersion}`)
  })
})

test('an empty line is nothing', async () => {
  sendLine('\n\n')
  h.api.put(services, 'later')
  await h.live()
  expect(h.api.count('list')).toBe(1)
})

test('[K29] a line without an end: aborted at 8 MiB, then read anew', async () => {
  const piece = Buffer.alloc(1024 * 1024, 'x')
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 100 && h.state().state === 'synced'; i++) {
    sendLine(piece)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await h.waiting()
  expect(h.state()).toMatchObject({ state: 'stale', reason: { code: 'line-too-long' } })
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(140 * 1024 * 1024)
  await h.healed()
  h.api.put(services, 'later')
  await h.healed()
})

describe('[K30] an event that is not one', () => {
  test.each<[string, () => unknown]>([
    ['an unknown type', () => ({ type: 'RENAMED', object: cart() })],
    ['no type', () => ({ object: cart() })],
    ['type __proto__', () => ({ type: '__proto__', object: cart() })],
    ['object null', () => ({ type: 'MODIFIED', object: null })],
    ['object missing', () => ({ type: 'MODIFIED' })],
    ['object an array', () => ({ type: 'MODIFIED', object: [] })],
    ['object a string', () => ({ type: 'MODIFIED', object: 'cart' })],
    ['no metadata', () => ({ type: 'MODIFIED', object: { kind: 'Service', apiVersion: 'v1' } })],
    ['no name', () => ({ type: 'MODIFIED', object: cart({}, { name: undefined, resourceVersion: '900' }) })],
    ['no uid', () => ({ type: 'MODIFIED', object: cart({}, { uid: undefined, resourceVersion: '900' }) })],
    ['no resourceVersion', () => ({ type: 'MODIFIED', object: cart({}, { resourceVersion: undefined }) })],
    [
      '[K34] a bookmark without resourceVersion',
      () => ({ type: 'BOOKMARK', object: { kind: 'Service', apiVersion: 'v1', metadata: {} } }),
    ],
    ['an ERROR without a code', () => ({ type: 'ERROR', object: { kind: 'Status' } })],
    ['[K35] a Pod', () => ({ type: 'ADDED', object: cart({ kind: 'Pod' }) })],
    ['[K35] a Table', () => ({ type: 'ADDED', object: { kind: 'Table', apiVersion: 'meta.k8s.io/v1', rows: [] } })],
    [
      "[K35] another group's Service",
      () => ({ type: 'ADDED', object: cart({ apiVersion: 'serving.knative.dev/v1' }) }),
    ],
  ])('%s', async (_name, event) => {
    sendLine(`${JSON.stringify(event())}\n`)
    await relistedOnce()
  })

  test('a malformed object with a name: refused, counted, its old form removed, the watch goes on', async () => {
    h.api.put(services, 'cart', { spec: { ports: 'many' } })
    await h.until(() => h.state().rejected === 1)
    expect(h.held()).toHaveLength(1)
    h.api.put(services, 'cart', { spec: {} })
    await h.live()
    expect(h.api.count('list')).toBe(1)
    expect(h.log.nonsense).toEqual([])
  })

  test('a malformed object in a list: refused and counted, the others shown', async () => {
    h.api.put(services, 'bad', { spec: 7 })
    await h.until(() => h.state().rejected === 1)
    send('ERROR', { code: 410 })
    await h.asked('list', 2)
    await h.until(() => h.state().state === 'synced')
    expect(h.state()).toMatchObject({ rejected: 1, count: 2 })
  })
})

describe('[K31] events that say nothing new', () => {
  test('a repeated ADDED, a MODIFIED of something unknown, a DELETED of something unknown', async () => {
    send('ADDED', cart())
    send('MODIFIED', cart({}, { name: 'unknown', uid: 'x', resourceVersion: '900' }))
    send('DELETED', cart({}, { name: 'never', uid: 'y', resourceVersion: '901' }))
    await h.until(() => h.log.objects.size === 3)
    expect(h.api.count('list')).toBe(1)
  })

  test('DELETED for an earlier life of the name leaves the present one', async () => {
    send('DELETED', cart({}, { uid: 'earlier', resourceVersion: '1' }))
    h.api.put(services, 'later')
    await h.live()
    expect(h.api.count('list')).toBe(1)
  })

  test('DELETED of the present one with an older version is a stream that went back: the list decides', async () => {
    h.api.put(services, 'cart')
    await h.live()
    send('DELETED', cart({}, { resourceVersion: '101' }))
    await relistedOnce()
  })
})

describe('[K32] an older version after a newer one', () => {
  test('of an object that we have: never goes back, no list', async () => {
    const old = cart()
    h.api.put(services, 'cart')
    await h.live()
    send('MODIFIED', old)
    h.api.put(services, 'later')
    await h.live()
    expect(h.api.count('list')).toBe(1)
  })

  test('of an object that we do not have: the list decides, no ghost', async () => {
    const old = cart()
    h.api.remove(services, 'cart')
    h.api.put(services, 'later')
    await h.live()
    send('MODIFIED', old)
    await h.asked('list', 2)
    await h.healed()
    expect(h.held()).toEqual(h.truth())
  })
})

describe('[K33] deleted and made again under the same name', () => {
  test('while nobody watched: shown as removed and new', async () => {
    const before = h.log.events.length
    for (const watch of h.api.watches) watch.mute()
    h.api.remove(services, 'cart')
    h.api.put(services, 'cart', { uid: 'second life' })
    h.api.compact()
    for (const watch of h.api.watches) watch.reset()
    await h.until(() => h.state().state === 'stale')
    await h.healed()
    expect(h.log.events.slice(before).map((event) => event.type)).toEqual(['remove', 'put', 'synced'])
  })

  test('in one event with a new uid', async () => {
    const before = h.log.events.length
    send('MODIFIED', cart({}, { uid: 'second life', resourceVersion: '900' }))
    await h.until(() => h.log.events.length >= before + 2)
    expect(h.log.events.slice(before).map((event) => event.type)).toEqual(['remove', 'put'])
  })
})

test('[K34] bookmarks alone move the version on: after a compaction there is no need for a list', async () => {
  h.api.put('/api/v1/nodes', 'elsewhere')
  await h.passTime(60_000)
  h.api.compact()
  for (const watch of h.api.watches) watch.reset()
  await h.until(() => h.state().state === 'stale')
  await h.healed()
  expect(h.api.log.at(-1)?.query.get('resourceVersion')).toBe(String(h.api.version))
  expect(h.api.count('list')).toBe(1)
})

test('[K36] 10 000 events, one object changing all the time: the end is exact', async () => {
  for (let i = 0; i < 10_000; i++) h.api.put(services, i % 2 === 0 ? 'flapping' : `s-${i % 100}`)
  await h.live()
  expect(h.held()).toEqual(h.truth())
  expect(h.api.count('list')).toBe(1)
})

test('a receiver that throws: said, and everything is handed out again', async () => {
  h.breakStore(true)
  h.api.put(services, 'lost')
  await h.waiting()
  expect(h.state()).toMatchObject({ state: 'stale', reason: { code: 'internal', detail: 'the store is broken' } })
  h.breakStore(false)
  h.log.objects.clear()
  await h.healed()
  expect(h.held()).toEqual(h.truth())
})
