// A folder as somebody has it who installs the package: nothing but its manifest and lock. The real npm installs from its cache
// (the checkout's own `npm ci` filled it), so the lock is made from the checkout's, which knows every hash.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

type Entry = {
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Lock = { readonly packages: Readonly<Record<string, Entry>> }

/** Installs the tarball with npm into an empty folder and returns the folder. Throws what npm says. */
export function installPackage(tarball: string, lockFile: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'triplane-consumer-'))
  const file = `file:${basename(tarball)}`
  cpSync(tarball, join(folder, basename(tarball)))
  const { manifest } = readTarball(tarball)
  const packages = {
    '': { dependencies: { triplane: file } },
    'node_modules/triplane': {
      ...manifest,
      resolved: file,
      integrity: `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`,
    },
    ...closure(JSON.parse(readFileSync(lockFile, 'utf8')), manifest),
  }
  const named = { name: 'consumer', version: '1.0.0', private: true }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...named, dependencies: { triplane: file } }))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...named, lockfileVersion: 3, packages }))
  // Without the optional packages, 300 MB of Node, compilers and image tools for this platform: the test brings its own Node.
  run(folder, 'npm', ['ci', '--omit=optional', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'])
  return folder
}

/** The manifest inside a tarball, and the names of its files. */
export function readTarball(tarball: string): { readonly manifest: Entry; readonly files: readonly string[] } {
  const manifest = run(tmpdir(), 'tar', ['-xzOf', tarball, 'package/package.json'])
  const files = run(tmpdir(), 'tar', ['-tzf', tarball]).split('\n').filter(Boolean)
  return { manifest: JSON.parse(manifest), files: files.map((file) => file.replace(/^package\//, '')) }
}

// What the package needs, and what that needs, at the places where the lock has it (Node's own way of looking: upwards).
function closure({ packages }: Lock, from: Entry): Record<string, Entry> {
  const found: Record<string, Entry> = {}
  const visit = (entry: Entry, place: string) => {
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const at = lookUp(packages, place, name)
      const dependency = packages[at]
      if (dependency === undefined || found[at] !== undefined) continue
      found[at] = dependency
      visit(dependency, at)
    }
  }
  visit(from, '')
  return found
}

function lookUp(packages: Lock['packages'], place: string, name: string): string {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (packages[path] !== undefined || at === '') return path
  }
}

function run(cwd: string, command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? ''}\n${stdout}\n${stderr}`)
  return stdout
}
