// The short hashes in the names of kube-proxy's chains and sets: crypto/sha256, then encoding/base32 (RFC 4648), cut.

import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The first `length` (at most 51) characters of the base32 text of the text's SHA-256: 16 in iptables names, 8 in nftables names. */
export function shortHash(text: string, length: number): string {
  const digest = sha256(utf8ToBytes(text))
  let hash = ''
  for (let at = 0; at < length; at++) {
    const bit = at * 5
    const pair = ((digest[bit >> 3] ?? 0) << 8) | (digest[(bit >> 3) + 1] ?? 0)
    hash += ALPHABET[(pair >> (11 - (bit & 7))) & 31]
  }
  return hash
}
