// Keeps the objects of one resource equal to the API server's: list, watch, and a way back from every fault. The rules are
// those of client-go tools/cache/reflector.go@32ce75a7d; what follows which fault is the table in recovery.ts.

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ClusterEvent, WatchState } from '@/core/model/events'
import type { Reject } from '@/core/model/from-api'
import type { ClusterRecord, Kind } from '@/core/model/records'
import { createBackoff, createPause } from './backoff'
import type { Clock } from './clock'
import type { ClusterIdentity } from './cluster-identity'
import type { Connection } from './connection'
import { Fault, type FaultCode, toFault } from './errors'
import { compareVersions, createHeldObjects, versionOf } from './held-objects'
import { type Io, readList, readResourceVersion } from './list'
import type { Permits } from './permits'
import { planRecovery, type Recovery } from './recovery'
import type { Resource } from './resources'
import { type OpenWatch, openWatch, type WatchStep } from './watch'
import { createWatchStatus, reasonOf } from './watch-status'

export type ReflectorOptions = {
  readonly connection: Connection
  readonly clock: Clock
  /** Shared by all reflectors of a cluster: how many lists may run at once, and whether it is still the same cluster. */
  readonly lists: Permits
  readonly identity: ClusterIdentity
  readonly onEvents: (events: readonly ClusterEvent[]) => void
  readonly onState: (state: WatchState) => void
  readonly onRejects: (rejects: readonly Reject[]) => void
  /** For the numbers: every fault, and every whole list (`again`: not the first). Must not throw. */
  readonly tell?: { fault(kind: Kind, fault: Fault): void; list(kind: Kind, again: boolean): void } | undefined
}

export type Reflector = {
  readonly resource: Resource
  state(): WatchState
  /** Ends a wait at once. Does nothing while a request is under way. */
  tryNow(): void
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>
}

const slowAfter = 4_000
/** Answers of the very server that we know, which need not be asked where it stands. */
const saysItIsTheSame = new Set<FaultCode>(['too-many-requests', 'credentials-rejected', 'credentials-unreadable'])

