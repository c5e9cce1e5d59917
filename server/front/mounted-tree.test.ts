import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { basePathToken } from './base-path-token.mjs'
import { mountTree } from './mounted-tree'

let root = ''
let build = ''
let stateDir = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mounted-'))
  build = join(root, 'build')
  stateDir = join(root, 'state')
  mkdirSync(join(build, '.next', 'static'), { recursive: true })
  mkdirSync(join(build, '.next', 'node_modules'))
  mkdirSync(join(build, 'node_modules', 'pino'), { recursive: true })
  writeFileSync(join(build, 'node_modules', 'pino', 'index.js'), 'pino')
  symlinkSync('../../node_modules/pino', join(build, '.next', 'node_modules', 'pino-1f'))
  writeFileSync(join(build, 'server.js'), `const base = '${basePathToken}'`)
  writeFileSync(join(build, '.next', 'static', 'a.js'), `'${basePathToken}/_next/' + '${basePathToken}'`)
  writeFileSync(join(build, '.next', 'static', 'font.woff2'), Buffer.from([0, 255, 128]))
  const redirects = [
    { source: `${basePathToken}/`, destination: basePathToken, regex: `^${basePathToken}/$` },
    { source: '/:path+/', destination: '/:path+', regex: '^(.*)/$' },
  ]
  writeFileSync(join(build, '.next', 'routes-manifest.json'), JSON.stringify({ basePath: basePathToken, redirects }))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const mount = (basePath: string) => mountTree({ build, basePath, stateDir })
const read = (server: string, ...path: string[]) => readFileSync(join(server, '..', ...path))

test.each([
  ['a base path of two parts', '/tools/triplane', "'/tools/triplane/_next/' + '/tools/triplane'"],
  ['no base path', '', "'/_next/' + ''"],
])('%s stands wherever the token stood, and the build keeps its token', (_, basePath, expected) => {
  const { server } = mount(basePath)
  expect(read(server, 'server.js').toString()).toBe(`const base = '${basePath}'`)
  expect(read(server, '.next', 'static', 'a.js').toString()).toBe(expected)
  expect(JSON.parse(read(server, '.next', 'routes-manifest.json').toString()).basePath).toBe(basePath)
  expect(readFileSync(join(build, 'server.js'), 'utf8')).toContain(basePathToken)
})

test('other files are the same to the byte, and the modules are reached through their links', () => {
  const { server } = mount('/a')
  expect([...read(server, '.next', 'static', 'font.woff2')]).toEqual([0, 255, 128])
  expect(read(server, 'node_modules', 'pino', 'index.js').toString()).toBe('pino')
  expect(read(server, '.next', 'node_modules', 'pino-1f', 'index.js').toString()).toBe('pino')
})

test('without a base path / is not sent to nothing; with one, its slash at the end goes', () => {
  const redirects = (base: string) =>
    JSON.parse(read(mount(base).server, '.next', 'routes-manifest.json').toString()).redirects.map(
      ({ destination }: { destination: string }) => destination,
    )
  expect(redirects('')).toEqual(['/:path+'])
  expect(redirects('/a')).toEqual(['/a', '/:path+'])
})

test('a tree that nobody may write is enough, and the copy is its owner\u2019s alone', () => {
  chmodSync(join(build, '.next'), 0o555)
  chmodSync(build, 0o555)
  const { server, remove } = mount('/a')
  expect(server.startsWith(stateDir)).toBe(true)
  remove()
  expect(existsSync(server)).toBe(false)
  chmodSync(build, 0o755)
  chmodSync(join(build, '.next'), 0o755)
})

test('what a start of the past left behind goes; what is not ours or belongs to a living process stays', () => {
  const names = [
    'triplane-1-abcdef',
    'triplane-999999999-abcdef',
    `triplane-${process.pid}-abcdef`,
    'triplane-bench-abcdef',
  ]
  for (const name of names) mkdirSync(join(stateDir, name), { recursive: true })
  mount('')
  expect(names.filter((name) => existsSync(join(stateDir, name)))).toEqual([
    'triplane-1-abcdef',
    'triplane-bench-abcdef',
  ])
})
