import type { WatchState } from '@/core/model/events'
import type { Clock } from './clock'
import type { Fault } from './errors'
import type { Resource } from './resources'

type Facts = Partial<Omit<WatchState, 'kind' | 'scope' | 'since'>>

export type WatchStatus = {
  now(): WatchState
  /** Hands the state on if anything but the time last heard has changed. */
  set(facts: Facts): void
}

export function createWatchStatus(resource: Resource, clock: Clock, onState: (state: WatchState) => void): WatchStatus {
  let current: WatchState = {
    kind: resource.kind,
    scope: resource.watchScope,
    state: 'connecting',
    reason: undefined,
    count: 0,
    expected: undefined,
    since: clock.now(),
    heardAt: undefined,
    nextTryAt: undefined,
    rejected: 0,
  }
  onState(current)
  return {
    now: () => current,
    set(facts) {
      const since = facts.state === undefined || facts.state === current.state ? current.since : clock.now()
      const next = { ...current, ...facts, since }
      const shown = shownKeys.some((key) => next[key] !== current[key]) || !sameReason(next.reason, current.reason)
      current = next
      if (shown) onState(next)
    },
  }
}

const shownKeys = ['state', 'count', 'expected', 'nextTryAt', 'rejected'] as const

function sameReason(a: WatchState['reason'], b: WatchState['reason']): boolean {
  return a?.code === b?.code && a?.detail === b?.detail
}

export function reasonOf(fault: Fault): { code: string; detail: string } {
  return { code: fault.code, detail: fault.detail }
}
