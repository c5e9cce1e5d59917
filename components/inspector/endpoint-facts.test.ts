import { describe, expect, test } from 'vitest'
import type { EndpointDetail } from '@/core/graph/types'
import { conditionOf, countConditions, zoneRows } from './endpoint-facts'

function endpoint(change: Partial<EndpointDetail>): EndpointDetail {
  return {
    id: 'Endpoint:shop/cart-a#10.0.0.1',
    kind: 'Endpoint',
    slice: 'shop/cart-a',
    index: 0,
    addresses: ['10.0.0.1'],
    ready: true,
    serving: true,
    terminating: false,
    absentConditions: [],
    nodeName: null,
    zone: null,
    hostname: null,
    hintZones: [],
    hintNodes: [],
    targetRef: null,
    ...change,
  }
}

describe('conditionOf', () => {
  test.each([
    ['ready', { ready: true, serving: true, terminating: false }, 'ready'],
    ['ready though terminating: publishNotReadyAddresses', { ready: true, serving: true, terminating: true }, 'ready'],
    ['terminating, still serving', { ready: false, serving: true, terminating: true }, 'servingTerminating'],
    ['terminating, no longer serving', { ready: false, serving: false, terminating: true }, 'notReady'],
    ['serving and not ready without terminating', { ready: false, serving: true, terminating: false }, 'notReady'],
  ] as const)('%s', (_name, conditions, expected) => {
    expect(conditionOf(conditions)).toBe(expected)
  })
})

test('every endpoint is counted once', () => {
  const all = [endpoint({}), endpoint({ ready: false }), endpoint({ ready: false, terminating: true })]
  expect(countConditions(all)).toEqual({ ready: 1, servingTerminating: 1, notReady: 1 })
})

test('zones in natural order, endpoints without a zone last, hints counted over ready ones only', () => {
  const rows = zoneRows(
    [
      endpoint({ zone: 'zone-10', hintZones: ['zone-2'] }),
      endpoint({ zone: 'zone-2', hintZones: ['zone-2'] }),
      endpoint({ zone: 'zone-2', hintZones: ['zone-2'], ready: false }),
      endpoint({ zone: null }),
    ],
    [],
  )
  expect(rows.map(({ zone, ready }) => [zone, ready])).toEqual([
    ['zone-2', 1],
    ['zone-10', 1],
    [null, 1],
  ])
  expect([...(rows[0]?.hints ?? [])]).toEqual([['zone-2', 1]])
})
