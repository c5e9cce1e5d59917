// Credentials on the wire: rows 1, 14, 26, 27 of the fault catalogue.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { type Connection, contextConnection, plainConnection } from './connection'
import { execPluginOf, runExecPlugin } from './exec-plugin'
import { loadContext } from './kubeconfig'
import { readList } from './list'
import { type Resource, resourcesOf } from './resources'
import { createFakeClock } from './testing/fake-clock'
import { startFaultyApi, withStatus } from './testing/faulty-api'
import { type Harness, services, startHarness } from './testing/harness'
import { expectNoUnhandledRejection } from './testing/unhandled'

expectNoUnhandledRejection()

const folder = mkdtempSync(join(tmpdir(), 'connection-'))
afterAll(() => rmSync(folder, { recursive: true }))
const open: { close(): void | Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const serviceList = resourcesOf({ namespaces: [], watchPods: true }).find(({ kind }) => kind === 'Service') as Resource
const tokenFile = join(folder, 'token')

async function server() {
  const clock = createFakeClock()
  const api = await startFaultyApi(clock)
  open.push(api)
  return { clock, api }
}

function connect(url: string, user: Record<string, unknown>): Connection {
  const path = join(folder, 'config')
  const content = {
    clusters: [{ name: 'c', cluster: { server: url } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  }
  writeFileSync(path, JSON.stringify(content))
  const connection = contextConnection({ load: () => loadContext([path], undefined), env: process.env })
  open.push(connection)
  return connection
}

/** The Authorization header that a list arrives with, or the fault's code. */
async function authorization(
  connection: Connection,
  { clock, api }: Awaited<ReturnType<typeof server>>,
): Promise<unknown> {
  const signal = new AbortController().signal
  try {
    await readList(serviceList, { connection, clock, signal }, () => undefined)
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
  return api.log.at(-1)?.headers.authorization
}

test.each([
  ['a token', { token: 'abc' }, 'Bearer abc'],
  ['a name and password', { username: 'me', password: 'pass' }, `Basic ${Buffer.from('me:pass').toString('base64')}`],
  ['nobody', {}, undefined],
])('%s', async (_name, user, header) => {
  const to = await server()
  expect(await authorization(connect(to.api.url, user), to)).toBe(header)
})

describe('[K25] a token in a file', () => {
  test('a newline at its end is trimmed; a new token counts after a rejection', async () => {
    const to = await server()
    writeFileSync(tokenFile, 'one\n')
    const connection = connect(to.api.url, { tokenFile })
    expect(await authorization(connection, to)).toBe('Bearer one')
    writeFileSync(tokenFile, 'two\r\n')
    await connection.refreshCredentials()
    expect(await authorization(connection, to)).toBe('Bearer two')
  })

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['white', ' \n'],
  ])('%s for a while: no request is sent without a name, and it heals by itself', async (_name, content) => {
    const to = await server()
    rmSync(tokenFile, { force: true })
    if (content !== undefined) writeFileSync(tokenFile, content)
    const connection = connect(to.api.url, { tokenFile })
    expect(await authorization(connection, to)).toBe('credentials-unreadable')
    expect(to.api.log).toHaveLength(0)
    writeFileSync(tokenFile, 'late')
    await connection.refreshCredentials()
    expect(await authorization(connection, to)).toBe('Bearer late')
  })
})

test('[K27] the kubeconfig, edited while we run, never leads to another server', async () => {
  const to = await server()
  const connection = connect(to.api.url, { token: 'a' })
  expect(await authorization(connection, to)).toBe('Bearer a')
  const other = await server()
  connect(other.api.url, { token: 'b' })
  await connection.refreshCredentials()
  expect(await authorization(connection, to)).toBe('credentials-unreadable')
  expect(other.api.log).toHaveLength(0)
})

test('[K17] a host that is not known', async () => {
  const to = await server()
  expect(await authorization(connect('https://no-such-host.invalid:6443', {}), to)).toBe('host-not-found')
})

test('[K17] https asked of a port that speaks plain http', async () => {
  const to = await server()
  expect(await authorization(connect(to.api.url.replace('http:', 'https:'), {}), to)).toBe('tls-failed')
})

test.each(['http://10.0.0.1:80', 'https://127.0.0.1:1', 'http://localhost.evil.test'])(
  'no plain connection to %s',
  (url) => {
    expect(() => plainConnection(url)).toThrow(/not a loopback http address/)
  },
)

describe('[K26] an exec plugin', () => {
  const node = (script: string, over: Record<string, unknown> = {}) => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', script],
      ...over,
    }
    const plugin = execPluginOf(exec, { server: 'https://api', 'certificate-authority-data': 'Q0E=' })
    if (plugin === 'unusable') throw new Error('unusable')
    return plugin
  }
  const print = (status: unknown) =>
    `console.log(JSON.stringify({kind:'ExecCredential',status:${JSON.stringify(status)}}))`

  test('gives a token, and is told about the cluster when it wants to be', async () => {
    const script = `console.log(JSON.stringify({kind:'ExecCredential',status:{token:process.env.KUBERNETES_EXEC_INFO+process.env.X}}))`
    const { token } = await runExecPlugin(
      node(script, { provideClusterInfo: true, env: [{ name: 'X', value: '!' }] }),
      process.env,
    )
    expect(JSON.parse(token.slice(0, -1))).toEqual({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: { interactive: false, cluster: { server: 'https://api', 'certificate-authority-data': 'Q0E=' } },
    })
    expect(token.at(-1)).toBe('!')
  })

  test.each<[string, string, RegExp]>([
    [
      'that fails: its own first line, without a token',
      `console.error('login expired token=abc\\nmore');process.exit(1)`,
      /login expired token=\[gone\]$/,
    ],
    ['that fails in silence', 'process.exit(3)', /exit code 3/],
    ['that prints garbage', `console.log('Hello')`, /not an ExecCredential/],
    ['that prints another object', `console.log('{}')`, /not an ExecCredential/],
    ['that gives nothing', print({}), /not an ExecCredential/],
    ['that asks a question', `process.stdin.on('data',()=>0).on('end',()=>process.exit(4))`, /exit code 4/],
  ])('%s', async (_name, script, message) => {
    await expect(runExecPlugin(node(script), process.env)).rejects.toMatchObject({
      code: 'credentials-unreadable',
      detail: expect.stringMatching(message),
    })
  })

  test('that is not there', async () => {
    await expect(runExecPlugin({ command: 'no-such-plugin', args: [], env: {} }, process.env)).rejects.toThrow(
      /no-such-plugin.*ENOENT/,
    )
  })

  test('that hangs is ended', async () => {
    await expect(runExecPlugin(node('setInterval(()=>0,1000)'), process.env, 300)).rejects.toThrow(/ended by SIGKILL/)
  })

  test('is run again when its credential has expired, and when the server rejects it', async () => {
    const to = await server()
    const counter = join(folder, 'counter')
    writeFileSync(counter, '')
    const script = `const fs=require('fs');fs.appendFileSync(${JSON.stringify(counter)},'x');console.log(JSON.stringify({kind:'ExecCredential',status:{token:'t'+fs.readFileSync(${JSON.stringify(counter)}).length}}))`
    const connection = connect(to.api.url, { exec: { command: process.execPath, args: ['-e', script] } })
    expect(await authorization(connection, to)).toBe('Bearer t1')
    expect(await authorization(connection, to)).toBe('Bearer t1')
    await connection.refreshCredentials()
    expect(await authorization(connection, to)).toBe('Bearer t2')
  })
})

describe('[K1] a reflector whose credentials are rejected', () => {
  let h: Harness
  afterEach(() => h.stop())

  test('reads them again and goes on with the new ones', async () => {
    let refreshed = 0
    const counting = (plain: Connection): Connection => ({
      ...plain,
      prepare: async () => ({ ...(await plain.prepare()), headers: { authorization: `Bearer ${refreshed}` } }),
      refreshCredentials: async () => {
        refreshed += 1
      },
    })
    h = await startHarness({ connection: counting })
    h.start()
    await h.live()
    h.api.fail('watch', withStatus(401))
    await h.passTime(60_000)
    for (const watch of h.api.watches) watch.end()
    await h.asked('watch', 3)
    expect(refreshed).toBe(1)
    expect(h.api.log.at(-1)?.headers.authorization).toBe('Bearer 1')
    h.api.put(services, 'new')
    await h.healed()
    expect(h.api.count('list')).toBe(1)
  })
})
