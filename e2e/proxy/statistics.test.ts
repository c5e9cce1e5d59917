import { expect, test } from 'vitest'
import { goodnessOfFit } from './statistics.ts'

const even = (observed: readonly number[]) => observed.map((n) => ({ observed: n, probability: 1 / observed.length }))

// Critical values of the chi-square distribution as tables print them.
test.each([
  ['one degree of freedom, 3.841', [1000 + 43.8235, 1000 - 43.8235], 0.05],
  ['one degree of freedom, 10.828', [1000 + 73.58, 1000 - 73.58], 0.001],
  ['two degrees of freedom, 13.816', [1000 + 83.1144, 1000 - 83.1144, 1000], 0.001],
])('%s', (_, observed, p) => expect(goodnessOfFit(even(observed))).toBeCloseTo(p, 4))

test('ten degrees of freedom, 29.588', () => {
  const off = Math.sqrt(29.588 * 50)
  expect(goodnessOfFit(even([100 + off, 100 - off, ...Array<number>(9).fill(100)]))).toBeCloseTo(0.001, 5)
})

test('a perfect fit is certain, and a single cell fits', () => {
  expect(goodnessOfFit(even([500, 500, 500]))).toBe(1)
  expect(goodnessOfFit(even([3000]))).toBe(1)
})

test('a share of a quarter too little among four is seen in 3,000 connections', () => {
  expect(goodnessOfFit(even([560, 813, 813, 814]))).toBeLessThan(1e-9)
})

test('cells expected rarely are pooled, so that one connection more or less decides nothing', () => {
  const rare = Array.from({ length: 1000 }, (_, i) => ({ observed: i % 2 === 0 ? 6 : 0, probability: 1 / 1000 }))
  expect(goodnessOfFit(rare)).toBeGreaterThan(0.9)
})
