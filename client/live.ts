// The stream to the server: one subscription for all wanted parts, kept open for ever. EventSource gives up on any answer that is
// not 200 and tRPC's link with it, so the loop is ours: whatever ended a connection, another one is opened.

import { createDecoder } from '@/core/feed/codec'
import { type FeedEvent, parseEventId, protocolVersion, type WatchInput } from '@/core/feed/protocol'
import type { PartKey } from '@/core/graph/types'
import type { GraphStore } from './graph-store'

/** Why the stream is not live; `code` is a key of messages/en/status.json. */
export type LiveReason = {
  readonly code: 'connect-timeout' | 'connection-lost' | 'refused' | 'silent' | 'version' | 'rejected'
  readonly detail: string
  /** The server's own code for what it rejected. */
  readonly why?: string
}

/** Times are of this browser's clock; `clockOffset` is the server's clock minus ours (0 until it has spoken). */
export type LiveState =
  | { readonly status: 'connecting'; readonly since: number; readonly clockOffset: number }
  | { readonly status: 'live'; readonly since: number; readonly clockOffset: number }
  | {
      /** What is shown is as old as `since`; the next try is due at `nextTryAt`, or under way when undefined. */
      readonly status: 'stale'
      readonly since: number
      readonly nextTryAt: number | undefined
      readonly reason: LiveReason
      readonly clockOffset: number
    }
  /** Only a reload helps: the server speaks another version of the protocol. */
  | { readonly status: 'broken'; readonly since: number; readonly reason: LiveReason; readonly clockOffset: number }

export type Live = {
  state(): LiveState
  /** The server is of another build than this page: all goes on, but files that the page has not loaded yet may be gone. */
  isUpgraded(): boolean
  subscribe(listener: () => void): () => void
  /** Asks for parts until the returned function is called. */
  want(keys: readonly PartKey[]): () => void
  /** Opens a new connection at once: instead of waiting for the next try, or because the one there is may be dead. */
  retry(): void
  stop(): void
}

export type TransportHandlers = {
  readonly onBatch: (id: string, frames: readonly unknown[]) => void
  /** The connection is over, whatever it says; called at most once. */
  readonly onEnd: (reason: LiveReason) => void
}

/** Opens one connection and returns how to close it. */
export type LiveTransport = (input: WatchInput, handlers: TransportHandlers) => () => void

export type LiveClock = {
  now(): number
  after(ms: number, run: () => void): () => void
  random(): number
}

export type LiveOptions = {
  readonly store: GraphStore
  readonly transport: LiveTransport
  readonly clock: LiveClock
  /** This page's own build. */
  readonly build: string
}

const connectTimeoutMs = 10_000
const firstDelayMs = 1000
const maxDelayMs = 30_000
// A connection that held this long was a good one: the next failure starts from the shortest delay again.
const steadyMs = 5000

