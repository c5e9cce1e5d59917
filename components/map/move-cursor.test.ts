import { describe, expect, test } from 'vitest'
import { inNextZone, neighbour } from './move-cursor'
import type { Target } from './scene'

const at = (id: string, x: number, y: number): Target => ({
  id,
  kind: 'Node',
  key: id,
  plane: 'nodes',
  rect: { x, y, width: 10, height: 10 },
})
const scene = { zones: [0, 100, 200, 300].map((x) => ({ x, width: 90 })) }
// Nothing stands in the third zone.
const targets = [at('a1', 0, 0), at('a2', 0, 50), at('b1', 110, 0), at('b2', 130, 50), at('d1', 310, 0)]
const one = (id: string) => targets.find((target) => target.id === id) ?? at('none', 0, 0)

describe('to another zone', () => {
  test.each<[string, 1 | -1, string]>([
    ['a2', 1, 'b2'],
    ['b1', -1, 'a1'],
    ['b2', 1, 'd1'],
    ['d1', -1, 'b1'],
    ['a1', -1, 'a1'],
    ['d1', 1, 'd1'],
  ])('from %s by %i to %s', (from, step, to) => {
    expect(inNextZone(scene, { targets, from: one(from), step }).id).toBe(to)
  })
})

test.each([
  ['a1', 'down', 'a2'],
  ['a1', 'right', 'b1'],
  ['b2', 'left', 'a2'],
  ['a1', 'up', 'a1'],
] as const)('an arrow from %s %s leads to %s', (from, direction, to) => {
  expect(neighbour(targets, one(from), direction).id).toBe(to)
})
