import { expect, test } from 'vitest'
import type { MutatedFolder, Survivor } from './mutate'
import { mutationReport } from './report'

const survivor = (over?: Partial<Survivor>): Survivor => ({
  file: 'core/proxy/route.ts',
  line: 7,
  mutator: 'ConditionalExpression',
  code: 'a || b',
  replacement: 'true',
  covered: true,
  ...over,
})

const report = (reasons: unknown, ...survivors: Survivor[]) => {
  const folder: MutatedFolder = { folder: 'core/proxy', mutants: 8, score: 75, survivors }
  return mutationReport([folder], reasons, { least: 85, quick: false }).split('\n')
}

test('the score of a folder, and whether it is enough', () => {
  expect(report({}, survivor(), survivor())).toContain('| core/proxy | 8 | 6 | 75.0 % (under 85 %) | 2 | 2 |')
})

test('a survivor with its reason, found by file, code and change', () => {
  const reasons = { 'core/proxy/route.ts': [{ code: 'a || b', to: 'true', why: 'b is always set' }] }
  expect(report(reasons, survivor())).toEqual(
    expect.arrayContaining([
      '| core/proxy | 8 | 7 | 75.0 % (under 85 %) | 1 | 0 |',
      '| route.ts:7 | `a \\|\\| b` | `true` | b is always set |',
    ]),
  )
  expect(report(reasons, survivor({ replacement: 'false' })).at(-2)).toContain('| not explained |')
})

test('one reason may stand for every change of a piece of code', () => {
  const reasons = { 'core/proxy/route.ts': [{ code: 'a || b', to: '*', why: 'only saves time' }] }
  expect(report(reasons, survivor({ replacement: 'false' })).at(-2)).toContain('| only saves time |')
})

test('code that no test runs, and long code, are told as such', () => {
  const lines = report({}, survivor({ covered: false, code: 'x'.repeat(100) }))
  expect(lines.at(-2)).toBe(`| route.ts:7 | \`${'x'.repeat(87)}...\` | \`true\` | no test of the folder runs it |`)
})

test('reasons of another shape are refused', () => {
  expect(() => report({ 'core/proxy/route.ts': 'fine' })).toThrow()
})
