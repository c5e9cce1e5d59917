// bench/mutation-survivors.json: why no test can tell a mutant from the code.
import { z } from 'zod'
import type { MutatedFolder, Survivor } from './mutate.ts'

/**
 * Reasons by file; `code` and `to` as the report prints them, so that they hold when lines move. `to: '*'` stands for every change of
 * it; `line`, a part of the line that it begins in, tells one place from others that read alike.
 */
const reasonsSchema = z.record(
  z.string(),
  z.array(
    z.strictObject({ code: z.string(), to: z.string(), line: z.string().optional(), why: z.string().regex(/\w.*\.$/) }),
  ),
)
export type Reasons = z.infer<typeof reasonsSchema>
type Reason = Reasons[string][number]

/** Throws when `read` is something else than reasons. */
export const readReasons = (read: unknown): Reasons => reasonsSchema.parse(read)

/** The reason why it survives; undefined when none is written. */
export const reasonFor = (survivor: Survivor, known: Reasons): string | undefined =>
  known[survivor.file]?.find((one) => fits(one, survivor))?.why

/** Reasons for a file of these folders that no survivor needs: the mutant is gone, or a test tells it now. */
export function idleReasons(
  folders: readonly MutatedFolder[],
  known: Reasons,
): readonly { file: string; code: string; to: string }[] {
  return Object.entries(known).flatMap(([file, reasons]) => {
    const folder = folders.find((one) => file.startsWith(`${one.folder}/`))
    if (!folder) return []
    const left = [...folder.survivors, ...folder.untried].filter((survivor) => survivor.file === file)
    // The first that fits is taken, so one that stands behind it is idle too.
    const needed = new Set(left.map((survivor) => reasons.find((one) => fits(one, survivor))))
    return reasons.filter((one) => !needed.has(one)).map(({ code, to }) => ({ file, code, to }))
  })
}

const fits = ({ code, to, line }: Reason, survivor: Survivor) =>
  code === shorten(survivor.code) &&
  (to === '*' || to === shorten(survivor.replacement)) &&
  (line === undefined || survivor.around.includes(line))

/** Code as the report prints it, and as a reason names it. */
export const shorten = (text: string) => (text.length > 90 ? `${text.slice(0, 87)}...` : text)
