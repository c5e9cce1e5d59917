// Reads addresses and ranges in every spelling beside two readers that are not ours: Node's own (net.isIP, net.BlockList) and the URL
// parser's, which prints IPv6 as RFC 5952 wants it.
import { BlockList, isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import { parseIp } from '../model/ip'
import { nothingElse } from '../testing/address-cluster'
import { readAsk } from './ask'
import { lookupRange } from './lookup-range'
import { holds, spanOf, textOf } from './span'

const group = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 0xffff }))
const groups = fc.array(group, { minLength: 8, maxLength: 8 })
const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 })
/** How one address is written: padding and case of each group, which zeros `::` stands for, the last two groups as IPv4. */
const style = fc.record({
  pad: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 }),
  upper: fc.boolean(),
  dotted: fc.boolean(),
  from: fc.nat(7),
  length: fc.integer({ min: 0, max: 8 }),
})
type Style = (typeof style)['generate'] extends (...args: never[]) => { readonly value: infer T } ? T : never

function written(all: readonly number[], { pad, upper, dotted, from, length }: Style): string {
  const texts = all.map((one, i) => one.toString(16).padStart(pad[i] ?? 1, '0'))
  const tail = all.slice(6).flatMap((one) => [one >> 8, one & 255])
  const words = dotted ? [...texts.slice(0, 6), tail.join('.')] : texts
  const cut = all.slice(from, from + length)
  const end = from + cut.length
  const mayCut = cut.length > 0 && cut.every((one) => one === 0) && end <= (dotted ? 6 : 8)
  const text = mayCut ? `${words.slice(0, from).join(':')}::${words.slice(end).join(':')}` : words.join(':')
  return upper ? text.toUpperCase() : text
}

const isMapped = (all: readonly number[]) => all.slice(0, 5).every((one) => one === 0) && all[5] === 0xffff
const byUrl = (text: string) => new URL(`http://[${text}]/`).hostname.slice(1, -1)
const addressOf = (text: string) => {
  const ask = readAsk(text)
  return ask.kind === 'address' ? ask.ip : undefined
}

