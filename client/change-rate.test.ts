import { describe, expect, test } from 'vitest'
import { countKinds } from './change-rate'

const pods = (count: number) => Array.from({ length: count }, (_, i) => `PodSummary:shop/pod-${i}`)

describe('changes are counted by kind', () => {
  test.each([
    ['nothing changed', [], 0, {}],
    ['one of two kinds', ['PodSummary:shop/a:b', 'NodeSummary:node-1'], 0, { PodSummary: 1, NodeSummary: 1 }],
    ['forty can still be followed', pods(40), 40, {}],
    ['above forty they are counted', [...pods(41), 'NodeSummary:node-1'], 40, { PodSummary: 41 }],
  ] as const)('%s', (_, ids, above, counts) => {
    expect(Object.fromEntries(countKinds(ids, above))).toEqual(counts)
  })

  test('a quiet window is always the same value, so that nothing is drawn again', () => {
    expect(countKinds([], 0)).toBe(countKinds(pods(3), 40))
  })
})
