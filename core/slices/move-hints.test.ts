import { expect, test } from 'vitest'
import { hinter, planMoves } from './move-hints'

test.each([
  ['one each', 1, 1, 1],
  ['one to nine tenths', 1, 0.9, 1],
  ['nine tenths to one', 0.9, 1, 1],
  ['half an endpoint to one', 0.5, 1, 1],
  ['one to half an endpoint', 1, 0.5, 1],
  ['less than half given', 0.49, 1.2, 0],
  ['less than half received', 1.2, 0.49, 0],
  ['less than one on both sides', 0.9, 0.9, 0],
  ['two and a half each: the last half stays', 2.5, 2.5, 2],
  ['nothing to receive', 2, 0, 0],
])('[S19] %s', (_, surplus, want, moved) => {
  const allocations = new Map([
    ['zone-a', { desired: 5 - surplus }],
    ['zone-b', { desired: want }],
  ])
  const { giving, receiving } = planMoves(allocations, new Map([['zone-a', 5]]))
  expect([giving.get('zone-a') ?? 0, receiving.get('zone-b') ?? 0]).toEqual([moved, moved])
})

test('[S19] a zone gives to all that receive, in proportion', () => {
  const moves = {
    giving: new Map([['zone-a', 3]]),
    receiving: new Map([
      ['zone-b', 1],
      ['zone-c', 2],
    ]),
  }
  const hint = hinter(moves)
  expect(['zone-a', 'zone-a', 'zone-d', 'zone-a', 'zone-a'].map(hint)).toEqual([
    'zone-c',
    'zone-b',
    'zone-d',
    'zone-c',
    'zone-a',
  ])
})

test('[S19] with nobody to receive an endpoint keeps its own zone', () => {
  expect(hinter({ giving: new Map([['zone-a', 1]]), receiving: new Map() })('zone-a')).toBe('zone-a')
})
