// The built product from outside, by raw bytes: what its front lets through to Next, what every answer carries, what costs nothing.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOf, type Exchange, type RawAnswer, sendBytes, sendRaw } from '../server/front/testing/raw-http'
import { type Product, startProduct } from './product'

const base = '/tools/triplane'
const build = fileURLToPath(new URL('../.next/standalone/.next', import.meta.url))
const embedded = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SPEED: '0', TRIPLANE_BASE_PATH: base }
const watch = `/api/trpc/graph.watch?input=${encodeURIComponent('{"parts":[{"key":"overview"}]}')}`

let product: Product
let port = 0
let script = ''
// Some clients that never finish their requests, all the while that the other tests ask theirs.
let slow: readonly Exchange[] = []
let cutOffAfter: Promise<number[]>
let trickle: NodeJS.Timeout | undefined

beforeAll(async () => {
  product = await startProduct(embedded)
  port = Number(new URL(product.url).port)
  const page = await (await fetch(product.url)).text()
  script = (/\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? '').replace(base, '')
  const head = `GET ${base} HTTP/1.1\r\n${own()}\r\nX-Slow: `
  const body = [
    `POST ${base}/api/trpc/demo.run HTTP/1.1`,
    own(),
    'Content-Type: application/json',
    'Content-Length: 5000',
    '\r\n',
  ].join('\r\n')
  slow = [...Array(10).fill(head), ...Array(10).fill(body)].map((bytes: string) => sendBytes(port, bytes))
  const since = performance.now()
  cutOffAfter = Promise.all(slow.map(({ ended }) => ended.then(() => performance.now() - since)))
  trickle = setInterval(() => {
    for (const { socket } of slow) if (socket.writable) socket.write('X')
  }, 500)
}, 90_000)
afterAll(async () => {
  clearInterval(trickle)
  for (const { socket } of slow) socket.destroy()
  await product?.stop()
})

const own = () => `Host: 127.0.0.1:${port}`
const get = (path: string, ...headers: string[]) =>
  answerOf(sendRaw(port, [`GET ${base}${path} HTTP/1.1`, own(), ...headers]))
const ask = (line: string, ...headers: string[]) => answerOf(sendRaw(port, [`${line} HTTP/1.1`, own(), ...headers]))
const post = (path: string, body: string, ...headers: string[]) =>
  answerOf(
    sendRaw(
      port,
      [
        `POST ${base}${path} HTTP/1.1`,
        own(),
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...headers,
      ],
      body,
    ),
  )
/** What the front says itself; Next's answers are no such JSON. */
const refusal = ({ status, body }: RawAnswer) => [
  status,
  status === 200 ? '' : body === '' ? '' : (JSON.parse(body).error?.code ?? body),
]

describe('[T7] what reaches Next', () => {
  test.each<[string, string, string[], number, string]>([
    ['a server action', `POST ${base}`, ['Next-Action: 7f', 'Content-Length: 0'], 400, 'next-action'],
    [
      'a server action at an API',
      `POST ${base}/api/trpc/demo.run`,
      ['Next-Action: 7f', 'Content-Length: 0'],
      400,
      'next-action',
    ],
    ['a resumed page', `POST ${base}`, ['Next-Resume: 1', 'Content-Length: 0'], 400, 'next-resume'],
    ['a POST to the page', `POST ${base}`, ['Content-Length: 0'], 405, 'method'],
    ['a POST to data', `POST ${base}/api/view.json`, ['Content-Length: 0'], 405, 'method'],
    ['an upgrade', `GET ${base}`, ['Connection: Upgrade', 'Upgrade: h2c'], 400, ''],
    ['a GET with a body', `GET ${base}`, ['Content-Length: 3'], 400, 'body'],
  ])('%s gets no further than the front', async (_, line, headers, status, code) => {
    expect(refusal(await ask(line, ...headers))).toEqual([status, code])
  })

  test('the bundle has no server actions that could be called', () => {
    const manifest = JSON.parse(readFileSync(join(build, 'server', 'server-reference-manifest.json'), 'utf8'))
    expect([manifest.node, manifest.edge]).toEqual([{}, {}])
    expect(existsSync(join(build, 'server', 'middleware.js'))).toBe(false)
  })
})

