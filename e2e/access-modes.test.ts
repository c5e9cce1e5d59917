// The ways of being let in, in front of an API server of the test's own that writes down what it is asked.

import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveLaunchKey } from '../server/access/launch-key-files'
import { appRouter } from '../server/routers/_app'
import { waitFor } from './cluster/api'
import { type Product, startProduct } from './product'

const folder = mkdtempSync(join(tmpdir(), 'triplane-access-'))
const kubeconfig = join(folder, 'kubeconfig')
const asked: { readonly url: string; readonly headers: IncomingMessage['headers'] }[] = []
let api: Server

beforeAll(async () => {
  api = createServer(
    (incoming, response) =>
      void answer(incoming).then((body) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }),
  )
  api.listen(0, '127.0.0.1')
  await once(api, 'listening')
  const address = api.address()
  const port = typeof address === 'object' ? address?.port : undefined
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'test',
      clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      users: [{ name: 'test', user: {} }],
    }),
  )
})
afterAll(() => {
  api.closeAllConnections()
  api.close()
  rmSync(folder, { recursive: true })
})

const kinds: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  services: ['v1', 'ServiceList'],
  endpointslices: ['discovery.k8s.io/v1', 'EndpointSliceList'],
}

// Whoever has a token named `of-NAME` is NAME; everybody may do everything.
async function answer(incoming: IncomingMessage): Promise<object> {
  const body = await text(incoming)
  asked.push({ url: incoming.url ?? '', headers: incoming.headers })
  const path = incoming.url?.split('?')[0] ?? ''
  if (path.endsWith('/tokenreviews')) {
    const { token } = JSON.parse(body).spec
    const [, username] = /^of-(.+)$/.exec(token) ?? []
    const status = username ? { authenticated: true, audiences: ['triplane'], user: { username } } : {}
    return { kind: 'TokenReview', status }
  }
  if (path.endsWith('/subjectaccessreviews')) return { kind: 'SubjectAccessReview', status: { allowed: true } }
  const [apiVersion, kind] = kinds[path.split('/').at(-1) ?? ''] ?? []
  return kind ? { apiVersion, kind, metadata: { resourceVersion: '1' }, items: [] } : { kind: 'Status', code: 404 }
}

const ofKubeconfig = () => ({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: kubeconfig })

async function withProduct(env: Readonly<Record<string, string>>, use: (product: Product) => Promise<void>) {
  const product = await startProduct(env)
  try {
    await use(product)
  } finally {
    await product.stop()
  }
}

const json = { 'content-type': 'application/json' }
const procedures = Object.keys(appRouter._def.procedures)

/** Statuses of everything that could tell something of a cluster, asked with these headers. */
async function everyAnswer({ url }: Product, headers: Record<string, string> = {}) {
  const input = encodeURIComponent('{}')
  const answers = await Promise.all([
    ...['/api/view.json?view=services', '/api/demo/dump?node=node-1&family=IPv4'].map(async (path) => {
      const said = await fetch(url + path, { headers })
      return { path, status: said.status, text: await said.text() }
    }),
    ...procedures.map(async (path) => {
      const get = await fetch(`${url}/api/trpc/${path}?input=${input}`, {
        headers,
        signal: AbortSignal.timeout(10_000),
      })
      const said =
        get.status === 405
          ? await fetch(`${url}/api/trpc/${path}`, { method: 'POST', headers: { ...headers, ...json }, body: '{}' })
          : get
      const body = await said.text()
      // A stream says it inside.
      return { path, status: Number(/"httpStatus":(\d+)/.exec(body)?.[1] ?? said.status), text: body }
    }),
  ])
  return new Map(answers.map(({ path, ...rest }) => [path, rest]))
}

test('[T1] locked: every route but probes and what everybody may know is 401, and the page says what to set', async () => {
  await withProduct({ ...ofKubeconfig(), TRIPLANE_AUTH: 'locked' }, async (product) => {
    for (const [path, { status, text: body }] of await everyAnswer(product)) {
      if (path === 'session.get')
        expect(JSON.parse(body).result.data).toMatchObject({ kind: 'nobody', access: ['public'] })
      else expect([path, status]).toEqual([path, 401])
    }
    for (const path of ['/', '/sign-in', '/?view=services&focus=Service:shop/cart']) {
      const page = await (await fetch(product.url + path)).text()
      expect(page, path).toContain('Nobody has said yet who may look')
      expect(page, path).toContain('TRIPLANE_AUTH=token')
    }
    const signIn = { method: 'POST', headers: json, body: JSON.stringify({ token: 'of-anna', key: 'x'.repeat(43) }) }
    expect((await fetch(`${product.url}/api/sign-in`, signIn)).status).toBe(403)
    expect((await fetch(`${product.url}/livez`)).status).toBe(200)
  })
})

