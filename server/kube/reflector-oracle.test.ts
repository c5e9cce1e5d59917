// The oracle: after any sequence of changes and faults, once the faults are over, what was handed out equals a fresh list.
import { expect, test } from 'vitest'
import { createRandom } from '@/core/testing/random'
import { createClusterStore } from '@/server/store/cluster-store'
import { createClusterIdentity } from './cluster-identity'
import { plainConnection } from './connection'
import { createPermits } from './permits'
import { startReflector } from './reflector'
import { type Resource, resourcesOf } from './resources'
import { createFakeClock } from './testing/fake-clock'
import { type Misbehave, startFaultyApi, withBody, withReset, withStatus } from './testing/faulty-api'
import { createEventLog } from './testing/harness'
import { expectNoUnhandledRejection } from './testing/unhandled'

expectNoUnhandledRejection()

const runs = Number(process.env.TRIPLANE_ORACLE_RUNS ?? 300)
const firstSeed = Number(process.env.TRIPLANE_ORACLE_SEED ?? 1)
const perTest = 50

const services = '/api/v1/services'
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

for (let first = firstSeed; first < firstSeed + runs; first += perTest) {
  const last = Math.min(first + perTest, firstSeed + runs) - 1
  test(`seeds ${first} to ${last}`, { timeout: 120_000 }, async () => {
    for (let seed = first; seed <= last; seed++) {
      await run(seed).catch((error: unknown) => {
        throw new Error(`seed ${seed} (TRIPLANE_ORACLE_SEED=${seed} TRIPLANE_ORACLE_RUNS=1): ${error}`)
      })
    }
  })
}

async function run(seed: number): Promise<void> {
  const random = createRandom(seed)
  const between = (least: number, most: number) => least + random.int(most - least + 1)
  function pick<T>(list: readonly T[]): T {
    const picked = random.pickFrom(list)
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }
  const clock = createFakeClock(() => random.next())
  const api = await startFaultyApi(clock)
  const connection = plainConnection(api.url)
  const log = createEventLog()
  const store = createClusterStore()
  const resource = resourceOf('Service')
  for (const name of names.slice(0, between(0, 6))) api.put(services, name)
  const reflector = startReflector(resource, {
    connection,
    clock,
    lists: createPermits(4),
    identity: createClusterIdentity(),
    onEvents: (events) => {
      log.apply(events)
      store.apply(events)
    },
    onState: () => undefined,
    onRejects: () => undefined,
  })
  let isDown = false
  let backup = api.backup()
  // A version that is used twice, and passed before we are back, cannot be told from one that is used once: no API gives more.
  let syncsAtRestore = -1
  const syncs = () => log.events.filter((event) => event.type === 'synced').length
  const change = (run: () => void) => {
    if (syncs() > syncsAtRestore) run()
  }

  const steps: (() => void | Promise<void>)[] = [
    () => change(() => void api.put(services, pick(names), { spec: { externalName: String(between(0, 99)) } })),
    () => change(() => void api.put(services, pick(names), { uid: `uid-${between(0, 1e9)}` })),
    () => change(() => api.remove(services, pick(names))),
    () => change(() => void api.put(services, pick(names), { spec: 'malformed' })),
    () => api.compact(),
    () => api.fail('list', pick(faults)(between(0, 60)), { times: between(1, 3) }),
    () => api.fail('watch', pick(faults)(between(0, 60)), { times: between(1, 3) }),
    () => eachWatch((watch) => watch.reset()),
    () => eachWatch((watch) => watch.end()),
    () => eachWatch((watch) => watch.mute()),
    () => eachWatch((watch) => watch.write(pick(lines))),
    () => eachWatch((watch) => watch.event('ERROR', { code: pick([410, 429, 500, 504, 403, 0]) })),
    () => eachWatch((watch) => stray((type, object) => watch.event(type, object))),
    () => {
      backup = api.backup()
    },
    async () => {
      if (!isDown) await api.close()
      isDown = true
    },
    async () => {
      // Only a server that was down comes back with an older state.
      if (isDown && between(0, 3) === 0) {
        syncsAtRestore = syncs()
        api.restore(backup)
      }
      if (isDown) await api.open()
      isDown = false
    },
    () => reflector.tryNow(),
    () => clock.advance(between(0, 120_000)),
    () => clock.advance(between(0, 2_000)),
    () => turns(between(1, 12)),
  ]
  const eachWatch = (act: (watch: typeof api.watches extends Set<infer W> ? W : never) => void) => {
    for (const watch of api.watches) act(watch)
  }
  // An event from the past of this cluster, as a repeated or reordered delivery would bring.
  const stray = (send: (type: string, object: unknown) => void) => {
    const past = [...backup.objects.values()].flatMap((all) => [...all.values()])
    if (past.length === 0) return
    const object = pick(past)
    const isGone = api.objects(services).get(object.metadata.name)?.metadata.uid !== object.metadata.uid
    send(pick(isGone ? ['ADDED', 'MODIFIED', 'DELETED'] : ['ADDED', 'MODIFIED']), object)
  }

  try {
    for (let step = between(10, 60); step > 0; step--) {
      await pick(steps)()
      if (between(0, 2) > 0) await turns(between(1, 6))
    }
    api.heal()
    if (isDown) await api.open()
    const truth = () => fresh(api.objects(services))
    const held = () =>
      [...log.objects.values()]
        .map((o) => `${o.key} ${o.uid} ${o.resourceVersion}`)
        .sort()
        .join('\n')
    const deadline = clock.now() + 20 * 60_000
    while (held() !== truth() || reflector.state().state !== 'synced' || reflector.state().count !== log.objects.size) {
      await turns(20)
      if (held() === truth() && reflector.state().state === 'synced') break
      if (clock.now() > deadline) {
        throw new Error(`not healed: ${JSON.stringify(reflector.state())}\nheld\n${held()}\ntruth\n${truth()}`)
      }
      clock.advance(Math.min(clock.untilNext() ?? 1000, 1000))
    }
    expect(log.nonsense).toEqual([])
    const stored = [...store.services()].map((o) => `${o.key} ${o.uid} ${o.resourceVersion}`)
    expect(stored.sort().join('\n')).toBe(truth())
  } finally {
    await reflector.stop()
    connection.close()
    await api.close()
  }
}

