import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type ShareToken, shareIdOf, shareSecretOf } from '@/core/share/link'

/** A new link's id, or a new secret for the link `id`: 80 and 256 random bits. */
export function newShareToken(id = shareIdOf(randomBytes(10))): ShareToken {
  return { id, secret: shareSecretOf(randomBytes(32).toString('base64url')) }
}

/** SHA-256 in hex. A secret of 256 random bits needs no salt and no slow hash. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Whether a secret has this hash; takes the same time whatever differs. An empty hash (a revoked link's) fits nothing. */
export function fitsHash(secret: string, hash: string): boolean {
  const expected = hash === '' ? nothing : Buffer.from(hash, 'hex')
  return timingSafeEqual(createHash('sha256').update(secret).digest(), expected) && hash !== ''
}

const nothing = Buffer.alloc(32)
