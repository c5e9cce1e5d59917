// `npm run mutation [-- [--quick] FOLDER ...]`: changes the code of the decisions in small ways and counts the changes that no test of the same
// folder notices. Writes what it found of these folders to bench/mutation.md; ends with 1 when a folder's score is too low, when a survivor
// has no reason in bench/mutation-survivors.json, and when a reason there has no survivor.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MutatedFolder, mutate } from './mutation/mutate.ts'
import { readReasons } from './mutation/reasons.ts'
import { mutationReport, toldBefore, toText } from './mutation/report.ts'
import { root } from './root.ts'

const FOLDERS = ['proxy', 'slices', 'discovery', 'policy', 'entries', 'readiness', 'ports', 'cost'].map(
  (name) => `core/${name}`,
)
const LEAST_SCORE = 85

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const quick = process.argv.includes('--quick')
const folders: MutatedFolder[] = []
// One after the other: each takes all the time the machine has to spare.
for (const folder of asked.length > 0 ? asked : FOLDERS) folders.push(await mutate(folder, quick))

const survivors: unknown = JSON.parse(readFileSync(join(root, 'bench', 'mutation-survivors.json'), 'utf8'))
const day = new Date().toISOString().slice(0, 10)
const { told, faults } = mutationReport(folders, readReasons(survivors), { least: LEAST_SCORE, quick, day })
const file = join(root, 'bench', 'mutation.md')
writeFileSync(file, toText(FOLDERS, new Map([...toldBefore(readFileSync(file, 'utf8')), ...told])))
console.log(toText([...told.keys()], told))
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exitCode = 1
const sound = folders.filter(({ folder }) => !faults.some((fault) => fault.startsWith(folder)))
console.log(`${sound.length} passed, ${faults.length} failed`)
