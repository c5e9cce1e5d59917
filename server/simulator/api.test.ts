import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApi } from './api'
import type { ApiObject, JsonObject } from './api-object'
import { createWatchCache, type WatchCache } from './watch-cache'

let cache: WatchCache
let server: Server
let base: string
let open: AbortController[]

beforeEach(async () => {
  cache = createWatchCache({ historySize: 4 })
  open = []
  server = createApi({ cache, bookmarkEveryMs: 20, maxBufferedBytes: 1 << 20 })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  for (const controller of open) controller.abort()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

const pod = (
  name: string,
  more: { labels?: Record<string, string>; nodeName?: string; phase?: string } = {},
): ApiObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    uid: `uid-${name}`,
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels: more.labels,
  },
  spec: { nodeName: more.nodeName ?? 'node-1' },
  status: { phase: more.phase ?? 'Running' },
})

type List = {
  kind: string
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number }
  items: ApiObject[]
}
type Line = { type: string; object: ApiObject & { code?: number; reason?: string } }

const get = async (path: string, init?: RequestInit) => {
  const response = await fetch(base + path, init)
  return { code: response.status, body: (await response.json()) as JsonObject }
}
const list = async (path: string) => (await (await fetch(base + path)).json()) as List
const names = (found: { items: ApiObject[] }) => found.items.map(({ metadata }) => metadata.name)

/** Reads watch lines until `enough` says so, or the stream ends. */
async function watch(path: string, enough: (lines: Line[]) => boolean, onOpen = () => {}): Promise<Line[]> {
  const controller = new AbortController()
  open.push(controller)
  const response = await fetch(base + path, { signal: controller.signal })
  expect(response.status).toBe(200)
  onOpen()
  const lines: Line[] = []
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true })
    const parts = rest.split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts.map((part) => JSON.parse(part) as Line))
    if (enough(lines)) break
  }
  controller.abort()
  return lines
}
const shown = (lines: Line[]) => lines.map(({ type, object }) => `${type} ${object.metadata.name}`)

