// Authenticators of the modes that know nobody by name, and the accesses of each kind of person.

import { type Audience, everything } from '@/core/access/audience'
import type { Clock } from '../kube/clock'
import type { Authenticator, Identity } from './authenticator'
import { atTime, type EndSource } from './ends'
import { type Access, isDenial, type Principal } from './principal'
import type { SessionCookies } from './session-cookie'
import type { SignOuts } from './sign-outs'

const may = (...accesses: Access[]): ReadonlySet<Access> => new Set<Access>([...accesses, 'public'])

/** What each kind of principal may ask for. What a cluster is asked (again) is for whoever runs Triplane, not for its readers. */
export const accessesOf: Readonly<Record<Principal['kind'], ReadonlySet<Access>>> = {
  embedded: may('view', 'explain', 'rules', 'cluster', 'demo', 'shares'),
  local: may('view', 'explain', 'rules', 'cluster', 'shares', 'demo'),
  user: may('view', 'explain', 'rules', 'shares'),
  anonymous: may('view', 'explain'),
  share: may('view', 'explain'),
  nobody: may(),
}

function always(principal: Principal, audience: Audience): Identity {
  return {
    principal,
    accesses: accessesOf[principal.kind],
    audience: async () => audience,
    ends: () => [],
  }
}

/** Everybody, to the embedded cluster: it is nobody's. */
export function embeddedAuthenticator(): Authenticator {
  const identity = always({ kind: 'embedded', name: 'embedded' }, everything)
  return async () => identity
}

/** Everybody, to these namespaces, with what share links keep back kept back. */
export function anonymousAuthenticator(
  namespaces: readonly string[],
  idOf: (content: string) => string,
): Authenticator {
  const identity = always(
    { kind: 'anonymous', name: 'anonymous' },
    {
      id: idOf(`anonymous ${JSON.stringify(namespaces)}`),
      namespaces: new Set(namespaces),
      nodes: false,
      show: { addresses: false, nodeNames: false, externalNames: false, labels: [], clusterName: false },
    },
  )
  return async () => identity
}

export type CookieAuthentication = {
  readonly cookies: SessionCookies
  readonly signOuts: SignOuts
  readonly clock: Clock
}

/** What ends the streams of somebody who came by a session cookie. */
export function endsOfSession(session: { id: string; expiresAt: number }, { signOuts, clock }: CookieAuthentication) {
  return [signOuts.endOf(session.id), atTime(clock, session.expiresAt)] satisfies EndSource[]
}

/** The person at this machine, by the cookie that a launch key was exchanged for. */
export function localAuthenticator(by: CookieAuthentication): Authenticator {
  const principal = { kind: 'local', name: 'local' } as const
  return async (request) => {
    const session = await by.cookies.read(request)
    if (session === undefined || isDenial(session)) return session
    if (session.claims.kind !== 'local') return { status: 401, code: 'session-over', setCookies: [by.cookies.clear()] }
    return { ...always(principal, everything), ends: () => endsOfSession(session, by) }
  }
}
