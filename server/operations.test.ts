import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openOperations } from './operations'
import { beginDraining, runtimeStands } from './readiness'

let port = 0
let close: () => void

beforeAll(async () => {
  const server = await openOperations(0, '127.0.0.1')
  port = (server.address() as AddressInfo).port
  close = () => server.close()
})
afterAll(() => close())

type Asked = { path: string; method?: string; host?: string }

function ask({ path, method = 'GET', host = '10.1.2.3:9090' }: Asked): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers: { host } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    outgoing.on('error', reject).end()
  })
}

test('the operations listener answers probes and numbers under any Host, and nothing else', async () => {
  expect(await ask({ path: '/livez' })).toEqual({ status: 200, text: 'ok\n' })
  expect(await ask({ path: '/metrics', host: 'evil.test' })).toMatchObject({ status: 200 })
  expect((await ask({ path: '/metrics' })).text).toContain('# TYPE triplane_watch_age_seconds gauge')
  for (const path of ['/', '/api/view.json', '/api/trpc/status.get', '/metrics/', '/__proto__', '/constructor']) {
    expect(await ask({ path })).toEqual({ status: 404, text: 'not found\n' })
  }
  expect(await ask({ path: '/metrics', method: 'POST' })).toEqual({ status: 405, text: 'method not allowed\n' })
})

test('[K23] /readyz says why not; /livez never depends on it', async () => {
  expect(await ask({ path: '/readyz' })).toEqual({ status: 503, text: 'starting\n' })
  runtimeStands(() => [{ state: 'broken' }])
  expect(await ask({ path: '/readyz?verbose' })).toEqual({ status: 200, text: 'ok\n' })
  beginDraining()
  expect(await ask({ path: '/readyz' })).toEqual({ status: 503, text: 'draining\n' })
  expect(await ask({ path: '/livez' })).toEqual({ status: 200, text: 'ok\n' })
})

test('a taken port is told by the name of the setting', async () => {
  await expect(openOperations(port, '127.0.0.1')).rejects.toThrow(
    /^TRIPLANE_OPS_PORT: port \d+ on 127\.0\.0\.1 cannot be used/,
  )
})
