import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyPageQuery, formatPageQuery, parsePageQuery } from './page-query'
import { formatSum, type PageSum, parseSum, startSum, toFigure } from './page-sum'

describe('figures of the cost page in its URL', () => {
  test('what was chosen is said, what the page begins with is not', () => {
    expect(formatSum(undefined)).toBe('')
    expect(formatSum(startSum)).toBe('')
    expect(formatSum({ ...startSum, pods: 20_000, changes: 0.5, limit: 'uncut' })).toBe(
      'pods:20000,changes:0.5,limit:uncut',
    )
  })

  test.each([
    'pods:0',
    'pods:150001',
    'pods:1.5',
    'pods:1e3',
    'pods:',
    'pods',
    'pods:1:2',
    'pods:1,pods:2',
    'nodes:5001',
    'perSlice:1001',
    'changes:0',
    'changes:100.1',
    'families:ipx',
    'limit:1000',
    'encoding:xml',
    'watchers:0',
    'other:1',
    'toString:1',
    ',',
  ])('%s is no sum, and the page says so', (value) => {
    expect(parseSum(value)).toBeUndefined()
    const { query, notes } = parsePageQuery([
      ['view', 'cost'],
      ['sum', value],
    ])
    expect(query).toEqual({ ...emptyPageQuery, view: 'cost' })
    expect(notes).toMatchObject([{ code: 'query-bad-value', values: { parameter: 'sum', value } }])
  })

  test('written and read again it is the same', () => {
    const sum: fc.Arbitrary<PageSum> = fc.record(
      {
        pods: fc.integer({ min: 1, max: 150_000 }),
        nodes: fc.integer({ min: 1, max: 5000 }),
        perSlice: fc.integer({ min: 1, max: 1000 }),
        changes: fc.integer({ min: 1, max: 1000 }).map((tenths) => tenths / 10),
        families: fc.constantFrom('ipv4' as const, 'ipv6' as const, 'dual' as const),
        limit: fc.constantFrom('cut' as const, 'uncut' as const),
        encoding: fc.constantFrom('protobuf' as const, 'json' as const),
        watchers: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
      },
      { noNullPrototype: true },
    )
    fc.assert(
      fc.property(sum, (one) => {
        const pairs = formatPageQuery({ ...emptyPageQuery, sum: one })
        const { query, notes } = parsePageQuery(new URLSearchParams(pairs))
        expect(notes).toEqual([])
        expect(query.sum ?? startSum).toEqual(one)
      }),
    )
  })

  test.each([
    ['pods', 0, 1],
    ['pods', 12.6, 13],
    ['pods', 1e9, 150_000],
    ['changes', 0.149, 0.1],
    ['changes', 99.96, 100],
    ['watchers', 8000, 8000],
  ] as const)('%s of %d becomes %d', (figure, wish, becomes) => {
    expect(toFigure(figure, wish)).toBe(becomes)
  })
})
