// Stand-ins of one audience: keyed, so that nobody finds the name behind one by trying names, and other for every audience, so that
// two audiences cannot compare theirs. The same key gives the same words in every replica and after a restart.

import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { type StandInKind, standInKind } from '../model/stand-in'

export type StandIns = {
  /** The word for a text: always the same, and another for every other text. */
  of(kind: StandInKind, text: string): string
  /** The text behind a word that has been given out; undefined for any other. */
  textOf(word: string): string | undefined
}

// 48 bits: among 100,000 words of a kind, one chance in 50,000 that two are alike.
const tagBytes = 6
// Names come and go; what is forgotten is made again alike.
const mostKept = 200_000

/** `key`: at least 32 random bytes, which no reader knows. */
export function createStandIns(key: Uint8Array, audienceId: string): StandIns {
  const ownKey = hmac(sha256, key, utf8ToBytes(`stand-ins of ${audienceId}`))
  const words = new Map<string, string>()
  const texts = new Map<string, string>()
  return {
    of(kind, text) {
      const asked = `${kind} ${text}`
      const known = words.get(asked)
      if (known !== undefined) return known
      const tag = hmac(sha256, ownKey, utf8ToBytes(asked)).subarray(0, tagBytes)
      const word = `${kind}~${bytesToHex(tag)}`
      if (words.size >= mostKept) {
        words.clear()
        texts.clear()
      }
      words.set(asked, word)
      texts.set(word, text)
      return word
    },
    textOf: (word) => (standInKind(word) === undefined ? undefined : texts.get(word)),
  }
}
