// Runs the image's files as a pod would: the start script of the image as pid 1 of a container (pod.sh), with the environment,
// user, memory and mounts that it is given. Nothing is there of this machine but its programs and libraries.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { copyImage, imageStart } from '../../scripts/image-files.mjs'
import { type Exit, startGuard, startProgram } from '../cluster/processes.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('./pod.sh', import.meta.url))
// Version 2 of cgroups has one tree for all controllers, version 1 one of its own for memory.
const cgroups = existsSync('/sys/fs/cgroup/cgroup.controllers')
  ? { parent: '/sys/fs/cgroup', limit: 'memory.max', peak: 'memory.peak' }
  : { parent: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes', peak: 'memory.max_usage_in_bytes' }

/** Why no such container can be made here, or undefined when it can. A reason to skip. */
export async function whyNoPods(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'not Linux'
  if (process.getuid?.() !== 0) return 'not root'
  const memory = await cgroup('triplane-probe').then(
    ({ remove }) => remove(),
    (cause: Error) => `no memory cgroups (${cause.message})`,
  )
  if (typeof memory === 'string') return memory
  return run('unshare', ['--mount', '--pid', '--fork', 'setpriv', '--version']).then(
    () => undefined,
    (cause: Error) => `no mount namespaces (${cause.message})`,
  )
}

/** What the image itself puts into the environment. */
export async function imageEnv(): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(new URL('../../deploy/Dockerfile', import.meta.url), 'utf8')
  const [, line = ''] = /^ENV (.+)$/m.exec(text) ?? []
  return Object.fromEntries(line.split(' ').map((one) => one.split('=', 2) as [string, string]))
}

export type PodOptions = {
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>
  /** Contents by absolute path, readable by the pod's user. */
  readonly files?: Readonly<Record<string, string>>
  readonly uid?: number
  /** Bytes; the pod is killed above. */
  readonly memory?: number
}

export type Pod = {
  readonly exited: Promise<Exit>
  log(): Promise<string>
  /** Runs JavaScript in the container, as its user and with its mounts; resolves with what it prints. */
  node(code: string): Promise<string>
  /** Highest memory use so far, page cache and kernel with it. Bytes. */
  peak(): Promise<number>
  /** SIGTERM to pid 1, as a kubelet does; resolves when all of it is gone. */
  stop(): Promise<Exit>
}

/** Starts the image's start script. */
export async function startPod({ env, files = {}, uid = 65532, memory = 768 << 20 }: PodOptions): Promise<Pod> {
  const folder = await mkdtemp(join(tmpdir(), 'triplane-pod-'))
  const guard = startGuard(folder)
  const limit = await cgroup(`triplane-${process.pid}-${folder.slice(-6)}`, memory)
  const [envFile, logFile] = [join(folder, 'env'), join(folder, 'log')]
  await mkdir(join(folder, 'image'))
  copyImage(join(folder, 'image'))
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, 'mounts', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content, { mode: 0o444 })
  }
  await writeFile(
    envFile,
    Object.entries(env)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  const isolate = ['unshare', '--mount', '--propagation=private', '--pid', '--fork', '--kill-child']
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', imageStart]
  const inside = ['sh', script, folder, limit.path, envFile, String(uid), ...node]
  const program = startProgram([...isolate, ...inside], logFile, guard)
  const first = async () => Number(await readFile(`/proc/${program.pid}/task/${program.pid}/children`, 'utf8'))
  const exited = program.exited
  return {
    exited,
    log: () => readFile(logFile, 'utf8'),
    node: async (code) => {
      const enter = ['--target', String(await first()), '--mount', '--pid', '--root', '--wd']
      const drop = ['setpriv', '--reuid', String(uid), '--regid', String(uid), '--clear-groups', '--no-new-privs']
      return (await run('nsenter', [...enter, ...drop, '/node/node', '-e', code])).stdout
    },
    peak: async () => Number(await readFile(join(limit.path, cgroups.peak), 'utf8')),
    stop: async () => {
      const pid = await first().catch(() => undefined)
      if (pid) process.kill(pid, 'SIGTERM')
      const late = setTimeout(() => process.kill(program.pid, 'SIGKILL'), 20_000)
      const exit = await exited
      clearTimeout(late)
      await guard.end()
      await limit.remove()
      return exit
    },
  }
}

async function cgroup(name: string, bytes = 1 << 30): Promise<{ path: string; remove(): Promise<void> }> {
  const path = join(cgroups.parent, name)
  await mkdir(path)
  const remove = async () => rmdir(path)
  await writeFile(join(path, cgroups.limit), String(bytes)).catch(async (cause) => {
    await remove()
    throw cause
  })
  return { path, remove }
}
