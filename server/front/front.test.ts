import http, { type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { guardServers } from '../guarded-server'
import type { FrontOptions } from './front'
import { frontOptions } from './testing/front-options'
import { answerOf, type RawAnswer, sendBytes, sendRaw } from './testing/raw-http'

const original = http.createServer
let server: Server | undefined
let port = 0
/** What the application behind the front was asked. */
let seen: { url: string; headers: IncomingHttpHeaders; raw: readonly string[] }[] = []

afterEach(async () => {
  http.createServer = original
  const ending = server
  server = undefined
  ending?.closeAllConnections()
  await new Promise((resolve) => (ending ? ending.close(resolve) : resolve(undefined)))
})

type Over = Partial<FrontOptions> & { readonly headersTimeoutMs?: number; readonly timeoutCheckMs?: number }

async function serve(over: Over = {}, listener?: http.RequestListener): Promise<void> {
  const probe = original().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  port = (probe.address() as AddressInfo).port
  await new Promise((resolve) => probe.close(resolve))
  seen = []
  guardServers({ ...frontOptions(port), ...over }, () => {})
  server = http.createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers, raw: request.rawHeaders })
    if (listener) return listener(request, response)
    response.end('inside')
  })
  server.listen(port, '127.0.0.1')
  await new Promise((resolve) => server?.once('listening', resolve))
}

const own = () => `Host: 127.0.0.1:${port}`
const ask = (line: string, ...headers: string[]): Promise<RawAnswer> =>
  answerOf(sendRaw(port, [`${line} HTTP/1.1`, ...headers]))
const health = (over: Partial<FrontOptions['health']>) => ({ ...frontOptions(0).health, ...over })

const publicUrl = {
  origin: 'https://triplane.example.com',
  hosts: ['triplane.example.com', 'triplane.example.com:443'],
  https: true,
}

describe('[T10] under a public name', () => {
  test.each<[string, number, string[]]>([
    ['that name', 200, ['Host: triplane.example.com']],
    ['that name, shouted', 200, ['Host: TRIPLANE.example.com']],
    ['that name with the default port', 200, ['Host: triplane.example.com:443']],
    ['that name from a page of its own', 200, ['Host: triplane.example.com', 'Origin: https://triplane.example.com']],
    ['that name with another port', 421, ['Host: triplane.example.com:8443']],
    ['a name below it', 421, ['Host: x.triplane.example.com']],
    ['a name that ends in it', 421, ['Host: eviltriplane.example.com']],
    ['an address', 421, ['Host: 10.0.0.1']],
    ['that name from a page without TLS', 403, ['Host: triplane.example.com', 'Origin: http://triplane.example.com']],
    ['that name from a page next door', 403, ['Host: triplane.example.com', 'Origin: https://example.com']],
    ['that name from a page next door, as it says', 403, ['Host: triplane.example.com', 'Sec-Fetch-Site: same-site']],
    [
      'the name of its own machine, from a page of that name',
      403,
      ['Host: localhost', 'Origin: https://triplane.example.com'],
    ],
  ])('%s: %i', async (_, status, headers) => {
    await serve({ publicUrl })
    const lines = headers.map((line) => (line === 'Host: localhost' ? `Host: localhost:${port}` : line))
    expect((await ask('GET /', ...lines)).status).toBe(status)
  })

  test('browsers are told to come by https from now on, whatever the answer; under a plain name they are not', async () => {
    await serve({ publicUrl })
    for (const host of ['triplane.example.com', 'evil.test']) {
      expect((await ask('GET /', `Host: ${host}`)).headers.get('strict-transport-security')).toBe('max-age=31536000')
    }
    http.createServer = original
    await serve()
    expect((await ask('GET /', own())).headers.has('strict-transport-security')).toBe(false)
  })

  test('a server that lets nobody in says so under any name, but under one only', async () => {
    await serve({ anyHost: true })
    expect((await ask('GET /', 'Host: whatever.example.com')).status).toBe(200)
    expect((await ask('GET /', 'Host: 10.1.2.3:8080', 'Origin: https://10.1.2.3:8080')).status).toBe(200)
    expect((await ask('GET /', 'Host: 10.1.2.3:8080', 'Origin: https://evil.test')).status).toBe(403)
    expect((await ask('GET /', 'Host: a b')).status).toBe(421)
    expect((await ask('GET /', 'Host: a', 'Host: b')).status).toBe(421)
  })
})

