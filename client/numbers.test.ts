import { describe, expect, test } from 'vitest'
import { ageOf, formatShare } from './numbers'

describe('formatShare', () => {
  test.each([
    [1 / 6, '16.7\u2009%'],
    [0.0625, '6.25\u2009%'],
    [0.3125, '31.3\u2009%'],
    [1, '100\u2009%'],
    [0, '0\u2009%'],
    [0.5, '50\u2009%'],
    [1 / 1500, '0.07\u2009%'],
  ])('%d is written %s', (share, expected) => {
    expect(formatShare(share, 'en')).toBe(expected)
  })
})

describe('ageOf', () => {
  test.each([
    [-5, 0, 'tenths'],
    [230, 0.2, 'tenths'],
    [42_900, 42, 's'],
    [6 * 60_000, 6, 'min'],
    [2 * 3_600_000 + 1, 2, 'h'],
    [41 * 86_400_000, 41, 'd'],
  ] as const)('%d ms is %d %s', (ms, value, unit) => {
    expect(ageOf(ms)).toEqual({ value, unit })
  })
})
