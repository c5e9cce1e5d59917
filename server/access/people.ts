// People whom the cluster knows by name: what they may see is the cluster's to say, for as long as they look.

import type { Audience } from '@/core/access/audience'
import type { Authenticator, Identity } from './authenticator'
import type { EndSource } from './ends'
import { accessesOf, type CookieAuthentication, endsOfSession } from './modes'
import { type Denial, isDenial } from './principal'
import { cannotCheck } from './prove-token'
import type { Person } from './reviews'
import type { Visibility } from './visibility'

/** What a person may see now; a Denial when that is nothing, or when the cluster cannot say. */
async function sightOf(person: Person, visibility: Visibility): Promise<Audience | Denial> {
  const audience = await visibility.audienceOf(person).catch(cannotCheck)
  if (isDenial(audience)) return audience
  const seesNothing = audience.namespaces !== 'all' && audience.namespaces.size === 0
  return seesNothing ? { status: 403, code: 'sees-nothing' } : audience
}

/** `ends`: what ends their streams beside other rights. */
export function personIdentity(person: Person, visibility: Visibility, ends: readonly EndSource[] = []): Identity {
  return {
    principal: { kind: 'user', ...person },
    accesses: accessesOf.user,
    audience: () => sightOf(person, visibility),
    ends: (audience) => [...ends, visibility.changeOf(person, audience)],
  }
}

/** Somebody who pasted a token, by the cookie it was exchanged for. */
export function tokenAuthenticator(by: CookieAuthentication, visibility: Visibility): Authenticator {
  return async (request) => {
    const session = await by.cookies.read(request)
    if (session === undefined || isDenial(session)) return session
    const { claims } = session
    if (claims.kind !== 'user') return { status: 401, code: 'session-over', setCookies: [by.cookies.clear()] }
    return personIdentity({ name: claims.name, groups: claims.groups }, visibility, endsOfSession(session, by))
  }
}
