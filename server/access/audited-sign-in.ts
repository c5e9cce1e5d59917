import { audit } from '../audit'
import { requestIdOf } from '../front/front-said'
import { isDenial } from './principal'
import type { SessionClaims } from './session-cookie'
import type { AuthMode } from './settings'
import type { SignIn } from './sign-in'

/** The same sign-in, told of: who came in and by which mode, or why not. */
export function auditedSignIn(signIn: SignIn, mode: AuthMode): SignIn {
  return async (request, body) => {
    const answer = await signIn(request, body)
    const origin = { peer: request.peer, requestId: requestIdOf(request.headers) }
    if (isDenial(answer)) audit({ event: 'sign-in-refused', mode, code: answer.code }, origin)
    else audit({ event: 'sign-in', mode, ...whoOf(answer.session) }, origin)
    return answer
  }
}

/** Whose session it is, as the audit log names people. */
export function whoOf(session: SessionClaims) {
  if (session.kind === 'local') return { who: { kind: 'local', name: 'local' } } as const
  return { who: { kind: 'user', name: session.name }, groups: session.groups.length } as const
}
