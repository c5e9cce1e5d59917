import { expect, test } from 'vitest'
import { planMoves } from './move-hints'

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