describe('lists', () => {
  test('a list carries the newest revision, its kind once, and items in key order without kind', async () => {
    cache.put('pods', pod('b'))
    cache.put('pods', pod('a'))
    const found = await list('/api/v1/pods')
    expect(found).toMatchObject({ kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1002' } })
    expect(names(found)).toEqual(['a', 'b'])
    expect(found.items[0]).not.toHaveProperty('kind')
    expect(found.items[0]?.metadata.resourceVersion).toBe('1002')
  })

  test('pages are one consistent snapshot although objects change, come and go in between', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) cache.put('pods', pod(name))
    const first = await list('/api/v1/pods?limit=2')
    expect(first.metadata).toMatchObject({ resourceVersion: '1005', remainingItemCount: 3 })
    cache.remove('pods', 'shop/c')
    cache.put('pods', pod('d', { phase: 'Pending' }))
    cache.put('pods', pod('d', { phase: 'Failed' }))
    const second = await list(`/api/v1/pods?limit=2&continue=${first.metadata.continue}`)
    const third = await list(`/api/v1/pods?limit=2&continue=${second.metadata.continue}`)
    expect([first, second, third].map(names)).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    expect(second.items[1]).toMatchObject({ status: { phase: 'Running' } })
    expect([second, third].map(({ metadata }) => metadata.resourceVersion)).toEqual(['1005', '1005'])
    expect(third.metadata).not.toHaveProperty('continue')
  })

  test('a page whose snapshot is gone gets 410 and a token that goes on without consistency', async () => {
    for (const name of ['a', 'b', 'c']) cache.put('pods', pod(name))
    const first = await list('/api/v1/pods?limit=1')
    cache.remove('pods', 'shop/b')
    cache.compact()
    const gone = await get(`/api/v1/pods?limit=1&continue=${first.metadata.continue}`)
    expect(gone).toMatchObject({ code: 410, body: { kind: 'Status', reason: 'Expired', code: 410 } })
    const { metadata } = gone.body as { metadata: { continue: string } }
    expect(names(await list(`/api/v1/pods?continue=${metadata.continue}`))).toEqual(['c'])
  })

  const selections: [string, string, string[]][] = [
    ['an equal label', 'labelSelector=app%3Dcart', ['cart-1', 'cart-2']],
    ['an unequal label, absent ones included', 'labelSelector=app!=cart', ['bare', 'web-1']],
    ['a set of values', 'labelSelector=app in (web,other)', ['web-1']],
    ['no value of a set, absent ones included', 'labelSelector=app notin (web)', ['bare', 'cart-1', 'cart-2']],
    ['a label that exists', 'labelSelector=tier', ['cart-1']],
    ['a label that does not exist', 'labelSelector=!app', ['bare']],
    ['several requirements', 'labelSelector=app==cart,!tier', ['cart-2']],
    ['metadata.name', 'fieldSelector=metadata.name%3Dweb-1', ['web-1']],
    ['metadata.namespace', 'fieldSelector=metadata.namespace!=shop', []],
    ['spec.nodeName', 'fieldSelector=spec.nodeName=node-2', ['cart-2']],
    ['status.phase', 'fieldSelector=status.phase!=Running', ['bare']],
    ['labels and fields together', 'labelSelector=app=cart&fieldSelector=spec.nodeName=node-1', ['cart-1']],
  ]
  test.each(selections)('%s selects', async (_, query, wanted) => {
    cache.put('pods', pod('cart-1', { labels: { app: 'cart', tier: 'x' } }))
    cache.put('pods', pod('cart-2', { labels: { app: 'cart' }, nodeName: 'node-2' }))
    cache.put('pods', pod('web-1', { labels: { app: 'web' } }))
    cache.put('pods', pod('bare', { phase: 'Failed' }))
    expect(names(await list(`/api/v1/namespaces/shop/pods?${query}`))).toEqual(wanted)
    const paged = await list(`/api/v1/pods?limit=1&${query}`)
    expect(paged.metadata).not.toHaveProperty('remainingItemCount')
  })

  test('an Exact version gives the list of then, or 410 when it is forgotten', async () => {
    cache.put('pods', pod('a'))
    cache.put('pods', pod('b'))
    expect(names(await list('/api/v1/pods?resourceVersion=1001&resourceVersionMatch=Exact'))).toEqual(['a'])
    cache.compact()
    cache.put('pods', pod('c'))
    expect((await get('/api/v1/pods?resourceVersion=1001&resourceVersionMatch=Exact')).code).toBe(410)
    expect(names(await list('/api/v1/pods?resourceVersion=1001'))).toEqual(['a', 'b', 'c'])
  })
})

