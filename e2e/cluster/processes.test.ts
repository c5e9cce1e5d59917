import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { waitFor } from './api.ts'
import { isAlive, startGuard, startProgram, untilUp } from './processes.ts'

test('nothing outlives a test run that is killed without warning: its programs and its folder go', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triplane-guard-'))
  const script = `
    const { startGuard, startProgram } = await import(${JSON.stringify(new URL('./processes.ts', import.meta.url).href)})
    const program = startProgram(['/bin/sleep', '600'], ${JSON.stringify(join(folder, 'log'))}, startGuard(${JSON.stringify(folder)}))
    console.log(program.pid)`
  const run = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = await new Promise<number>((resolve) => {
    createInterface(run.stdout).once('line', (line) => resolve(Number(line)))
  })
  expect(isAlive(pid)).toBe(true)
  run.kill('SIGKILL')
  await waitFor('the program is gone', async () => !isAlive(pid), 5000)
  await waitFor('its folder is gone', async () => !existsSync(folder), 5000)
})

test('a program that ends before it is up is an error with the end of its log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triplane-guard-'))
  const guard = startGuard(folder)
  const program = startProgram(['/bin/sh', '-c', 'echo no such flag; exit 3'], join(folder, 'log'), guard)
  await expect(untilUp(program, async () => false)).rejects.toThrow(/sh ended .*3.*\n.*no such flag/)
  await guard.end()
  expect(existsSync(folder)).toBe(false)
})
