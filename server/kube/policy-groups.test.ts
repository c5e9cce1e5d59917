import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { plainConnection } from './connection'
import { followPolicyGroups } from './policy-groups'
import { createFakeClock } from './testing/fake-clock'
import { until } from './testing/harness'

async function serve(answer: () => { readonly status: number; readonly body: string }) {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    expect(request.url).toBe('/apis')
    const { status, body } = answer()
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked: () => asked, close: () => server.close() }
}

const groups = (...names: readonly string[]) => ({
  status: 200,
  body: JSON.stringify({ kind: 'APIGroupList', groups: names.map((name) => ({ name })) }),
})

test('[M13] engines whose policies are not read are told as they come and go, and an answer that is none changes nothing', async () => {
  let answer = groups('apps', 'networking.k8s.io')
  const api = await serve(() => answer)
  const clock = createFakeClock(() => 0.5)
  const connection = plainConnection(api.url)
  const told: (readonly string[])[] = []
  const following = followPolicyGroups({ connection, clock, onKinds: (kinds) => told.push(kinds) })
  const next = async (times: number) => {
    await until(
      () => api.asked() >= times && (clock.untilNext() ?? 0) > 20_000,
      () => `question ${times}`,
    )
    clock.advance(60_000)
  }
  await next(1)
  expect(told).toEqual([])
  answer = groups('cilium.io', 'policy.networking.k8s.io')
  await next(2)
  answer = { status: 500, body: 'no' }
  await next(3)
  answer = { status: 200, body: 'not JSON' }
  await next(4)
  expect(told).toEqual([
    [
      'AdminNetworkPolicy',
      'BaselineAdminNetworkPolicy',
      'CiliumClusterwideNetworkPolicy',
      'CiliumNetworkPolicy',
      'ClusterNetworkPolicy',
    ],
  ])
  answer = groups()
  await next(5)
  await until(
    () => told.length === 2,
    () => 'the end of it',
  )
  expect(told[1]).toEqual([])
  await following.stop()
  connection.close()
  api.close()
})
