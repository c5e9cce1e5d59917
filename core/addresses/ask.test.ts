import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIp } from '../model/ip'
import { readAsk } from './ask'
import { holds, numberOf, spanOf, textOf } from './span'

const read = (text: string) => {
  const ask = readAsk(text)
  if (ask.kind === 'refused') return ask.why.code
  if (ask.kind === 'nothing') return 'nothing'
  const what = ask.kind === 'address' ? ask.ip : ask.cidr
  return [what, ask.family, ...ask.notes.map(({ code }) => code)].join(' ')
}

describe('[I1] an address or a range is read', () => {
  test.each([
    ['', 'nothing'],
    ['  10.96.0.10 ', '10.96.0.10 IPv4'],
    ['FD00:0010:0096:0000::000A', 'fd00:10:96::a IPv6'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1 IPv6'],
    ['::FFFF:10.0.0.1', '10.0.0.1 IPv4 ask-mapped'],
    ['::ffff:a00:1', '10.0.0.1 IPv4 ask-mapped'],
    ['[fd00::1]', 'fd00::1 IPv6'],
    ['[fd00::1]:8080', 'fd00::1 IPv6 ask-port-ignored'],
    ['10.0.0.1:8080', '10.0.0.1 IPv4 ask-port-ignored'],
    ['[fd00::1]:443/TCP', 'fd00::1 IPv6 ask-port-ignored'],
    ['10.0.0.1:53/udp', '10.0.0.1 IPv4 ask-port-ignored'],
    ['10.96.0.0/12', '10.96.0.0/12 IPv4'],
    ['10.0.0.5/24', '10.0.0.0/24 IPv4 ask-host-bits'],
    ['[fd00:10::]/64', 'fd00:10::/64 IPv6'],
    ['fd00:10::9/64', 'fd00:10::/64 IPv6 ask-host-bits'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8 IPv4 ask-mapped'],
    ['0.0.0.0/0', '0.0.0.0/0 IPv4'],
    ['::/0', '::/0 IPv6'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected))

  test('in whatever spelling, it is the same one', () => {
    const group = fc.integer({ min: 0, max: 0xffff })
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), fc.boolean(), (groups, upper) => {
        // Mapped addresses are IPv4.
        fc.pre(groups.slice(0, 5).some((one) => one !== 0))
        const long = groups.map((one) => one.toString(16).padStart(4, '0')).join(':')
        const ask = readAsk(upper ? long.toUpperCase() : long)
        if (ask.kind !== 'address') throw new Error(long)
        expect(readAsk(`[${ask.ip}]`)).toEqual(ask)
        const ip = parseIp(ask.ip)
        expect(ip && textOf('IPv6', numberOf(ip) ?? -1n)).toBe(ask.ip)
      }),
      { numRuns: 200 },
    )
  })

  test('a range holds its first and its last address and no neighbour of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 32 }), (number, prefix) => {
        const ask = readAsk(`${textOf('IPv4', BigInt(number))}/${prefix}`)
        const span = ask.kind === 'range' ? spanOf(ask.cidr) : undefined
        if (!span) throw new Error('no range')
        const inside = (at: bigint) => {
          const ip = at < 0n || at > 0xffff_ffffn ? undefined : parseIp(textOf('IPv4', at))
          return ip !== undefined && holds(span, ip)
        }
        expect([span.first, span.last, BigInt(number)].map(inside)).toEqual([true, true, true])
        expect([span.first - 1n, span.last + 1n].map(inside)).toEqual([false, false])
      }),
      { numRuns: 200 },
    )
  })
})

test('[I1] IPv4 written as IPv6 stays IPv6 in a range of IPv6', () => {
  const ask = readAsk('::ffff:10.0.0.0/90')
  const span = ask.kind === 'range' ? spanOf(ask.cidr) : undefined
  expect(span && [span.family, textOf('IPv6', span.first), textOf('IPv6', span.last)]).toEqual([
    'IPv6',
    '::ffc0:0:0',
    '::ffff:ffff:ffff',
  ])
})

describe('[I2] refused with its reason:', () => {
  test.each([
    ['fe80::1%eth0', 'ask-zone'],
    ['10.0.0.010', 'ask-leading-zeros'],
    ['010.0.0.1/8', 'ask-leading-zeros'],
    ['::ffff:10.00.0.1', 'ask-leading-zeros'],
    ['10.0.0.0/08', 'ask-leading-zeros'],
    ['10.0.0.0/255.0.0.0', 'ask-mask'],
    ['10.0.0.0/', 'ask-mask'],
    ['10.0.0.0/33', 'ask-prefix-too-long'],
    ['fd00::/129', 'ask-prefix-too-long'],
    ['10.96.0.10:99999', 'ask-port'],
    ['[fd00::1]:0', 'ask-port'],
    ['[fd00::1]/TCP', 'ask-no-address'],
    ['10.0.0', 'ask-no-address'],
    ['10.0.0.256', 'ask-no-address'],
    ['fd00::00001', 'ask-no-address'],
    ['10.0.0.0/8/9', 'ask-no-address'],
    ['cart.shop.svc', 'ask-no-address'],
    ['ipv4~1f60c2ab94e7', 'ask-no-address'],
    ['1'.repeat(5000), 'ask-no-address'],
  ])('%s', (text, code) => expect(read(text)).toBe(code))
})
