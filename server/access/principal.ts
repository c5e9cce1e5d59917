// Who asks, for what, and what they are given: the words every page, procedure and route shares about rights.
import type { Audience } from '@/core/access/audience'
import { type Access, accesses } from '@/core/access/session-info'
import { byName } from '../by-name'

/** Who asks. `nobody` has shown nothing: they get what `public` asks for and see nothing of a cluster. */
export type Principal =
  | { readonly kind: 'embedded' | 'local' | 'anonymous' | 'nobody'; readonly name: string }
  | { readonly kind: 'user'; readonly name: string; readonly groups: readonly string[] }
  | { readonly kind: 'share'; readonly name: string; readonly shareId: string }

export { type Access, accesses }

export type Grant = {
  readonly principal: Principal
  readonly audience: Audience
  /** Aborts with a GrantEnd when the grant ends or the audience changes. Read it only for something that stays open. */
  readonly ended: AbortSignal
}

export type Denial = {
  readonly status: 401 | 403 | 429 | 503
  readonly code: string
  /** Set-Cookie lines that take back a cookie which is worth nothing. */
  readonly setCookies?: readonly string[]
  /** Whole seconds after which it may be asked again. */
  readonly retryAfter?: number
}

export function isDenial(answer: object): answer is Denial {
  return 'status' in answer
}

/** Why a grant ended: `final` (signed out, expired, revoked: do not come back) or not (other rights: come back and be given those). */
export class GrantEnd extends Error {
  override readonly name = 'GrantEnd'
  static override readonly [Symbol.hasInstance] = byName('GrantEnd')

  constructor(
    readonly final: boolean,
    readonly code: string,
  ) {
    super(code)
  }
}

/** What a decision about a request reads of it. */
export type AccessRequest = {
  readonly headers: Headers
  /** Address of whoever opened the connection, as the server in front of Next saw it. */
  readonly peer: string | undefined
  /** Id of the share link the asker comes by, as the address of the request says; whoever names one is its reader alone. */
  readonly share?: string | undefined
  /** Aborts when the asker is gone; a grant is watched over until then. */
  readonly closed?: AbortSignal
}
