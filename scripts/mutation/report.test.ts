import { expect, test } from 'vitest'
import type { MutatedFolder, Survivor } from './mutate'
import { readReasons } from './reasons'
import { mutationReport, toldBefore, toText } from './report'

const survivor = (over?: Partial<Survivor>): Survivor => ({
  file: 'core/proxy/route.ts',
  line: 7,
  mutator: 'ConditionalExpression',
  code: 'a || b',
  replacement: 'true',
  around: 'if (a || b) return',
  covered: true,
  ...over,
})

const reported = (reasons: unknown, survivors: readonly Survivor[], over?: Partial<MutatedFolder>) => {
  const folder: MutatedFolder = { folder: 'core/proxy', mutants: 8, score: 75, survivors, untried: [], ...over }
  const { told, faults } = mutationReport([folder], readReasons(reasons), {
    least: 75,
    quick: false,
    day: '2026-11-21',
  })
  return { text: toText(['core/proxy'], told), told, faults }
}
const report = (reasons: unknown, ...survivors: Survivor[]) => reported(reasons, survivors).text.split('\n')
const route = (...reasons: object[]) => ({ 'core/proxy/route.ts': reasons })
const always = { code: 'a || b', to: 'true', why: 'b is always set.' }

test('the score of a folder, and whether it is enough', () => {
  expect(report({}, survivor(), survivor())).toContain('| core/proxy | 2026-11-21 | 8 | 6 | 75.0 % (ok) | 2 | 2 |')
  const low = reported({}, [], { score: 74.9 })
  expect(low.text).toContain('| 74.9 % (under 75 %) |')
  expect(low.faults).toEqual(['core/proxy: under 75 %'])
})

test('a folder that was left out keeps what an earlier run said of it', () => {
  const before = reported({}, [survivor()])
  const known = toldBefore(before.text)
  expect(known).toEqual(before.told)
  const [told] = before.told.values()
  const other = told && { row: '| core/slices | 2026-11-22, quick | 1 |', section: ['## core/slices', '', 'new', ''] }
  const text = toText(
    ['core/slices', 'core/none', 'core/proxy'],
    new Map([...known, ...(other ? [['core/slices', other] as const] : [])]),
  )
  expect(text.split('\n').filter((line) => /^(## |\| core)/.test(line))).toEqual([
    '| core/slices | 2026-11-22, quick | 1 |',
    '| core/proxy | 2026-11-21 | 8 | 7 | 75.0 % (ok) | 1 | 1 |',
    '## core/slices',
    '## core/proxy',
  ])
  expect(toldBefore(text).get('core/proxy')).toEqual(told)
})

test('a survivor with its reason, found by file, code and change', () => {
  const reasons = route(always)
  expect(report(reasons, survivor())).toEqual(
    expect.arrayContaining([
      '| core/proxy | 2026-11-21 | 8 | 7 | 75.0 % (ok) | 1 | 0 |',
      '| route.ts:7 | `a \\|\\| b` | `true` | b is always set. |',
    ]),
  )
  expect(report(reasons, survivor({ replacement: 'false' })).at(-2)).toContain('| not explained |')
})

test('one reason may stand for every change of a piece of code', () => {
  const reasons = route({ ...always, to: '*', why: 'Only saves time.' })
  expect(report(reasons, survivor({ replacement: 'false' })).at(-2)).toContain('| Only saves time. |')
})

test('code that no test runs, and long code, are told as such', () => {
  const lines = report({}, survivor({ covered: false, code: 'x'.repeat(100) }))
  expect(lines.at(-2)).toBe(`| route.ts:7 | \`${'x'.repeat(87)}...\` | \`true\` | no test of the folder runs it |`)
})

test('a reason may be of one place among those that read alike', () => {
  const reasons = route({ ...always, line: 'if (a' })
  expect(reported(reasons, [survivor()]).faults).toEqual([])
  expect(reported(reasons, [survivor({ around: 'while (a || b)' })]).faults).toHaveLength(2)
})

test.each<[string, unknown, readonly Survivor[], readonly string[]]>([
  ['each survivor with its reason', route(always), [survivor()], []],
  ['a survivor without', {}, [survivor()], ['core/proxy/route.ts:7 survives without a reason']],
  ['a reason without', route(always), [], ['core/proxy/route.ts: a reason without a survivor: a || b -> true']],
  [
    'a reason that another one stands before',
    route({ ...always, to: '*' }, always),
    [survivor()],
    ['core/proxy/route.ts: a reason without a survivor: a || b -> true'],
  ],
  ['a reason of a folder that was left out', { 'core/slices/fill.ts': [always] }, [], []],
])('%s', (_, reasons, survivors, faults) => {
  expect(reported(reasons, survivors).faults).toEqual(faults)
})

test('a mutant that was not tried keeps its reason, and needs none', () => {
  expect(reported(route(always), [], { untried: [survivor()] }).faults).toEqual([])
  expect(reported({}, [], { untried: [survivor()] }).faults).toEqual([])
})

test('reasons of another shape are refused', () => {
  expect(() => readReasons({ 'core/proxy/route.ts': 'fine' })).toThrow()
  expect(() => readReasons(route({ ...always, why: '' }))).toThrow()
})