describe('watches', () => {
  test('a watch goes on from its version and then follows', async () => {
    cache.put('pods', pod('a'))
    const { metadata } = await list('/api/v1/pods')
    cache.put('pods', pod('b'))
    const lines = await watch(
      `/api/v1/pods?watch=true&resourceVersion=${metadata.resourceVersion}`,
      (read) => read.length >= 3,
      () => {
        cache.put('pods', pod('a', { phase: 'Failed' }))
        cache.remove('pods', 'shop/b')
      },
    )
    expect(shown(lines)).toEqual(['ADDED b', 'MODIFIED a', 'DELETED b'])
    expect(lines.map(({ object }) => object.metadata.resourceVersion)).toEqual(['1002', '1003', '1004'])
    expect(lines[0]?.object).toMatchObject({ kind: 'Pod', apiVersion: 'v1' })
  })

  test('writing what is already there is no event', () => {
    const written = cache.put('pods', pod('a'))
    expect(cache.put('pods', pod('a'))).toBe(written)
    expect(cache.put('pods', written)).toBe(written)
    expect(cache.revision()).toBe(1001)
  })

  test('an object that enters or leaves the selection is ADDED or DELETED', async () => {
    cache.put('pods', pod('a', { labels: { app: 'web' } }))
    cache.put('pods', pod('b'))
    cache.put('pods', pod('a'))
    cache.put('pods', pod('b', { labels: { app: 'web' } }))
    cache.put('pods', pod('b', { labels: { app: 'web' }, phase: 'Failed' }))
    const lines = await watch(
      '/api/v1/pods?watch=1&resourceVersion=1002&labelSelector=app=web',
      (read) => read.length === 3,
    )
    expect(shown(lines)).toEqual(['DELETED a', 'ADDED b', 'MODIFIED b'])
  })

  test('without a version the watch starts with what is there; other namespaces stay out', async () => {
    cache.put('pods', pod('a'))
    cache.put('pods', { ...pod('x'), metadata: { ...pod('x').metadata, namespace: 'other' } })
    const lines = await watch(
      '/api/v1/namespaces/shop/pods?watch=true',
      (read) => read.length === 2,
      () => {
        cache.put('pods', pod('b'))
      },
    )
    expect(shown(lines)).toEqual(['ADDED a', 'ADDED b'])
  })

  test('bookmarks carry the newest revision, also of other resources, and nothing else', async () => {
    cache.put('pods', pod('a'))
    const lines = await watch(
      '/api/v1/nodes?watch=true&resourceVersion=1000&allowWatchBookmarks=true',
      (read) => read.length >= 1,
    )
    expect(lines[0]).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'Node', metadata: { resourceVersion: '1001' } },
    })
  })

  test('sendInitialEvents ends the first events with an annotated bookmark', async () => {
    cache.put('pods', pod('a'))
    const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan'
    const lines = await watch(`/api/v1/pods?${query}`, (read) => read.length >= 2)
    expect(lines.slice(0, 2).map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK'])
    expect(lines[1]?.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' })
  })

  test('timeoutSeconds ends the stream cleanly, with a last bookmark', async () => {
    const lines = await watch('/api/v1/pods?watch=true&timeoutSeconds=1&allowWatchBookmarks=true', () => false)
    expect(lines.at(-1)?.type).toBe('BOOKMARK')
  })

  test('a version older than the bounded history gets an ERROR with 410 in the stream', async () => {
    for (let n = 0; n < 20; n += 1) cache.put('pods', pod('a', { phase: `Phase${n}` }))
    const lines = await watch('/api/v1/pods?watch=true&resourceVersion=1001', () => false)
    expect(lines).toMatchObject([{ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }])
    const recent = await watch('/api/v1/pods?watch=true&resourceVersion=1018', (read) => read.length === 2)
    expect(recent.map(({ type }) => type)).toEqual(['MODIFIED', 'MODIFIED'])
  })

  test('history is per resource: a busy one does not age a quiet one', async () => {
    cache.put('nodes', { ...pod('n'), kind: 'Node', metadata: { name: 'n', uid: 'n', creationTimestamp: '' } })
    for (let n = 0; n < 20; n += 1) cache.put('pods', pod('a', { phase: `Phase${n}` }))
    const lines = await watch('/api/v1/nodes?watch=true&resourceVersion=1000', (read) => read.length === 1)
    expect(shown(lines)).toEqual(['ADDED n'])
  })

  test('a client that does not read is cut off instead of filling memory', async () => {
    const controller = new AbortController()
    open.push(controller)
    const response = await fetch(`${base}/api/v1/pods?watch=true&resourceVersion=1000`, { signal: controller.signal })
    const big = 'x'.repeat(200_000)
    for (let n = 0; n < 200; n += 1) cache.put('pods', pod('a', { phase: `${n}${big}` }))
    await expect(response.text()).rejects.toThrow()
  })
})

