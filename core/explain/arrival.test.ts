import { describe, expect, test } from 'vitest'
import type { PolicyState } from '../policy/types'
import { arrivalOf, toldParts } from './arrival'
import type { ExplainedEndpoint } from './types'

type One = readonly [share: number | undefined, state?: PolicyState]
const endpoint = ([probability, state]: One): ExplainedEndpoint => ({
  ...{ key: '10.1.0.1:80', slice: 'shop/cart-1' as ExplainedEndpoint['slice'], index: 0, pod: undefined },
  ...{ node: undefined, zone: undefined, chosen: probability !== 0, probability, reason: { code: 'any', values: {} } },
  decidedBy: { kind: 'EndpointSlice', id: 'shop/cart-1', field: '', value: '' },
  policy: state && { state, reason: { code: 'any', values: {} } },
})

describe('[F9] what is chosen is told apart from what gets through', () => {
  test.each<[string, readonly One[], readonly (number | undefined)[]]>([
    ['nothing is chosen', [[0]], [0, 0, 0, 0]],
    ['no policy binds anything', [[0.5], [0.5]], [1, 1, 0, 0]],
    ['all are cut', [[0.5, 'denied'], [0.5, 'denied'], [0]], [1, 0, 1, 0]],
    [
      'one of four is cut, of one it cannot be said',
      [
        [0.25, 'denied'],
        [0.25, 'unknown'],
        [0.5, 'allowed'],
      ],
      [1, 0.5, 0.25, 0.25],
    ],
    [
      'some never come to an endpoint at all',
      [
        [0.25, 'denied'],
        [0.25, 'allowed'],
      ],
      [0.5, 0.25, 0.25, 0],
    ],
    [
      'by a state, all cut',
      [
        [undefined, 'denied'],
        [undefined, 'denied'],
      ],
      [undefined, 0, undefined, 0],
    ],
    ['by a state, some cut', [[undefined, 'denied'], [undefined]], [undefined, undefined, undefined, 0]],
  ])('%s', (_, list, expected) => {
    const { chosen, allowed, denied, unknown } = arrivalOf(list.map(endpoint))
    expect([chosen, allowed, denied, unknown]).toEqual(expected)
  })
})

test.each<[string, readonly [number, number, number], readonly PolicyState[]]>([
  ['all are let through', [3, 0, 0], ['allowed']],
  ['all are cut', [0, 3, 0], ['allowed', 'denied']],
  ['some are cut', [2, 1, 0], ['allowed', 'denied']],
  ['of none it can be said: not even that nothing arrives', [0, 0, 3], ['unknown']],
  ['some are cut, of the others it cannot be said', [0, 1, 2], ['denied', 'unknown']],
  ['of some it cannot be said', [1, 1, 1], ['allowed', 'denied', 'unknown']],
])('[F9] %s', (_, [allowed, denied, unknown], expected) => {
  expect(toldParts({ allowed, denied, unknown })).toEqual(expected)
})
