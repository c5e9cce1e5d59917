import { describe, expect, test } from 'vitest'
import { positionOf, stepByKey, stepsOf } from './slider-scale'

const nodes = stepsOf({ min: 1, max: 5000 })

describe('a slider steps as people count', () => {
  test('1, 2, 5, 10 … and the ends', () => {
    expect(nodes).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000])
    expect(stepsOf({ min: 0.1, max: 2 })).toEqual([0.1, 0.2, 0.5, 1, 2])
    expect(stepsOf({ min: 1, max: 150 })).toEqual([1, 2, 5, 10, 20, 50, 100, 150])
  })

  test('a step stands at its place, what is between two between them, what is beyond at the end', () => {
    expect(nodes.map((step) => positionOf(step, nodes))).toEqual(nodes.map((_, i) => i))
    expect(positionOf(3000, nodes)).toBeCloseTo(10.44, 2)
    expect(positionOf(8000, nodes)).toBe(nodes.length - 1)
  })

  test.each([
    ['ArrowRight', 1000, 2000],
    ['ArrowRight', 3000, 5000],
    ['ArrowUp', 5000, 5000],
    ['ArrowLeft', 3000, 2000],
    ['ArrowLeft', 1000, 500],
    ['ArrowDown', 1, 1],
    ['PageUp', 100, 1000],
    ['PageUp', 3000, 5000],
    ['PageDown', 1000, 100],
    ['PageDown', 3000, 500],
    ['PageDown', 2, 1],
    ['Home', 3000, 1],
    ['End', 3000, 5000],
    ['a', 3000, undefined],
  ] as const)('%s from %d leads to %d', (key, from, to) => {
    expect(stepByKey(key, from, nodes)).toBe(to)
  })
})
