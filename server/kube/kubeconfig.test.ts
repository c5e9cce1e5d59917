// Row 28 of the fault catalogue: what a kubeconfig may look like.
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { KubeconfigError, loadContext } from './kubeconfig'

const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
function file(content: string, name = `config-${files++}`): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const config = (over: { cluster?: unknown; user?: unknown; context?: unknown; current?: string } = {}) =>
  JSON.stringify({
    clusters: [{ name: 'c', cluster: over.cluster ?? { server: 'https://api.example:6443/' } }],
    users: [{ name: 'u', user: over.user ?? { token: 't' } }],
    contexts: [{ name: 'prod', context: over.context ?? { cluster: 'c', user: 'u' } }],
    'current-context': over.current ?? 'prod',
  })

test('the current context, or the one asked for', () => {
  const path = file(`
apiVersion: v1
kind: Config
clusters:
- {name: c, cluster: {server: 'https://api.example:6443'}}
- {name: d, cluster: {server: 'http://127.0.0.1:8001'}}
users:
- {name: u, user: {}}
contexts:
- {name: prod, context: {cluster: c, user: u}}
- {name: dev, context: {cluster: d, user: u}}
current-context: prod
`)
  expect(loadContext([path], undefined)).toMatchObject({
    context: 'prod',
    server: 'https://api.example:6443',
    contexts: ['prod', 'dev'],
  })
  expect(loadContext([path], 'dev').server).toBe('http://127.0.0.1:8001')
})

describe('[K27] a plain sentence for what does not work', () => {
  test.each<[string, () => string, RegExp, string?]>([
    ['an absent file', () => join(folder, 'absent'), /absent cannot be read: ENOENT/],
    ['a folder', () => folder, /cannot be read/],
    ['an empty file', () => file(''), /is empty or is not a kubeconfig/],
    ['another YAML', () => file('a: 1'), /is empty or is not a kubeconfig/],
    ['a list', () => file('- a'), /is empty or is not a kubeconfig/],
    ['no YAML', () => file('{{{'), /cannot be read/],
    ['no current context', () => file(config({ current: '' })), /no current-context is set; contexts: prod/],
    ['an unknown current context', () => file(config({ current: 'old' })), /there is no context "old"; contexts: prod/],
    ['an unknown context asked for', () => file(config()), /there is no context "nope"; contexts: prod/, 'nope'],
    [
      'a context without its cluster',
      () => file(config({ context: { cluster: 'x', user: 'u' } })),
      /names a cluster that is not there/,
    ],
    [
      'a context without its user',
      () => file(config({ context: { cluster: 'c', user: 'x' } })),
      /names a user that is not there: "x"/,
    ],
    ['no server', () => file(config({ cluster: {} })), /is not an https:\/\/ address/],
    ['another protocol', () => file(config({ cluster: { server: 'ftp://x' } })), /is not an https:\/\/ address/],
    [
      'plain http to another machine',
      () => file(config({ cluster: { server: 'http://10.0.0.1:8080' } })),
      /plain http/,
    ],
    ['as-groups', () => file(config({ user: { as: 'a', 'as-groups': ['g'] } })), /"as-groups", which is not supported/],
    ['as-uid', () => file(config({ user: { as: 'a', 'as-uid': '7' } })), /"as-uid"/],
    [
      'an exec plugin without a command',
      () => file(config({ user: { exec: {} } })),
      /has no command, or needs a terminal/,
    ],
    [
      'an exec plugin that always asks',
      () => file(config({ user: { exec: { command: 'x', interactiveMode: 'Always' } } })),
      /terminal/,
    ],
  ])('%s', (_name, path, message, wanted) => {
    expect(() => loadContext([path()], wanted)).toThrow(KubeconfigError)
    expect(() => loadContext([path()], wanted)).toThrow(message)
  })

  test('50 MB are not even read', () => {
    const path = file('')
    truncateSync(path, 50 * 1024 * 1024)
    expect(() => loadContext([path], undefined)).toThrow(/larger than/)
  })

  test('[T19] an alias bomb ends in an error, soon', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(',')}]`)
    const path = file(`l0: &l0 x\n${levels.join('\n')}\nclusters: *l12\n`)
    const from = performance.now()
    expect(() => loadContext([path], undefined)).toThrow(KubeconfigError)
    expect(performance.now() - from).toBeLessThan(1000)
  })
})

describe('[K27] what kubectl supports and works here', () => {
  test('tls-server-name, proxy-url and as reach the connection', async () => {
    const cluster = { server: 'https://api.example', 'tls-server-name': 'other', 'proxy-url': 'http://proxy:3128' }
    const { kubeConfig } = loadContext([file(config({ cluster, user: { token: 't', as: 'eve' } }))], undefined)
    const options: Record<string, unknown> = {}
    await kubeConfig.applyToHTTPSOptions(options)
    expect(options).toMatchObject({
      servername: 'other',
      headers: { 'Impersonate-User': 'eve', Authorization: 'Bearer t' },
    })
    expect(kubeConfig.getCurrentCluster()?.proxyUrl).toBe('http://proxy:3128')
  })

  test('several files: the first to name a thing wins, paths are relative to their own file', () => {
    mkdirSync(join(folder, 'sub'), { recursive: true })
    const first = file(
      config({ cluster: { server: 'https://first', 'certificate-authority': 'ca.crt' }, current: '' }),
      'sub/first',
    )
    const second = file(config({ cluster: { server: 'https://second' } }))
    const loaded = loadContext([first, second], undefined)
    expect(loaded.server).toBe('https://first')
    expect(loaded.kubeConfig.getCurrentCluster()?.caFile).toBe(join(folder, 'sub', 'ca.crt'))
  })

  test("another context's mistake does not stop this one", () => {
    const content = JSON.parse(config())
    content.clusters.push({ name: 'broken' }, { cluster: {} }, 7)
    content.users.push({ name: 'v', user: { 'as-groups': ['g'] } })
    expect(loadContext([file(JSON.stringify(content))], undefined).context).toBe('prod')
  })

  test('a context without a user connects without a name', () => {
    expect(loadContext([file(config({ context: { cluster: 'c' } }))], undefined).server).toBe(
      'https://api.example:6443',
    )
  })
})
