// Proof by a Kubernetes token: the cluster says whose it is. Only that is kept.

import { decodeJwt, errors } from 'jose'
import { z } from 'zod'
import { toFault } from '../kube/errors'
import type { Denial } from './principal'
import type { Reviews } from './reviews'
import type { Prover } from './sign-in'

/** However long the token lasts: its account may be gone long before. */
export const longestSessionMs = 12 * 3_600_000

const tokenBody = z.object({
  token: z
    .string()
    .min(1)
    .max(16_384)
    .regex(/^[\x21-\x7e]+$/),
})

export function proveByToken(reviews: Pick<Reviews, 'reviewToken'>, now: () => number): Prover {
  return async (body) => {
    const parsed = tokenBody.safeParse(body)
    if (!parsed.success) return undefined
    const { token } = parsed.data
    const person = await reviews.reviewToken(token).catch(cannotCheck)
    if (person === undefined) return { status: 401, code: 'token-rejected' }
    if ('status' in person) return person
    const expiresAt = Math.min(now() + longestSessionMs, expiryOf(token))
    // The cluster's clock may be behind ours; what is over by ours does not begin.
    if (expiresAt <= now()) return { status: 401, code: 'token-rejected' }
    return { session: { kind: 'user', name: person.name, groups: [...person.groups] }, expiresAt }
  }
}

/** What to answer when the cluster cannot say who somebody is or what they may: not allowed, and why. */
export function cannotCheck(error: unknown): Denial {
  const fault = toFault(error)
  return { status: 503, code: fault.code === 'forbidden' ? 'review-forbidden' : 'cannot-check' }
}

// The cluster has verified the token; a service account's is a JWT and says its own end.
function expiryOf(token: string): number {
  try {
    const { exp } = decodeJwt(token)
    return exp === undefined ? Number.POSITIVE_INFINITY : exp * 1000
  } catch (error) {
    if (error instanceof errors.JWTInvalid) return Number.POSITIVE_INFINITY
    throw error
  }
}
