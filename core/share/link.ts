// The form of a share link: `<base>/s/<id>#v1.triplane_<secret>.<crc>`. The id is public: it stands in lists and logs. The secret
// stands behind the `#`, which browsers send to nobody. Its fixed first word lets scanners of leaked secrets find it; the checksum
// lets a mistyped or mixed-up link be refused without asking any store.

import { crc32 } from './crc32'

const VERSION = 'v1'
const PREFIX = 'triplane_'
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** 80 random bits in base32 (RFC 4648, small letters, no padding): 16 characters. */
const idPattern = /^[a-z2-7]{16}$/
// 32 bytes in base64url are 43 characters, the last of which holds four bits: any other last character is another spelling.
const tokenPattern = /^v1\.(triplane_[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])\.([0-9a-f]{8})$/
const tokenLength = VERSION.length + 1 + PREFIX.length + 43 + 1 + 8

export type ShareToken = { readonly id: string; readonly secret: string }

/** The id of a link from ten random bytes. Throws when there are not ten. */
export function shareIdOf(bytes: Uint8Array): string {
  if (bytes.length !== 10) throw new Error(`a share id is made of 10 bytes, not ${bytes.length}`)
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  return Array.from({ length: 16 }, (_, i) => alphabet[Number((bits >> BigInt(75 - 5 * i)) & 31n)]).join('')
}

/** Whether a text may be the id of a link at all. */
export const isShareId = (text: unknown): text is string => typeof text === 'string' && idPattern.test(text)

/** The secret of a link from 32 random bytes in base64url. */
export const shareSecretOf = (random: string): string => PREFIX + random

/** What stands behind the `#` of a link. */
export function formatShareToken({ id, secret }: ShareToken): string {
  return `${VERSION}.${secret}.${checksum(id, secret)}`
}

/** The whole link below a base address (no slash at its end). */
export function formatShareLink(base: string, token: ShareToken): string {
  return `${base}/s/${token.id}#${formatShareToken(token)}`
}

/**
 * Reads the id of a link and what stands behind its `#`. Undefined for everything that `formatShareToken` did not write for this
 * very id: one spelling only, and the checksum holds the id too.
 */
export function parseShareToken(id: unknown, token: unknown): ShareToken | undefined {
  if (!isShareId(id) || typeof token !== 'string' || token.length !== tokenLength) return undefined
  const [, secret, crc] = tokenPattern.exec(token) ?? []
  if (secret === undefined || crc !== checksum(id, secret)) return undefined
  return { id, secret }
}

const checksum = (id: string, secret: string) => crc32(`${id}.${VERSION}.${secret}`)