describe('[T11] local: the person at this machine', () => {
  let product: Product
  const home = join(folder, 'home')
  beforeAll(async () => {
    product = await startProduct({ ...ofKubeconfig(), HOME: home })
  }, 90_000)
  afterAll(() => product?.stop())
  const exchange = (key: string) =>
    fetch(`${product.url}/api/sign-in`, { method: 'POST', headers: json, body: JSON.stringify({ key }) })

  test('without the key nothing is told', async () => {
    for (const [path, { status }] of await everyAnswer(product)) {
      expect([path, status]).toEqual([path, path === 'session.get' ? 200 : 401])
    }
    expect(await (await fetch(product.url)).text()).toContain('Opening your cluster')
    expect((await product.fetch('/api/view.json')).status).toBe(200)
  })

  test('the printed key was used, and is worth nothing any more', async () => {
    const [, key = ''] = /#key=([\w-]{43})/.exec(product.log()) ?? []
    expect(key).not.toBe('')
    const said = await exchange(key)
    expect([said.status, (await said.json()).error.code]).toEqual([401, 'launch-key-used'])
    expect(said.headers.get('set-cookie')).toBeNull()
  })

  test('a fresh key that a script leaves is exchanged once', async () => {
    const key = leaveLaunchKey({ env: { HOME: home }, port: Number(new URL(product.url).port) })
    const said = await exchange(key)
    expect(said.status).toBe(204)
    const [cookie = ''] = (said.headers.get('set-cookie') ?? '').split(';')
    expect((await fetch(`${product.url}/api/view.json`, { headers: { cookie } })).status).toBe(200)
    expect((await exchange(key)).status).toBe(401)
  })

  test('a page elsewhere cannot exchange a key, nor can a form', async () => {
    const key = leaveLaunchKey({ env: { HOME: home }, port: Number(new URL(product.url).port) })
    const body = JSON.stringify({ key })
    const post = (headers: Record<string, string>) =>
      fetch(`${product.url}/api/sign-in`, { method: 'POST', headers, body })
    expect((await post({ ...json, origin: 'https://evil.test' })).status).toBe(403)
    expect((await post({ ...json, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(401)
    expect((await post(json)).status).toBe(204)
  })

  test('[K65] another start knows no cookie of this one', async () => {
    await withProduct({ ...ofKubeconfig() }, async (other) => {
      const port = new URL(other.url).port
      const [, value = ''] = product.cookie.split('=')
      const said = await fetch(`${other.url}/api/view.json`, { headers: { cookie: `triplane-${port}=${value}` } })
      expect(said.status).toBe(401)
      expect(said.headers.get('set-cookie')).toMatch(new RegExp(`^triplane-${port}=; .*Max-Age=0`))
    })
  })

  test('[K75] whoever guesses is told to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => exchange('x'.repeat(43))))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(30)
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('behind an authenticating proxy', () => {
  const secret = 'the-secret-of-this-proxy'
  const named = { 'x-forwarded-user': 'anna', 'x-triplane-proxy-secret': secret }
  let product: Product
  beforeAll(async () => {
    const secretFile = join(folder, 'secret')
    writeFileSync(secretFile, `${secret}\n`)
    product = await startProduct({
      ...ofKubeconfig(),
      TRIPLANE_AUTH: 'proxy',
      TRIPLANE_PROXY_PEERS: '127.0.0.1',
      TRIPLANE_PROXY_SECRET_FILE: secretFile,
    })
  }, 90_000)
  afterAll(() => product?.stop())

  /** Header lines as they are, twice if need be. */
  async function statusOf(lines: readonly (readonly [string, string])[]): Promise<number> {
    const { hostname, port, host } = new URL(product.url)
    const outgoing = request({ hostname, port, path: '/api/view.json?view=services', setHost: false })
    outgoing.setHeader('host', host)
    const names = new Map<string, string[]>()
    for (const [name, value] of lines) names.set(name, [...(names.get(name) ?? []), value])
    for (const [name, values] of names) outgoing.setHeader(name, values)
    outgoing.end()
    const [said] = (await once(outgoing, 'response')) as [IncomingMessage]
    said.resume()
    return said.statusCode ?? 0
  }

  test('[T12] the named person is let in, with the secret alone', async () => {
    expect(await statusOf(Object.entries(named))).toBe(200)
  })

  test.each([
    ['no secret', [['x-forwarded-user', 'anna']], 401],
    [
      'another secret',
      [
        ['x-forwarded-user', 'anna'],
        ['x-triplane-proxy-secret', 'guess'],
      ],
      401,
    ],
    ['the user twice', [...Object.entries(named), ['x-forwarded-user', 'root']], 400],
    ['the groups twice', [...Object.entries(named), ['x-forwarded-groups', 'a'], ['x-forwarded-groups', 'b']], 400],
    ['the secret twice', [...Object.entries(named), ['x-triplane-proxy-secret', secret]], 400],
    ['an underscore', [...Object.entries(named), ['x_forwarded_user', 'root']], 400],
    [
      'only an underscore',
      [
        ['x_forwarded_user', 'anna'],
        ['x-triplane-proxy-secret', secret],
      ],
      400,
    ],
    [
      'the peer written by the client',
      [
        ['x-triplane-peer', '127.0.0.1'],
        ['x-forwarded-user', 'anna'],
      ],
      401,
    ],
    [
      'a user of the cluster',
      [
        ['x-forwarded-user', 'system:admin'],
        ['x-triplane-proxy-secret', secret],
      ],
      401,
    ],
    ['a health check', [['user-agent', 'kube-probe/1.36']], 401],
  ] as [string, [string, string][], number][])('[T12] nobody is let in with %s', async (_name, lines, status) => {
    expect(await statusOf(lines)).toBe(status)
  })

  test('[T14] Impersonate headers reach no API server, and change nobody', async () => {
    asked.length = 0
    const lines: [string, string][] = [
      ...Object.entries(named),
      ['impersonate-user', 'root'],
      ['impersonate-group', 'system:masters'],
      ['impersonate-extra-scopes', 'all'],
    ]
    expect(await statusOf(lines.map(([name, value]) => [name, name === 'x-forwarded-user' ? 'ben' : value]))).toBe(200)
    expect(asked.length).toBeGreaterThan(0)
    const names = asked.flatMap(({ headers }) => Object.keys(headers))
    expect(names.filter((name) => /impersonate|forwarded|triplane/.test(name))).toEqual([])
  })
})

test('anonymous: the named namespaces without signing in, and the page says that the door is open', async () => {
  const env = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_AUTH: 'anonymous', TRIPLANE_ANONYMOUS_NAMESPACES: 'shop' }
  await withProduct(env, async (product) => {
    const seen = await waitFor('the shop', async () => {
      const body = await (await fetch(`${product.url}/api/view.json?view=services`)).text()
      return body.includes('cart') && body
    })
    expect(seen).not.toContain('payments')
    expect(seen).not.toMatch(/\b10\.\d+\.\d+\.\d+/)
    const answers = await everyAnswer(product)
    expect(answers.get('cluster.switchContext')?.status).toBe(403)
    expect(answers.get('demo.run')?.status).toBe(403)
    expect(await (await fetch(product.url)).text()).toContain('data-open-to-everybody')
  })
})

test('[K76] the embedded cluster opens neither a kubeconfig nor a service account, and connects to this machine alone', async () => {
  const [spy, log] = [join(folder, 'spy.cjs'), join(folder, 'spy.log')]
  writeFileSync(spy, spySource(log))
  const canary = join(folder, 'canary-kubeconfig')
  writeFileSync(canary, readFileSync(kubeconfig))
  asked.length = 0
  const env = {
    TRIPLANE_CLUSTER: 'embedded',
    KUBECONFIG: canary,
    KUBERNETES_SERVICE_HOST: '192.0.2.1',
    KUBERNETES_SERVICE_PORT: '443',
    NODE_OPTIONS: `--require ${spy}`,
  }
  await withProduct(env, async (product) => {
    expect((await fetch(`${product.url}/api/view.json?view=services`)).status).toBe(200)
  })
  const lines = readFileSync(log, 'utf8').split('\n')
  // The spy was there: it saw the build being read.
  expect(lines.some((line) => line.startsWith('file ') && line.includes('.next'))).toBe(true)
  expect(lines.filter((line) => /canary|serviceaccount|\.kube/.test(line))).toEqual([])
  const hosts = new Set(lines.filter((line) => line.startsWith('connect ')).map((line) => line.slice(8)))
  expect([...hosts].filter((host) => !/^(127\.0\.0\.1|::1|localhost)$/.test(host))).toEqual([])
  expect(asked).toEqual([])
  expect(existsSync(canary)).toBe(true)
})

/** A module that is loaded before the product: it writes down every file that is looked at and every host that is connected to. */
function spySource(log: string): string {
  return `
const fs = require('node:fs')
const net = require('node:net')
const write = fs.appendFileSync.bind(fs)
const say = (line) => write(${JSON.stringify(log)}, line + '\\n')
const names = ['open', 'readFile', 'stat', 'lstat', 'access', 'readdir', 'realpath']
for (const [object, all] of [
  [fs, [...names, ...names.map((name) => name + 'Sync'), 'existsSync', 'createReadStream']],
  [fs.promises, names],
]) {
  for (const name of all) {
    const real = object[name]
    if (typeof real !== 'function') continue
    object[name] = Object.assign(function (path, ...rest) {
      if (String(path) !== ${JSON.stringify(log)}) say('file ' + String(path))
      return real.call(this, path, ...rest)
    }, real)
  }
}
const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  const [first] = [args].flat(2)
  say('connect ' + (typeof first === 'object' && first !== null ? (first.host ?? first.path ?? 'localhost') : args[1] ?? 'localhost'))
  return connect.apply(this, args)
}
require('node:module').syncBuiltinESMExports()
`
}
