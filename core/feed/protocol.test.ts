import { describe, expect, test } from 'vitest'
import { formatEventId, parseEventId, watchInputSchema } from './protocol'

describe('feed protocol', () => {
  test('a stream can be asked for by parts alone', () => {
    const input = watchInputSchema.parse({ parts: [{ key: 'overview' }, { key: 'service/shop/cart' }] })
    expect(input).toEqual({
      parts: [{ key: 'overview' }, { key: 'service/shop/cart' }],
    })
  })

  test('epoch, positions and event id are read where they make sense, and left out where not', () => {
    const parts = [{ key: 'node/n1', since: 7 }]
    expect(watchInputSchema.parse({ epoch: 'e1', parts, lastEventId: 'e1.7' })).toEqual({
      epoch: 'e1',
      parts,
      lastEventId: 'e1.7',
    })
    const nonsense = { epoch: 7, parts: [{ key: 'node/n1', since: 'x' }], lastEventId: null }
    expect(watchInputSchema.parse(nonsense)).toEqual({ parts: [{ key: 'node/n1' }] })
  })

  test.each([
    ['no parts', { parts: [] }],
    ['an unknown part', { parts: [{ key: 'secrets/all' }] }],
    ['a part with too many segments', { parts: [{ key: 'service/a/b/c' }] }],
    ['65 parts', { parts: Array.from({ length: 65 }, (_, i) => ({ key: `node/n${i}` })) }],
    ['nothing', undefined],
  ])('%s is refused', (_, input) => {
    expect(watchInputSchema.safeParse(input).success).toBe(false)
  })

  test('an event id reads back', () => {
    expect(parseEventId(formatEventId('a1b2', 42))).toEqual({ epoch: 'a1b2', seq: 42 })
  })

  test.each(['', '.', 'a', 'a.', '.1', 'a.-1', 'a.1.2', 'a.1\n', 'a b.1', 'a.1e3', `a.${'1'.repeat(16)}`])(
    '%j is no event id',
    (id) => {
      expect(parseEventId(id)).toBeUndefined()
    },
  )
})