describe('what Next is told', () => {
  test('[T12] the peer, the client and the name of the request are the front\u2019s own, whatever was said', async () => {
    await serve({ publicUrl })
    const lies = [
      'X-Forwarded-For: 1.2.3.4',
      'X-Forwarded-Proto: http',
      'X-Forwarded-Host: evil.test',
      'Forwarded: for=1.2.3.4',
    ]
    const ours = ['x-triplane-peer: 1.2.3.4', 'X-Triplane-Client: 1.2.3.4', 'X-Triplane-Request-Id: mine']
    const answer = await ask('GET /', own(), ...lies, ...ours, 'Impersonate-User: admin', 'X-Real-Ip: 1.2.3.4')
    const [{ headers, raw } = { headers: {}, raw: [] }] = seen
    expect(headers).toMatchObject({
      'x-triplane-peer': '127.0.0.1',
      'x-triplane-client': '127.0.0.1',
      'x-triplane-request-id': answer.headers.get('x-request-id'),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
    })
    for (const gone of ['x-forwarded-host', 'forwarded', 'impersonate-user', 'x-real-ip'])
      expect(headers).not.toHaveProperty(gone)
    expect(JSON.stringify([headers, raw])).not.toMatch(/1\.2\.3\.4|evil|mine|admin/)
  })

  test('[T12] a trusted proxy is believed about its client and its scheme; the peer stays the proxy', async () => {
    await serve({ trustedProxies: ['127.0.0.0/8'] })
    await ask('GET /', own(), 'X-Forwarded-For: 9.9.9.9', 'X-Forwarded-For: 198.51.100.7', 'X-Forwarded-Proto: https')
    expect(seen[0]?.headers).toMatchObject({
      'x-triplane-peer': '127.0.0.1',
      'x-triplane-client': '198.51.100.7',
      'x-forwarded-for': '198.51.100.7',
      'x-forwarded-proto': 'https',
    })
  })

  test('identity headers go on as they are: who may say them is decided behind', async () => {
    await serve()
    await ask('GET /', own(), 'X-Forwarded-User: ada', 'X-Triplane-Proxy-Secret: s3cret', 'Authorization: Bearer x')
    expect(seen[0]?.headers).toMatchObject({
      'x-forwarded-user': 'ada',
      'x-triplane-proxy-secret': 's3cret',
      authorization: 'Bearer x',
    })
  })

  test('a page\u2019s nonce is the front\u2019s, and the same in the answer; data has none', async () => {
    await serve()
    const page = await ask('GET /', own(), "Content-Security-Policy: script-src 'nonce-mine'")
    expect(seen[0]?.headers['content-security-policy']).toBe(page.headers.get('content-security-policy'))
    const data = await ask('GET /api/view.json', own())
    expect(seen[1]?.headers).not.toHaveProperty('content-security-policy')
    expect(data.headers.get('content-security-policy')).not.toContain('nonce')
  })
})

describe('[T24] the headers of an answer cannot be left out or weakened', () => {
  test.each<[string, http.RequestListener]>([
    [
      'set one by one',
      (_, response) => response.setHeader('Cache-Control', 'public').setHeader('Content-Security-Policy', '*').end(),
    ],
    [
      'handed over with the status',
      (_, response) =>
        response.writeHead(200, { 'Cache-Control': 'public', 'content-security-policy': '*', 'X-Own': 'a' }).end(),
    ],
    [
      'as a list, with two cookies',
      (_, response) =>
        response
          .writeHead(200, 'OK', [
            'Cache-Control',
            'public',
            'Set-Cookie',
            'a=1',
            'Set-Cookie',
            'b=2',
            'X-Frame-Options',
            'ALLOW',
          ])
          .end(),
    ],
    ['with a permission for others', (_, response) => response.setHeader('Access-Control-Allow-Origin', '*').end('x')],
    ['as the first byte is written, without a word about them', (_, response) => response.end('x', 'latin1')],
  ])('%s', async (_, listener) => {
    await serve({}, listener)
    const { status, headers } = await ask('GET /', own())
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.has('access-control-allow-origin')).toBe(false)
  })

  test('a hashed asset may be kept for a year, but only while it is there', async () => {
    await serve({}, (request, response) => {
      response.statusCode = request.url?.includes('gone') ? 404 : 200
      response.setHeader('cache-control', 'public, max-age=31536000, immutable').end('x')
    })
    expect((await ask('GET /_next/static/a.js', own())).headers.get('cache-control')).toContain('immutable')
    expect((await ask('GET /_next/static/gone.js', own())).headers.get('cache-control')).toBe('no-store')
    expect((await ask('GET /icon.svg', own())).headers.get('cache-control')).toBe('no-store')
  })
})

describe('probes and pressure', () => {
  test('[K58] readiness says why not, liveness does not care, and Host is nobody\u2019s business', async () => {
    await serve({ health: health({ notReady: () => ['draining'], draining: () => true }) })
    const ready = await ask('GET /readyz', 'Host: 10.244.0.9:3000')
    expect([ready.status, ready.body, ready.headers.get('connection')]).toEqual([503, 'draining\n', 'close'])
    expect((await ask('GET /livez', 'Host: 10.244.0.9:3000')).status).toBe(200)
    expect((await ask('HEAD /livez', 'Host: x')).body).toBe('')
    expect((await ask('POST /livez', own(), 'Content-Length: 0')).status).toBe(405)
    expect(seen).toEqual([])
  })

  test('[K60] when the memory is nearly used up, new streams go elsewhere and everything else is answered', async () => {
    await serve({ health: health({ shedding: () => true }) })
    const stream = await ask('GET /api/trpc/graph.watch?input=%7B%7D', own())
    expect([stream.status, stream.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await ask('GET /api/trpc/session.get', own())).status).toBe(200)
    expect((await ask('GET /', own())).status).toBe(200)
  })

  test('[K70] a head that does not end is answered with 408 and cut off', async () => {
    await serve({ headersTimeoutMs: 300, timeoutCheckMs: 50 })
    const answer = await answerOf(sendBytes(port, `GET / HTTP/1.1\r\n${own()}\r\nX-Slow: `))
    expect(answer.status).toBe(408)
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    expect(seen).toEqual([])
  })

  test('[K70] a connection that says nothing is cut off too', async () => {
    await serve({ headersTimeoutMs: 300, timeoutCheckMs: 50 })
    const socket = connect(port, '127.0.0.1')
    await new Promise((resolve) => socket.on('close', resolve).resume())
    expect(seen).toEqual([])
  })
})
