// The package as people install it: packed, put into an empty folder by the real npm, and run from there.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { makePackage } from '../../scripts/package.mjs'
import { root } from '../../scripts/root'
import { whyNoPrograms } from '../cluster/build'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane'
import { grant } from '../cluster/objects'
import { freePort } from '../product'
import { installPackage, readTarball } from './consumer'

const skipReason = await whyNoPrograms()
if (skipReason !== undefined) console.log(`SKIP REASON: ${skipReason}`)

let tarball = ''
let folder = ''

beforeAll(async () => {
  tarball = await makePackage(root, () => undefined)
  folder = installPackage(tarball, join(root, 'package-lock.json'))
}, 400_000)
afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

type Env = Readonly<Record<string, string>>

// Nothing of this machine but the PATH: no kubeconfig of whoever runs the tests.
const environment = (env: Env): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: join(folder, 'no-home'),
  NODE_ENV: 'production',
  ...env,
})

function triplane(args: readonly string[], env: Env = {}) {
  const { status, stdout, stderr } = spawnSync(join(folder, 'node_modules', '.bin', 'triplane'), args, {
    cwd: folder,
    env: environment(env),
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

// What the browser loads is made by the build, whatever its name.
const assets = /^\.next\/standalone\/\.next\/static\/media\//

test('the package holds the build and nothing of the sources, and installs without scripts', () => {
  const { files, manifest } = readTarball(tarball)
  expect(files.filter((file) => /\.tsx?$|\/node_modules\/|\.test\.|\.map$/.test(file) && !assets.test(file))).toEqual(
    [],
  )
  expect(files).toContain('bin/triplane.mjs')
  expect(Object.values(manifest.dependencies ?? {}).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  expect(existsSync(join(folder, 'node_modules', 'triplane', 'server', 'launch.mjs'))).toBe(true)
})

test('the command says its version and its help, and what it does not know', () => {
  const npx = spawnSync('npx', ['--no-install', 'triplane', '--version'], { cwd: folder, env: environment({}) })
  expect(String(npx.stdout)).toBe('0.1.0\n')
  expect(triplane(['help']).stdout).toContain('triplane doctor')
  const unknown = triplane(['explode'])
  expect(unknown).toMatchObject({ status: 2, stdout: '' })
  expect(unknown.stderr).toContain('There is no command "explode".')
  expect(triplane(['doctor', 'now'])).toMatchObject({ status: 2 })
})

test('doctor: the embedded cluster needs nothing; a setting that cannot be used is one sentence', () => {
  expect(triplane(['doctor'], { TRIPLANE_CLUSTER: 'embedded' })).toMatchObject({ status: 0, stderr: '' })
  const bad = triplane(['doctor'], { KUBECONFIG: '/nowhere' })
  expect(bad).toMatchObject({ status: 2, stdout: 'KUBECONFIG: no such file: /nowhere\n', stderr: '' })
})

describe('started from there', () => {
  let server: ChildProcess
  let port = ''
  let log = ''

  beforeAll(async () => {
    port = String(await freePort())
    const env = environment({ PORT: port, TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SPEED: '0' })
    const bin = join(folder, 'node_modules', 'triplane', 'bin', 'triplane.mjs')
    server = spawn(process.execPath, [bin], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [server.stdout, server.stderr])
      stream?.on('data', (chunk: Buffer) => {
        log += chunk.toString()
      })
    const giveUpAt = Date.now() + 60_000
    while (!log.includes(`http://127.0.0.1:${port}`)) {
      if (Date.now() > giveUpAt || server.exitCode !== null) throw new Error(`it did not start:\n${log}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }, 90_000)
  afterAll(() => void server.kill('SIGKILL'))

  test('it serves the dashboard, its scripts, its data and its numbers', async () => {
    const origin = `http://127.0.0.1:${port}`
    const page = await (await fetch(origin)).text()
    expect(page).toContain('Triplane')
    const [script = ''] = /\/_next\/static\/[^"]+\.js/.exec(page) ?? []
    expect((await fetch(origin + script)).status).toBe(200)
    expect(await (await fetch(`${origin}/api/view.json`)).json()).toMatchObject({ epoch: expect.any(String) })
    // It answers before it has read its cluster.
    await expect
      .poll(async () => (await fetch(`${origin}/metrics`)).text(), { timeout: 30_000 })
      .toContain('triplane_ready 1\n')
    expect(triplane(['open'], { PORT: port, TRIPLANE_CLUSTER: 'embedded' })).toMatchObject({
      status: 0,
      stdout: `${origin}\n`,
    })
  })

  test('it ends when it is told to', async () => {
    const gone = once(server, 'exit')
    server.kill('SIGTERM')
    expect(await gone).toEqual([0, null])
    expect(triplane(['open'], { PORT: port, TRIPLANE_CLUSTER: 'embedded' })).toMatchObject({ status: 1 })
  })
})

describe.skipIf(skipReason !== undefined)('doctor on a real API server', () => {
  let cluster: ControlPlane
  beforeAll(async () => {
    cluster = await startControlPlane()
  })
  afterAll(async () => {
    await cluster?.stop()
  })

  const doctor = (user: 'admin' | 'viewer', env: Env = {}) =>
    triplane(['doctor'], { TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigs[user], ...env })

  type Role = { kind: string; metadata: { namespace?: string }; rules: never[] }

  test('[T2] without rights it says what is missing; with exactly the rules it prints, nothing is missing and nothing too much', async () => {
    const before = doctor('viewer')
    expect(before.status).toBe(1)
    expect(before.stdout).toContain('Kubernetes:  v1.')
    expect(before.stdout).toContain('NO PICTURE: Services are what Triplane shows')
    expect(before.stdout).not.toContain(cluster.tokens.viewer)
    const roles = parseAllDocuments(before.stdout.slice(before.stdout.indexOf('apiVersion:'))).map(
      (document): Role => document.toJS(),
    )
    for (const { rules, metadata } of roles)
      await grant(cluster.api, 'viewer', { rules, namespace: metadata.namespace })
    const after = doctor('viewer')
    expect(after.stdout).toContain('Everything Triplane reads with these settings may be read.')
    expect(after.stdout).not.toContain('More is granted')
    expect(after.stdout).not.toContain('NO')
    expect(after.status).toBe(0)
  })

  test('[T2] an administrator may do too much, and is told so', () => {
    const { status, stdout } = doctor('admin')
    expect(status).toBe(0)
    expect(stdout).toContain('More is granted than Triplane ever uses.')
    expect(stdout).toContain('every resource: * *')
  })

  test('an API server that is away is said so', async () => {
    const away = doctor('viewer', { KUBECONFIG: cluster.kubeconfigs.viewer })
    expect(away.status).toBe(0)
    await cluster.killApiServer()
    const gone = doctor('viewer')
    expect(gone.status).toBe(2)
    expect(gone.stdout).toContain('The API server cannot be asked: connection-refused.')
  })
})