describe('answers', () => {
  const answers: [string, string, number, JsonObject][] = [
    ['/version', 'GET', 200, { major: '1', minor: '36', gitVersion: 'v1.36.3' }],
    ['/api', 'GET', 200, { kind: 'APIVersions', versions: ['v1'] }],
    ['/apis/discovery.k8s.io', 'GET', 200, { kind: 'APIGroup', name: 'discovery.k8s.io' }],
    ['/apis/discovery.k8s.io/v1', 'GET', 200, { kind: 'APIResourceList', groupVersion: 'discovery.k8s.io/v1' }],
    ['/apis/discovery.k8s.io/v1beta1/endpointslices', 'GET', 404, { kind: 'Status', reason: 'NotFound' }],
    ['/apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies', 'GET', 404, { kind: 'Status', code: 404 }],
    ['/api/v1/secrets', 'GET', 404, { kind: 'Status' }],
    ['/api/v1/namespaces/shop/nodes', 'GET', 404, { kind: 'Status' }],
    ['/api/v1/pods/a', 'GET', 404, { kind: 'Status' }],
    ['/api/v1/namespaces/shop/pods/a/log', 'GET', 404, { kind: 'Status' }],
    ['/api/v1/namespaces/shop/pods/nobody', 'GET', 404, { message: 'pods "nobody" not found' }],
    ['//', 'GET', 404, { kind: 'Status' }],
    ['/%zz', 'GET', 404, { kind: 'Status' }],
    ['/api/v1/pods', 'POST', 405, { reason: 'MethodNotAllowed' }],
    ['/api/v1/namespaces/shop/pods/a', 'DELETE', 405, { reason: 'MethodNotAllowed' }],
    ['/api/v1/pods?limit=many', 'GET', 400, { reason: 'BadRequest' }],
    ['/api/v1/pods?resourceVersion=x', 'GET', 400, { reason: 'BadRequest' }],
    ['/api/v1/pods?continue=nonsense', 'GET', 400, { message: 'continue key is not valid' }],
    ['/api/v1/pods?labelSelector=a in b', 'GET', 400, { message: 'unable to parse requirement: a in b' }],
    [
      '/api/v1/services?fieldSelector=spec.nodeName=x',
      'GET',
      400,
      { message: 'field label not supported: spec.nodeName' },
    ],
    ['/api/v1/pods?resourceVersion=99999', 'GET', 504, { reason: 'Timeout' }],
    ['/api/v1/pods?watch=true&resourceVersion=99999', 'GET', 504, { reason: 'Timeout' }],
  ]
  test.each(answers)('%s %s answers %i', async (...[path, method, code, body]) => {
    const found = await get(path, { method })
    expect(found.code).toBe(code)
    expect(found.body).toMatchObject(body)
  })

  test('one object is served whole, with its kind', async () => {
    cache.put('pods', pod('a'))
    const found = await get('/api/v1/namespaces/shop/pods/a')
    expect(found).toMatchObject({ code: 200, body: { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'a' } } })
  })

  test('readyz says ok', async () => {
    expect(await (await fetch(`${base}/readyz`)).text()).toBe('ok')
  })

  test('discovery lists every group and resource that is served', async () => {
    const { body } = await get('/apis')
    expect((body as { groups: { name: string }[] }).groups.map(({ name }) => name)).toEqual([
      'discovery.k8s.io',
      'apps',
      'networking.k8s.io',
      'gateway.networking.k8s.io',
    ])
    const core = (await get('/api/v1')).body as { resources: { name: string; namespaced: boolean }[] }
    expect(core.resources.map(({ name, namespaced }) => `${name} ${namespaced}`)).toContain('nodes false')
  })

  test('a client that only takes protobuf is refused, one that also takes JSON is served JSON', async () => {
    const protobuf = 'application/vnd.kubernetes.protobuf'
    expect((await get('/api/v1/pods', { headers: { accept: protobuf } })).code).toBe(406)
    expect((await get('/api/v1/pods', { headers: { accept: `${protobuf}, application/json;q=0.9` } })).code).toBe(200)
  })
})
