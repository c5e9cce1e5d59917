import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandsOf, usableRange } from './range-size'
import { spanOf } from './span'

function usable(cidr: string) {
  const span = spanOf(cidr)
  const range = span && usableRange(span)
  return span && range && { range, bands: bandsOf(span.family, range) }
}

describe('[I6] the usable size of', () => {
  test.each([
    ['10.96.0.0/12', 1_048_574n],
    ['10.0.0.0/24', 254n],
    ['10.0.0.0/30', 2n],
    ['10.0.0.0/31', 0n],
    ['10.0.0.0/32', 0n],
    ['fd00:10:96::/112', 65_535n],
    ['fd00:10:96::/64', 2n ** 64n - 1n],
    ['fd00::/128', 0n],
    ['fd00::/63', undefined],
  ])('%s', (cidr, size) => expect(usable(cidr)?.range.size).toBe(size))

  test('is one more address for each host bit doubled', () => {
    fc.assert(
      fc.property(fc.integer({ min: 65, max: 126 }), (prefix) => {
        const [wide, narrow] = [usable(`fd00::/${prefix}`), usable(`fd00::/${prefix + 1}`)]
        expect(wide?.range.size).toBe((narrow?.range.size ?? 0n) * 2n + 1n)
      }),
    )
  })
})

describe('[I7] kept for Services that ask, of', () => {
  test.each([
    ['10.0.0.0/28', undefined, undefined],
    ['10.0.0.0/27', '10.0.0.1 to 10.0.0.16: 16', '10.0.0.17 to 10.0.0.30: 14'],
    ['10.0.0.0/24', '10.0.0.1 to 10.0.0.16: 16', '10.0.0.17 to 10.0.0.254: 238'],
    ['10.0.0.0/22', '10.0.0.1 to 10.0.0.64: 64', '10.0.0.65 to 10.0.3.254: 958'],
    ['10.96.0.0/12', '10.96.0.1 to 10.96.1.0: 256', '10.96.1.1 to 10.111.255.254: 1048318'],
    ['fd00:10:96::/112', 'fd00:10:96::1 to fd00:10:96::100: 256', 'fd00:10:96::101 to fd00:10:96::ffff: 65279'],
  ])('%s', (cidr, asked, drawn) => {
    const bands = usable(cidr)?.bands
    const text = (band: { first: string; last: string; size: string } | undefined) =>
      band && `${band.first} to ${band.last}: ${band.size}`
    expect([text(bands?.asked), text(bands?.drawn)]).toEqual([asked, drawn])
  })
})
