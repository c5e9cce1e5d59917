import { describe, expect, test } from 'vitest'
import { crc32 } from './crc32'
import { formatShareLink, formatShareToken, parseShareToken, shareIdOf, shareSecretOf } from './link'

const id = shareIdOf(Uint8Array.from([0, 1, 2, 3, 4, 250, 251, 252, 253, 254]))
const secret = shareSecretOf('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8')
const token = formatShareToken({ id, secret })

describe('the form of a link', () => {
  test('[L1] the checksum is the CRC-32 that gzip uses', () => {
    expect([crc32(''), crc32('123456789')]).toEqual(['00000000', 'cbf43926'])
  })

  test('[L1] an id is ten bytes in sixteen letters, and every byte counts', () => {
    expect(id).toBe('aaaqeaye7l57z7p6')
    expect(() => shareIdOf(new Uint8Array(9))).toThrow('10 bytes')
  })

  test('[L1] a link reads back as what was written', () => {
    expect(formatShareLink('https://t.example/base', { id, secret })).toBe(`https://t.example/base/s/${id}#${token}`)
    expect(parseShareToken(id, token)).toEqual({ id, secret })
  })
})

const other = shareIdOf(new Uint8Array(10))
const at = (i: number, character: string) => token.slice(0, i) + character + token.slice(i + 1)
const nearMisses: readonly (readonly [name: string, id: unknown, token: unknown])[] = [
  ['nothing', id, ''],
  ['no text', id, undefined],
  ['a list', id, [token]],
  ['another id', other, token],
  ['an id in capitals', id.toUpperCase(), token],
  ['an id that is a route pattern', ':key', token],
  ['an encoded route pattern', '%3Akey', token],
  ['a wildcard', '*', token],
  ['the word null', 'null', token],
  ['an id with a slash', `${id}/`, token],
  ['a space before', id, ` ${token}`],
  ['a newline behind', id, `${token}\n`],
  ['one character short', id, token.slice(0, -1)],
  ['one character more', id, `${token}0`],
  ['no version', id, token.slice(3)],
  ['another version', id, token.replace('v1.', 'v2.')],
  ['a capital version', id, token.replace('v1.', 'V1.')],
  ['no prefix', id, token.replace('triplane_', 'triplaneX')],
  ['padding', id, token.replace(/\.([0-9a-f]{8})$/, '=.$1')],
  ['the other base64', id, token.replace('AAEC', 'AAE+')],
  ['a checksum in capitals', id, token.toUpperCase()],
  ['a checksum of nothing', id, `${token.slice(0, -8)}00000000`],
  ['a Cyrillic lookalike', id, token.replace('AAEC', 'АAEC')],
  ['a wide digit', id, token.replace('v1', 'v１')],
  ['a NUL', id, at(30, '\0')],
  ['a megabyte', id, token + 'A'.repeat(1_000_000)],
]

describe('near misses', () => {
  test.each(nearMisses)('[L2] %s is no link', (_name, one, text) => {
    expect(parseShareToken(one, text)).toBeUndefined()
  })

  test('[L2] the same 32 bytes have one spelling: the two spare bits are zero', () => {
    // With a checksum of its own, so that the spelling alone decides.
    const spelt = (last: string) => {
      const secret = shareSecretOf(`AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh${last}`)
      return parseShareToken(id, formatShareToken({ id, secret }))
    }
    expect(spelt('8')).toBeDefined()
    expect(['9', '-', '_', 'B', 'z'].map(spelt)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  test('[L2] no single changed character passes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'
    const passed = Array.from({ length: token.length }, (_, i) =>
      [...alphabet].filter(
        (character) => character !== token[i] && parseShareToken(id, at(i, character)) !== undefined,
      ),
    ).flat()
    expect(passed).toEqual([])
  })
})
