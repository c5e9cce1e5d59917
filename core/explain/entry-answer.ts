// What a rule of an entry answers: how much of it arrives, is redirected or finds nobody, and the verdict over all. Rules Y13, Y14
// (gateway-api apis/v1 httproute_types.go@v1.6.3: filters of a backend are for the requests drawn for it; the API refuses a redirect
// of the rule beside backends).

import type { Taken } from '../entries/request-types'
import { REDIRECT } from '../entries/route-ways'
import type { ProxyEndpoint } from '../proxy/endpoints'
import type { Judgement } from '../proxy/judge'
import type { BehindEntry } from './entry-endpoints'
import type { Verdict } from './types'

type Answer = {
  readonly verdict: Verdict
  readonly code: string
  /** Nothing is forwarded: the entry's own redirect is the answer. */
  readonly answered: boolean
}

/** Over all backends of the rule, of which `candidates` endpoints may get the request. */
export function answerOf(taken: Taken, { lost, redirected }: BehindEntry, candidates: number): Answer {
  const unknown = (code: string): Answer => ({ verdict: 'unknown', code, answered: false })
  if (!taken.certain) return unknown(uncertain(taken))
  if (taken.filters.includes(REDIRECT)) return unknown('explain-entry-redirect-and-backends')
  if (taken.ways.some(({ share }) => share === undefined)) return unknown('explain-entry-weights')
  if (redirected === 0) {
    if (candidates === 0) return { verdict: 'none', code: withoutCandidates(taken), answered: false }
    return { verdict: 'forward', code: 'explain-entry', answered: false }
  }
  if (candidates > 0) return { verdict: 'forward', code: 'explain-entry-partly-redirected', answered: false }
  if (lost > 0) return { verdict: 'none', code: 'explain-entry-redirected-or-lost', answered: false }
  return { verdict: 'answered', code: 'explain-entry-redirect', answered: true }
}

/** A rule that names no backend. */
export function answerWithoutBackend(taken: Taken): Pick<Answer, 'verdict' | 'code'> {
  if (!taken.certain) return { verdict: 'unknown', code: uncertain(taken) }
  if (taken.filters.includes(REDIRECT)) return { verdict: 'answered', code: 'explain-entry-redirect' }
  if (taken.filters.length > 0) return { verdict: 'unknown', code: 'explain-entry-filters-only' }
  return { verdict: 'none', code: 'explain-entry-without-backend' }
}

/** What one endpoint behind the rule gets. */
export function judge(taken: Taken, { probabilityOf, behindRedirect }: BehindEntry, one: ProxyEndpoint): Judgement {
  const nothing = (code: keyof typeof REASONS): Judgement => ({ chosen: false, probability: 0, reason: REASONS[code] })
  if (!one.endpoint.ready) return nothing('endpoint-not-ready')
  if (taken.filters.includes(REDIRECT)) return nothing('endpoint-behind-redirect')
  const probability = probabilityOf(one)
  if (probability === undefined) return nothing('endpoint-share-unknown')
  if (probability > 0) return { chosen: true, probability, reason: REASONS['endpoint-behind-entry'] }
  return nothing(behindRedirect.has(one.key) ? 'endpoint-behind-redirect' : 'endpoint-without-share')
}

/** A share without the dust of adding numbers. */
export const round = (share: number): number => Math.round(share * 1e9) / 1e9

// A reference that is broken is why, and no pod: the way to each backend says which.
const withoutCandidates = ({ ways }: Taken) =>
  ways.every(({ broken }) => broken.length > 0) ? 'explain-entry-broken' : 'explain-entry-no-endpoints'

const uncertain = ({ possible }: Taken) => (possible ? 'explain-entry-possible' : 'explain-entry-uncertain')

// One object for each: endpoints are grouped by it.
const REASONS = {
  'endpoint-behind-entry': { code: 'endpoint-behind-entry', values: {} },
  'endpoint-behind-redirect': { code: 'endpoint-behind-redirect', values: {} },
  'endpoint-share-unknown': { code: 'endpoint-share-unknown', values: {} },
  'endpoint-without-share': { code: 'endpoint-without-share', values: {} },
  'endpoint-not-ready': { code: 'endpoint-not-ready', values: {} },
} as const
