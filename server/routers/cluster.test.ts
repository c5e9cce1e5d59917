import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everything } from '@/core/access/audience'
import { grantedContext } from '../access/testing/granted-context'
import { systemClock } from '../kube/clock'
import { type FaultyApi, startFaultyApi, withStatus } from '../kube/testing/faulty-api'
import { until } from '../kube/testing/harness'
import { expectNoUnhandledRejection } from '../kube/testing/unhandled'
import { getRuntime, type Runtime } from '../runtime'
import { appRouter } from './_app'

expectNoUnhandledRejection()

const services = '/api/v1/services'
const folder = mkdtempSync(join(tmpdir(), 'triplane-'))
let api: FaultyApi
let runtime: Runtime

beforeAll(async () => {
  api = await startFaultyApi(systemClock)
  api.put(services, 'cart')
  // A wait of two minutes, so that whoever is back at once did not sleep it out.
  api.fail('list', withStatus(429, '', { 'retry-after': '120' }), { path: services })
  const file = join(folder, 'kubeconfig')
  writeFileSync(file, kubeconfig(api.url))
  Object.assign(process.env, { TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: file })
  runtime = await getRuntime()
})
afterAll(async () => {
  await runtime.dispose()
  await api.close()
  rmSync(folder, { recursive: true })
})

const watchOfServices = () =>
  runtime
    .session()
    .viewOf(everything)
    .watches()
    .find(({ kind }) => kind === 'Service')
const names = () => [...runtime.session().viewOf(everything).services()].map(({ name }) => name)

test('tryNow ends the waits of the watches of the cluster', async () => {
  await until(
    () => (watchOfServices()?.nextTryAt ?? 0) > Date.now() + 60_000,
    () => `a long wait: ${JSON.stringify(watchOfServices())}`,
  )
  await appRouter.createCaller(grantedContext(runtime)).cluster.tryNow()
  await until(
    () => watchOfServices()?.state === 'synced',
    () => `in sync: ${JSON.stringify(watchOfServices())}`,
  )
  expect(names()).toEqual(['cart'])
})

test('[K24] another cluster at the same address: a new epoch, every stream is cut, nothing old is left', async () => {
  const { epoch } = runtime.session()
  const feed = runtime.session().feedOf(everything)
  const reader = feed.subscribe({
    epoch: undefined,
    parts: [{ key: 'overview', since: undefined }],
    lastEventId: undefined,
  })
  await sleep(1_100) // Who the cluster is counts as known for a second.
  api.exchange()
  api.put(services, 'pay')
  for (const watch of api.watches) watch.reset()
  await until(
    () => runtime.session().epoch !== epoch && watchOfServices()?.state === 'synced',
    () => 'a new epoch in sync',
  )
  expect(names()).toEqual(['pay'])
  expect(reader.endReason()).toBe('stopped')
  const { epoch: second } = runtime.session()
  for (const watch of api.watches) watch.reset()
  await until(
    () => watchOfServices()?.state === 'synced' && api.watches.size > 0,
    () => 'in sync again',
  )
  expect(runtime.session().epoch).toBe(second)
})

function kubeconfig(server: string): string {
  const named = { cluster: { server }, context: { cluster: 'test', user: 'test' }, user: {} }
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: named.cluster }],
    contexts: [{ name: 'test', context: named.context }],
    users: [{ name: 'test', user: named.user }],
  })
}
