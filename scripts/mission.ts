// docs/mission.md: which tests prove which system of the mission, on the embedded cluster and on a real control plane, and how they
// ended. Made from the reports of `npm test`, whose last stage compares; `npm run mission` writes it.
// A test names its rows and its cluster: `[M10] real: …`, `[M4] [M5] embedded: …`; a describe block may do it for all of its tests.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { type MissionRow, missionRows } from './mission-rows.ts'
import { root } from './root.ts'
import { type Counts, nothing, type TestResult, testsOfPlaywright, testsOfVitest } from './test-results.ts'

const clusters = ['embedded', 'real'] as const

/** What a full name claims to prove: `M4 real`, once for each row and cluster. */
export function claimsOf(name: string): readonly string[] {
  const claims = [...name.matchAll(/((?:\[M\d+\] ?)+)(embedded|real): /g)]
  return claims.flatMap(([, ids = '', cluster = '']) => [...ids.matchAll(/M\d+/g)].map(([id]) => `${id} ${cluster}`))
}

/** The table, and the cells that neither a passed test nor a reason fills. */
export function missionTable(results: readonly TestResult[], rows: readonly MissionRow[] = missionRows) {
  const cells = new Map<string, TestResult[]>()
  for (const result of results) {
    for (const key of new Set(claimsOf(result.name))) cells.set(key, [...(cells.get(key) ?? []), result])
  }
  const missing: string[] = []
  const lines = rows.map((row) => {
    const own = clusters.flatMap((cluster) => cells.get(`${row.id} ${cluster}`) ?? [])
    const texts = clusters.map((cluster) => {
      const tests = cells.get(`${row.id} ${cluster}`) ?? []
      const reason = row.without?.[cluster]
      const isProved = tests.some(({ status }) => status === 'passed')
      if (!isProved && reason === undefined) missing.push(`${row.id} ${cluster}`)
      return tests.length > 0 ? byFile(tests, row.id) : `none: ${reason ?? 'missing'}`
    })
    const failed = own.filter(({ status }) => status !== 'passed').length
    return `| ${row.id} | ${row.system} | ${texts.join(' | ')} | ${failed === 0 ? `${own.length} passed` : `${failed} of ${own.length} did not pass`} |`
  })
  const unknown = [...cells.keys()].map((key) => key.split(' ')[0]).filter((id) => !rows.some((row) => row.id === id))
  return { lines, missing, unknown: [...new Set(unknown)] }
}

/** `npm test`'s last stage: every row is proved on both clusters, and docs/mission.md says what the tests of this run said. */
export function missionStage(results: readonly TestResult[], long: boolean): Counts {
  const { lines, missing, unknown } = missionTable(results)
  const failed = [
    ...missing.map((cell) => `mission: no passed test for ${cell}`),
    ...unknown.map((id) => `mission: a test names ${id}, which is no row`),
  ]
  // The long form has more tests than the table counts.
  if (!long && readDocument() !== documentOf(lines))
    failed.push('mission: docs/mission.md differs from this run (mend it with: npm run mission)')
  return { ...nothing, passed: failed.length === 0 ? missionRows.length : 0, failed }
}

function byFile(tests: readonly TestResult[], id: string): string {
  const files = [...new Set(tests.map(({ file }) => file))].sort()
  return files
    .map((path) => {
      const file = relative(root, resolve(root, path))
      const own = tests.filter((test) => test.file === path)
      const names = own.map(({ name }) => name.slice(name.indexOf(`[${id}]`)).replaceAll('|', '\\|')).sort()
      return `\`${file}\`: ${names[0]}${names.length > 1 ? ` (and ${names.length - 1} more)` : ''}`
    })
    .join('<br>')
}

const path = join(root, 'docs', 'mission.md')
const readDocument = () => (existsSync(path) ? readFileSync(path, 'utf8') : '')

function documentOf(lines: readonly string[]): string {
  return `# The mission, and what proves it

Each row is a system that must be seen and explained on the embedded cluster and on a real control plane (kube-apiserver, its
controllers and, where rules matter, kube-proxy). Made from the reports of \`npm test\` by \`npm run mission\`; the last stage of
\`npm test\` fails when this table is not what its run said.

| row | system | on the embedded cluster | on a real control plane | result |
|---|---|---|---|---|
${lines.join('\n')}
`
}

/** Every test of the reports that the last `npm test` left. */
export function reportedTests(reports: string): TestResult[] {
  const browser = testsOfPlaywright(join(reports, 'browser.json'))
  return [
    ...testsOfVitest(join(reports, 'unit.json')),
    ...testsOfVitest(join(reports, 'cluster.json')),
    ...browser.map((test) => ({ ...test, file: join('e2e', test.file) })),
  ]
}

if (process.argv[1]?.endsWith('mission.ts')) {
  const { lines, missing } = missionTable(reportedTests(join(root, '.cache', 'reports')))
  writeFileSync(path, documentOf(lines))
  for (const cell of missing) console.log(`no passed test for ${cell}`)
}
