import { describe, expect, test } from 'vitest'
import { addressMatcher, clientAddress, isCidr, isLoopback, networkOf, plainAddress } from './addresses'

test.each([
  ['10.0.0.0/8', true],
  ['10.1.2.3', true],
  ['fd00::/8', true],
  ['::1', true],
  ['10.0.0.0/33', false],
  ['10.0.0/8', false],
  ['10.0.0.0/', false],
  ['10.0.0.0/8/8', false],
  ['proxy.local', false],
  ['', false],
])('%s names addresses: %s', (text, expected) => {
  expect(isCidr(text)).toBe(expected)
})

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.nip.io', false],
  ['10.0.0.1', false],
])('%s leads to this machine only: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})

test('an IPv4 address in IPv6 clothes is the IPv4 address', () => {
  expect(plainAddress('::FFFF:10.1.2.3')).toBe('10.1.2.3')
  expect(plainAddress('FD00::1')).toBe('fd00::1')
})

describe('what of an address is one asker’s', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:0:0:0:1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['', ''],
  ])('of %j it is %s', (address, expected) => expect(networkOf(address)).toBe(expected))

  test('[K75] one line’s addresses without number are one', () => {
    const all = Array.from({ length: 1000 }, (_, i) => networkOf(`2001:db8:0:7:${i.toString(16)}::${i.toString(16)}`))
    expect(new Set(all).size).toBe(1)
  })
})

describe('whom a proxy speaks for', () => {
  const trusted = addressMatcher(['10.0.0.0/8', 'fd00::1'])
  test.each<[string, string, string | undefined, string]>([
    ['nobody in front: the peer', '203.0.113.9', undefined, '203.0.113.9'],
    ['[T12] an untrusted peer may say what it likes', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a trusted proxy names its client', '10.0.0.2', '198.51.100.1', '198.51.100.1'],
    ['through two trusted proxies', '10.0.0.2', '198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['[T12] what the client itself wrote first is hearsay', '10.0.0.2', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
    ['IPv6, both', 'fd00::1', '2001:db8::7', '2001:db8::7'],
    ['an IPv4 client of a dual-stack proxy', '10.0.0.2', '::ffff:198.51.100.1', '198.51.100.1'],
    ['something that is no address ends the search', '10.0.0.2', '198.51.100.1, unknown', '10.0.0.2'],
    ['a trusted proxy that says nothing', '10.0.0.2', undefined, '10.0.0.2'],
    ['an empty header', '10.0.0.2', '', '10.0.0.2'],
  ])('%s', (_, peer, header, expected) => {
    expect(clientAddress(peer, header, trusted)).toBe(expected)
  })

  test('nobody is trusted when nobody is named', () => {
    expect(addressMatcher([])('10.0.0.1')).toBe(false)
  })
})
