// One reflector (or all of them) against the faulty API, with the objects it has handed out and every state it went through.
import type { ClusterEvent, WatchState } from '@/core/model/events'
import type { ClusterRecord } from '@/core/model/records'
import type { Clock } from '../clock'
import { createClusterIdentity } from '../cluster-identity'
import { type Connection, plainConnection } from '../connection'
import { createPermits } from '../permits'
import { startReflector } from '../reflector'
import { resourcesOf } from '../resources'
import { createFakeClock } from './fake-clock'
import { startFaultyApi } from './faulty-api'

export const services = '/api/v1/services'

/** Looks again at every turn of the event loop; real sockets need some. Fails after 10 s of real time. */
export async function until(condition: () => boolean, what: () => string): Promise<void> {
  const giveUpAt = performance.now() + 10_000
  while (!condition()) {
    if (performance.now() > giveUpAt) throw new Error(`waited for: ${what()}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** What a store would hold, and every event that made no sense to it. */
export function createEventLog() {
  const objects = new Map<string, ClusterRecord>()
  const events: ClusterEvent[] = []
  const nonsense: string[] = []
  let smallest = Number.POSITIVE_INFINITY
  const id = (kind: string, key: string) => `${kind} ${key}`
  return {
    objects,
    events,
    nonsense,
    /** Fewest objects held since the last call: a flash of emptiness shows here. */
    takeSmallest() {
      const result = smallest
      smallest = objects.size
      return result
    },
    apply(batch: readonly ClusterEvent[]) {
      for (const event of batch) {
        events.push(event)
        if (event.type === 'put') {
          const before = objects.get(id(event.record.kind, event.record.key))
          if (before && before.uid !== event.record.uid) nonsense.push(`new uid without remove: ${event.record.key}`)
          objects.set(id(event.record.kind, event.record.key), event.record)
        } else if (event.type === 'remove') {
          const before = objects.get(id(event.kind, event.key))
          if (before?.uid !== event.uid) nonsense.push(`remove of another uid: ${event.key}`)
          objects.delete(id(event.kind, event.key))
        }
      }
      smallest = Math.min(smallest, objects.size)
    },
  }
}

export type HarnessOptions = {
  readonly names?: readonly string[]
  readonly random?: () => number
  readonly connection?: (plain: Connection, clock: Clock) => Connection
}

/** A reflector of Services that has not been waited for. */
export async function startHarness(options: HarnessOptions = {}) {
  const clock = createFakeClock(options.random)
  const api = await startFaultyApi(clock)
  for (const name of options.names ?? ['cart', 'pay']) api.put(services, name)
  const log = createEventLog()
  const states: WatchState[] = []
  const plain = plainConnection(api.url)
  const connection = options.connection?.(plain, clock) ?? plain
  const resource = resourcesOf({ namespaces: [], watchPods: true }).find(({ kind }) => kind === 'Service')
  if (resource === undefined) throw new Error('no Service in the table')

  const identity = createClusterIdentity()
  let throwOnEvents = false
  const batches: number[] = []
  let onBatch: () => void = () => undefined
  const start = () =>
    startReflector(resource, {
      connection,
      clock,
      lists: createPermits(4),
      identity,
      onEvents: (events) => {
        if (throwOnEvents) throw new Error('the store is broken')
        log.apply(events)
        batches.push(events.length)
        onBatch()
      },
      onState: (state) => states.push(state),
      onRejects: () => undefined,
    })
  let reflector: ReturnType<typeof start> | undefined

  const waitLeft = () => (states.at(-1)?.nextTryAt ?? 0) - clock.now()
  // A request under way has a timer within 4 s, an open watch has none.
  const isLive = () =>
    states.at(-1)?.state === 'synced' &&
    api.watches.size > 0 &&
    (clock.untilNext() ?? 0) > 4000 &&
    `${harness.held()}` === `${harness.truth()}`

  const harness = {
    clock,
    api,
    log,
    states,
    /** Sizes of the batches handed out so far. */
    batches,
    /** Runs after each batch, within the call that handed it out. */
    onBatch(run: () => void) {
      onBatch = run
    },
    breakStore: (broken: boolean) => {
      throwOnEvents = broken
    },
    start() {
      reflector = start()
    },
    tryNow: () => reflector?.tryNow(),
    state: () => {
      const last = states.at(-1)
      if (last === undefined) throw new Error('not started')
      return last
    },
    /** Names and versions held, as the cluster has them. */
    held: () =>
      [...log.objects.values()].map((record) => `${record.key}@${record.resourceVersion}#${record.uid}`).sort(),
    truth: () =>
      [...api.objects(services).values()]
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}@${metadata.resourceVersion}#${metadata.uid}`)
        .sort(),
    until: (condition: () => boolean, what = condition.toString()) =>
      until(condition, () => `${what}; state ${JSON.stringify(states.at(-1))}`),
    /** A watch is open at both ends, nothing is on its way, and everything has arrived. */
    live: () => harness.until(isLive, 'live'),
    /** As `live`, with as many tries as it needs. */
    healed: () => harness.tryUntil(isLive),
    /** Ends one wait after another until the condition holds. */
    async tryUntil(condition: () => boolean) {
      for (;;) {
        await harness.until(() => condition() || waitLeft() > 0, `${condition} or a wait`)
        if (condition()) return
        clock.advance(waitLeft())
      }
    },
    /** Time on a quiet watch: what the server sends meanwhile has arrived. */
    async passTime(ms: number) {
      for (let left = ms; left > 0; left -= 30_000) {
        clock.advance(Math.min(left, 30_000))
        await harness.until(() => (reflector?.state().heardAt ?? 0) >= api.wroteAt, 'what was sent')
      }
    },
    /** Waits until the reflector waits, and returns for how long. */
    async waiting() {
      await harness.until(() => waitLeft() > 0, 'waiting for the next try')
      return waitLeft()
    },
    async nextTry() {
      clock.advance(await harness.waiting())
    },
    /** Waits for requests of a verb, counted from the start. */
    asked: (verb: 'list' | 'watch', times: number) =>
      harness.until(() => api.count(verb) >= times, `${times} × ${verb}, got ${api.count(verb)}`),
    async stop() {
      await reflector?.stop()
      plain.close()
      await api.close()
    },
  }
  return harness
}

export type Harness = Awaited<ReturnType<typeof startHarness>>
