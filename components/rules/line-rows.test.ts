import { describe, expect, test } from 'vitest'
import { serviceKey } from '@/core/model/keys'
import type { PredictedLine } from '@/core/rules/types'
import { lineRows } from './line-rows'

const line = (text: string, service?: string): PredictedLine => ({
  table: 'nat',
  text,
  service: service === undefined ? undefined : serviceKey('shop', service),
  port: undefined,
  endpoint: undefined,
  facts: [],
  about: { code: 'rule', values: {} },
})

const told = (folded: boolean, ...lines: PredictedLine[]) =>
  lineRows(lines, folded).map((row) =>
    row.kind === 'head' ? `${row.service ?? 'none'}: ${row.count}` : `${row.number} ${row.line.text}`,
  )

describe('the rows of a prediction', () => {
  const lines = [line('base'), line('b', 'web'), line('a', 'cart'), line('c', 'web')]

  test('go Service by Service, keep their numbers, and end with what stands without any', () => {
    expect(told(false, ...lines)).toEqual(['shop/cart: 1', '3 a', 'shop/web: 2', '2 b', '4 c', 'none: 1', '1 base'])
  })

  test('folded, what stands without a Service shows its head alone', () => {
    expect(told(true, ...lines).at(-1)).toBe('none: 1')
  })

  test('of nothing there is nothing', () => expect(told(true)).toEqual([]))
})
