import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ObjectKey, serviceKey } from '../model/keys'
import type { Matrix } from './matrix-types'
import { decodeMatrix, encodeMatrix, type MatrixWire, runsOf } from './matrix-wire'

const places = fc.uniqueArray(fc.nat(60), { maxLength: 40 }).map((list) => Uint32Array.from(list.sort((a, b) => a - b)))

const matrixWith = (candidates: Uint32Array): Matrix => ({
  query: { service: serviceKey('shop', 'cart'), port: 'http/TCP', family: 'IPv4', from: 'inside' },
  unserved: undefined,
  endpoints: ['a', 'a', undefined].map((zone, at) => ({
    ...{ key: `10.1.0.${at}:8080`, pod: undefined, node: undefined, zone },
  })),
  groups: [
    {
      ...{ nodes: [], zone: undefined, mode: 'iptables', knowledge: 'proved', verdict: 'forward' },
      ...{
        reason: { code: 'explain-forward-cluster', values: {} },
        candidates,
        replacedBy: undefined,
        probability: undefined,
      },
    },
  ],
  zones: ['a', ''],
  zoneNodes: Uint32Array.of(1, 0),
  zoneCut: Uint32Array.of(0, 0),
  zoneShares: Float64Array.of(1, 0, 0, 0),
  withoutNumber: 0,
  endpointShares: Float64Array.of(0.5, 0.5, 0),
  cut: [],
  policies: { coverage: 'synced', pods: 2, closed: 1, shut: 0, policies: ['shop/deny-all' as ObjectKey], unclear: 0 },
})

test('a matrix is the same after its way as JSON, but that its endpoints are counted', () => {
  fc.assert(
    fc.property(places, (candidates) => {
      const matrix = matrixWith(candidates)
      const wire = JSON.parse(JSON.stringify(encodeMatrix(matrix))) as MatrixWire
      const { endpoints, endpointShares: _, ...shown } = matrix
      const counts = { endpointCount: endpoints.length, zoneEndpoints: Uint32Array.of(2, 1) }
      expect(decodeMatrix(wire)).toEqual({ ...shown, ...counts })
    }),
  )
})

test('neighbours travel as one run', () => {
  expect(runsOf(Uint32Array.of(0, 1, 2, 7, 9, 10))).toEqual([
    [0, 3],
    [7, 1],
    [9, 2],
  ])
})
