import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WatchState } from '@/core/model/events'
import type { Kind } from '@/core/model/records'
import { plainConnection } from './connection'
import { resourcesOf } from './resources'
import { type Reflectors, startReflectors } from './start-reflectors'
import { createFakeClock, type FakeClock } from './testing/fake-clock'
import { type FaultyApi, type Misbehave, startFaultyApi, withStatus } from './testing/faulty-api'
import { createEventLog, until } from './testing/harness'
import { expectNoUnhandledRejection } from './testing/unhandled'

expectNoUnhandledRejection()

const paths: Readonly<Partial<Record<Kind, string>>> = {
  Node: '/api/v1/nodes',
  Namespace: '/api/v1/namespaces',
  Service: '/api/v1/services',
  EndpointSlice: '/apis/discovery.k8s.io/v1/endpointslices',
  Pod: '/api/v1/pods',
  Endpoints: '/api/v1/endpoints',
}
const configMaps = '/api/v1/namespaces/kube-system/configmaps'

// What `start()` asks for.
const all = resourcesOf({ namespaces: [], watchPods: true }).length

let clock: FakeClock
let api: FaultyApi
let log: ReturnType<typeof createEventLog>
let reflectors: Reflectors
let connection: ReturnType<typeof plainConnection>
let unidentified: unknown[]

beforeEach(async () => {
  let chance = 0
  clock = createFakeClock(() => {
    chance = (chance + 0.37) % 1
    return chance
  })
  api = await startFaultyApi(clock)
  for (const path of Object.values(paths)) {
    for (const name of ['a', 'b']) api.put(path, name, path.endsWith('slices') ? { addressType: 'IPv4' } : {})
  }
  log = createEventLog()
  unidentified = []
  connection = plainConnection(api.url)
})
afterEach(async () => {
  await reflectors.stop()
  connection.close()
  await api.close()
  expect(log.nonsense).toEqual([])
})

function start(over: { namespaces?: readonly string[]; watchPods?: boolean } = {}) {
  const told = {
    onEvents: log.apply,
    onState: () => undefined,
    onIdentityUnknown: (error: unknown) => void unidentified.push(error),
  }
  const options = { connection, clock, namespaces: [], watchPods: true, ...told }
  reflectors = startReflectors({ ...options, ...over })
}

const stateOf = (kind: Kind, scope = ''): WatchState['state'] | undefined =>
  reflectors.states().find((state) => state.kind === kind && state.scope === scope)?.state
const synced = () => reflectors.states().filter((state) => state.state === 'synced').length
const untilSynced = (count: number) =>
  until(
    () => synced() >= count,
    () => `${count} synced, got ${synced()}`,
  )

test('a watch of each for the whole cluster, all in sync', async () => {
  start()
  await untilSynced(all)
  expect(reflectors.states().map((state) => `${state.kind} ${state.scope}`.trim())).toEqual([
    'Node',
    'Namespace',
    'Service',
    'EndpointSlice',
    'Pod',
    'Endpoints',
    'Ingress',
    'DaemonSet kube-system',
    'ConfigMap kube-system/kube-proxy',
    'ConfigMap kube-system/kube-proxy-config',
    'ConfigMap kube-system/cilium-config',
    'ConfigMap kube-system/antrea-config',
    'ConfigMap kube-system/coredns',
    'ConfigMap kube-system/kubelet-config',
    'ServiceCIDR',
    'IngressClass',
    'NetworkPolicy',
  ])
  expect(log.objects.size).toBe(12)
})

test('per namespace where the settings name some; cluster-scoped kinds are tried all the same', async () => {
  start({ namespaces: ['shop', 'pay'] })
  await until(
    () => api.count('list') >= 18,
    () => `18 lists, got ${api.count('list')}`,
  )
  const lists = api.log.filter((request) => request.verb === 'list')
  const asked = lists.map(({ path, query }) => `${path} ${query.get('fieldSelector') ?? ''}`.trim())
  expect(asked).toEqual(
    expect.arrayContaining([
      '/api/v1/nodes',
      '/api/v1/namespaces metadata.name=shop',
      '/api/v1/namespaces/shop/services',
      '/api/v1/namespaces/pay/services',
      '/apis/discovery.k8s.io/v1/namespaces/pay/endpointslices',
      '/api/v1/namespaces/shop/pods',
    ]),
  )
  expect(asked).not.toContain('/api/v1/services')
})

test('without pods they are said to be unserved, and never asked for', async () => {
  start({ watchPods: false })
  await untilSynced(14)
  expect(log.events[0]).toEqual({ type: 'unavailable', kind: 'Pod', scope: '', why: 'unserved' })
  expect(api.count('list', paths.Pod)).toBe(0)
})

test('a server that cannot be asked which cluster it is: the fault is told, once', async () => {
  await api.close()
  start()
  await until(
    () => unidentified.length > 0,
    () => 'the fault of the identity check',
  )
  expect(unidentified).toEqual([expect.objectContaining({ code: 'connection-refused' })])
})