describe('[T9] no address is fetched through the server', () => {
  test('an absolute target, a proxied connection and the image optimizer reach nobody', async () => {
    let connections = 0
    const canary = createServer(() => {
      connections += 1
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => canary.once('listening', resolve))
    const address = canary.address()
    const there = typeof address === 'object' ? `127.0.0.1:${address?.port}` : ''
    expect((await ask(`GET http://${there}/`)).status).toBe(400)
    expect((await ask(`GET http://${there}/`, 'Connection: Upgrade', 'Upgrade: websocket')).status).toBe(400)
    const image = `/_next/image?url=${encodeURIComponent(`http://${there}/x.png`)}&w=64&q=75`
    expect(refusal(await get(image))).toEqual([404, 'path'])
    await sendRaw(port, [`CONNECT ${there} HTTP/1.1`, own()]).ended
    canary.close()
    expect(connections).toBe(0)
  })
})

describe('[T10] a page elsewhere', () => {
  const targets = () => ['', '/api/view.json', '/api/trpc/status.get', watch, script]
  test.each<[string, number, () => string[]]>([
    ['by a name of its own', 421, () => ['Host: evil.test']],
    ['by a name that resolves to this machine', 421, () => [`Host: 127.0.0.1.nip.io:${port}`]],
    ['without a name', 421, () => []],
    ['from a sandboxed frame', 403, () => [own(), 'Origin: null']],
    [
      'by an EventSource',
      403,
      () => [own(), 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty'],
    ],
    [
      'in a frame',
      403,
      () => [own(), 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'],
    ],
  ])('%s gets %i from everything', async (_, status, headers) => {
    for (const target of targets()) {
      const answer = await answerOf(sendRaw(port, [`GET ${base}${target} HTTP/1.1`, ...headers()]))
      expect([target, answer.status]).toEqual([target, status])
    }
  })

  test('may be left by a link to a page, and by a link to nothing else', async () => {
    const link = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']
    expect((await get('?view=nodes', ...link)).status).toBe(200)
    expect((await get('/api/view.json', ...link)).status).toBe(403)
    expect((await get(watch, ...link)).status).toBe(403)
    expect((await post('/api/trpc/demo.run', '{}', ...link)).status).toBe(403)
  })
})

describe('[T24] every answer', () => {
  const policy = /^default-src 'none'; .*frame-ancestors 'none'$/
  test('carries the headers, whoever wrote it, and only hashed assets may be kept', async () => {
    const answers = {
      page: await get(''),
      'a redirect': await get('/'),
      'no page': await get('/nothing-here'),
      data: await get('/api/view.json'),
      'a procedure': await get('/api/trpc/status.get'),
      'no procedure': await get('/api/trpc/nothing.get'),
      stream: await get(watch),
      icon: await get('/icon.svg'),
      'an asset that is not there': await get('/_next/static/chunks/none.js'),
      refusal: await get('/api/view.json', 'Origin: null'),
      'a path of nobody': await ask('GET /'),
      probe: await ask('GET /livez'),
      'a broken head': await answerOf(sendRaw(port, ['GET / HTTP/1.1', 'no colon'])),
      'a head too long': await answerOf(
        sendRaw(port, [`GET ${base} HTTP/1.1`, own(), `X-Long: ${'x'.repeat(70_000)}`]),
      ),
      'an upgrade': await get('', 'Connection: Upgrade', 'Upgrade: websocket'),
    }
    for (const [name, { headers }] of Object.entries(answers)) {
      expect([name, headers.get('cache-control')]).toEqual([name, expect.stringMatching(/(^|, )no-store$/)])
      expect([name, headers.get('content-security-policy')]).toEqual([name, expect.stringMatching(policy)])
      expect([name, headers.get('x-content-type-options')]).toEqual([name, 'nosniff'])
      expect([name, headers.get('referrer-policy')]).toEqual([name, 'no-referrer'])
      expect([name, headers.get('x-robots-tag')]).toEqual([name, 'noindex, nofollow, noarchive'])
      expect([name, headers.get('cross-origin-opener-policy')]).toEqual([name, 'same-origin'])
      expect([name, headers.get('cross-origin-resource-policy')]).toEqual([name, 'same-origin'])
      expect([name, headers.get('permissions-policy')]).toEqual([name, expect.stringContaining('camera=()')])
      expect([name, headers.has('set-cookie'), headers.has('x-powered-by')]).toEqual([name, false, false])
    }
    expect((await get(script)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answers.stream.headers.get('cache-control')).toBe('no-cache, no-transform, no-store')
  })

  test('no two pages have the same nonce, and scripts carry it', async () => {
    const [first, second] = [await get(''), await get('')]
    const nonceOf = ({ headers }: RawAnswer) =>
      /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1]
    expect(nonceOf(first)).not.toBe(nonceOf(second))
    const scripts = first.body.match(/<script[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(5)
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonceOf(first)}"`))).toEqual([])
    expect(first.body).not.toContain('BASE_PATH')
  })

  test('a nonce of the asker\u2019s own choice is not taken', async () => {
    const answer = await get('', "Content-Security-Policy: script-src 'nonce-mine'")
    expect(answer.status).toBe(200)
    expect(answer.body).not.toContain('nonce="mine"')
  })
})

test.each([
  '/s/..%2f..',
  '/s/../api/view.json',
  '/%00',
  '//api/view.json',
  '/api\\view.json',
  '/_next/../api/view.json',
  '/api/view.json;.rsc',
  '/index.rsc',
  '/index.segments/_tree.segment.rsc',
  '/API/view.json',
  '/%61pi/view.json',
  '/api/view.json%20',
  '/_next/data/x/index.json',
  '/_global-error',
])('[K67] %s is nothing', async (path) => {
  expect(refusal(await get(path))).toEqual([404, 'path'])
})

test.each([
  '/api/view.json',
  `//127.0.0.1${base}/api/view.json`,
  `${base}x/api/view.json`,
  '/tools/Triplane',
  '/../tools/triplane',
])('[K67] %s is not below the base path', async (path) => {
  expect((await ask(`GET ${path}`)).status).toBe(404)
})

describe('[K68] headers that change what is asked', () => {
  test.each([
    ['x-middleware-subrequest: middleware:middleware'],
    ['x-middleware-prefetch: 1'],
    ['x-nextjs-data: 1'],
    ['next-resume: 1'],
    ['Next-Action: 7f'],
    ['X_Forwarded_User: admin'],
    ['X_Forwarded_For: 127.0.0.1'],
    ['Connection: X-Forwarded-User'],
    ['X-Forwarded-User: a\r\nX-Forwarded-User: b'],
  ])('%s is refused', async (header) => {
    expect((await get('', header)).status).toBe(400)
  })

  test('a second Host is refused, whichever comes first', async () => {
    expect((await get('', 'Host: evil.test')).status).toBe(421)
    expect((await answerOf(sendRaw(port, [`GET ${base} HTTP/1.1`, 'Host: evil.test', own()]))).status).toBe(421)
  })

  test.each([
    ['X-Forwarded-Host: evil.test'],
    ['X-Forwarded-Proto: https'],
    ['X-Forwarded-For: 203.0.113.1'],
    ['X-Forwarded-Uri: /livez'],
    ['X-Forwarded-Prefix: /x'],
    ['Forwarded: for=203.0.113.1;host=evil.test'],
    ['X-Original-URL: /api/view.json'],
    ['X-Rewrite-URL: /api/view.json'],
    ['X-HTTP-Method-Override: POST'],
    ['Impersonate-User: admin'],
    ['X-Forwarded-User: admin'],
    ['x-invoke-path: /api/view.json'],
    ['x-matched-path: /api/view.json'],
    ['x-triplane-peer: 203.0.113.1'],
    ['x-triplane-request-id: mine'],
  ])('%s changes nothing', async (header) => {
    const [plain, changed] = [await get('/api/trpc/session.get'), await get('/api/trpc/session.get', header)]
    expect([changed.status, changed.body]).toEqual([plain.status, plain.body])
    const page = await get('', header)
    expect(page.status).toBe(200)
    expect(page.body).not.toContain('evil.test')
    expect(page.headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/)
  })
})

describe('[K69] procedures', () => {
  const deep = '['.repeat(30_000) + ']'.repeat(30_000)
  const many = Array.from({ length: 11 }, () => 'status.get').join(',')
  test.each<[string, () => Promise<RawAnswer>]>([
    ['ten thousand in one batch', () => post(`/api/trpc/${Array(10_000).fill('status.get').join(',')}?batch=1`, '{}')],
    ['eleven in one batch', () => get(`/api/trpc/${many}?batch=1&input=%7B%7D`)],
    ['an input of 1 MB', () => post('/api/trpc/demo.run', '"'.padEnd(1_000_000, 'x'))],
    ['no JSON', () => post('/api/trpc/demo.run', '{"action":')],
    ['no JSON in the address', () => get('/api/trpc/explain.connection?input=%7B%22')],
    [
      'an object with a prototype',
      () => post('/api/trpc/demo.run', '{"__proto__":{"action":"drain"},"constructor":1}'),
    ],
    ['very deep JSON', () => post('/api/trpc/demo.run', deep)],
    ['no such procedure', () => get('/api/trpc/nothing.at.all')],
    ['a name of every object', () => get('/api/trpc/constructor')],
    ['half a letter', () => get('/api/trpc/explain.connection?input=%E0%A4%A')],
    ['half a letter in the path', () => get('/api/trpc/%E0%A4%A')],
    ['a mutation by GET', () => get('/api/trpc/demo.run?input=%7B%7D')],
    [
      'a mutation by GET that says it is none',
      () => get('/api/trpc/demo.run?input=%7B%7D', 'X-HTTP-Method-Override: POST'),
    ],
    ['a batch of streams', () => get(`/api/trpc/graph.watch,graph.watch?batch=1&input=%7B%7D`)],
  ])('%s: a short refusal, without a stack', async (_, request) => {
    const { status, body, spent } = await costOf(request)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(body.length).toBeLessThan(2000)
    expect(body).not.toMatch(/\bat .*(:\d+:\d+|node_modules)|"stack"/)
    // The bar is 50 ms, and the kernel counts in ticks of 10.
    expect(spent).toBeLessThanOrEqual(100)
  })
})

/** An answer and its cost in CPU milliseconds: whatever else the process does meanwhile is counted too, so the least of three. */
async function costOf(request: () => Promise<RawAnswer>): Promise<RawAnswer & { spent: number }> {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; ; i += 1) {
    const before = cpuMs()
    const answer = await request()
    least = Math.min(least, cpuMs() - before)
    if (least <= 100 || i === 2) return { ...answer, spent: least }
  }
}

/** What the product's process has used so far, user and system. */
function cpuMs(): number {
  const fields = readFileSync(`/proc/${product.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

describe('[K70] what is too long, too slow or framed twice', () => {
  test('an address of 9 KiB, and one of 64 KiB', async () => {
    expect(refusal(await get(`/?q=${'x'.repeat(9 * 1024)}`))).toEqual([414, 'url'])
    expect((await get(`/?q=${'x'.repeat(64 * 1024)}`)).status).toBe(431)
  })

  test('headers of 64 KiB; a hundred and one of them', async () => {
    expect((await get('', `X-Long: ${'x'.repeat(64 * 1024)}`)).status).toBe(431)
    expect(refusal(await get('', ...Array.from({ length: 101 }, (__, i) => `X-Some-${i}: 1`)))).toEqual([
      431,
      'headers',
    ])
  })

  test('a body of 10 MB is refused before it is sent, and so is one without a length or an end', async () => {
    const head = [`POST ${base}/api/trpc/demo.run HTTP/1.1`, own(), 'Content-Type: application/json']
    expect((await answerOf(sendRaw(port, [...head, 'Content-Length: 10000000']))).status).toBe(413)
    expect((await answerOf(sendRaw(port, [...head, 'Transfer-Encoding: chunked'], 'a\r\n0123456789\r\n'))).status).toBe(
      411,
    )
  })

  test.each([
    ['two lengths', ['Content-Length: 1', 'Content-Length: 5']],
    ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked']],
    ['chunks that are not quite', ['Transfer-Encoding: xchunked']],
    ['chunks with a tab', ['Transfer-Encoding:\tchunked', 'Transfer-Encoding: identity']],
    ['a length with a sign', ['Content-Length: +5']],
    ['a folded header', ['Transfer-Encoding: identity', ' chunked']],
  ])('%s: one answer, and the connection ends', async (_, headers) => {
    const smuggled = `0\r\n\r\nGET ${base}/api/view.json HTTP/1.1\r\n${own()}\r\n\r\n`
    const exchange = sendRaw(port, [`POST ${base}/api/trpc/demo.run HTTP/1.1`, own(), ...headers], smuggled)
    await exchange.ended
    expect(exchange.text()).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(exchange.text().match(/HTTP\/1\.1 /g)).toHaveLength(1)
  })

  test('heads and bodies that trickle in are cut off, and others were served meanwhile', async () => {
    const after = await cutOffAfter
    clearInterval(trickle)
    expect(Math.max(...after)).toBeLessThan(25_000)
    expect(slow.every(({ text }) => text() === '' || text().startsWith('HTTP/1.1 4'))).toBe(true)
  }, 40_000)
})

describe('[K71] other methods', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS', 'PROPFIND'])(
    '%s gets 405 and no permission',
    async (method) => {
      for (const path of ['', '/api/view.json', '/api/trpc/demo.run']) {
        const headers = ['Origin: https://evil.test', 'Access-Control-Request-Method: POST', 'Content-Length: 0']
        const answer = await ask(`${method} ${base}${path}`, ...headers)
        expect([path, answer.status]).toEqual([path, 405])
        expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
      }
    },
  )

  test('an answer that is given carries no permission either', async () => {
    const answer = await get('/api/view.json', `Origin: http://127.0.0.1:${port}`)
    expect(answer.status).toBe(200)
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  })
})

test('probes are answered under any name, at the root and below the base path', async () => {
  for (const path of ['/livez', '/readyz', `${base}/livez`, `${base}/readyz`]) {
    const probe = () => answerOf(sendRaw(port, [`GET ${path} HTTP/1.1`, 'Host: 10.244.1.7:3000']))
    // Ready it is once it has read its cluster.
    await expect.poll(async () => (await probe()).status, { timeout: 30_000 }).toBe(200)
    expect([path, (await probe()).body]).toEqual([path, 'ok\n'])
  }
})
