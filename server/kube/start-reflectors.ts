// All the watches of one cluster. They share a connection and a bound on lists at once, and nothing else: what one of them
// meets never holds up another.

import type { ClusterEvent, WatchState } from '@/core/model/events'
import type { Reject } from '@/core/model/from-api'
import { type Clock, systemClock } from './clock'
import { createClusterIdentity } from './cluster-identity'
import type { Connection } from './connection'
import { isConnectionCode } from './errors'
import { followOptional } from './optional-reflectors'
import { createPermits } from './permits'
import { followPolicyGroups } from './policy-groups'
import { type Reflector, type ReflectorOptions, startReflector } from './reflector'
import { gatewayGroup, gatewayResourcesOf, type Resource, resourcesOf } from './resources'

export type ReflectorsOptions = {
  readonly connection: Connection
  /** Empty: the whole cluster. */
  readonly namespaces: readonly string[]
  /** False: pods are not watched, and said to be unserved. */
  readonly watchPods: boolean
  /** What changed; a large list comes in slices, `synced` after the last. If it throws, everything is handed out again after a new list. */
  readonly onEvents: (events: readonly ClusterEvent[]) => void
  /** At every change of a watch's state. Must not throw. */
  readonly onState: (state: WatchState) => void
  /** Malformed objects, as they are refused. Must not throw. */
  readonly onRejects?: (rejects: readonly Reject[]) => void
  /** Another cluster answers at the address. The watches go on, with its objects in place of the old ones. Must not throw. */
  readonly onAnotherCluster?: () => void
  /** Which cluster it is could not be learned at the start. The watches go on and say themselves what is wrong. Must not throw. */
  readonly onIdentityUnknown: (error: unknown) => void
  /** Kinds of the Gateway API that the cluster serves, at each change. Must not throw. */
  readonly onGatewayKinds?: (kinds: readonly string[]) => void
  /** Kinds of policies besides NetworkPolicy that the cluster serves, at each change. Must not throw. */
  readonly onPolicyKinds?: (kinds: readonly string[]) => void
  readonly tell?: ReflectorOptions['tell']
  readonly clock?: Clock
}

export type Reflectors = {
  states(): readonly WatchState[]
  /** Ends every wait: for a person who pressed "try now", or a machine that woke up. */
  tryNow(): void
  /** Resolves when no request runs any more. */
  stop(): Promise<void>
}

const listsAtOnce = 4
/** So that a server that comes and goes is not asked more often by all of them than by each. */
const wakeAtMostEvery = 10_000

/** Starts one reflector per resource (resources.ts), in the order in which they are worth having. */
export function startReflectors(options: ReflectorsOptions): Reflectors {
  const { connection, clock = systemClock, onRejects = () => undefined } = options
  const lists = createPermits(listsAtOnce)
  const identity = createClusterIdentity(options.onAnotherCluster)
  const learning = new AbortController()
  // Asked beside the first lists; who cannot be told now is told apart later, if ever.
  const learned = identity.check({ connection, clock, signal: learning.signal }).then(
    () => undefined,
    (error: unknown) => {
      if (!learning.signal.aborted) options.onIdentityUnknown(error)
    },
  )
  if (!options.watchPods) options.onEvents([{ type: 'unavailable', kind: 'Pod', scope: '', why: 'unserved' }])
  const reflectors: Reflector[] = []
  let wokenAt = Number.NEGATIVE_INFINITY

  // One watch that is back says that the server is: the others need not sleep out their waits.
  function onState(state: WatchState): void {
    options.onState(state)
    if (state.state !== 'synced' || clock.elapsed() - wokenAt < wakeAtMostEvery) return
    const waiting = reflectors.filter((one) => isConnectionCode(one.state().reason?.code))
    if (waiting.length > 0) wokenAt = clock.elapsed()
    for (const reflector of waiting) reflector.tryNow()
  }

  const shared = { connection, clock, lists, identity, onState, onRejects, tell: options.tell }
  for (const { resource, onEvents } of eventSinks(resourcesOf(options), options.onEvents)) {
    reflectors.push(startReflector(resource, { ...shared, onEvents }))
  }
  const { onEvents, onGatewayKinds: onServed = () => undefined } = options
  const gateway = followOptional({
    group: gatewayGroup,
    resources: gatewayResourcesOf(options),
    connection,
    clock,
    start: (resource) => startReflector(resource, { ...shared, onEvents }),
    onEvents,
    onState: options.onState,
    onServed,
  })
  const policies = followPolicyGroups({ connection, clock, onKinds: options.onPolicyKinds ?? (() => undefined) })
  const all = () => [...reflectors, ...gateway.reflectors()]
  return {
    states: () => all().map((reflector) => reflector.state()),
    tryNow() {
      gateway.tryNow()
      for (const reflector of all()) reflector.tryNow()
    },
    async stop() {
      learning.abort()
      await learned
      await Promise.all([gateway.stop(), policies.stop(), ...reflectors.map((reflector) => reflector.stop())])
    },
  }
}

type EventSink = { readonly resource: Resource; readonly onEvents: (events: readonly ClusterEvent[]) => void }

// Several watches may make up one scope (six ConfigMaps by name). The scope is synced when each of them has said how it
// stands, and unavailable only when all of them are; until then a single refusal is told by its watch state alone.
function eventSinks(resources: readonly Resource[], onEvents: EventSink['onEvents']): EventSink[] {
  const answers = new Map<string, Map<Resource, ClusterEvent>>()
  const groupOf = (resource: Resource) => `${resource.kind} ${resource.scope}`
  const sizes = new Map<string, number>()
  for (const resource of resources) sizes.set(groupOf(resource), (sizes.get(groupOf(resource)) ?? 0) + 1)

  return resources.map((resource) => {
    const group = groupOf(resource)
    if (sizes.get(group) === 1) return { resource, onEvents }
    const sink = (events: readonly ClusterEvent[]) => {
      const changes = events.filter((event) => event.type === 'put' || event.type === 'remove')
      const answer = events.find((event) => event.type === 'synced' || event.type === 'unavailable')
      const known = new Map(answers.get(group))
      if (answer !== undefined) known.set(resource, answer)
      const complete = answer !== undefined && known.size === sizes.get(group)
      const all = [...known.values()]
      onEvents(complete ? [...changes, all.find((event) => event.type === 'synced') ?? answer] : changes)
      // Only now: had the receiver thrown, the next list would say it again.
      answers.set(group, known)
    }
    return { resource, onEvents: sink }
  })
}
