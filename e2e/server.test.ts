// The built product from outside, by raw bytes: who gets in, what its stream says about itself, how it ends.
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Product, startProduct } from './product'

const embedded = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SPEED: '0' }
const watch = `/api/trpc/graph.watch?input=${encodeURIComponent('{"parts":[{"key":"overview"}]}')}`

let product: Product
let port = 0

beforeAll(async () => {
  product = await startProduct(embedded)
  port = Number(new URL(product.url).port)
}, 90_000)
afterAll(async () => {
  await product.stop()
})

type Exchange = { readonly socket: Socket; readonly text: () => string; readonly ended: Promise<void> }

function send(target: string, ...headers: string[]): Exchange {
  const lines = [`GET ${target} HTTP/1.1`, ...headers]
  const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  // A reset is an end too; what was said before it counts.
  const ended = new Promise<void>((resolve) => socket.on('error', () => resolve()).on('close', () => resolve()))
  return { socket, text: () => text, ended }
}

async function until(condition: () => boolean, what: string) {
  for (let waited = 0; waited < 15_000; waited += 20) {
    if (condition()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`waited 15 s for ${what}`)
}

async function statusOf(target: string, ...headers: string[]): Promise<number> {
  const { socket, text } = send(target, ...headers)
  await until(() => /^HTTP\/1\.1 \d{3}/.test(text()), `an answer for ${target}`)
  socket.destroy()
  return Number(text().slice(9, 12))
}

const dump = '/api/demo/dump?node=node-3'
const own = () => `Host: 127.0.0.1:${port}`
const scriptOf = async () => /\/_next\/static\/[^"]+\.js/.exec(await (await fetch(product.url)).text())?.[0] ?? ''

test('a setting that cannot be used is said in a sentence, and no URL is', async () => {
  const failure: unknown = await startProduct({ TRIPLANE_CLUSTER: 'nonsense' }).catch((error: unknown) => error)
  expect(String(failure)).toContain('TRIPLANE_CLUSTER: "nonsense" is not one of')
  expect(String(failure)).not.toContain('Triplane is at')
  await until(() => product.log().includes(`Triplane is at ${product.url}`), 'the URL of the one that runs')
})

describe('who gets in', () => {
  test('the person at this machine: page, asset, data and stream', async () => {
    for (const target of ['/', await scriptOf(), '/api/view.json', dump, '/api/trpc/status.get', watch]) {
      expect([target, await statusOf(target, own())]).toEqual([target, 200])
    }
  })

  test.each<[string, number, () => string[]]>([
    ['a foreign Host', 421, () => ['Host: evil.test']],
    ['a name that resolves to loopback', 421, () => [`Host: 127.0.0.1.nip.io:${port}`]],
    ['no Host', 421, () => []],
    ['a second Host', 421, () => [own(), 'Host: evil.test']],
    ['Origin null', 403, () => [own(), 'Origin: null']],
    ['a foreign Origin', 403, () => [own(), 'Origin: http://evil.test']],
    ['a page elsewhere', 403, () => [own(), 'Sec-Fetch-Site: cross-site']],
    ['an upgrade', 400, () => [own(), 'Connection: Upgrade', 'Upgrade: websocket']],
  ])('%s gets %i from page, asset, data and stream', async (_, status, headers) => {
    for (const target of ['/', await scriptOf(), '/api/view.json', dump, '/api/trpc/status.get', watch]) {
      expect([target, await statusOf(target, ...headers())]).toEqual([target, status])
    }
  })

  test('nobody from another machine: it listens on 127.0.0.1 alone', async () => {
    const all = Object.values(networkInterfaces()).flatMap((some) => some ?? [])
    const lan = all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address)
    // All of 127.0.0.0/8 is this machine on Linux; a server on every address would answer there too.
    const others = [...(process.platform === 'linux' ? ['127.0.0.2'] : []), ...lan]
    expect(others).not.toEqual([])
    for (const address of others) {
      const outcome = await new Promise<string>((resolve) => {
        const socket = connect(port, address, () => resolve('connected'))
        socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
      })
      expect([address, outcome]).toEqual([address, 'ECONNREFUSED'])
    }
  })
})

describe('the stream', () => {
  test('is neither compressed nor held back, though the client would take gzip', async () => {
    const { socket, text } = send(watch, own(), 'Accept-Encoding: gzip, br')
    await until(() => text().includes('\nid: '), 'the first event')
    socket.destroy()
    const head = text().slice(0, text().indexOf('\r\n\r\n')).toLowerCase()
    expect(head).toContain('content-type: text/event-stream')
    expect(head).toContain('cache-control: no-cache, no-transform')
    expect(head).toContain('x-accel-buffering: no')
    expect(head).not.toContain('content-encoding')
    expect(head).not.toContain('x-powered-by')
    expect(text()).toMatch(/\nid: [0-9a-f]+\.\d+\n/)
  })

  test('at SIGTERM it ends by an error on which browsers come back, and the program within 10 s', async () => {
    const other = await startProduct(embedded)
    const exchange = new Promise<string>((resolve) => {
      const { port: otherPort } = new URL(other.url)
      const socket = connect(Number(otherPort), '127.0.0.1', () =>
        socket.write(`GET ${watch} HTTP/1.1\r\nHost: 127.0.0.1:${otherPort}\r\n\r\n`),
      )
      let text = ''
      let stopping: Promise<void> | undefined
      socket.on('data', (chunk) => {
        text += chunk
        if (!stopping && text.includes('\nid: ')) stopping = other.stop()
      })
      socket.on('error', () => undefined)
      socket.on('close', () => void stopping?.then(() => resolve(text)))
    })
    const began = Date.now()
    const text = await exchange
    expect(Date.now() - began).toBeLessThan(10_000)
    expect(text).toContain('SERVICE_UNAVAILABLE')
    expect(text).not.toContain('event: return')
  }, 90_000)
})
