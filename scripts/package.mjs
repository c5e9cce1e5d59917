// `npm run package`: the package that people install, made from the build, as a tarball in .cache/package. It is the checkout
// without sources: the dashboard as it was built, and the programs around it as one file each. Nothing in it needs an install
// script.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildOnce } from './build-once.mjs'
import { bundle } from './bundle.mjs'

const checkout = join(dirname(fileURLToPath(import.meta.url)), '..')
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** Makes the package of the checkout and returns the path of its tarball. */
export async function makePackage(root, say) {
  await buildOnce(root, say)
  const place = join(root, '.cache', 'package')
  const staged = join(place, 'staged')
  rmSync(place, { recursive: true, force: true })
  mkdirSync(staged, { recursive: true })
  for (const file of [
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    'bin',
    ...['start', 'build-once', 'node-version'].map(script),
  ]) {
    cpSync(join(root, file), join(staged, file), { recursive: true })
  }
  await bundle(root, { from: 'server/launch.mjs', to: join(staged, 'server', 'launch.mjs') })
  stageStandalone(join(root, '.next', 'standalone'), join(staged, '.next', 'standalone'))
  const { name, version } = stageManifest(root, staged)
  const { status, stderr } = spawnSync('npm', ['pack', '--ignore-scripts', '--pack-destination', place], {
    cwd: staged,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`)
  return join(place, `${name}-${version}.tgz`)
}

const script = (name) => `scripts/${name}.mjs`

// Packages come from the registry, not out of the tarball. Next's build names the ones it leaves outside by an alias with a hash,
// which is a link in node_modules; in the package they have their own names.
function stageStandalone(from, to) {
  const aliases = aliasesOf(join(from, '.next', 'node_modules'))
  for (const part of ['.next', 'public', 'server.js', 'cli.mjs']) {
    const filter = (path) => !relative(from, path).split('/').includes('node_modules') && !path.endsWith('.map')
    cpSync(join(from, part), join(to, part), { recursive: true, filter })
  }
  for (const file of filesOf(join(to, '.next', 'server'))) {
    if (!/\.(js|json)$/.test(file)) continue
    const text = readFileSync(file, 'utf8')
    const named = [...aliases].reduce((all, [alias, name]) => all.replaceAll(alias, name), text)
    if (named !== text) writeFileSync(file, named)
  }
}

function aliasesOf(folder) {
  const aliases = new Map()
  if (!existsSync(folder)) return aliases
  for (const entry of readdirSync(folder)) {
    const scoped = entry.startsWith('@')
    for (const name of scoped ? readdirSync(join(folder, entry)).map((one) => `${entry}/${one}`) : [entry]) {
      if (/-[0-9a-f]{16}$/.test(name)) aliases.set(name, name.slice(0, -17))
    }
  }
  return aliases
}

function filesOf(folder) {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesOf(path) : [path]))
}

// Only what runs: no scripts, no development, and of the dependencies those that the build left outside itself, at the versions
// it was made with.
function stageManifest(root, staged) {
  const {
    scripts,
    devDependencies,
    overrides,
    dependencies,
    private: _private,
    ...manifest
  } = readJson(join(root, 'package.json'))
  const outside = join(root, '.next', 'standalone', 'node_modules')
  const used = Object.fromEntries(Object.entries(dependencies).filter(([name]) => existsSync(join(outside, name))))
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify({ ...manifest, dependencies: used }, null, 2)}\n`)
  return manifest
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await makePackage(checkout, (line) => console.log(line)))
}
