import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fromClosingLine, fromPlaywright, fromVitest, playwrightTimes, slowest, vitestTimes } from './test-results'

const folder = mkdtempSync(join(tmpdir(), 'triplane-results-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (value: unknown) => {
  const path = join(folder, `${Math.random()}.json`)
  writeFileSync(path, JSON.stringify(value))
  return path
}

describe('vitest reports', () => {
  const row = (status: string, statuses: string[]) => ({
    name: 'a.test.ts',
    status,
    message: '',
    assertionResults: statuses.map((s, i) => ({ fullName: `t${i}`, status: s })),
  })
  test('passed, failed and anything else are told apart', () => {
    const counts = fromVitest(
      file({ testResults: [row('failed', ['passed', 'failed', 'skipped', 'todo', 'pending'])] }),
    )
    expect(counts).toEqual({ passed: 1, failed: ['t1'], skipped: ['t2', 't3', 't4'] })
  })
  test('a file that did not load is a failure', () => {
    expect(fromVitest(file({ testResults: [row('failed', [])] })).failed).toEqual(['a.test.ts did not load'])
  })
  test('a missing report is a failure', () => {
    expect(fromVitest(join(folder, 'absent.json')).failed).toHaveLength(1)
  })
})

describe('Playwright reports', () => {
  const report = (status: string) => ({
    suites: [
      {
        title: 'f',
        specs: [],
        suites: [{ title: 's', specs: [{ title: 'x', tests: [{ projectName: 'p', status }] }] }],
      },
    ],
  })
  test.each([
    ['expected', { passed: 1, failed: [], skipped: [] }],
    ['unexpected', { passed: 0, failed: ['f › s › x'], skipped: [] }],
    ['flaky', { passed: 0, failed: ['f › s › x'], skipped: [] }],
    ['skipped', { passed: 0, failed: [], skipped: ['f › s › x'] }],
  ])('%s', (status, wanted) => {
    expect(fromPlaywright(file(report(status)))).toEqual(wanted)
  })
})

describe('times', () => {
  test('the slowest files of both reports, the slowest first; none without a report', () => {
    const timed = (name: string, endTime: number) => ({ name, startTime: 1000, endTime, assertionResults: [] })
    const vitest = file({ testResults: [timed('a.test.ts', 3000), timed('b.test.ts', 9000)] })
    const test = (duration: number) => ({ title: 't', tests: [{ results: [{ duration }] }] })
    const playwright = file({
      suites: [{ title: 'c.spec.ts', specs: [test(1500)], suites: [{ specs: [test(4000)] }] }],
    })
    expect(slowest([...vitestTimes(vitest), ...playwrightTimes(playwright)], 2)).toEqual([
      { name: 'b.test.ts', seconds: 8 },
      { name: 'c.spec.ts', seconds: 5.5 },
    ])
    expect([...vitestTimes(join(folder, 'absent')), ...playwrightTimes(join(folder, 'absent'))]).toEqual([])
  })
})

describe('closing lines', () => {
  test.each([
    ['fine', 0, 'x\n12 passed, 0 failed\n', 12, 0],
    ['failures', 1, '10 passed, 2 failed\n', 10, 2],
    ['no line', 0, 'all good', 0, 1],
    ['a non-zero exit with a green line is a failure', 1, '10 passed, 0 failed\n', 0, 1],
  ])('%s', (_, code, output, passed, failed) => {
    const counts = fromClosingLine('c', code, output)
    expect([counts.passed, counts.failed.length]).toEqual([passed, failed])
  })
})
