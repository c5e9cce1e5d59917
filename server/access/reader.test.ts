import { describe, expect, test } from 'vitest'
import { isThisMachine, ownsServer, readerOf } from './reader'

const link = { kind: 'share', name: 'board', shareId: 'abcdefghijklmnop' } as const
const anonymous = { kind: 'anonymous', name: 'anonymous' } as const

describe('who counts as one reader', () => {
  test.each([
    ['a person, wherever they are', { kind: 'user', name: 'ann', groups: [] } as const, '192.0.2.1', 'user ann'],
    ['a link, where it is read', link, '192.0.2.1', 'link abcdefghijklmnop 192.0.2.1'],
    ['an address, of whom nothing else is known', anonymous, '192.0.2.1', 'address 192.0.2.1'],
    ['all of one IPv6 line', anonymous, '2001:db8:1:2:3:4:5:6', 'address 2001:db8:1:2::/64'],
    ['those whose address is not known, together', anonymous, undefined, 'address unknown'],
  ])('%s', (_, principal, address, expected) => expect(readerOf(principal, address)).toBe(expected))

  test('a person who takes the name of an address is not that address', () => {
    expect(readerOf({ kind: 'user', name: 'address 192.0.2.1', groups: [] }, '192.0.2.1')).not.toBe(
      readerOf(anonymous, '192.0.2.1'),
    )
  })

  test.each([
    ['the person at this machine', { kind: 'local', name: 'local' } as const, '127.0.0.1', true],
    ['the same without a server in front', { kind: 'local', name: 'local' } as const, undefined, true],
    ['a guest of the embedded cluster from here', { kind: 'embedded', name: 'embedded' } as const, '::1', true],
    [
      'a guest of the embedded cluster from elsewhere',
      { kind: 'embedded', name: 'embedded' } as const,
      '192.0.2.1',
      false,
    ],
    ['a link read here', link, '127.0.0.1', false],
    ['anybody, here', anonymous, '127.0.0.1', false],
    ['a person who signed in', { kind: 'user', name: 'ann', groups: [] } as const, '127.0.0.1', false],
  ])('%s: asks without limit %#', (_, principal, address, expected) =>
    expect(ownsServer(principal, address)).toBe(expected),
  )

  test.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['192.0.2.1', false],
    [undefined, false],
  ])('%s is this machine: %s', (address, expected) => expect(isThisMachine(address)).toBe(expected))
})
