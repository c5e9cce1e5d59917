// bench/mutation.md: the score of each folder, and each survivor with the reason why no test can tell it. A folder that was left
// out of a run keeps what an earlier one said of it, with its day.
import { cpus } from 'node:os'
import type { MutatedFolder } from './mutate.ts'
import { idleReasons, type Reasons, reasonFor, shorten } from './reasons.ts'

/** `least` is the score that is enough; `quick` as in mutate; `day` as 2026-11-21. */
type Run = { readonly least: number; readonly quick: boolean; readonly day: string }

/** What the file says of one folder, in lines of Markdown. */
type Told = { readonly row: string; readonly section: readonly string[] }

type Report = {
  /** By folder. */
  readonly told: ReadonlyMap<string, Told>
  /** What is wrong, a line each: scores that are too low, survivors without a reason, reasons without a survivor. */
  readonly faults: readonly string[]
}

/** The report of some folders; `known` are the reasons of all. */
export function mutationReport(folders: readonly MutatedFolder[], known: Reasons, run: Run): Report {
  const { least } = run
  const idle = idleReasons(folders, known)
  const told = folders.map(
    (one) => [one.folder, { row: rowOf(one, known, run), section: section(one, known) }] as const,
  )
  const faults = [
    ...folders.filter(({ score }) => !(score >= least)).map(({ folder }) => `${folder}: under ${least} %`),
    ...folders
      .flatMap((one) => unexplained(one, known))
      .map((one) => `${one.file}:${one.line} survives without a reason`),
    ...idle.map(({ file, code, to }) => `${file}: a reason without a survivor: ${code} -> ${to}`),
  ]
  return { told: new Map(told), faults }
}

const unexplained = ({ survivors }: MutatedFolder, known: Reasons) =>
  survivors.filter((one) => reasonFor(one, known) === undefined)

function rowOf(one: MutatedFolder, known: Reasons, { least, quick, day }: Run): string {
  const { folder, mutants, score, survivors } = one
  const verdict = score >= least ? 'ok' : `under ${least} %`
  const numbers = [mutants, mutants - survivors.length, `${score.toFixed(1)} % (${verdict})`, survivors.length]
  return `| ${[folder, quick ? `${day}, quick` : day, ...numbers, unexplained(one, known).length].join(' | ')} |`
}

/** What an earlier file says, by folder. */
export function toldBefore(text: string): ReadonlyMap<string, Told> {
  const [head = '', ...sections] = text.split(/^## /m)
  const rows = new Map(head.split('\n').map((row) => [/^\| (\S+\/\S+) \|/.exec(row)?.[1] ?? '', row]))
  return new Map(
    sections.flatMap((one) => {
      const lines = `## ${one}`.trimEnd().split('\n')
      const folder = lines[0]?.slice('## '.length) ?? ''
      const row = rows.get(folder)
      return row === undefined ? [] : [[folder, { row, section: [...lines, ''] }] as const]
    }),
  )
}

/** The file, in the order of these folders; one of which nothing is known is left out. */
export function toText(folders: readonly string[], told: ReadonlyMap<string, Told>): string {
  const known = folders.flatMap((folder) => told.get(folder) ?? [])
  return [
    '# Mutation testing',
    '',
    `\`npm run mutation\`, Node ${process.version}, ${cpus().length} cores. Each mutant is a small change of the code; only the tests of its own`,
    'folder are run against it (StrykerJS, vitest). Measured on the day in the table; `quick` leaves out code that runs',
    'once, when its module is loaded (`--quick`).',
    '',
    '| folder | measured | mutants | noticed | score | survivors | without a reason |',
    '|---|---|---|---|---|---|---|',
    ...known.map(({ row }) => row),
    '',
    ...known.flatMap(({ section: lines }) => lines),
  ].join('\n')
}

function section({ folder, survivors }: MutatedFolder, known: Reasons): readonly string[] {
  const rows = survivors.map((one) => {
    const why = reasonFor(one, known) ?? (one.covered ? 'not explained' : 'no test of the folder runs it')
    return `| ${one.file.slice(folder.length + 1)}:${one.line} | ${asCode(one.code)} | ${asCode(one.replacement)} | ${why} |`
  })
  return [`## ${folder}`, '', '| where | code | changed to | why it survives |', '|---|---|---|---|', ...rows, '']
}

const asCode = (text: string) => `\`${shorten(text).replaceAll('|', '\\|').replaceAll('`', "'")}\``
