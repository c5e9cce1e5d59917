// What every way of being let in comes to: somebody, what they may ask for, what they may see now, and what ends it.

import type { Audience } from '@/core/access/audience'
import type { EndSource } from './ends'
import type { Access, AccessRequest, Denial, Principal } from './principal'

export type Identity = {
  readonly principal: Principal
  readonly accesses: ReadonlySet<Access>
  /** What they may see at this moment. */
  audience(): Promise<Audience | Denial>
  /** What ends something of theirs that stays open and shows this audience. */
  ends(audience: Audience): readonly EndSource[]
}

/**
 * Reads one kind of proof. Undefined: the request carries none of it, so the next authenticator is asked; a Denial: it carries
 * one that is worth nothing.
 */
export type Authenticator = (request: AccessRequest) => Promise<Identity | Denial | undefined>
