import { expect, test } from 'vitest'
import { inNextGroup } from './row-steps'

const rows = ['a1', 'b1', 'a2', 'c1', 'b2', '-']
const groupOf = (row: string) => (row === '-' ? null : (row[0] ?? null))

test.each<[string, number, 1 | -1, number | undefined]>([
  ['the next group begins at its first row', 0, 1, 1],
  ['whatever row of a group it is', 2, 1, 1],
  ['the group before', 3, -1, 1],
  ['rows of no group are a group of their own', 3, 1, 5],
  ['nothing before the first', 0, -1, undefined],
  ['nothing after the last', 5, 1, undefined],
])('%s', (_name, from, step, expected) => {
  expect(inNextGroup(rows, { from, step, groupOf })).toBe(expected)
})

test('a list without groups has nowhere to go', () => {
  expect(inNextGroup(rows, { from: 0, step: 1, groupOf: undefined })).toBeUndefined()
})