export function createLive({ store, transport, clock, build }: LiveOptions): Live {
  const decoder = createDecoder()
  const listeners = new Set<() => void>()
  const wanted = new Map<PartKey, number>()
  let state: LiveState = { status: 'connecting', since: clock.now(), clockOffset: 0 }
  let connection: { close: () => void; parts: string } | undefined
  let cancelTry: (() => void) | undefined
  let cancelTimeout: (() => void) | undefined
  let cancelSettle: (() => void) | undefined
  let failures = 0
  let greetedAt: number | undefined
  let upgraded = false
  let stopped = false

  function show(next: LiveState) {
    state = next
    for (const listener of [...listeners]) listener()
  }

  function close() {
    cancelTimeout?.()
    cancelTry?.()
    cancelTimeout = cancelTry = undefined
    const old = connection
    connection = undefined
    greetedAt = undefined
    old?.close()
  }

  function open() {
    close()
    const keys = [...wanted.keys()].sort()
    if (stopped || keys.length === 0 || state.status === 'broken') return
    const input: WatchInput = {
      epoch: store.epoch(),
      parts: keys.map((key) => ({ key, since: store.position(key) })),
      lastEventId: undefined,
    }
    // Whatever a connection says after its successor was opened is ignored.
    const own = { close: () => {}, parts: keys.join('\n') }
    connection = own
    const ifCurrent =
      <Args extends unknown[]>(run: (...args: Args) => void) =>
      (...args: Args) => {
        if (connection === own) run(...args)
      }
    cancelTimeout = clock.after(
      connectTimeoutMs,
      ifCurrent(() => fail({ code: 'connect-timeout', detail: '' })),
    )
    own.close = transport(input, { onBatch: ifCurrent(readBatch), onEnd: ifCurrent(fail) })
    if (connection !== own) own.close()
    else if (state.status === 'stale') show({ ...state, nextTryAt: undefined })
  }

  function readBatch(id: string, frames: readonly unknown[]) {
    for (const frame of frames) {
      const event = decoder.decode(frame)
      if (event.type === 'hello') {
        if (!greet(event)) return
      } else if (greetedAt === undefined || parseEventId(id)?.epoch !== store.epoch()) {
        return restart(undefined)
      } else if (event.type === 'unreadable') {
        return restart(event.part)
      } else if (store.fold(event) === 'gap') {
        return restart(event.part)
      }
    }
  }

  function greet(hello: Extract<FeedEvent, { type: 'hello' }>): boolean {
    const now = clock.now()
    const clockOffset = hello.serverTime - now
    if (hello.version !== protocolVersion) {
      close()
      show({ status: 'broken', since: now, reason: { code: 'version', detail: String(hello.version) }, clockOffset })
      return false
    }
    cancelTimeout?.()
    cancelTimeout = undefined
    greetedAt = now
    // Two replicas of an upgrade in progress take turns; once told, it is so.
    upgraded ||= hello.build !== build
    store.fold(hello)
    const since = state.status === 'live' ? state.since : now
    show({ status: 'live', since, clockOffset })
    return true
  }

  /** What came does not join on to what is here: ask for a snapshot of that part, or of all. */
  function restart(part: PartKey | undefined) {
    for (const key of part === undefined ? wanted.keys() : [part]) store.invalidate(key)
    // Once is an accident; again at once would be a loop, and waits like any other failure.
    if (greetedAt !== undefined && clock.now() - greetedAt >= steadyMs) open()
    else fail({ code: 'connection-lost', detail: '' })
  }

  function fail(reason: LiveReason) {
    const now = clock.now()
    if (greetedAt !== undefined && now - greetedAt >= steadyMs) failures = 0
    close()
    const ceiling = Math.min(maxDelayMs, firstDelayMs * 2 ** failures)
    failures += 1
    const delay = Math.round(clock.random() * ceiling)
    cancelTry = clock.after(delay, open)
    const since = state.status === 'stale' ? state.since : state.status === 'live' ? now : state.since
    show({ status: 'stale', since, nextTryAt: now + delay, reason, clockOffset: state.clockOffset })
  }

  // Components come and go within one commit; only the set that results is asked for.
  function settle() {
    cancelSettle = undefined
    const keys = [...wanted.keys()].sort().join('\n')
    if (connection?.parts === keys || (cancelTry && connection === undefined)) return
    open()
  }

  function change(key: PartKey, by: 1 | -1) {
    const count = (wanted.get(key) ?? 0) + by
    if (count > 0) wanted.set(key, count)
    else wanted.delete(key)
    cancelSettle ??= clock.after(0, () => {
      settle()
      for (const held of store.keys()) if (!wanted.has(held)) store.drop(held)
    })
  }

  return {
    state: () => state,
    isUpgraded: () => upgraded,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    want(keys) {
      for (const key of keys) change(key, 1)
      let held = true
      return () => {
        if (held) for (const key of keys) change(key, -1)
        held = false
      }
    },
    retry: open,
    stop() {
      stopped = true
      cancelSettle?.()
      close()
    },
  }
}
