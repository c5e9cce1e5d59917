// bench/mutation.md: the score of each folder, and each survivor with the reason why no test can tell it.
import { cpus } from 'node:os'
import type { MutatedFolder, Survivor } from './mutate.ts'
import { idleReasons, type Reasons, reasonFor, shorten } from './reasons.ts'

/** `least` is the score that is enough; `quick` as in mutate. */
type Run = { readonly least: number; readonly quick: boolean }

type Report = {
  /** As Markdown. */
  readonly text: string
  /** What is wrong, a line each: scores that are too low, survivors without a reason, reasons without a survivor. */
  readonly faults: readonly string[]
}

/** The report of some folders; `known` are the reasons of all. */
export function mutationReport(folders: readonly MutatedFolder[], known: Reasons, { least, quick }: Run): Report {
  const idle = idleReasons(folders, known)
  const rows = folders.map((one) => {
    const { folder, mutants, score, survivors } = one
    const verdict = score >= least ? 'ok' : `under ${least} %`
    const numbers = [mutants, mutants - survivors.length, `${score.toFixed(1)} % (${verdict})`, survivors.length]
    return `| ${[folder, ...numbers, unexplained(one, known).length].join(' | ')} |`
  })
  const faults = [
    ...folders.filter(({ score }) => !(score >= least)).map(({ folder }) => `${folder}: under ${least} %`),
    ...folders
      .flatMap((one) => unexplained(one, known))
      .map((one) => `${one.file}:${one.line} survives without a reason`),
    ...idle.map(({ file, code, to }) => `${file}: a reason without a survivor: ${code} -> ${to}`),
  ]
  return { text: toText(rows, { folders, known, quick }), faults }
}

const unexplained = ({ survivors }: MutatedFolder, known: Reasons) =>
  survivors.filter((one) => reasonFor(one, known) === undefined)

type Parts = { readonly folders: readonly MutatedFolder[]; readonly known: Reasons; readonly quick: boolean }

function toText(rows: readonly string[], { folders, known, quick }: Parts): string {
  return [
    '# Mutation testing',
    '',
    `\`npm run mutation\`, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores. Each mutant is a small change of`,
    'the code; only the tests of its own folder are run against it (StrykerJS, vitest), not the vectors.',
    ...(quick ? ['Code that runs once, when its module is loaded, is left out (`--quick`).'] : []),
    '',
    '| folder | mutants | noticed | score | survivors | without a reason |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    ...folders.flatMap(({ folder, survivors }) => section(folder, survivors, known)),
  ].join('\n')
}

function section(folder: string, survivors: readonly Survivor[], known: Reasons): readonly string[] {
  const rows = survivors.map((one) => {
    const why = reasonFor(one, known) ?? (one.covered ? 'not explained' : 'no test of the folder runs it')
    return `| ${one.file.slice(folder.length + 1)}:${one.line} | ${asCode(one.code)} | ${asCode(one.replacement)} | ${why} |`
  })
  return [`## ${folder}`, '', '| where | code | changed to | why it survives |', '|---|---|---|---|', ...rows, '']
}

const asCode = (text: string) => `\`${shorten(text).replaceAll('|', '\\|').replaceAll('`', "'")}\``
