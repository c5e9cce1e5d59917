import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { nodeComplaint } from './node-version.mjs'
import { root } from './root'

const execute = promisify(execFile)

test('a Node that cannot read TypeScript is told which one is needed, in one sentence', async () => {
  // The version is what the script reads of the Node that runs it.
  const pretend = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.9.0' })`
  const run = execute(process.execPath, ['--import', pretend, join(root, 'scripts', 'run.mjs'), 'test'])
  await expect(run).rejects.toMatchObject({ code: 1, stdout: '', stderr: `${nodeComplaint('20.9.0')}\n` })
})

test('no script of npm hands a .ts file to Node itself: an older one dies of its extension', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const command of Object.values(scripts)) expect(command).not.toMatch(/\bnode \S+\.ts\b/)
})

test('Next is started without telemetry', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(scripts.dev).toMatch(/^NEXT_TELEMETRY_DISABLED=1 next dev/)
})
