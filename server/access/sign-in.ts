// Signing in: a launch key or a token is exchanged for a session cookie, within limits.

import { z } from 'zod'
import { networkOf } from '../front/addresses'
import type { Attempts } from './attempts'
import { isLaunchKey } from './launch-key-files'
import type { LaunchKeys } from './launch-keys'
import { type AccessRequest, type Denial, isDenial } from './principal'
import type { SessionClaims, SessionCookies } from './session-cookie'

/** What was shown proves somebody, until a time (epoch ms). */
type Proof = { readonly session: SessionClaims; readonly expiresAt: number }
/** Checks what was shown; undefined when the body is not of its kind. */
export type Prover = (body: unknown) => Promise<Proof | Denial | undefined>

type SignedInAnswer = { readonly setCookie: string; readonly session: SessionClaims }
export type SignIn = (request: AccessRequest, body: unknown) => Promise<SignedInAnswer | Denial>

export type SignInOptions = {
  readonly prove: Prover
  readonly cookies: SessionCookies
  readonly attempts: Attempts
}

export function createSignIn({ prove, cookies, attempts }: SignInOptions): SignIn {
  return async (request, body) => {
    const peer = networkOf(request.peer ?? 'unknown')
    const attempt = attempts.take(peer)
    if (!attempt.ok) return { status: 429, code: 'too-many-attempts', retryAfter: attempt.retryAfter }
    const proof = await prove(body)
    if (proof === undefined) return { status: 401, code: 'nothing-shown' }
    if (isDenial(proof)) return proof
    const setCookie = await cookies.write(proof.session, proof.expiresAt)
    if (setCookie === undefined) return { status: 403, code: 'too-many-groups' }
    attempts.giveBack(peer)
    return { setCookie, session: proof.session }
  }
}

/** The person at this machine needs no new key for a week. */
const localSessionMs = 7 * 24 * 3_600_000
const keyBody = z.object({ key: z.string().max(200) })

/** Proof by a launch key, which is good once. */
export function proveByLaunchKey(keys: LaunchKeys, now: () => number): Prover {
  return async (body) => {
    const parsed = keyBody.safeParse(body)
    if (!parsed.success) return undefined
    const { key } = parsed.data
    if (!isLaunchKey(key) || !keys.take(key)) return { status: 401, code: 'launch-key-used' }
    return { session: { kind: 'local' }, expiresAt: now() + localSessionMs }
  }
}
