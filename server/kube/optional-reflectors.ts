// Watches of an API that comes and goes with its CRDs: a kind is watched while discovery lists it, and else is asked for nothing.

import type { ClusterEvent, WatchState } from '@/core/model/events'
import { readServedKinds, type ServedKinds } from './api-group'
import { createPause } from './backoff'
import type { Clock } from './clock'
import type { Connection } from './connection'
import { type Fault, toFault } from './errors'
import type { Reflector } from './reflector'
import { atVersion, type Resource } from './resources'
import { createWatchStatus, reasonOf, type WatchStatus } from './watch-status'

export type OptionalOptions = {
  readonly group: string
  readonly resources: readonly Resource[]
  readonly connection: Connection
  readonly clock: Clock
  /** Starts the watch of a kind that is served, at the version at which it is. */
  readonly start: (resource: Resource) => Reflector
  readonly onEvents: (events: readonly ClusterEvent[]) => void
  readonly onState: (state: WatchState) => void
  /** All kinds of the group, at each change. */
  readonly onServed: (kinds: readonly string[]) => void
}

export type OptionalReflectors = {
  reflectors(): readonly Reflector[]
  /** Asks at once what is served. */
  tryNow(): void
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>
}

/** Twice this and a list: what is installed or removed is followed well within a minute. */
export const discoverEvery = 12_000
const versions = ['v1', 'v1beta1']

/** Asks discovery again and again; starts and stops watches as it answers. What it cannot tell changes nothing. */
export function followOptional(options: OptionalOptions): OptionalReflectors {
  const { connection, clock } = options
  const stopping = new AbortController()
  const pause = createPause(clock, stopping.signal)
  const running = new Map<Resource, { readonly version: string; readonly reflector: Reflector }>()
  /** How a kind that is not watched stands, and in how many answers in a row it was not there. */
  const absent = new Map<Resource, { readonly told: string; readonly times: number }>()
  const statuses = new Map<Resource, WatchStatus>()
  let told = ''

  // A restarting API server leaves CRDs out for a moment: what is watched ends only when it is not there twice in a row.
  async function follow(served: ServedKinds): Promise<void> {
    for (const resource of options.resources) {
      const offered = served.get(resource.kind) ?? []
      const version = versions.find((one) => offered.includes(one))
      const known = running.get(resource)
      if (version === undefined) {
        const times = (absent.get(resource)?.times ?? 0) + 1
        absent.set(resource, { told: absent.get(resource)?.told ?? '', times })
        if (known && times > 1) await end(resource, known.reflector)
        if (!running.has(resource)) tellAbsent(resource, undefined)
        continue
      }
      absent.delete(resource)
      statuses.delete(resource)
      if (known && known.version !== version) await end(resource, known.reflector)
      if (stopping.signal.aborted) return
      const now = running.get(resource)
      if (!now) running.set(resource, { version, reflector: options.start(atVersion(resource, version)) })
      else if (now.reflector.state().state === 'unserved') now.reflector.tryNow()
    }
    tellServed([...served.keys()])
  }

  async function end(resource: Resource, reflector: Reflector): Promise<void> {
    running.delete(resource)
    await reflector.stop()
  }

  /** The state of a kind that is not watched; a watch tells its own. */
  function statusOf(resource: Resource): WatchStatus {
    const known = statuses.get(resource) ?? createWatchStatus(resource, clock, options.onState)
    statuses.set(resource, known)
    return known
  }

  function tellAbsent(resource: Resource, refusal: Fault | undefined): void {
    const why = refusal === undefined ? 'unserved' : 'forbidden'
    const { told: before, times } = absent.get(resource) ?? { told: '', times: 0 }
    if (before === why) return
    options.onEvents([{ type: 'unavailable', kind: resource.kind, scope: resource.scope, why }])
    absent.set(resource, { told: why, times })
    statusOf(resource).set({ state: why, reason: refusal && reasonOf(refusal) })
  }

  // A failure inside ourselves: shown, and tried again with the next answer.
  function showFault(error: unknown): void {
    const told = { state: 'broken', reason: reasonOf(toFault(error)) } as const
    for (const resource of options.resources) if (!running.has(resource)) statusOf(resource).set(told)
  }

  function tellServed(kinds: readonly string[]): void {
    const sorted = kinds.toSorted()
    if (sorted.join() === told) return
    told = sorted.join()
    options.onServed(sorted)
  }

  async function run(): Promise<void> {
    for (const resource of options.resources) statusOf(resource)
    while (!stopping.signal.aborted) {
      const answer = await readServedKinds({ connection, clock, signal: stopping.signal }, options.group).catch(toFault)
      if (stopping.signal.aborted) return
      if (!(answer instanceof Error)) await follow(answer).catch(showFault)
      // Whether the server is there at all, the other watches say.
      else if (answer.code === 'forbidden')
        for (const resource of options.resources) if (!running.has(resource)) tellAbsent(resource, answer)
      await pause.wait(discoverEvery)
    }
  }

  const ended = run()
  return {
    reflectors: () => [...running.values()].map(({ reflector }) => reflector),
    tryNow: pause.end,
    async stop() {
      stopping.abort()
      pause.end()
      await ended
      await Promise.all([...running.values()].map(({ reflector }) => reflector.stop()))
    },
  }
}
