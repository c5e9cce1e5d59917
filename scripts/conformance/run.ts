// Runs a folder of vectors files. A kind is the beginning of a file's name; kinds not in the table count as neither passed nor failed.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { difference, isObject } from './difference.ts'
import { checkDns } from './dns.ts'
import { checkEndpointsLegacy, checkSizeTable } from './endpoints-legacy.ts'
import { checkEnvironment } from './envvars.ts'
import { checkIptablesMeta, checkIptablesRules } from './iptables-rules.ts'
import { checkIpvsMeta, checkIpvsRules } from './ipvs-rules.ts'
import { checkNftablesBase, checkNftablesRules } from './nftables-rules.ts'
import { checkProxyTopology } from './proxy-topology.ts'
import { checkSlicing } from './slicing.ts'

/** What a check may look at beside its vector. */
export type VectorContext = {
  /** `meta` of the vector's own file; empty when it has none. */
  readonly meta: Readonly<Record<string, unknown>>
  /** Inputs of the folder's proxy-topology files by the name of their vector; several only where files disagree. */
  readonly topology: ReadonlyMap<string, readonly unknown[]>
}

/** `vector` checks one vector or one sequence, `meta` what the file says of all: undefined when it passes, else what differs. */
type KindChecks = {
  readonly vector: (vector: unknown, context: VectorContext) => string | undefined
  readonly meta?: (meta: VectorContext['meta']) => string | undefined
}

const KINDS: ReadonlyMap<string, KindChecks> = new Map<string, KindChecks>([
  ['nftables-rules', { vector: checkNftablesRules, meta: checkNftablesBase }],
  ['dns', { vector: checkDns }],
  ['endpoints-legacy', { vector: checkEndpointsLegacy, meta: checkSizeTable }],
  ['envvars', { vector: checkEnvironment }],
  ['proxy-topology', { vector: checkProxyTopology }],
  ['iptables-rules', { vector: checkIptablesRules, meta: checkIptablesMeta }],
  ['ipvs-extra', { vector: checkIpvsRules }],
  ['ipvs-rules', { vector: checkIpvsRules, meta: checkIpvsMeta }],
  ['slicing', { vector: checkSlicing }],
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
  const texts = await Promise.all(
    names.map((file) => readFile(join(folder, file), 'utf8').catch((error: Error) => error)),
  )
  const files = names.map((file, i) => ({ file, text: texts[i] ?? '' }))
  const topology = topologyInputs(files.flatMap(({ file, text }) => (typeof text === 'string' ? [{ file, text }] : [])))
  return files.map(({ file, text }) =>
    typeof text === 'string' ? runFile(file, text, topology) : broken(file, `cannot be read: ${text.message}`),
  )
}

/** Inputs of the proxy-topology files among these; a file that is no vectors file gives none (its own report says so). */
export function topologyInputs(
  files: readonly { readonly file: string; readonly text: string }[],
): VectorContext['topology'] {
  const inputs = new Map<string, unknown[]>()
  for (const { file, text } of files) {
    const content = kindOf(file) === 'proxy-topology' ? readVectors(text) : ''
    for (const vector of typeof content === 'string' ? [] : content.vectors) {
      const name = nameOf(vector)
      if (name === undefined || !isObject(vector) || vector.input === undefined) continue
      const known = inputs.get(name) ?? []
      if (known.every((input) => difference(input, vector.input) !== undefined))
        inputs.set(name, [...known, vector.input])
    }
  }
  return inputs
}

/** Runs the vectors in the text of one file. */
export function runFile(file: string, text: string, topology: VectorContext['topology'] = new Map()): FileReport {
  const kind = kindOf(file)
  const checks = kind === undefined ? undefined : KINDS.get(kind)
  const content = readVectors(text)
  if (typeof content === 'string') return broken(file, content)
  if (!checks) return { file, kind, passed: 0, failures: [] }
  const { meta, vectors } = content
  const failures = vectors.flatMap((vector, i) => {
    const found = orError(() => checks.vector(vector, { meta, topology }))
    return found === undefined ? [] : [{ name: nameOf(vector) ?? `#${i}`, difference: found }]
  })
  const passed = vectors.length - failures.length
  const metaFound = orError(() => checks.meta?.(meta))
  if (metaFound !== undefined) failures.unshift({ name: '(meta)', difference: metaFound })
  return { file, kind, passed, failures }
}

const kindOf = (file: string) =>
  [...KINDS.keys()].find((known) => file === `${known}.json` || file.startsWith(`${known}-`))

const broken = (file: string, difference: string): FileReport => ({
  file,
  kind: kindOf(file),
  passed: 0,
  failures: [{ name: '(file)', difference }],
})

type Content = { readonly meta: VectorContext['meta']; readonly vectors: readonly unknown[] }

/** The vectors, or what is wrong with the file. */
function readVectors(text: string): Content | string {
  try {
    const content: unknown = JSON.parse(text)
    const { meta, vectors } = isObject(content) ? content : {}
    if (!Array.isArray(vectors) || vectors.length === 0) return 'no list "vectors" with at least one vector'
    return { meta: isObject(meta) ? meta : {}, vectors }
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`
  }
}

// A vector that does not hold what its kind needs is a failure of that vector, not of the run.
function orError(check: () => string | undefined): string | undefined {
  try {
    return check()
  } catch (error) {
    return `cannot be run: ${error instanceof Error ? error.message : String(error)}`
  }
}

const nameOf = (vector: unknown) => (isObject(vector) && 'name' in vector ? String(vector.name) : undefined)
