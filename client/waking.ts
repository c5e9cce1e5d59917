// A machine that slept, or a network that came back, has a connection that looks open and is dead. Asking again resumes, so it costs
// little; waiting for the silence to be noticed would show old data as live.

import type { Live } from './live'

const tickMs = 2000
const sleptMs = 15_000

/** Asks anew when this tab's clock has jumped, the network is back or the page is shown again. Call once per tab; it never ends. */
export function watchWaking(live: Pick<Live, 'retry' | 'state'>): void {
  let last = Date.now()
  // A hidden tab asks when it is looked at: its clock also jumps because the browser lets it tick once a minute.
  let missed = false
  const isVisible = () => document.visibilityState === 'visible'
  const look = () => {
    const now = Date.now()
    if (now - last > tickMs + sleptMs) missed = true
    last = now
    if (!missed || !isVisible()) return false
    missed = false
    live.retry()
    return true
  }
  setInterval(look, tickMs)
  window.addEventListener('online', live.retry)
  window.addEventListener('pageshow', (event) => event.persisted && live.retry())
  document.addEventListener('visibilitychange', () => {
    if (!look() && isVisible() && live.state().status === 'stale') live.retry()
  })
}
