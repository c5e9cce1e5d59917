// Runs a folder of vectors files. A kind is the beginning of a file's name; kinds not in the table count as neither passed nor failed.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkProxyTopology } from './proxy-topology.ts'
import { checkSlicing } from './slicing.ts'

/** Checks one vector or one sequence: undefined when it passes, else what differs. */
type Check = (vector: unknown) => string | undefined

const KINDS: ReadonlyMap<string, Check> = new Map([
  ['proxy-topology', checkProxyTopology],
  ['slicing', checkSlicing],
])

type Failure = { readonly name: string; readonly difference: string }
export type FileReport = {
  readonly file: string
  /** Undefined when no check fits the file's name. */
  readonly kind: string | undefined
  readonly passed: number
  readonly failures: readonly Failure[]
}

/** One report per JSON file, in the order of their names. A file that cannot be read as vectors is one failure. */
export async function runFolder(folder: string): Promise<readonly FileReport[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map((file) =>
      readFile(join(folder, file), 'utf8').then(
        (text) => runFile(file, text),
        (error: Error) => broken(file, `cannot be read: ${error.message}`),
      ),
    ),
  )
}

/** Runs the vectors in the text of one file. */
export function runFile(file: string, text: string): FileReport {
  const kind = kindOf(file)
  const check = kind === undefined ? undefined : KINDS.get(kind)
  const vectors = readVectors(text)
  if (typeof vectors === 'string') return broken(file, vectors)
  if (!check) return { file, kind, passed: 0, failures: [] }
  const failures = vectors.flatMap((vector, i) => {
    const found = tryCheck(check, vector)
    return found === undefined ? [] : [{ name: nameOf(vector) ?? `#${i}`, difference: found }]
  })
  return { file, kind, passed: vectors.length - failures.length, failures }
}

const kindOf = (file: string) =>
  [...KINDS.keys()].find((known) => file === `${known}.json` || file.startsWith(`${known}-`))

const broken = (file: string, difference: string): FileReport => ({
  file,
  kind: kindOf(file),
  passed: 0,
  failures: [{ name: '(file)', difference }],
})

/** The vectors, or what is wrong with the file. */
function readVectors(text: string): readonly unknown[] | string {
  try {
    const content: unknown = JSON.parse(text)
    const vectors =
      typeof content === 'object' && content !== null && 'vectors' in content ? content.vectors : undefined
    return Array.isArray(vectors) && vectors.length > 0 ? vectors : 'no list "vectors" with at least one vector'
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`
  }
}

// A vector that does not hold what its kind needs is a failure of that vector, not of the run.
function tryCheck(check: Check, vector: unknown): string | undefined {
  try {
    return check(vector)
  } catch (error) {
    return `cannot be run: ${error instanceof Error ? error.message : String(error)}`
  }
}

const nameOf = (vector: unknown) =>
  typeof vector === 'object' && vector !== null && 'name' in vector ? String(vector.name) : undefined
