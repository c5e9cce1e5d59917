// `npm run conformance -- DIR`: our answers against those of the real Kubernetes code, for every vectors file in DIR.
import { type FileReport, runFolder } from './conformance/run.ts'

const SHOWN_FAILURES = 20

async function main(folder: string): Promise<void> {
  const reports = await runFolder(folder).catch((error: Error) => error)
  if (reports instanceof Error) {
    console.error(`Cannot read ${folder}: ${reports.message}`)
    process.exitCode = 1
    return
  }
  for (const report of reports) print(report)
  const unsupported = reports.filter(({ kind }) => kind === undefined).map(({ file }) => file.replace(/\.json$/, ''))
  if (unsupported.length > 0) console.log(`Not supported yet, counted as neither: ${unsupported.join(', ')}`)
  if (reports.length === 0) console.error(`No vectors file (*.json) in ${folder}`)
  const failed = sum(reports, ({ failures }) => failures.length)
  if (failed > 0 || reports.length === 0) process.exitCode = 1
  console.log(`${sum(reports, ({ passed }) => passed)} passed, ${failed} failed`)
}

function print({ file, kind, passed, failures }: FileReport): void {
  const count =
    kind === undefined && failures.length === 0 ? 'kind not supported' : `${passed} passed, ${failures.length} failed`
  console.log(`${file}: ${count}`)
  for (const { name, difference } of failures.slice(0, SHOWN_FAILURES)) console.log(`  ${name}: ${difference}`)
  if (failures.length > SHOWN_FAILURES) console.log(`  ... and ${failures.length - SHOWN_FAILURES} more`)
}

const sum = (reports: readonly FileReport[], count: (report: FileReport) => number) =>
  reports.reduce((total, report) => total + count(report), 0)

const [folder, ...rest] = process.argv.slice(2)
if (folder === undefined || rest.length > 0) {
  console.error('Usage: npm run conformance -- DIR')
  process.exitCode = 1
} else {
  await main(folder)
}
