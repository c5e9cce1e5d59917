// One folder's mutants, each run against the tests of that folder.
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { root } from '../root.ts'

export type Survivor = {
  readonly file: string
  readonly line: number
  readonly mutator: string
  /** The code that was changed, and what it was changed to. */
  readonly code: string
  readonly replacement: string
  /** The line that it begins in. */
  readonly around: string
  /** False when no test runs the code at all. */
  readonly covered: boolean
}

export type MutatedFolder = {
  readonly folder: string
  readonly mutants: number
  /** In percent: those noticed, by a failing test or by a test that does not end. */
  readonly score: number
  readonly survivors: readonly Survivor[]
  /** Left out by `quick`: what becomes of them is not known. */
  readonly untried: readonly Survivor[]
}

/**
 * Takes minutes: one mutant at a time, so that nothing else on the machine is slowed down more than need be. `quick` leaves out
 * code that runs once, when its module is loaded (each such mutant needs all tests), and takes over what an earlier run found
 * where neither the code nor its tests have changed.
 */
export async function mutate(folder: string, quick: boolean): Promise<MutatedFolder> {
  process.env.TRIPLANE_MUTATED_FOLDER = folder
  if (quick) process.env.TRIPLANE_MUTATED_QUICK = 'yes'
  const name = folder.replaceAll('/', '-')
  const stryker = new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutation/vitest.config.ts' },
    mutate: [`${folder}/**/*.ts`, '!**/*.test.ts', '!**/testing.ts'],
    concurrency: 1,
    reporters: ['progress-append-only'],
    incremental: true,
    incrementalFile: join('.cache', `mutation-${name}.json`),
    force: !quick,
    ignoreStatic: quick,
    tempDirName: join('.cache', `mutation-${name}`),
    ignorePatterns: ['.next', '.cache', 'e2e', 'docs', 'public', 'test-results'],
    // Nothing in the sandbox reads it, and reading it needs an API that TypeScript no longer has.
    tsconfigFile: 'none.json',
    timeoutMS: 20_000,
  })
  const results = await stryker.runMutationTest()
  const counted = results.filter(({ status }) => COUNTED.has(status))
  const survivors = counted.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  return {
    folder,
    mutants: counted.length,
    score: (100 * (counted.length - survivors.length)) / counted.length,
    survivors: survivors.map(toSurvivor).sort((a, b) => compare(a.file, b.file) || a.line - b.line),
    untried: results.filter(({ status }) => status === 'Ignored').map(toSurvivor),
  }
}

// The others could not be run: code that does not compile counts neither way.
const COUNTED: ReadonlySet<string> = new Set(['Killed', 'Timeout', 'Survived', 'NoCoverage'])

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

function toSurvivor({ fileName, location, mutatorName, replacement = '', status }: MutantResult): Survivor {
  const lines = readFileSync(join(root, relative(root, fileName)), 'utf8').split('\n')
  const { start, end } = location
  const code = lines
    .slice(start.line - 1, end.line)
    .map((line, i, all) =>
      line.slice(i === 0 ? start.column - 1 : 0, i === all.length - 1 ? end.column - 1 : undefined),
    )
  return {
    file: relative(root, fileName),
    line: start.line,
    mutator: mutatorName,
    code: oneLine(code.join(' ')),
    replacement: oneLine(replacement),
    around: oneLine(lines[start.line - 1] ?? ''),
    covered: status === 'Survived',
  }
}

const oneLine = (code: string) => code.replace(/\s+/g, ' ').trim()

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
