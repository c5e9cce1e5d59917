import { existsSync, readFileSync } from 'node:fs'

/** What one stage of `npm test` counted. Skips and failures carry the names of their tests. */
export type Counts = {
  readonly passed: number
  readonly failed: readonly string[]
  readonly skipped: readonly string[]
}

export const nothing: Counts = { passed: 0, failed: [], skipped: [] }

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: [...a.failed, ...b.failed],
  skipped: [...a.skipped, ...b.skipped],
})

/** One test of a report: its file, its name with the blocks it stands in, and how it ended. */
export type TestResult = {
  readonly file: string
  readonly name: string
  readonly status: 'passed' | 'failed' | 'skipped'
}

/** How long one file of tests took. */
export type FileTime = { readonly name: string; readonly seconds: number }

/** The slowest files of several lists, at most `count`, the slowest first. */
export const slowest = (times: readonly FileTime[], count: number): FileTime[] =>
  [...times].sort((a, b) => b.seconds - a.seconds).slice(0, count)

type VitestReport = {
  testResults: {
    name: string
    status: string
    startTime?: number
    endTime?: number
    message: string
    assertionResults: { fullName: string; status: string }[]
  }[]
}

/** Counts a vitest JSON report. A file that failed without a test in it (it did not even load) is one failure. */
export function fromVitest(file: string): Counts {
  if (!existsSync(file)) return { ...nothing, failed: [`vitest wrote no report (${file})`] }
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  let counts = nothing
  for (const { name, status, assertionResults } of report.testResults) {
    const named = (wanted: (status: string) => boolean) =>
      assertionResults.filter((test) => wanted(test.status)).map((test) => test.fullName)
    const failed = named((s) => s === 'failed')
    counts = add(counts, {
      passed: named((s) => s === 'passed').length,
      failed: failed.length === 0 && status === 'failed' ? [`${name} did not load`] : failed,
      skipped: named((s) => s !== 'passed' && s !== 'failed'),
    })
  }
  return counts
}

/** The tests of a vitest JSON report; none when it is not there. */
export function testsOfVitest(file: string): TestResult[] {
  if (!existsSync(file)) return []
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      file: name,
      name: fullName,
      status: status === 'passed' || status === 'failed' ? status : 'skipped',
    })),
  )
}

/** Of a vitest JSON report, from the first test of a file to its last; empty without a report. */
export function vitestTimes(file: string): FileTime[] {
  if (!existsSync(file)) return []
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  return testResults.map(({ name, startTime = 0, endTime = 0 }) => ({ name, seconds: (endTime - startTime) / 1000 }))
}

type PlaywrightSuite = {
  title: string
  suites?: PlaywrightSuite[]
  specs?: {
    title: string
    tests: { projectName: string; status: string; results?: { duration: number }[] }[]
  }[]
}

/** Of a Playwright JSON report, the sum of each file's tests with their hooks; empty without a report. */
export function playwrightTimes(file: string): FileTime[] {
  if (!existsSync(file)) return []
  const { suites } = JSON.parse(readFileSync(file, 'utf8')) as { suites: PlaywrightSuite[] }
  const milliseconds = (suite: PlaywrightSuite): number =>
    (suite.specs ?? [])
      .flatMap(({ tests }) => tests.flatMap(({ results = [] }) => results))
      .reduce((sum, { duration }) => sum + duration, 0) +
    (suite.suites ?? []).reduce((sum, inner) => sum + milliseconds(inner), 0)
  return suites.map((suite) => ({ name: suite.title, seconds: milliseconds(suite) / 1000 }))
}

/** A suite without a parent is a file, below the folder of the configuration. */
type PlaywrightReport = { suites: PlaywrightSuite[]; errors?: { message?: string }[] }

/** Counts a Playwright JSON report; a flaky test counts as failed, because a retry hides what went wrong. */
export function fromPlaywright(file: string): Counts {
  if (!existsSync(file)) return { ...nothing, failed: [`Playwright wrote no report (${file})`] }
  const report = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport
  const failed: string[] = (report.errors ?? []).map(
    (error) => `Playwright: ${error.message ?? 'error without a message'}`,
  )
  const tests = testsOf(report)
  failed.push(...tests.filter(({ status }) => status === 'failed').map(({ name }) => name))
  const skipped = tests.filter(({ status }) => status === 'skipped').map(({ name }) => name)
  return { passed: tests.filter(({ status }) => status === 'passed').length, failed, skipped }
}

/** The tests of a Playwright JSON report; none when it is not there. */
export function testsOfPlaywright(file: string): TestResult[] {
  return existsSync(file) ? testsOf(JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport) : []
}

function testsOf(report: PlaywrightReport): TestResult[] {
  const results: TestResult[] = []
  const visit = (suite: PlaywrightSuite, file: string, path: string) => {
    for (const inner of suite.suites ?? []) visit(inner, file, `${path}${inner.title} › `)
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const status = test.status === 'expected' ? 'passed' : test.status === 'skipped' ? 'skipped' : 'failed'
        results.push({ file, name: `${path}${spec.title}`, status })
      }
    }
  }
  for (const suite of report.suites) visit(suite, suite.title, `${suite.title} › `)
  return results
}

/** Counts a command whose last line is `N passed, N failed`. */
export function fromClosingLine(name: string, code: number, output: string): Counts {
  const match = /(\d+) passed, (\d+) failed\s*$/.exec(output)
  if (match === null) return { ...nothing, failed: [`${name}: no closing line (exit ${code})`] }
  const failed = Number(match[2])
  if (code !== 0 && failed === 0) return { ...nothing, failed: [`${name}: exit ${code}`] }
  return { passed: Number(match[1]), failed: Array.from({ length: failed }, (_, i) => `${name} ${i + 1}`), skipped: [] }
}
