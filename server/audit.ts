// Who did what that others must be able to find out later: one line each in the log, whatever its level, marked `audit: true`.
// Never a secret: a share is named by its public id, a person by the name the cluster knows.

import 'server-only'
import type { Principal } from './access/principal'
import { clientOf, requestIdOf } from './front/front-said'
import { logger } from './log'
import { count } from './metrics/tally'

type Who = Pick<Principal, 'kind' | 'name'>
type Scope = { readonly namespaces: 'all' | readonly string[] }
type Share = { readonly shareId: string }

export type AuditEvent =
  | { readonly event: 'sign-in'; readonly mode: string; readonly who: Who; readonly groups?: number }
  | { readonly event: 'sign-in-refused'; readonly mode: string; readonly code: string }
  | { readonly event: 'sign-out'; readonly who: Who }
  | ({
      readonly event: 'share-created'
      readonly who: Who
      readonly scope: Scope
      readonly mode: 'live' | 'frozen'
      readonly expiresAt: number
      readonly label: string
    } & Share)
  | ({ readonly event: 'share-used' | 'share-revoked' | 'share-rotated'; readonly who?: Who } & Share)
  /** A record in the links' store that does not verify, or is an old copy put back. */
  | ({ readonly event: 'share-record-refused' } & Share)
  | { readonly event: 'share-denied'; readonly shareId: string | undefined; readonly code: string }
  | { readonly event: 'context-switched'; readonly who: Who; readonly context: string }

/** Where the event came from, as far as the caller knows. */
export type AuditOrigin = { readonly requestId?: string | undefined; readonly peer?: string | undefined }

/** What the front says of where a request came from: of a trusted proxy's, whom it speaks for. */
export const originOf = (headers: Headers): AuditOrigin => ({
  peer: clientOf(headers),
  requestId: requestIdOf(headers),
})

const auditLog = logger.child({ audit: true }, { level: 'info' })
const longest = 256

/** Writes one audit line and counts it. */
export function audit(event: AuditEvent, origin: AuditOrigin = {}): void {
  tally(event)
  auditLog.info({ ...origin, ...bounded(event) }, event.event)
}

function tally(event: AuditEvent): void {
  if (event.event === 'sign-in') count('triplane_sign_ins_total', { mode: event.mode, outcome: 'accepted' })
  if (event.event === 'sign-in-refused') count('triplane_sign_ins_total', { mode: event.mode, outcome: 'refused' })
  if (event.event.startsWith('share-')) count('triplane_shares_total', { event: event.event.slice('share-'.length) })
}

// What people typed, or sent, has an end.
function bounded(event: AuditEvent): Record<string, unknown> {
  const cut = (_name: string, value: unknown) => (typeof value === 'string' ? value.slice(0, longest) : value)
  return JSON.parse(JSON.stringify(event, cut)) as Record<string, unknown>
}
