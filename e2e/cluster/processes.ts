// Child processes that cannot outlive the test run: each is watched by a guard that kills it when this process is gone.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export type Exit = { code: number | null; signal: NodeJS.Signals | null }

export type Program = {
  name: string
  pid: number
  /** Resolves when the program is gone, whoever ended it. */
  exited: Promise<Exit>
  /** Sends the signal and waits until the program is gone; SIGKILL follows after 20 s. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Exit>
  /** Resolves when every thread stands still: until then the program may still answer. */
  pause(): Promise<void>
  resume(): void
  logTail(): string
}

export type Guard = {
  watch(pid: number): void
  forget(pid: number): void
  /** Kills what is left, removes the folder and waits until both are done. */
  end(): Promise<void>
}

// Input ends when this process ends, however it ends (SIGKILL too), and then the guard does its work.
const guardScript = `
trap '' INT TERM HUP
pids=' '
while read -r verb pid; do
  case $verb in
    watch) pids="$pids$pid ";;
    forget) pids="\${pids%% $pid *} \${pids#* $pid }";;
  esac
done
for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
rm -rf -- "$1"
`

/** A guard over child processes and the folder they write to. */
export function startGuard(folder: string): Guard {
  const shell = spawn('/bin/sh', ['-c', guardScript, 'guard', folder], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  })
  const { stdin } = shell
  const gone = once(shell, 'exit')
  return {
    watch: (pid) => void stdin.write(`watch ${pid}\n`),
    forget: (pid) => void stdin.write(`forget ${pid}\n`),
    end: async () => {
      stdin.end()
      await gone
    },
  }
}

/** Starts a program with its output in a log file. */
export function startProgram(command: readonly string[], logPath: string, guard: Guard): Program {
  const [path = '', ...args] = command
  const name = path.slice(path.lastIndexOf('/') + 1)
  const log = openSync(logPath, 'a')
  const child = spawn(path, args, { stdio: ['ignore', log, log] })
  closeSync(log)
  const { pid } = child
  if (pid === undefined) throw new Error(`${path} could not be started`)
  guard.watch(pid)
  const exited = exitOf(child).finally(() => guard.forget(pid))
  return {
    name,
    pid,
    exited,
    end: async (signal) => {
      child.kill(signal)
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
      return exited.finally(() => clearTimeout(late))
    },
    pause: async () => {
      child.kill('SIGSTOP')
      while (threadStates(pid).some((state) => state !== 'T')) await sleep(5)
    },
    resume: () => void child.kill('SIGCONT'),
    logTail: () => readFileSync(logPath, 'utf8').slice(-4000),
  }
}

/** Waits until `isUp` says so; a program that ends before that is an error with the end of its log. */
export async function untilUp(program: Program, isUp: () => Promise<boolean>): Promise<void> {
  const state: { exit?: Exit } = {}
  void program.exited.then((exit) => {
    state.exit = exit
  })
  const giveUpAt = Date.now() + 120_000
  while (!(await isUp())) {
    if (state.exit) throw new Error(`${program.name} ended (${JSON.stringify(state.exit)}):\n${program.logTail()}`)
    if (Date.now() > giveUpAt) throw new Error(`${program.name} is not up after 120 s:\n${program.logTail()}`)
    await sleep(50)
  }
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
}

// proc(5): the state follows the name, which stands in parentheses and may hold any sign. A thread may end between two reads.
function threadStates(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')
      return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH')
        return []
      throw error
    }
  })
}
