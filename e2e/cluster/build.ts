// Builds the control plane's programs from the Go modules beside this file and keeps them under .cache/cluster;
// `all` fetches the Gateway API's module as well.
// Command line: node e2e/cluster/build.ts [etcd kube-apiserver kube-controller-manager kube-proxy kubectl helm-chart coredns | all]
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { folderOfGatewayModule } from './gateway-module.ts'
import { isAlive } from './processes.ts'

const run = promisify(execFile)
const goModules = fileURLToPath(new URL('./go', import.meta.url))
const cache = fileURLToPath(new URL('../../.cache/cluster', import.meta.url))

const programs = {
  etcd: { module: 'etcd', main: 'go.etcd.io/etcd/server/v3' },
  'kube-apiserver': { module: 'kubernetes', main: 'k8s.io/kubernetes/cmd/kube-apiserver' },
  'kube-controller-manager': { module: 'kubernetes', main: 'k8s.io/kubernetes/cmd/kube-controller-manager' },
  'kube-proxy': { module: 'kubernetes', main: 'k8s.io/kubernetes/cmd/kube-proxy' },
  kubectl: { module: 'kubernetes', main: 'k8s.io/kubernetes/cmd/kubectl' },
  // Its go.mod pins what it shares with the control plane to the same versions, so that Go compiles those packages once.
  'helm-chart': { module: 'helm', main: '.' },
  // So does this one's, with the packages of CoreDNS that answer for Services and no others.
  coredns: { module: 'coredns', main: '.' },
} as const

export type Program = keyof typeof programs

export const controlPlanePrograms = ['etcd', 'kube-apiserver', 'kube-controller-manager'] as const

/** Paths of the wanted programs, built on first use; a second call takes no time and needs no Go. */
export async function ensurePrograms<P extends Program>(wanted: readonly P[]): Promise<Record<P, string>> {
  const found: [P, string][] = []
  for (const program of wanted) found.push([program, await ensureProgram(program)])
  return Object.fromEntries(found) as Record<P, string>
}

/** Why the wanted programs can be neither found nor built here, or undefined when they can. A reason to skip. */
export async function whyNoPrograms(wanted: readonly Program[] = controlPlanePrograms): Promise<string | undefined> {
  const missing: string[] = []
  for (const program of wanted) if (!(await exists(await binaryPath(program)))) missing.push(program)
  if (missing.length === 0) return undefined
  const problem = await run('go', ['version']).then(
    () => undefined,
    (cause: Error) => cause.message,
  )
  return problem === undefined ? undefined : `${missing.join(', ')} not built and no Go to build with (${problem})`
}

async function ensureProgram(program: Program): Promise<string> {
  const path = await binaryPath(program)
  if (await exists(path)) return path
  return underLock(async () => {
    if (!(await exists(path))) await build(program, path)
    return path
  })
}

async function build(program: Program, path: string): Promise<void> {
  const { module, main } = programs[program]
  const folder = path.slice(0, -program.length - 1)
  const half = join(folder, `.${program}.${process.pid}`)
  await mkdir(folder, { recursive: true })
  process.stderr.write(`building ${program} (minutes on the first run, then kept in .cache/cluster)\n`)
  try {
    await run('go', ['build', '-mod=readonly', '-trimpath', '-ldflags', await linkerFlags(module), '-o', half, main], {
      cwd: join(goModules, module),
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' },
      maxBuffer: 64 << 20,
    })
    await rename(half, path)
  } catch (cause) {
    throw new Error(`${program} could not be built by Go: ${cause instanceof Error ? cause.message : cause}`)
  } finally {
    await rm(half, { force: true })
  }
  await dropOlderBuilds(module, folder)
}

// Without these the API server calls itself v0.0.0-master, and clients that look at /version are misled.
async function linkerFlags(module: string): Promise<string> {
  const text = await readFile(join(goModules, module, 'go.mod'), 'utf8')
  const version = /k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\d+)/.exec(text)
  if (!version) return '-s -w'
  const stamp = { gitVersion: version[1], gitMajor: version[2], gitMinor: version[3] }
  const set = Object.entries(stamp).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
  return ['-s -w', ...set].join(' ')
}

// The module's pins and own sources are the key: what has changed, or another machine, never meets an old binary.
async function binaryPath(program: Program): Promise<string> {
  const { module } = programs[program]
  const key = createHash('sha256').update(`${process.platform} ${process.arch}`)
  const own = (await readdir(join(goModules, module))).filter((file) => file.endsWith('.go')).sort()
  for (const file of ['go.mod', 'go.sum', ...own]) key.update(await readFile(join(goModules, module, file)))
  return join(cache, `${module}-${key.digest('hex').slice(0, 16)}`, program)
}

async function dropOlderBuilds(module: string, current: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = join(cache, name)
    if (name.startsWith(`${module}-`) && folder !== current) await rm(folder, { recursive: true })
  }
}

// One build at a time, whatever number of test workers ask: two cold builds at once would take twice as long.
async function underLock<T>(work: () => Promise<T>): Promise<T> {
  const lock = join(cache, 'lock')
  await mkdir(cache, { recursive: true })
  while (!(await takeLock(lock))) await sleep(250)
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

// The lock is a link to its holder's pid: made in one step, so a crash leaves no lock that nobody holds.
async function takeLock(lock: string): Promise<boolean> {
  try {
    await symlink(String(process.pid), lock)
    return true
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
  }
  const holder = await readlink(lock).catch(() => undefined)
  if (holder !== undefined && !isAlive(Number(holder))) await rm(lock, { force: true })
  return false
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function isProgram(name: string): name is Program {
  return name in programs
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [first = '', ...more] = process.argv.slice(2)
  const names = first === 'all' ? Object.keys(programs) : [first, ...more].filter((name) => name !== '')
  const unknown = names.filter((name) => !isProgram(name))
  if (unknown.length > 0) throw new Error(`not one of ${Object.keys(programs).join(', ')}: ${unknown.join(', ')}`)
  const paths = await ensurePrograms(names.length > 0 ? names.filter(isProgram) : controlPlanePrograms)
  // No program, but fetched from the same place; the tests that want it say themselves when it cannot be had.
  if (first === 'all') {
    await folderOfGatewayModule().catch((cause: Error) => process.stderr.write(`not fetched: ${cause.message}\n`))
  }
  for (const path of Object.values(paths)) process.stdout.write(`${path}\n`)
}
