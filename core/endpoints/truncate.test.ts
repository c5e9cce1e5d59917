import { describe, expect, test } from 'vitest'
import type { EndpointsAddress, EndpointsSubset } from '../model/records'
import { truncateSubsets } from './truncate'

const addresses = (count: number, base: string): EndpointsAddress[] =>
  Array.from({ length: count }, (_, i) => ({
    ip: `${base}.${i}`,
    hostname: undefined,
    nodeName: undefined,
    targetRef: undefined,
  }))

const subset = ([ready, notReady]: readonly [number, number]): EndpointsSubset => ({
  addresses: addresses(ready, 'r'),
  notReadyAddresses: addresses(notReady, 'n'),
  ports: [],
})

describe('[C15] more than 1000 addresses', () => {
  test.each<[string, boolean, [number, number][], [number, number][]]>([
    ['1000 stay', false, [[1000, 0]], [[1000, 0]]],
    ['ready and not ready count together', true, [[600, 401]], [[600, 400]]],
    ['1000 ready leave no room for others', true, [[1000, 1]], [[1000, 0]]],
    ['more ready ones are cut, and the others dropped', true, [[1001, 5]], [[1000, 0]]],
    [
      'in proportion',
      true,
      [
        [900, 0],
        [600, 7],
      ],
      [
        [600, 0],
        [400, 0],
      ],
    ],
    [
      'rounded up, so that the last has less',
      true,
      [
        [701, 0],
        [701, 0],
        [701, 0],
      ],
      [
        [334, 0],
        [334, 0],
        [332, 0],
      ],
    ],
    [
      'many small ones use it up',
      true,
      Array.from({ length: 1001 }, () => [1, 0] as [number, number]),
      [...Array.from({ length: 1000 }, () => [1, 0] as [number, number]), [0, 0]],
    ],
    [
      'not ready ones in proportion',
      true,
      [
        [300, 200],
        [400, 400],
      ],
      [
        [300, 100],
        [400, 200],
      ],
    ],
    ['only not ready', true, [[0, 1001]], [[0, 1000]]],
    ['nothing at all', false, [], []],
  ])('%s', (_, truncated, given, expected) => {
    const found = truncateSubsets(given.map(subset))
    expect(found.truncated).toBe(truncated)
    expect(found.subsets.map((one) => [one.addresses.length, one.notReadyAddresses.length])).toEqual(expected)
  })

  test('the first of each list are kept, and the ports', () => {
    const ports = [{ name: 'http', protocol: 'TCP', port: 80, appProtocol: undefined }] as const
    const [ready] = truncateSubsets([{ ...subset([1200, 0]), ports }]).subsets
    const [notReady] = truncateSubsets([{ ...subset([1, 1200]), ports }]).subsets
    expect([ready?.addresses.at(0)?.ip, ready?.addresses.at(-1)?.ip, ready?.ports]).toEqual(['r.0', 'r.999', ports])
    expect([notReady?.notReadyAddresses.at(0)?.ip, notReady?.notReadyAddresses.at(-1)?.ip, notReady?.ports]).toEqual([
      'n.0',
      'n.998',
      ports,
    ])
  })
})
