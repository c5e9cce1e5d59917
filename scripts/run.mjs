// `node scripts/run.mjs NAME [arguments]` runs scripts/NAME.ts. Plain JavaScript for any Node from 20.9 on: one that cannot read
// TypeScript gets a plain sentence, not an error about file extensions.
import { nodeComplaint } from './node-version.mjs'

const [name] = process.argv.splice(2, 1)
const complaint = nodeComplaint()
if (complaint !== undefined) {
  console.error(complaint)
  process.exitCode = 1
} else {
  await import(new URL(`${name}.ts`, import.meta.url).href)
}
