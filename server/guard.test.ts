import type { Server } from 'node:http'
import http from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refuseForeign } from './foreign-request'
import { frontOptions } from './front/testing/front-options'
import { guardServers } from './guarded-server'

let server: Server
let port = 0
let reached = 0
const original = http.createServer

beforeAll(async () => {
  // The port is part of the rule, so it must be known before the server is made.
  const probe = original().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  port = (probe.address() as AddressInfo).port
  await new Promise((resolve) => probe.close(resolve))
  guardServers(frontOptions(port), () => {})
  server = http.createServer((_, response) => {
    reached += 1
    response.end('inside')
  })
  server.listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})

afterAll(async () => {
  http.createServer = original
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Sends these bytes and returns the status of the answer. */
function send(...lines: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
      const status = /^HTTP\/1\.[01] ([2-5]\d\d)/m.exec(text)
      if (!status) return
      socket.destroy()
      resolve(Number(status[1]))
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`no answer: ${text}`)))
  })
}

const own = () => `Host: 127.0.0.1:${port}`

describe('guard', () => {
  test.each<[string, () => string[]]>([
    ['127.0.0.1', () => ['GET / HTTP/1.1', own()]],
    ['localhost', () => ['GET / HTTP/1.1', `Host: localhost:${port}`]],
    ['LOCALHOST', () => ['GET / HTTP/1.1', `Host: LOCALHOST:${port}`]],
    ['[::1]', () => ['GET / HTTP/1.1', `Host: [::1]:${port}`]],
    ['its own origin', () => ['GET /api/trpc/graph.watch HTTP/1.1', own(), `Origin: http://127.0.0.1:${port}`]],
    ['a same-origin fetch', () => ['GET / HTTP/1.1', own(), 'Sec-Fetch-Site: same-origin']],
    ['an address typed by a person', () => ['GET / HTTP/1.1', own(), 'Sec-Fetch-Site: none']],
    ['a mutation', () => ['POST /api/trpc/demo.run HTTP/1.1', own(), 'Content-Length: 0']],
  ])('%s gets in', async (_, request) => {
    expect(await send(...request())).toBe(200)
  })

  test('a server of this process on another port is not ours to guard', async () => {
    const other = http.createServer((_, response) => response.end('other')).listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const answer = await fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
    expect(answer.status).toBe(200)
    other.closeAllConnections()
    await new Promise((resolve) => other.close(resolve))
  })

  test('CONNECT gets no tunnel', async () => {
    const answer = send('CONNECT evil.test:443 HTTP/1.1', own())
    await expect(answer).rejects.toThrow('no answer')
  })

  test.each<[string, number, () => string[]]>([
    ['an evil Host', 421, () => ['GET / HTTP/1.1', 'Host: evil.test']],
    ['an evil Host with our port', 421, () => ['GET / HTTP/1.1', `Host: evil.test:${port}`]],
    ['a name that resolves to loopback', 421, () => ['GET / HTTP/1.1', `Host: 127.0.0.1.nip.io:${port}`]],
    ['a Host without the port', 421, () => ['GET / HTTP/1.1', 'Host: 127.0.0.1']],
    ['another port', 421, () => ['GET / HTTP/1.1', `Host: 127.0.0.1:${port + 1}`]],
    ['a Host with user info', 421, () => ['GET / HTTP/1.1', `Host: evil@127.0.0.1:${port}`]],
    ['a Host with a dot at its end', 421, () => ['GET / HTTP/1.1', `Host: localhost.:${port}`]],
    ['the wildcard address', 421, () => ['GET / HTTP/1.1', `Host: 0.0.0.0:${port}`]],
    ['no Host', 421, () => ['GET / HTTP/1.1']],
    ['no Host in HTTP/1.0', 421, () => ['GET / HTTP/1.0']],
    ['two Hosts', 421, () => ['GET / HTTP/1.1', own(), 'Host: evil.test']],
    ['two Hosts, ours last', 421, () => ['GET / HTTP/1.1', 'Host: evil.test', own()]],
    ['our Host twice', 421, () => ['GET / HTTP/1.1', own(), own()]],
    ['Origin null', 403, () => ['GET / HTTP/1.1', own(), 'Origin: null']],
    ['a foreign Origin', 403, () => ['GET / HTTP/1.1', own(), 'Origin: http://evil.test']],
    ['the Origin of another port', 403, () => ['GET / HTTP/1.1', own(), `Origin: http://127.0.0.1:${port + 1}`]],
    ['an https Origin', 403, () => ['GET / HTTP/1.1', own(), `Origin: https://127.0.0.1:${port}`]],
    ['an Origin of another loopback name', 403, () => ['GET / HTTP/1.1', own(), `Origin: http://localhost:${port}`]],
    [
      'a cross-site EventSource',
      403,
      () => ['GET /api/trpc/graph.watch HTTP/1.1', own(), 'Sec-Fetch-Site: cross-site'],
    ],
    ['a same-site page', 403, () => ['GET / HTTP/1.1', own(), 'Sec-Fetch-Site: same-site']],
    [
      'an asset asked for from elsewhere',
      403,
      () => ['GET /_next/static/x.js HTTP/1.1', own(), 'Sec-Fetch-Site: cross-site'],
    ],
    ['an absolute-form target', 400, () => ['GET http://evil.test/ HTTP/1.1', own()]],
    ['an upgrade', 400, () => ['GET / HTTP/1.1', own(), 'Connection: Upgrade', 'Upgrade: websocket']],
    ['a server action', 400, () => ['POST / HTTP/1.1', own(), 'Next-Action: 1', 'Content-Length: 0']],
    ['a POST to a page', 405, () => ['POST / HTTP/1.1', own(), 'Content-Length: 0']],
    ['DELETE', 405, () => ['DELETE /api/trpc/demo.run HTTP/1.1', own()]],
    ['a preflight', 405, () => ['OPTIONS /api/trpc/demo.run HTTP/1.1', own(), 'Origin: http://evil.test']],
    ['a large body', 413, () => ['POST /api/trpc/demo.run HTTP/1.1', own(), 'Content-Length: 70000']],
    ['a body of unsaid length', 411, () => ['POST /api/trpc/demo.run HTTP/1.1', own(), 'Transfer-Encoding: chunked']],
    [
      'an evil Host that expects to continue',
      421,
      () => ['POST /api/trpc/demo.run HTTP/1.1', 'Host: evil.test', 'Content-Length: 5', 'Expect: 100-continue'],
    ],
  ])('%s gets %i and never reaches the application', async (_, status, request) => {
    const before = reached
    expect(await send(...request())).toBe(status)
    expect(reached).toBe(before)
  })
})

describe('refuseForeign', () => {
  const ask = (headers: Record<string, string>) =>
    refuseForeign(new Request('http://127.0.0.1:3000/api/view.json', { headers }))?.status

  test.each<[string, Record<string, string>, number | undefined]>([
    ['its own Host', { host: '127.0.0.1:3000' }, undefined],
    ['a foreign Host', { host: 'evil.test:3000' }, 421],
    ['two Hosts, joined', { host: '127.0.0.1:3000, evil.test' }, 421],
    ['a page elsewhere', { host: '127.0.0.1:3000', 'sec-fetch-site': 'cross-site' }, 403],
  ])('%s, where data leaves', (_, headers, status) => {
    expect(ask(headers)).toBe(status)
  })
})
