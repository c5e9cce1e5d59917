// What to do after a fault: the whole policy of the reflector in one pure table.
import { type Fault, type FaultCode, isConnectionFault } from './errors'

/** How things stood when the fault came. */
export type Situation = {
  readonly phase: 'list' | 'watch'
  /** A list has been shown, so there is something to keep. */
  readonly hasData: boolean
  /** How long the watch that ended had lived. */
  readonly livedMs: number
  /** Since when nothing has gone well. */
  readonly failingForMs: number
  /** Faults in a row before this one. */
  readonly tries: number
  /** No list had to repair a watch for long (the backoff has been forgotten). */
  readonly firstInAWhile: boolean
}

export type Recovery = {
  /** `list` throws the resourceVersion away. */
  readonly next: 'list' | 'watch'
  readonly wait: 'none' | 'backoff' | number
  /** Which backoff counts it: an outage must not make the list after it wait, nor the other way round. */
  readonly counts: 'outage' | 'list'
  /** What to show meanwhile; `unchanged` for the ordinary end of a watch. */
  readonly show: 'unchanged' | 'failing' | 'forbidden' | 'unserved'
  readonly refreshCredentials: boolean
}

const watchTimeoutIsOrdinary = 60_000
/** A restarting API server may say 403 or 404 for a moment: what is shown is dropped only if it keeps saying so. */
const confirmLossFor = 15_000
const relistAfterServerErrorsFor = 60_000
const forbiddenRetry = 5 * 60_000
const unservedRetry = 60_000

/** Faults after which the resourceVersion or what was built on it cannot be trusted. */
const needsList = new Set<FaultCode>([
  'gone',
  'too-large-resource-version',
  'bad-request',
  'bad-event',
  'wrong-kind',
  'out-of-order',
  'line-too-long',
  'went-back',
  'another-cluster',
  'method-not-allowed',
  'internal',
])
/** Of those, the ones that one list puts right: the first in a while is repaired without a wait. */
const repairedByList = new Set<FaultCode>([
  'gone',
  'bad-event',
  'wrong-kind',
  'out-of-order',
  'went-back',
  'another-cluster',
])

export function planRecovery(fault: Fault, situation: Situation): Recovery {
  const counts = needsList.has(fault.code) ? 'list' : 'outage'
  const next = situation.phase === 'list' || counts === 'list' ? 'list' : 'watch'
  const plan = { next, wait: 'backoff', counts, show: 'failing', refreshCredentials: false } satisfies Recovery
  if (fault.code === 'watch-closed' && situation.livedMs >= watchTimeoutIsOrdinary) {
    return { ...plan, wait: 'none', show: 'unchanged' }
  }
  if (repairedByList.has(fault.code) && situation.firstInAWhile) return { ...plan, wait: 'none', show: 'unchanged' }
  if (fault.code === 'credentials-rejected' && situation.tries === 0)
    return { ...plan, wait: 'none', refreshCredentials: true }
  if (fault.code === 'credentials-rejected') return { ...plan, refreshCredentials: true }
  if (fault.code === 'forbidden' || fault.code === 'not-found') return planLoss(fault.code, situation)
  const erringFor = isConnectionFault(fault) ? 0 : situation.failingForMs
  if (fault.code === 'server-error' && erringFor >= relistAfterServerErrorsFor)
    return { ...plan, next: 'list', counts: 'list' }
  return plan
}

// A watch that is refused proves nothing yet (the right to list may remain): the list decides.
function planLoss(code: 'forbidden' | 'not-found', situation: Situation): Recovery {
  const plan = { next: 'list', counts: 'outage', refreshCredentials: false } as const
  const unconfirmed = situation.hasData && situation.failingForMs < confirmLossFor
  if (situation.phase === 'watch') return { ...plan, counts: 'list', wait: 'backoff', show: 'failing' }
  if (unconfirmed) return { ...plan, wait: 'backoff', show: 'failing' }
  return code === 'forbidden'
    ? { ...plan, wait: forbiddenRetry, show: 'forbidden' }
    : { ...plan, wait: unservedRetry, show: 'unserved' }
}
