import { describe, expect, test } from 'vitest'
import { endpoint, slice } from '../testing/builders'
import { bestCondition, conditionOf, countAddresses, countEndpoints, hintedState } from './endpoint-counts'

const ready = endpoint('10.0.0.1')
const leaving = endpoint('10.0.0.2', { ready: false, terminating: true })
const notReady = endpoint('10.0.0.3', { ready: false, serving: false })
const none = { ready: 0, servingTerminating: 0, notReady: 0 }

describe('[G6] an endpoint counts by its condition', () => {
  test.each([
    ['ready', ready, 'ready'],
    ['ready and terminating', { ...leaving, ready: true }, 'ready'],
    ['serving while it terminates', leaving, 'servingTerminating'],
    ['serving, neither ready nor terminating', { ...leaving, terminating: false }, 'notReady'],
    ['terminating without serving', { ...leaving, serving: false }, 'notReady'],
    ['nothing', notReady, 'notReady'],
  ])('%s', (_, one, expected) => {
    expect(conditionOf(one)).toBe(expected)
  })

  test('every endpoint of a slice counts, one that stands twice too', () => {
    expect(countEndpoints([ready, ready, leaving, notReady])).toEqual({ ready: 2, servingTerminating: 1, notReady: 1 })
    expect(countEndpoints([])).toEqual(none)
  })
})

test.each([
  [['notReady', 'servingTerminating', 'ready'], 'ready'],
  [['notReady', 'servingTerminating'], 'servingTerminating'],
  [['notReady'], 'notReady'],
  [[], 'notReady'],
] as const)('[G6] the best of %j is %s', (conditions, expected) => {
  expect(bestCondition(new Set(conditions))).toBe(expected)
})

describe('[G6] distinct addresses', () => {
  const count = (...slices: Parameters<typeof slice>[0][]) => countAddresses(slices.map(slice))

  test('by family', () => {
    const six = {
      addressType: 'IPv6' as const,
      endpoints: [endpoint('fd00::1'), endpoint('fd00::2', { ready: false })],
    }
    expect(count({ endpoints: [ready, leaving] }, six)).toEqual({
      IPv4: { ready: 1, servingTerminating: 1, notReady: 0 },
      IPv6: { ready: 1, servingTerminating: 0, notReady: 1 },
    })
  })

  test('once, by the best condition, in whatever order they stand', () => {
    const bad = { ...notReady, addresses: ready.addresses }
    expect(count({ endpoints: [ready, bad] }).IPv4).toEqual({ ...none, ready: 1 })
    expect(count({ endpoints: [bad] }, { name: 'b', endpoints: [ready] }).IPv4).toEqual({ ...none, ready: 1 })
  })

  test('in whatever spelling, and only the first of an endpoint', () => {
    const spelled = [endpoint('fd00::1'), endpoint('FD00:0::1', { addresses: ['FD00:0::1', 'fd00::9'] })]
    expect(count({ addressType: 'IPv6', endpoints: spelled }).IPv6).toEqual({ ...none, ready: 1 })
  })

  test('one that cannot be read counts as it stands, an endpoint without any does not', () => {
    const odd = [endpoint('bogus'), endpoint('bogus'), { ...ready, addresses: [] }]
    expect(count({ endpoints: odd }).IPv4).toEqual({ ...none, ready: 1 })
  })

  test('the same slices give the same counts again', () => {
    const slices = [slice({ endpoints: [ready, notReady] })]
    expect(countAddresses(slices)).toEqual(countAddresses(slices))
    expect(countAddresses(slices).IPv4).toEqual({ ready: 1, servingTerminating: 0, notReady: 1 })
  })
})

describe('how many ready endpoints carry a hint', () => {
  const zone = { ...ready, hintZones: ['a'] }
  const node = { ...ready, hintNodes: ['n'] }
  test.each([
    ['of zones or of nodes', [zone, node], 'all'],
    ['not all', [zone, ready], 'some'],
    ['none', [ready], 'none'],
    ['no endpoint at all', [], 'none'],
    ['those that are not ready are not asked', [zone, notReady], 'all'],
    ['nor do their hints count', [ready, { ...notReady, hintZones: ['a'] }], 'none'],
  ] as const)('%s', (_, endpoints, expected) => {
    expect(hintedState(endpoints)).toBe(expected)
  })
})
