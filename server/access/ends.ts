// What ends something that stays open: a sign-out, a time, other rights. Each source is watched until one speaks or the reader goes.

import type { Clock } from '../kube/clock'
import { GrantEnd } from './principal'

/** Watches for one reason; calls `end` at most once; the result stops watching. */
export type EndSource = (end: (reason: GrantEnd) => void) => () => void

/** A signal that aborts with the first reason. Nothing is watched any more once `closed` aborts. */
export function endedBy(sources: readonly EndSource[], closed: AbortSignal | undefined): AbortSignal {
  const controller = new AbortController()
  const stops: (() => void)[] = []
  const release = () => {
    for (const stop of stops.splice(0)) stop()
  }
  const end = (reason: GrantEnd) => {
    if (controller.signal.aborted) return
    closed?.removeEventListener('abort', release)
    controller.abort(reason)
    release()
  }
  if (closed?.aborted) return controller.signal
  closed?.addEventListener('abort', release, { once: true })
  for (const source of sources) {
    if (controller.signal.aborted) break
    stops.push(source(end))
  }
  // A source that spoke while it was being asked has ended the others before they were all there.
  if (controller.signal.aborted) release()
  return controller.signal
}

/** Ends for good at a time (epoch ms). */
export function atTime(clock: Clock, expiresAt: number): EndSource {
  return (end) => clock.after(Math.max(0, expiresAt - clock.now()), () => end(new GrantEnd(true, 'expired')))
}
