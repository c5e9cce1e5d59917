import { expect, test } from 'vitest'
import { all, any } from './answers'
import type { Answer } from './types'

const [one, two]: Answer[] = [
  { code: 'one', values: {} },
  { code: 'two', values: {} },
]
if (one === undefined || two === undefined) throw new Error('two reasons')

test.each<[readonly Answer[], Answer, Answer]>([
  [[], true, false],
  [[true], true, true],
  [[false], false, false],
  [[true, false], false, true],
  [[one, false], false, one],
  [[false, one], false, one],
  [[true, one], one, true],
  [[one, true], one, true],
  [[two, one], two, two],
])('[F3] %j: all of them %j, any of them %j', (answers, every, some) => {
  expect([all(answers), any(answers)]).toEqual([every, some])
})
