import { describe, expect, test } from 'vitest'
import { cidrHolds, commonBlock, joinHostPort, parseCidr, parseIp, parseStrictIp } from './ip'

describe('[P13] addresses are read loosely and printed as Go does', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['010.000.008.09', '10.0.8.9'],
    ['255.255.255.255', '255.255.255.255'],
    ['FD00:0010:0096:0:0:0:0:000A', 'fd00:10:96::a'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:0:2:3:0:0:4', '1::2:3:0:0:4'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['0:1:2:3:4:5:6:7', '0:1:2:3:4:5:6:7'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['64:ff9b::10.0.0.1', '64:ff9b::a00:1'],
    ['::10.0.0.1', '::a00:1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::ffff:a00:1', '10.0.0.1'],
    ['fd00::ffff:a00:1', 'fd00::ffff:a00:1'],
    ['::ffff:0:a00:1', '::ffff:0:a00:1'],
  ])('%s is %s', (text, printed) => {
    expect(parseIp(text)?.text).toBe(printed)
  })

  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1.',
    '10.0.0.1/24',
    ' 10.0.0.1',
    '10.0.0.-1',
    'pod.example.com',
    ':',
    ':::',
    '1:::2',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'fe80::1%eth0',
    '10.0.0.1::',
    '1:2:3:4:5:6:7:10.0.0.1',
    '::10.0.0.1:1',
    'g::',
    '::10.0.0.256',
    '::1.2.3',
    '1::1.2.3.4.5',
  ])('%j cannot be read', (text) => {
    expect(parseIp(text)).toBeUndefined()
  })
})

describe('[P5] ranges', () => {
  test.each([
    ['198.51.100.77/24', { family: 'IPv4', prefix: 24, zero: false, text: '198.51.100.0/24' }],
    ['203.0.113.129/25', { family: 'IPv4', prefix: 25, zero: false, text: '203.0.113.128/25' }],
    ['0.0.0.0/0', { family: 'IPv4', prefix: 0, zero: true, text: '0.0.0.0/0' }],
    ['10.1.2.3/0', { family: 'IPv4', prefix: 0, zero: true, text: '0.0.0.0/0' }],
    ['2001:db8:1::/33', { family: 'IPv6', prefix: 33, zero: false, text: '2001:db8::/33' }],
    ['::/0', { family: 'IPv6', prefix: 0, zero: true, text: '::/0' }],
    ['::ffff:10.1.2.3/120', { family: 'IPv4', prefix: 24, zero: false, text: '10.1.2.0/24' }],
  ])('%s', (text, expected) => {
    expect(parseCidr(text)).toEqual(expected)
  })

  test.each(['10.0.0.1', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8x', '::/129', '/8', 'x/8'])(
    '%j is none',
    (text) => {
      expect(parseCidr(text)).toBeUndefined()
    },
  )
})

test('[P13] an IPv6 endpoint is bracketed', () => {
  expect([joinHostPort('10.0.0.1', 80), joinHostPort('fd00::1', 80)]).toEqual(['10.0.0.1:80', '[fd00::1]:80'])
})

test.each([
  [[], undefined],
  [['10.0.0.1'], '10.0.0.1/32'],
  [['10.0.0.1', '10.0.0.2'], '10.0.0.0/30'],
  [['10.244.0.0/24', '10.244.1.0/24'], '10.244.0.0/23'],
  [['10.244.0.0/24', '10.244.0.0/16'], '10.244.0.0/16'],
  [['0.0.0.1', '128.0.0.1'], '0.0.0.0/0'],
  [['fd00:10:96::1', 'fd00:10:96::a'], 'fd00:10:96::/124'],
  [['10.0.0.1', 'fd00::1'], undefined],
  [['10.0.0.1', 'nowhere'], undefined],
])('the smallest block around %j is %s', (texts, block) => {
  expect(commonBlock(texts)).toBe(block)
})

describe('a range holds an address', () => {
  test.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['192.168.0.2/32', '192.168.0.2', true],
    ['192.168.0.2/32', '192.168.0.3', false],
    ['192.168.1.77/23', '192.168.0.2', true],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', 'fd00::1', false],
    ['::/0', '203.0.113.9', false],
    ['fd00:ffff::/64', 'fd00:ffff::2', true],
    ['fd00:ffff::/64', 'fd00:ffff:0:1::2', false],
    ['fe80::/10', 'febf::1', true],
    ['fe80::/10', 'fec0::1', false],
    ['10.0.0.0/33', '10.0.0.1', false],
    ['10.0.0.0/8', 'ten', false],
  ])('%s, %s: %s', (range, address, held) => {
    expect(cidrHolds(range, address)).toBe(held)
  })
})

describe('addresses as Go reads them', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['fd00:0:0::00a', 'fd00::a'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['010.0.0.1', undefined],
    ['10.0.0.01', undefined],
    ['::ffff:10.0.0.01', undefined],
    ['fd00::0000a', undefined],
    ['1.2.3', undefined],
    ['localhost', undefined],
    ['', undefined],
  ])('%j is %s', (text, expected) => {
    expect(parseStrictIp(text)?.text).toBe(expected)
  })
})
