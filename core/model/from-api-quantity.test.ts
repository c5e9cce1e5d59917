import { expect, test } from 'vitest'
import { quantityMilli } from './from-api-quantity'

test.each<[unknown, number | undefined]>([
  ['4', 4000],
  ['3920m', 3920],
  ['0.1', 100],
  ['.5', 500],
  ['1.', 1000],
  ['100u', 1],
  ['1n', 1],
  ['2e3', 2_000_000],
  ['2E3', 2_000_000],
  ['1E', undefined],
  ['1Ki', 1_024_000],
  ['1k', 1_000_000],
  ['0.3', 300],
  [4, 4000],
  ['-1', -1000],
  ['', undefined],
  ['four', undefined],
  ['1 ', undefined],
  ['1mm', undefined],
  ['NaN', undefined],
  [null, undefined],
  [{}, undefined],
  ['9'.repeat(30), undefined],
])('%j is %j thousandths', (text, milli) => {
  expect(quantityMilli(text)).toBe(milli)
})
