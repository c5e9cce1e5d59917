// Sealed cookies: claims that only this product can read or write, with an end of their own. JWE with direct encryption,
// A256GCM (RFC 7516, RFC 7518 4.5 and 5.3): nobody with another key can make one, and a changed letter makes it worthless.

import { randomBytes } from 'node:crypto'
import { EncryptJWT, errors, jwtDecrypt } from 'jose'
import type { z } from 'zod'

export type Sealed<T> = {
  readonly claims: T
  /** Random, for naming this very cookie when it is revoked. */
  readonly id: string
  /** Epoch ms. */
  readonly expiresAt: number
}

export type Sealer<T> = {
  seal(claims: T, expiresAt: number): Promise<string>
  /** Undefined when it is not ours, was changed, is for something else or has expired. */
  open(text: string): Promise<Sealed<T> | undefined>
}

export type SealerOptions<T> = {
  /** 32 bytes. */
  readonly key: Uint8Array
  /** What the cookie is for: one that was sealed for something else does not open. */
  readonly purpose: string
  readonly claims: z.ZodType<T>
  /** Epoch ms. */
  readonly now: () => number
}

/** Browsers keep cookies up to 4096 bytes, name and attributes included. */
export const longestSealed = 3800

export function createSealer<T>({ key, purpose, claims, now }: SealerOptions<T>): Sealer<T> {
  return {
    seal: (content, expiresAt) =>
      new EncryptJWT({ claims: content })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(purpose)
        .setJti(randomBytes(12).toString('base64url'))
        .setExpirationTime(Math.floor(expiresAt / 1000))
        .encrypt(key),
    async open(text) {
      if (text.length > longestSealed) return undefined
      try {
        const { payload } = await jwtDecrypt(text, key, {
          audience: purpose,
          currentDate: new Date(now()),
          requiredClaims: ['exp', 'jti'],
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        })
        const parsed = claims.safeParse(payload.claims)
        if (!parsed.success || payload.jti === undefined || payload.exp === undefined) return undefined
        return { claims: parsed.data, id: payload.jti, expiresAt: payload.exp * 1000 }
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
  }
}