describe('[I1] as other readers have it', () => {
  test('IPv6 in any spelling is the address that the URL parser prints', () => {
    fc.assert(
      fc.property(groups, style, (all, how) => {
        fc.pre(!isMapped(all))
        const text = written(all, how)
        expect([text, addressOf(text)]).toEqual([text, byUrl(text)])
      }),
      { numRuns: 500 },
    )
  })

  test('IPv4 inside IPv6 is IPv4, in any spelling', () => {
    fc.assert(
      fc.property(octets, style, ([a = 0, b = 0, c = 0, d = 0], how) => {
        const text = written([0, 0, 0, 0, 0, 0xffff, a * 256 + b, c * 256 + d], how)
        const ask = readAsk(text)
        expect(ask).toMatchObject({ kind: 'address', ip: `${a}.${b}.${c}.${d}`, family: 'IPv4' })
        expect(ask.kind === 'address' && ask.notes.map(({ code }) => code)).toEqual(['ask-mapped'])
      }),
      { numRuns: 200 },
    )
  })

  test('a text is taken for an address if and only if Node takes it for one', () => {
    const letters = fc.constantFrom(...'0123456789abfFg:.')
    const valid = fc.oneof(
      octets.map((all) => all.join('.')),
      fc.tuple(groups, style).map(([all, how]) => written(all, how)),
    )
    const broken = fc.tuple(valid, fc.nat(45), letters, fc.constantFrom('put', 'drop', 'change')).map((parts) => {
      const [text, at, letter, how] = parts
      const rest = text.slice(how === 'put' ? at : at + 1)
      return text.slice(0, at) + (how === 'drop' ? '' : letter) + rest
    })
    fc.assert(
      fc.property(broken, (text) => {
        // A port behind IPv4 is another matter, and the only one.
        fc.pre(!/^\d+\.\d+\.\d+\.\d+:\d*$/.test(text) && text !== '')
        expect([text, addressOf(text) !== undefined]).toEqual([text, isIP(text) !== 0])
      }),
      { numRuns: 2000 },
    )
  })

  test('a range with host bits holds what Node finds in its network, at its edges and beside them', () => {
    const cases = fc.oneof(
      fc.tuple(
        octets.map((all) => all.join('.')),
        fc.integer({ min: 0, max: 32 }),
      ),
      fc.tuple(
        fc.tuple(groups, style).map(([all, how]) => written(isMapped(all) ? [1, ...all.slice(1)] : all, how)),
        fc.integer({ min: 0, max: 128 }),
      ),
    )
    fc.assert(
      fc.property(cases, fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), ([ip, prefix], random) => {
        const ask = readAsk(`${ip}/${prefix}`)
        const span = ask.kind === 'range' ? spanOf(ask.cidr) : undefined
        if (!span) throw new Error(`${ip}/${prefix}`)
        const kind = isIP(ip) === 4 ? 'ipv4' : 'ipv6'
        const network = new BlockList()
        network.addSubnet(ip, prefix, kind)
        const bits = kind === 'ipv4' ? 32n : 128n
        const most = 2n ** bits - 1n
        const near = [span.first, span.last, span.first - 1n, span.last + 1n, random & most, span.first + (random % 9n)]
        for (const number of near) {
          // Among IPv6 addresses the mapped ones are IPv4 to both readers, each in its own way.
          if (number < 0n || number > most || (kind === 'ipv6' && number >> 32n === 0xffffn)) continue
          const text = textOf(span.family, number)
          const found = parseIp(text)
          expect([text, found && holds(span, found)]).toEqual([text, network.check(text, kind)])
        }
      }),
      { numRuns: 500 },
    )
  })

  test.each([32, 128] as const)('of all %d prefixes, size, first and last address lose no digit', (bits) => {
    const [family, ip] = bits === 32 ? (['IPv4', '203.0.113.77'] as const) : (['IPv6', '2001:db8::4d'] as const)
    const number = BigInt(bits === 32 ? '0xcb00714d' : '0x20010db800000000000000000000004d')
    for (let prefix = 0; prefix <= bits; prefix++) {
      const ask = readAsk(`${ip}/${prefix}`)
      if (ask.kind !== 'range') throw new Error(`${prefix}`)
      const answer = lookupRange(createClusterStore(), ask, { knowledge: nothingElse, after: 0 })
      // By strings of bits, without arithmetic.
      const head = number.toString(2).padStart(bits, '0').slice(0, prefix)
      const at = (fill: '0' | '1') => textOf(family, BigInt(`0b${head.padEnd(bits, fill)}`))
      expect(answer).toMatchObject({ size: String(2n ** BigInt(bits - prefix)), first: at('0'), last: at('1') })
    }
  })

  test('the whole of IPv6 has as many addresses as there are', () => {
    const ask = readAsk('::/0')
    const answer = ask.kind === 'range' && lookupRange(createClusterStore(), ask, { knowledge: nothingElse, after: 0 })
    expect(answer).toMatchObject({
      size: '340282366920938463463374607431768211456',
      first: '::',
      last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    })
  })

  test('a range wider than the IPv4 inside IPv6 is IPv6, and not called IPv4', () => {
    expect(readAsk('::ffff:10.0.0.0/95')).toMatchObject({ kind: 'range', cidr: '::fffe:0:0/95', family: 'IPv6' })
    const ask = readAsk('::ffff:10.0.0.0/95')
    expect(ask.kind === 'range' && ask.notes.map(({ code }) => code)).toEqual(['ask-host-bits'])
  })
})

describe('[I2] never read, whatever is around it', () => {
  const codeOf = (text: string) => {
    const ask = readAsk(text)
    return ask.kind === 'refused' ? ask.why.code : ask.kind
  }

  test('zones of every name', () => {
    const zone = fc.string({ minLength: 0, maxLength: 12 })
    fc.assert(
      fc.property(groups, style, zone, (all, how, name) => {
        const text = written(all, how)
        for (const one of [`${text}%${name}`, `[${text}%${name}]`, `[${text}%${name}]:80`, `${text}%${name}/64`])
          expect([one, codeOf(one)]).toEqual([one, 'ask-zone'])
      }),
      { numRuns: 200 },
    )
  })

  test('leading zeros in IPv4, alone, in a range, with a port and inside IPv6', () => {
    fc.assert(
      fc.property(octets, fc.nat(3), fc.integer({ min: 1, max: 2 }), (all, at, zeros) => {
        const text = all.map((one, i) => (i === at ? '0'.repeat(zeros) + one : `${one}`)).join('.')
        for (const one of [text, `${text}/8`, `${text}:80`, `::ffff:${text}`, `64:ff9b::${text}`])
          expect([one, ['ask-leading-zeros', 'ask-no-address'].includes(codeOf(one))]).toEqual([one, true])
      }),
      { numRuns: 200 },
    )
  })
})
