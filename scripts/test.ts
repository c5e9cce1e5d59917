// `npm test` and `npm run test:long`: every test, stage by stage, with one count at the end.
// A skip is loud: on a machine with Go, root, network namespaces and Chromium only the skips of e2e/allowed-skips.json pass.
import { mkdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { allowedSkips, missingAbilities } from './allowed-skips.ts'
import { buildOnce } from './build-once.mjs'
import { staticChecks } from './checks.ts'
import { findChromium } from './chromium.ts'
import { run } from './command.ts'
import { missionStage, reportedTests } from './mission.ts'
import { root } from './root.ts'
import { ensureSystemPackages } from './system-packages.ts'
import {
  add,
  type Counts,
  type FileTime,
  fromClosingLine,
  fromPlaywright,
  fromVitest,
  nothing,
  playwrightTimes,
  slowest,
  vitestTimes,
} from './test-results.ts'

const long = process.argv.includes('--long')
const reports = join(root, '.cache', 'reports')

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const stillMissing = await ensureSystemPackages()
if (stillMissing.length > 0) console.log(`SKIP REASON: system packages not here: ${stillMissing.join(', ')}`)
const chromium = await findChromium()
console.log(
  chromium.path ? `Chromium: ${chromium.path}` : `SKIP REASON: no Chromium. Tried: ${chromium.tried.join('; ')}`,
)
const missing = await missingAbilities(chromium.path)
if (missing.length > 0) console.log(`SKIP REASON: this machine lacks ${missing.join(', ')}`)
const env = { ...(chromium.path && { CHROMIUM_PATH: chromium.path }), ...(long && { TRIPLANE_TEST_LONG: '1' }) }

// Go compiles the control plane while the checks and the unit tests run, at the lowest priority. Where it cannot, the tests that need
// it say why; where nothing is to be built it takes no time.
const programs = run(['nice', '-n', '19', process.execPath, 'e2e/cluster/build.ts', 'all'])

const files: FileTime[] = []
const stages: { name: string; run: () => Promise<Counts> }[] = [
  ...staticChecks.map(({ name, command }) => ({
    name,
    run: async () => {
      const { code, output } = await run(command)
      if (code !== 0) console.log(output)
      return code === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: [name] }
    },
  })),
  { name: 'unit', run: () => vitest('unit', []) },
  {
    name: 'conformance',
    run: async () => {
      const { code, output } = await run(['tsx', 'scripts/conformance.ts', 'fixtures/vectors'])
      console.log(output)
      return fromClosingLine('conformance', code, output)
    },
  },
  { name: 'build', run: build },
  { name: 'programs of the control plane', run: programsBuilt },
  { name: 'control plane and built product', run: () => vitest('cluster', ['--config', 'e2e/vitest.config.ts']) },
  { name: 'browser', run: browser },
  { name: 'mission', run: mission },
  ...(long ? [{ name: 'mutation', run: mutation }] : []),
]

let total = nothing
const times: FileTime[] = []
for (const stage of stages) {
  const started = performance.now()
  console.log(`\n=== ${stage.name}`)
  const counts = await stage.run()
  total = add(total, counts)
  const seconds = (performance.now() - started) / 1000
  times.push({ name: stage.name, seconds })
  console.log(
    `=== ${stage.name}: ${counts.passed} passed, ${counts.failed.length} failed, ${counts.skipped.length} skipped (${seconds.toFixed(1)} s)`,
  )
}
report(total)

async function vitest(name: string, args: readonly string[]): Promise<Counts> {
  const file = join(reports, `${name}.json`)
  const command = ['vitest', 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile=${file}`] as const
  const { code } = await run(command, { env, echo: true })
  const counts = fromVitest(file)
  files.push(...vitestTimes(file))
  // An unhandled rejection fails the run without failing a test.
  return code !== 0 && counts.failed.length === 0
    ? add(counts, { ...nothing, failed: [`${name}: exit ${code}`] })
    : counts
}

async function build(): Promise<Counts> {
  try {
    await buildOnce(root, (line: string) => console.log(line))
    return { ...nothing, passed: 1 }
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error))
    return { ...nothing, failed: ['build'] }
  }
}

async function mission(): Promise<Counts> {
  // Without a control plane or a browser here the skips above are counted already.
  return missing.length > 0
    ? { ...nothing, skipped: ['the table of docs/mission.md'] }
    : missionStage(reportedTests(reports), long)
}

// No test of its own: what could not be built is said by the tests that need it.
async function programsBuilt(): Promise<Counts> {
  const { code, output } = await programs
  if (code !== 0) console.log(output)
  return nothing
}

async function mutation(): Promise<Counts> {
  const { code, output } = await run(['tsx', 'scripts/mutation.ts'], { echo: true })
  return fromClosingLine('mutation', code, output)
}

async function browser(): Promise<Counts> {
  if (chromium.path === undefined) return { ...nothing, skipped: ['all browser tests: no Chromium'] }
  const file = join(reports, 'browser.json')
  const command = ['playwright', 'test', '--config', 'e2e/playwright.config.ts'] as const
  const { code } = await run(command, { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file }, echo: true })
  const counts = fromPlaywright(file)
  files.push(...playwrightTimes(file))
  return code !== 0 && counts.failed.length === 0
    ? add(counts, { ...nothing, failed: [`browser: exit ${code}`] })
    : counts
}

function report(counts: Counts): void {
  printTimes('Time of each stage', times)
  printTimes('The ten slowest files of tests', slowest(files, 10))
  const allowed = allowedSkips()
  const unlisted = counts.skipped.filter((name) => !allowed.has(name))
  console.log('')
  for (const name of counts.skipped)
    console.log(`SKIPPED ${name}: ${allowed.get(name) ?? 'not in e2e/allowed-skips.json'}`)
  for (const name of counts.failed) console.log(`FAILED ${name}`)
  const unlistedFail = missing.length === 0 && unlisted.length > 0
  if (unlistedFail) console.log(`FAILED: ${unlisted.length} skipped tests are not in e2e/allowed-skips.json`)
  const failed = counts.failed.length + (unlistedFail ? unlisted.length : 0)
  const skipped = counts.skipped.length - (unlistedFail ? unlisted.length : 0)
  console.log(`${counts.passed} passed, ${failed} failed, ${skipped} skipped`)
  process.exitCode = failed === 0 ? 0 : 1
}

function printTimes(title: string, of: readonly FileTime[]): void {
  console.log(`\n${title}:`)
  for (const { name, seconds } of of) {
    console.log(`${seconds.toFixed(1).padStart(8)} s  ${name.startsWith(root) ? relative(root, name) : name}`)
  }
}
