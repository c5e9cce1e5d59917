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

type VitestReport = {
  testResults: {
    name: string
    status: string
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

type PlaywrightSuite = {
  title: string
  suites?: PlaywrightSuite[]
  specs?: { title: string; tests: { projectName: string; status: string }[] }[]
}

/** Counts a Playwright JSON report; a flaky test counts as failed, because a retry hides what went wrong. */
export function fromPlaywright(file: string): Counts {
  if (!existsSync(file)) return { ...nothing, failed: [`Playwright wrote no report (${file})`] }
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    suites: PlaywrightSuite[]
    errors?: { message?: string }[]
  }
  const failed: string[] = (report.errors ?? []).map(
    (error) => `Playwright: ${error.message ?? 'error without a message'}`,
  )
  const skipped: string[] = []
  let passed = 0
  const visit = (suite: PlaywrightSuite, path: string) => {
    for (const inner of suite.suites ?? []) visit(inner, `${path}${inner.title} › `)
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = `${path}${spec.title}`
        if (test.status === 'expected') passed += 1
        else if (test.status === 'skipped') skipped.push(name)
        else failed.push(name)
      }
    }
  }
  for (const suite of report.suites) visit(suite, `${suite.title} › `)
  return { passed, failed, skipped }
}

/** Counts a command whose last line is `N passed, N failed`. */
export function fromClosingLine(name: string, code: number, output: string): Counts {
  const match = /(\d+) passed, (\d+) failed\s*$/.exec(output)
  if (match === null) return { ...nothing, failed: [`${name}: no closing line (exit ${code})`] }
  const failed = Number(match[2])
  if (code !== 0 && failed === 0) return { ...nothing, failed: [`${name}: exit ${code}`] }
  return { passed: Number(match[1]), failed: Array.from({ length: failed }, (_, i) => `${name} ${i + 1}`), skipped: [] }
}
