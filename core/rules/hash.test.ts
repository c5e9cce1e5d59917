import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { shortHash } from './hash'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

// Bit by bit, from Node's own SHA-256.
function slowly(text: string, length: number): string {
  const bits = [...createHash('sha256').update(text).digest()].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return Array.from({ length }, (_, i) => ALPHABET[Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2)]).join('')
}

test.each([
  ['default/webtcp', 16, 'LOLE4ISW44XBNF3G'],
  ['default/webtcp10.1.2.11:8080', 16, 'A2IOAHR6CYJEUQ52'],
])('%s to %i characters', (text, length, hash) => {
  expect(shortHash(text, length)).toBe(hash)
})

test.each(['', 'a', 'default/web:http', 'ns/café:☃', 'x'.repeat(200)])('%j agrees with SHA-256 bit by bit', (text) => {
  expect(shortHash(text, 51)).toBe(slowly(text, 51))
  expect(shortHash(text, 8)).toBe(shortHash(text, 51).slice(0, 8))
})
