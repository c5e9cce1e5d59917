// bench/mutation.md: the score of each folder, and each survivor with the reason why no test can tell it.
import { cpus } from 'node:os'
import { z } from 'zod'
import type { MutatedFolder, Survivor } from './mutate.ts'

/** Reasons by file; `code` and `to` as the report prints them, so that they hold when lines move. `to: '*'` stands for every change of it. */
const reasonsSchema = z.record(
  z.string(),
  z.array(z.strictObject({ code: z.string(), to: z.string(), why: z.string() })),
)
type Reasons = z.infer<typeof reasonsSchema>

/** `least` is the score that is enough; `quick` as in mutate. */
type Run = { readonly least: number; readonly quick: boolean }

/** The report as Markdown. `reasons` is what bench/mutation-survivors.json holds; throws when that is something else. */
export function mutationReport(folders: readonly MutatedFolder[], reasons: unknown, { least, quick }: Run): string {
  const known = reasonsSchema.parse(reasons)
  const rows = folders.map(({ folder, mutants, score, survivors }) => {
    const verdict = score >= least ? 'ok' : `under ${least} %`
    const unexplained = survivors.filter((one) => reasonFor(one, known) === undefined).length
    return `| ${folder} | ${mutants} | ${mutants - survivors.length} | ${score.toFixed(1)} % (${verdict}) | ${survivors.length} | ${unexplained} |`
  })
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

const reasonFor = ({ file, code, replacement }: Survivor, known: Reasons): string | undefined =>
  known[file]?.find((one) => one.code === shorten(code) && (one.to === '*' || one.to === shorten(replacement)))?.why

const asCode = (text: string) => `\`${shorten(text).replaceAll('|', '\\|').replaceAll('`', "'")}\``

const shorten = (text: string) => (text.length > 90 ? `${text.slice(0, 87)}...` : text)