/** What a list would give now: the malformed left out. */
function fresh(objects: ReadonlyMap<string, { metadata: Record<string, unknown>; [field: string]: unknown }>): string {
  return [...objects.values()]
    .filter((object) => object.spec !== 'malformed')
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name} ${metadata.uid} ${metadata.resourceVersion}`)
    .sort()
    .join('\n')
}

const faults: ((size: number) => Misbehave)[] = [
  (seconds) => withStatus(429, 'slow down', { 'retry-after': String(seconds) }),
  () => withStatus(410, 'too old'),
  () => withStatus(401, 'Unauthorized'),
  () => withStatus(403, 'forbidden'),
  () => withStatus(404, 'not found'),
  () => withStatus(500, 'boom'),
  () => withStatus(503, 'starting'),
  () => withStatus(504, 'Too large resource version: 7'),
  () => withBody('text/html', '<html>sign in</html>'),
  () => withBody('application/json', '{"kind":"ServiceList","apiVersion":"v1","items":[],"metadata":{}}'),
  () => withBody('application/json', '{}'),
  () => withReset,
  () =>
    ({ response }) =>
      void response.writeHead(302, { location: '/elsewhere' }).end(),
  (size) =>
    ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"kind":"ServiceList","apiVersion":"v1"'.slice(0, size))
    },
  (size) =>
    ({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
      response.write('{"type":"ADDED","object":{"kind":"Service"'.slice(0, size))
      response.socket?.destroySoon()
    },
]

const lines = [
  '\n',
  '{"type":"BOOKMARK"\n',
  'null\n',
  '{"type":"ADDED","object":null}\n',
  '{"type":"DELETED","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"1"}}}\n',
  '{"type":"MODIFIED","object":{"kind":"Service","apiVersion":"v1","metadata":{"resourceVersion":"1"}}}\n',
  '{"type":"ADDED"',
  '\u0000\ufeff\n',
]

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function resourceOf(kind: Resource['kind']): Resource {
  const found = resourcesOf({ namespaces: [], watchPods: true }).find((resource) => resource.kind === kind)
  if (found === undefined) throw new Error(`no ${kind}`)
  return found
}
