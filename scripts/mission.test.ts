import { expect, test } from 'vitest'
import { claimsOf, missionTable } from './mission'
import { type MissionRow, missionRows } from './mission-rows'

const rows: readonly MissionRow[] = [
  { id: 'M1', system: 'addresses' },
  { id: 'M2', system: 'ports', without: { real: 'nothing of it is there' } },
]
const passed = (file: string, name: string) => ({ file, name, status: 'passed' as const })

test('a name claims the rows right before its cluster, wherever they stand in it', () => {
  expect(claimsOf('a block [M4] [M5] real: rules stay')).toEqual(['M4 real', 'M5 real'])
  expect(claimsOf('[M6] real: dropped iptables [M4] real: every rule')).toEqual(['M6 real', 'M4 real'])
  expect(claimsOf('[M4] the mode of a node')).toEqual([])
  expect(claimsOf('real: nothing')).toEqual([])
})

test('a row needs a test on both clusters, or a reason', () => {
  const table = missionTable(
    [passed('e2e/a.test.ts', '[M1] embedded: one'), passed('e2e/a.test.ts', '[M2] embedded: x')],
    rows,
  )
  expect(table.missing).toEqual(['M1 real'])
  expect(table.lines[1]).toContain('none: nothing of it is there')
})

test('a test that failed or was left out shows, and so does one that names no row', () => {
  const results = [
    passed('a', '[M1] embedded: one'),
    { file: 'b', name: '[M1] real: two | three', status: 'skipped' as const },
    passed('b', '[M99] real: what'),
  ]
  const table = missionTable(results, rows)
  expect(table.lines[0]).toContain('1 of 2 did not pass')
  expect(table.lines[0]).toContain('two \\| three')
  expect(table.unknown).toEqual(['M99'])
})

test.each(['failed', 'skipped'] as const)('a cell whose only tests %s proves nothing', (status) => {
  const one = { file: 'b', name: '[M1] real: one', status }
  const table = (more: readonly ReturnType<typeof passed>[]) =>
    missionTable([passed('a', '[M1] embedded: one'), passed('a', '[M2] embedded: x'), one, ...more], rows)
  expect(table([]).missing).toEqual(['M1 real'])
  expect(table([passed('b', '[M1] real: two')]).missing).toEqual([])
})

test('the rows are M1 to M16', () => {
  expect(missionRows.map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, i) => `M${i + 1}`))
})
