import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClusterEvent, WatchState } from '@/core/model/events'
import type { Clock } from './clock'
import { plainConnection } from './connection'
import { discoverEvery, followOptional, type OptionalReflectors } from './optional-reflectors'
import type { Reflector } from './reflector'
import { gatewayGroup, gatewayResourcesOf } from './resources'
import { createFakeClock, type FakeClock } from './testing/fake-clock'
import { until } from './testing/harness'
import { expectNoUnhandledRejection } from './testing/unhandled'

expectNoUnhandledRejection()

let server: Server
let clock: FakeClock
let waits: (() => void)[]
let connection: ReturnType<typeof plainConnection>
let optional: OptionalReflectors
/** Kinds by version; undefined: no such group. */
let served: Readonly<Record<string, readonly string[]>> | undefined
let refuseWith: number | undefined
let requests: string[]
let running: string[]
let states: WatchState['state'][]
let events: ClusterEvent[]
let told: (readonly string[])[]

beforeEach(async () => {
  ;[served, refuseWith] = [undefined, undefined]
  ;[requests, running, states, events, told] = [[], [], [], [], []]
  clock = createFakeClock(() => 0.5)
  waits = []
  // The wait between two questions is the test's to end; every other time limit is the fake clock's.
  const after: Clock['after'] = (ms, happen) => {
    if (ms !== discoverEvery) return clock.after(ms, happen)
    waits.push(happen)
    return () => undefined
  }
  server = createServer(({ url = '' }, response) => {
    requests.push(url)
    const version = url.split('/')[3]
    const kinds = version === undefined ? undefined : served?.[version]
    const found = version === undefined ? served && Object.keys(served) : kinds
    const status = refuseWith ?? (found ? 200 : 404)
    const body =
      version === undefined
        ? { versions: found?.map((one) => ({ version: one })) }
        : {
            resources: found?.flatMap((kind) => [
              { name: `${kind}s`, kind },
              { name: `${kind}s/status`, kind },
            ]),
          }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(status === 200 ? body : {}))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  connection = plainConnection(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  optional = followOptional({
    group: gatewayGroup,
    resources: gatewayResourcesOf({ namespaces: [] }),
    connection,
    clock: { ...clock, after },
    start(resource) {
      running.push(resource.path)
      return { stop: async () => void running.splice(running.indexOf(resource.path), 1), ...watching } as Reflector
    },
    onEvents: (some) => events.push(...some),
    onState: ({ kind, state }) => void (kind === 'HTTPRoute' && states.push(state)),
    onServed: (kinds) => told.push(kinds),
  })
})
afterEach(async () => {
  await optional.stop()
  connection.close()
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

const watching = { state: () => ({ state: 'synced' }), tryNow: () => undefined }
const all = ['GatewayClass', 'Gateway', 'HTTPRoute', 'ReferenceGrant']
const seconds = (from: number) => (clock.elapsed() - from) / 1000

/** The answer that was asked for, and all that followed from it. */
const answered = () =>
  until(
    () => waits.length > 0,
    () => 'the wait for the next question',
  )

async function nextAnswer(): Promise<void> {
  await answered()
  clock.advance(discoverEvery)
  const [end] = waits.splice(0)
  end?.()
  await answered()
}

test('[K5] without its CRDs nothing is asked for but what is served, each kind is said to be unserved, once', async () => {
  await answered()
  await nextAnswer()
  await nextAnswer()
  expect(new Set(requests)).toEqual(new Set([`/apis/${gatewayGroup}`]))
  expect([running, events.length, states]).toEqual([[], 4, ['connecting', 'unserved']])
  expect(told).toEqual([])
})

test('[K5] installed, removed and installed again: followed within a minute, each time', async () => {
  await answered()
  const from = clock.elapsed()
  served = { v1: [...all, 'GRPCRoute'], v1beta1: all }
  await nextAnswer()
  expect(running).toHaveLength(4)
  expect(told).toEqual([[...all, 'GRPCRoute'].toSorted()])
  expect(seconds(from)).toBeLessThan(60)
  const removed = clock.elapsed()
  served = undefined
  await nextAnswer()
  expect(running, 'once is a restart of the API server').toHaveLength(4)
  await nextAnswer()
  expect([running, states.at(-1), told.at(-1)]).toEqual([[], 'unserved', []])
  expect(events.slice(4)).toEqual(all.map((kind) => ({ type: 'unavailable', kind, scope: '', why: 'unserved' })))
  expect(seconds(removed)).toBeLessThan(60)
  served = { v1: all }
  await nextAnswer()
  expect(running).toHaveLength(4)
})

test('[K5] a kind that only an older version has is watched there, and moves on with it', async () => {
  served = { v1: ['GatewayClass', 'Gateway', 'HTTPRoute'], v1beta1: all }
  await nextAnswer()
  expect(running).toContain(`/apis/${gatewayGroup}/v1beta1/referencegrants`)
  served = { v1: all, v1beta1: all }
  await nextAnswer()
  expect(running.filter((path) => path.endsWith('referencegrants'))).toEqual([
    `/apis/${gatewayGroup}/v1/referencegrants`,
  ])
})

test('[K3] discovery that is refused: not permitted, which is not unserved', async () => {
  refuseWith = 403
  await nextAnswer()
  expect(states.at(-1)).toBe('forbidden')
  expect(events.at(-1)).toMatchObject({ why: 'forbidden' })
  expect(running).toEqual([])
})

test('a server that cannot answer changes nothing', async () => {
  served = { v1: all }
  await answered()
  await nextAnswer()
  refuseWith = 503
  await nextAnswer()
  await nextAnswer()
  expect(running).toHaveLength(4)
})
