import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type AccessLine, followExchange, levelOf, sentBytes, slowMs, writeAccessTo } from './access-log'
import { counted } from './metrics/tally'

let server: Server | undefined
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())))

test('an exchange becomes one line without its query, and its bytes and outcome are counted', async () => {
  const lines: AccessLine[] = []
  writeAccessTo((line) => lines.push(line))
  server = createServer((request, response) => {
    followExchange(request, response)
    request.headers['x-triplane-request-id'] = 'id-1'
    response.writeHead(403).end('x'.repeat(1000))
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const before = sentBytes().other
  await (await fetch(`http://127.0.0.1:${port}/api/view.json?focus=Service:shop/cart#x`)).text()
  await expect.poll(() => lines.length).toBe(1)
  expect(lines[0]).toMatchObject({
    requestId: 'id-1',
    method: 'GET',
    path: '/api/view.json',
    status: 403,
    level: 'info',
  })
  expect(sentBytes().other - before).toBeGreaterThan(1000)
  expect(counted('triplane_http_requests_total')).toContainEqual({ labels: { outcome: 'refused' }, value: 1 })
})

test.each([
  ['served at once', 200, 5, 'debug'],
  ['slow', 200, slowMs, 'info'],
  ['refused', 404, 5, 'info'],
  ['failed', 503, 5, 'error'],
  ['cut off before an answer', 0, 5, 'debug'],
] as const)('a request that was %s', (_, status, ms, level) => {
  expect(levelOf(status, ms)).toBe(level)
})
