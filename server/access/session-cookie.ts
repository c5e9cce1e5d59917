// The cookie of somebody who signed in: who they are, sealed. Nothing of the token or key they showed is in it.

import { z } from 'zod'
import { type CookieScope, clearCookie, cookieValues, setCookie } from './cookies'
import type { Keys } from './keys'
import type { AccessRequest, Denial } from './principal'
import { createSealer, longestSealed, type Sealed } from './sealed'
import type { SignOuts } from './sign-outs'

const claims = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('local') }),
  z.object({ kind: z.literal('user'), name: z.string().min(1), groups: z.array(z.string()) }),
])
export type SessionClaims = z.infer<typeof claims>
type SignedIn = Sealed<SessionClaims>

export type SessionCookies = {
  /** The session of a request; undefined without a cookie, a Denial (which takes the cookie back) when it is worth nothing. */
  read(request: AccessRequest): Promise<SignedIn | Denial | undefined>
  /** A Set-Cookie line; undefined when the person's groups do not fit into a cookie. */
  write(session: SessionClaims, expiresAt: number): Promise<string | undefined>
  clear(): string
}

const base = 'triplane'

export type SessionCookieOptions = {
  readonly keys: Keys
  readonly scope: CookieScope
  readonly signOuts: SignOuts
  readonly now: () => number
}

export function createSessionCookies({ keys, scope, signOuts, now }: SessionCookieOptions): SessionCookies {
  const sealer = createSealer({ key: keys.derive('cookie'), purpose: 'session', claims, now })
  const worthless: Denial = { status: 401, code: 'session-over', setCookies: [clearCookie(base, scope)] }
  return {
    async read({ headers }) {
      const values = cookieValues(headers, base, scope)
      const [value] = values
      if (value === undefined) return undefined
      // Two of one name: one of them was not set by us.
      if (values.length > 1) return worthless
      const session = await sealer.open(value)
      return session === undefined || signOuts.hasEnded(session.id) ? worthless : session
    },
    async write(session, expiresAt) {
      const value = await sealer.seal(session, expiresAt)
      if (value.length > longestSealed) return undefined
      return setCookie(base, value, { ...scope, maxAge: (expiresAt - now()) / 1000 })
    },
    clear: () => clearCookie(base, scope),
  }
}