/** Begins to list and watch; every outcome, good or bad, comes through the callbacks. */
export function startReflector(resource: Resource, options: ReflectorOptions): Reflector {
  const { clock } = options
  const stopping = new AbortController()
  const io: Io = { connection: options.connection, clock, signal: stopping.signal }
  const held = createHeldObjects(resource.kind)
  const status = createWatchStatus(resource, clock, options.onState)
  // Two counts: an outage must not make the list after it wait.
  const backoff = createBackoff(clock, { boundByAge: true })
  const listBackoff = createBackoff(clock, { boundByAge: false })
  const pause = createPause(clock, stopping.signal)

  let resourceVersion: string | undefined
  let phase: 'list' | 'watch' = 'list'
  let hasData = false
  let listed = false
  // What was handed out may differ from what is held after a failure inside ourselves: the next list hands out everything.
  let handOutAll = false
  // After a fault another server, or an older state of the same, may answer.
  let mayHaveGoneBack = false
  let generation = 0
  let watchOpenedAt: number | undefined
  let failingSince: number | undefined
  let tries = 0

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const fault = await listAndWatch().then(
        () => new Fault('watch-closed', 'the server ended the watch'),
        (error: unknown) => toFault(error),
      )
      if (!stopping.signal.aborted) await recover(fault)
    }
  }

  async function listAndWatch(): Promise<void> {
    watchOpenedAt = undefined
    phase = resourceVersion === undefined ? 'list' : 'watch'
    const stopTimer = clock.after(slowAfter, showSlow)
    try {
      for await (const steps of (await openFromHere(stopTimer)).steps) applySteps(steps)
    } finally {
      stopTimer()
    }
  }

  async function openFromHere(opened: () => void): Promise<OpenWatch> {
    if (resourceVersion !== undefined && mayHaveGoneBack) await checkNotGoneBack(resourceVersion)
    const from = resourceVersion ?? (await list())
    phase = 'watch'
    const watch = await openWatch(resource, io, from)
    opened()
    watchOpenedAt = clock.elapsed()
    status.set({ state: 'synced', reason: undefined, nextTryAt: undefined, heardAt: clock.now() })
    return watch
  }

  // An ordinary reconnect is not worth a word; one that hangs is, before its time limit says so.
  function showSlow(): void {
    if (status.now().state === 'synced') status.set({ state: 'stale', reason: { code: 'answer-slow', detail: '' } })
  }

  async function list(): Promise<string> {
    const giveBack = await options.lists.take(io.signal)
    try {
      // What is held may be another cluster's, however the watch ended.
      generation = await (hasData ? options.identity.check(io) : options.identity.generation())
      const whole = await readList(resource, io, ({ read, expected }) => {
        if (!hasData) status.set({ count: read, expected, heardAt: clock.now() })
      })
      wentWell()
      options.tell?.list(resource.kind, listed)
      listed = true
      const all = handOutAll
      handOutAll = false
      hasData = true
      await swap(whole.objects, all)
      mayHaveGoneBack = false
      resourceVersion = whole.resourceVersion
      handOut([{ type: 'synced', kind: resource.kind, scope: resource.scope }], whole.rejects)
      const now = clock.now()
      const facts = { count: held.size(), expected: undefined, rejected: whole.rejects.length, heardAt: now }
      status.set({ state: 'synced', reason: undefined, nextTryAt: undefined, ...facts })
      return whole.resourceVersion
    } finally {
      giveBack()
    }
  }

  // Everybody else has a turn of the event loop between two slices: a large cluster holds up nobody's stream.
  async function swap(fresh: ReadonlyMap<string, ClusterRecord>, all: boolean): Promise<void> {
    let isFirst = true
    for (const events of held.swap(fresh, all)) {
      if (!isFirst) await nextTurn()
      isFirst = false
      stopping.signal.throwIfAborted()
      handOut(events, [])
    }
  }

  // A restored etcd answers a watch from a version it has not reached yet with silence, so ask where it stands.
  async function checkNotGoneBack(known: string): Promise<void> {
    if ((await options.identity.check(io)) !== generation)
      throw new Fault('another-cluster', options.connection.baseUrl)
    const present = await readResourceVersion(resource, io)
    const order = compareVersions(present, known)
    if (order === undefined ? present !== known : order < 0) {
      throw new Fault('went-back', `the server is at ${present}, we were at ${known}`)
    }
    mayHaveGoneBack = false
  }

  function applySteps(steps: readonly WatchStep[]): void {
    wentWell()
    const events: ClusterEvent[] = []
    const rejects: Reject[] = []
    try {
      for (const step of steps) {
        const version = resourceVersion ?? ''
        events.push(...held.apply(step, version))
        if ((compareVersions(versionOf(step), version) ?? 1) > 0) resourceVersion = versionOf(step)
        if (step.type === 'reject') rejects.push(step.reject)
      }
    } finally {
      handOut(events, rejects)
      const rejected = status.now().rejected + rejects.length
      status.set({ count: held.size(), heardAt: clock.now(), rejected })
    }
  }

  function handOut(events: readonly ClusterEvent[], rejects: readonly Reject[]): void {
    if (rejects.length > 0) options.onRejects(rejects)
    try {
      if (events.length > 0) options.onEvents(events)
    } catch (error) {
      handOutAll = true
      throw new Fault('internal', error instanceof Error ? error.message : String(error))
    }
  }

  function wentWell(): void {
    failingSince = undefined
    tries = 0
  }

  async function recover(fault: Fault): Promise<void> {
    const now = clock.elapsed()
    const livedMs = watchOpenedAt === undefined ? 0 : now - watchOpenedAt
    if (livedMs >= 10_000) wentWell()
    backoff.lived(livedMs)
    listBackoff.lived(livedMs)
    failingSince ??= now
    const failingForMs = now - failingSince
    const firstInAWhile = listBackoff.attempts() === 0
    const plan = planRecovery(fault, { phase, hasData, livedMs, failingForMs, tries, firstInAWhile })
    // The ordinary end of a watch is no fault.
    const isFault = plan.show !== 'unchanged' || plan.next !== 'watch'
    if (isFault) options.tell?.fault(resource.kind, fault)
    if (isFault) tries += 1
    else wentWell()
    if (plan.next === 'list') resourceVersion = undefined
    if (fault.code === 'internal') handOutAll = true
    if (plan.show === 'failing' && !saysItIsTheSame.has(fault.code)) mayHaveGoneBack = true
    const wait = waitOf(plan, fault)
    await show(plan.show, fault, wait)
    if (plan.refreshCredentials) await options.connection.refreshCredentials()
    await pause.wait(wait)
    status.set({ nextTryAt: undefined })
  }

  // Counted even when it is not waited for, so that the second time in a row is.
  function waitOf(plan: Recovery, fault: Fault): number {
    if (plan.wait === 'none' && plan.counts === 'outage') return fault.retryAfterMs ?? 0
    const wait = (plan.counts === 'list' ? listBackoff : backoff).next()
    const planned = plan.wait === 'backoff' ? wait : plan.wait === 'none' ? 0 : plan.wait
    return Math.max(planned, fault.retryAfterMs ?? 0)
  }

  async function show(what: Recovery['show'], fault: Fault, wait: number): Promise<void> {
    if (what === 'unchanged') return
    const nextTryAt = clock.now() + wait
    if (what === 'failing') {
      status.set({ state: hasData ? 'stale' : 'broken', reason: reasonOf(fault), nextTryAt })
      return
    }
    hasData = false
    const gone: ClusterEvent = { type: 'unavailable', kind: resource.kind, scope: resource.scope, why: what }
    status.set({ state: what, reason: reasonOf(fault), nextTryAt, count: 0, expected: undefined })
    try {
      await swap(new Map(), false)
      handOut([gone], [])
    } catch (error) {
      if (!stopping.signal.aborted) status.set({ reason: reasonOf(toFault(error)) })
    }
  }

  const running = run()
  return {
    resource,
    state: status.now,
    tryNow: pause.end,
    stop() {
      stopping.abort()
      pause.end()
      return running
    },
  }
}
