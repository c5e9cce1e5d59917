import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everything } from '@/core/access/audience'
import { systemClock } from '@/server/kube/clock'
import { type FaultyApi, startFaultyApi } from '@/server/kube/testing/faulty-api'
import { until } from '@/server/kube/testing/harness'
import { getRuntime } from '@/server/runtime'
import { GET as dump } from './demo/dump/route'
import { GET as viewJson } from './view.json/route'

const folder = mkdtempSync(join(tmpdir(), 'triplane-'))
let api: FaultyApi

beforeAll(async () => {
  api = await startFaultyApi(systemClock)
  api.put('/api/v1/services', 'canary-of-services')
  const file = join(folder, 'kubeconfig')
  writeFileSync(
    file,
    JSON.stringify({
      'current-context': 'c',
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
      clusters: [{ name: 'c', cluster: { server: api.url } }],
      users: [{ name: 'c', user: {} }],
    }),
  )
  Object.assign(process.env, { TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: file, HOME: folder, PORT: '3000' })
  // What a hole would show is there.
  const { viewOf } = (await getRuntime()).session()
  await until(
    () => [...viewOf(everything).services()].length === 1,
    () => 'the Service is not there',
  )
})
afterAll(async () => {
  await (await getRuntime()).dispose()
  await api.close()
  rmSync(folder, { recursive: true })
})

const request = (path: string) => new Request(`http://127.0.0.1:3000${path}`, { headers: { host: '127.0.0.1:3000' } })

describe('[T8] the routes beside the procedures', () => {
  test.each([
    { path: '/api/view.json', route: viewJson },
    { path: '/api/view.json?view=explain', route: viewJson },
    { path: '/api/demo/dump?node=n1', route: dump },
  ])('$path answers 401 to whoever shows nothing, whatever stands in front', async ({ path, route }) => {
    const answer = await route(request(path))
    const text = await answer.text()
    expect([answer.status, JSON.parse(text)]).toEqual([401, { error: { code: 'launch-key-needed', status: 401 } }])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(text).not.toContain('canary')
  })
})
