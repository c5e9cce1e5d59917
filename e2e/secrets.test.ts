// [K77] Secrets go into the product by every door there is, most of them through its errors; none comes out by log, numbers or answer.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, type Product, startProduct } from './product'

// As random as real ones, and different at each door, so that a find says which.
const canary = {
  token: 'kTok9QxZ2mB7vR4nL8wC1yH6jD3sF5gA0pEuI-oXt_c',
  echoed: 'kEch4WvN8rT2yB6mQ1zX9pL3jH7dG5sF0cA-kUoIe_r',
  cookie: 'kCoo7LmP3xV9bN1qW5tY2rE8uI4oA6sD0fG-hJkZc_v',
  header: 'kHdr2RtY6uI8oP1aS3dF5gH7jK9lZ0xC4vB-nMqWe_t',
  share: 'kShr5GhJ1kL3zX7cV9bN2mQ4wE6rT8yU0iO-pAsDf_g',
  query: 'kQry8NmQ2wE4rT6yU1iO3pA5sD7fG9hJ0kL-zXcVb_n',
  body: 'kBdy3ZxC5vB7nM9qW1eR4tY6uI8oP0aS2dF-gHjKl_z',
  file: 'kFil6YuI4oP2aS8dF1gH3jK5lZ7xC9vB0nM-qWeRt_y',
} as const

const folder = mkdtempSync(join(tmpdir(), 'triplane-canary-'))
let apiServer: Server
let product: Product
let opsPort = ''
let answers = ''

beforeAll(async () => {
  // An API server that puts what it was given into what it says, as proxies do.
  apiServer = createServer((request, response) => {
    const message = `no access for ${request.headers.authorization} or ${canary.echoed}`
    const status = [401, 403, 500, 429][Math.floor(Math.random() * 4)] ?? 500
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code: status }))
  }).listen(0, '127.0.0.1')
  await once(apiServer, 'listening')
  const { port } = apiServer.address() as AddressInfo
  opsPort = String(await freePort())
  product = await startProduct({
    TRIPLANE_CLUSTER: 'kubeconfig',
    KUBECONFIG: kubeconfig('good', `http://127.0.0.1:${port}`),
    TRIPLANE_LOG_LEVEL: 'debug',
    TRIPLANE_OPS_PORT: opsPort,
  })
}, 90_000)
afterAll(async () => {
  await product?.stop()
  apiServer?.close()
  rmSync(folder, { recursive: true, force: true })
})

function kubeconfig(name: string, server: string): string {
  const path = join(folder, `${name}.kubeconfig`)
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: { token: canary.token } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  }
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 })
  return path
}

type Door = { path: string; method?: string; headers?: Record<string, string>; body?: string }

async function ask({ path, method = 'GET', headers = {}, body }: Door): Promise<void> {
  const asked = { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(10_000) } as const
  const answer = await fetch(product.url + path, asked)
  answers += `${answer.status} ${JSON.stringify([...answer.headers])}\n${await answer.text()}\n`
}

const json = { 'content-type': 'application/json' }
const doors: readonly Door[] = [
  { path: '/', headers: { cookie: `triplane=${canary.cookie}; other=${canary.cookie}` } },
  { path: '/', headers: { authorization: `Bearer ${canary.header}` } },
  { path: '/api/trpc/status.get', headers: { authorization: canary.header, 'x-forwarded-user': canary.header } },
  { path: `/api/trpc/${canary.query}` },
  { path: `/api/trpc/graph.watch?input=${encodeURIComponent(JSON.stringify({ parts: [{ key: canary.query }] }))}` },
  { path: `/api/view.json?token=${canary.query}&focus=Service:${canary.query}` },
  { path: '/api/sign-in', method: 'POST', headers: json, body: JSON.stringify({ key: canary.body }) },
  { path: '/api/sign-in', method: 'POST', headers: json, body: JSON.stringify({ token: canary.body }) },
  { path: '/api/sign-in', method: 'POST', headers: json, body: `{"key":"${canary.body}` },
  {
    path: '/api/share/redeem',
    method: 'POST',
    headers: json,
    body: JSON.stringify({ secret: canary.share, id: canary.share }),
  },
  { path: `/s/${canary.query}` },
  { path: `/s/..%2f${canary.query}` },
  { path: '/api/trpc/share.create', method: 'POST', headers: json, body: JSON.stringify({ label: canary.body }) },
  { path: '/', method: 'PUT', headers: { 'x-secret': canary.header } },
]

test('[K77] none of the secrets is in the log, the numbers or an answer', async () => {
  for (const door of doors) await ask(door)
  // With the cookie of the person at this machine the faults of the API server are told.
  for (const path of ['/api/trpc/status.get', '/api/view.json']) {
    const answer = await product.fetch(path, { signal: AbortSignal.timeout(10_000) })
    answers += `${JSON.stringify([...answer.headers])}${await answer.text()}`
  }
  const parts = encodeURIComponent(JSON.stringify({ parts: [{ key: 'status' }] }))
  const stream = await product.fetch(`/api/trpc/graph.watch?input=${parts}`)
  const reader = stream.body?.getReader()
  for (let at = 0; at < 5 && !answers.includes('no access'); at += 1) {
    answers += Buffer.from((await reader?.read())?.value ?? []).toString('utf8')
  }
  await reader?.cancel()
  const metrics = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text()

  // It did go through the errors, and the log did tell of them.
  expect(answers).toContain('no access')
  expect(product.log()).toContain('"msg":"request"')
  expect(product.log()).toContain('"event":"sign-in-refused"')
  expect(metrics).toMatch(/triplane_apiserver_faults_total\{resource="Service",fault="[a-z-]+"\} \d/)
  const found = (text: string) =>
    Object.entries(canary).flatMap(([door, secret]) => (text.includes(secret) ? [door] : []))
  expect({ log: found(product.log()), metrics: found(metrics) }).toEqual({ log: [], metrics: [] })
  // A reader may be told their own words; nobody is told a secret of the server's or of the cluster's.
  expect(found(answers).filter((door) => door !== 'query')).toEqual([])
})

test.each([
  ['a kubeconfig that is no YAML', `users:\n- name: u\n  user:\n    token: ${canary.file}\n   bad: [`],
  ['a kubeconfig with its token in the wrong place', `clusters: ${canary.file}`],
  [
    'a kubeconfig whose server is a secret',
    JSON.stringify({
      'current-context': 'x',
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: {} }],
      users: [{ name: 'u', user: { token: canary.file } }],
    }),
  ],
])(
  '[K77] %s: the start fails without telling its content',
  async (_, content) => {
    const path = join(folder, 'bad.kubeconfig')
    writeFileSync(path, content)
    const failure: unknown = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: path }).catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(Error)
    expect(String(failure)).toContain('did not answer')
    expect(String(failure)).not.toContain(canary.file)
  },
  90_000,
)
