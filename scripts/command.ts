import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.ts'

export type Finished = { readonly code: number; readonly output: string }

type Options = { readonly env?: Readonly<Record<string, string>>; readonly echo?: boolean; readonly timeoutMs?: number }

/**
 * Runs a command of the project (node_modules/.bin is on its PATH) and resolves when it has ended, with its exit code and
 * the last 200 kB of its output. Never rejects: a command that cannot start, or runs out of time, has code 127 or 124.
 */
export function run(command: readonly [string, ...string[]], options: Options = {}): Promise<Finished> {
  const [program, ...args] = command
  const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...options.env, PATH: path },
      detached: true,
    })
    let output = ''
    let timedOut = false
    const keep = (chunk: Buffer) => {
      if (options.echo) process.stdout.write(chunk)
      output = (output + chunk.toString('utf8')).slice(-200_000)
    }
    // The whole process group goes, so that a hanging tool leaves no child behind.
    const kill = () => {
      timedOut = true
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(kill, options.timeoutMs)
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => {
      clearTimeout(timer)
      resolve({ code: 127, output: `${program}: ${error.message}` })
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code: timedOut ? 124 : (code ?? 1), output })
    })
  })
}