describe('one resource in trouble never delays or empties the rest', () => {
  test.each<[string, Misbehave, WatchState['state']]>([
    ['[K3] forbidden', withStatus(403), 'forbidden'],
    ['[K5] not served', withStatus(404), 'unserved'],
    ['failing', withStatus(500), 'broken'],
    ['busy', withStatus(429, '', { 'retry-after': '120' }), 'broken'],
  ])('%s', async (_name, misbehave, state) => {
    api.fail('list', misbehave, { path: paths.EndpointSlice, times: Number.POSITIVE_INFINITY })
    start()
    await untilSynced(14)
    await until(
      () => stateOf('EndpointSlice') === state,
      () => `EndpointSlice ${state}`,
    )
    expect(log.objects.size).toBe(10)
  })

  test('left without an answer: the others take the free places', async () => {
    api.fail('list', (exchange) => api.hang(exchange), { path: paths.Service })
    api.fail('list', (exchange) => api.hang(exchange), { path: paths.Pod })
    start()
    await untilSynced(9)
  })
})

test('[K9] a storm of 429 at the start: never more than 4 lists at once, all in sync after it', async () => {
  let open = 0
  let most = 0
  const storm: Misbehave = ({ request, response, answer }) => {
    open += 1
    most = Math.max(most, open)
    response.on('close', () => (open -= 1))
    const isBusy = api.count('list') <= 25
    if (isBusy) withStatus(429, '', { 'retry-after': '1' })({ request, response, answer })
    else setImmediate(answer)
  }
  api.fail('list', storm, { times: Number.POSITIVE_INFINITY })
  start()
  while (synced() < all) {
    await until(
      () =>
        synced() === all || reflectors.states().every((s) => s.state === 'synced' || (s.nextTryAt ?? 0) > clock.now()),
      () => `everyone waiting or in sync: ${JSON.stringify(reflectors.states())}`,
    )
    if (synced() < all) clock.advance(1000)
  }
  expect(most).toBeLessThanOrEqual(4)
  expect(most).toBeGreaterThan(1)
})

describe('the six ConfigMaps, asked for by name, are one scope', () => {
  const events = () =>
    log.events.flatMap((e) => ('kind' in e && e.kind === 'ConfigMap' && e.type !== 'remove' ? [e] : []))
  const named =
    (name: string, misbehave: Misbehave): Misbehave =>
    (exchange) =>
      exchange.request.query.get('fieldSelector') === `metadata.name=${name}` ? misbehave(exchange) : exchange.answer()

  test('synced once all of them have answered', async () => {
    api.put(configMaps, 'kube-proxy', { data: { 'config.conf': 'mode: ipvs' } })
    api.put(configMaps, 'unrelated', { data: { config: 'secret' } })
    start()
    await untilSynced(all)
    expect(events()).toEqual([{ type: 'synced', kind: 'ConfigMap', scope: 'kube-system' }])
    expect([...log.objects.keys()].filter((key) => key.startsWith('ConfigMap'))).toEqual([
      'ConfigMap kube-system/kube-proxy',
    ])
  })

  test('one forbidden: the scope is in sync, the watch says so', async () => {
    api.fail('list', named('cilium-config', withStatus(403)), { path: configMaps, times: Number.POSITIVE_INFINITY })
    start()
    await untilSynced(14)
    await until(
      () => events().length > 0,
      () => 'an answer of the scope',
    )
    expect(events()).toEqual([{ type: 'synced', kind: 'ConfigMap', scope: 'kube-system' }])
    expect(stateOf('ConfigMap', 'kube-system/cilium-config')).toBe('forbidden')
  })

  test('all forbidden: the scope is', async () => {
    api.fail('list', withStatus(403), { path: configMaps, times: Number.POSITIVE_INFINITY })
    start()
    await untilSynced(7)
    await until(
      () => events().length > 0,
      () => 'an answer of the scope',
    )
    expect(events()).toEqual([{ type: 'unavailable', kind: 'ConfigMap', scope: 'kube-system', why: 'forbidden' }])
  })
})

test('one pool of kept-alive sockets: a quiet minute opens no new connection', async () => {
  let opened = 0
  api.onConnection(() => (opened += 1))
  start()
  await untilSynced(all)
  await until(
    () => api.watches.size === all && (clock.untilNext() ?? 0) > 4000,
    () => 'every watch to be open',
  )
  const before = opened
  expect(before).toBeLessThanOrEqual(all + 2)
  clock.advance(60_000)
  await until(
    () => reflectors.states().every((state) => (state.heardAt ?? 0) >= api.wroteAt),
    () => 'bookmarks',
  )
  // Every other one is a watch's: what is served of the Gateway API is asked for on one of its own, again and again.
  expect(opened - before).toBeLessThanOrEqual(1)
})

test('one watch that is back after an outage wakes the others', async () => {
  start()
  await until(
    () => api.watches.size === all && (clock.untilNext() ?? 0) > 4000,
    () => 'every watch to be open',
  )
  await api.close()
  await until(
    () => synced() === 0,
    () => 'all stale',
  )
  for (let left = 60_000; left > 0; left -= 500) {
    clock.advance(500)
    await until(
      () => reflectors.states().every((state) => (state.nextTryAt ?? 0) > clock.now()),
      () => 'all waiting',
    )
  }
  await api.open()
  const soonest = Math.min(...reflectors.states().map((state) => state.nextTryAt ?? 0))
  const latest = Math.max(...reflectors.states().map((state) => state.nextTryAt ?? 0))
  expect(latest - soonest).toBeGreaterThan(0)
  clock.advance(soonest - clock.now())
  await untilSynced(all)
})

test('stopping while lists are left without an answer leaves no unhandled rejection', async () => {
  api.fail('list', (exchange) => api.hang(exchange), { times: 3 })
  start()
  await until(
    () => api.hung === 3,
    () => 'three hung lists',
  )
})
