// The build, below the base path of this start. Next knows its base path only at build time, so the build carries a token, and
// each start runs from a copy (about 2 MB) in which the token is replaced. The modules stay where they are, behind a link: the
// tree itself may be read-only, and is shared by all who run it.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { basePathToken } from './base-path-token.mjs'

export type MountedTree = {
  /** Path of its server.js. */
  readonly server: string
  /** Takes the copy away. */
  remove(): void
}

export type MountOptions = {
  /** `.next/standalone`, with its static files. */
  readonly build: string
  readonly basePath: string
  /** Where the copy is made; undefined: where temporary files go. */
  readonly stateDir: string | undefined
}

const prefix = 'triplane-'
// Served or read by Next as they are; everything else of the build is code of the packages.
const copied = ['.next', 'public', 'server.js', 'package.json']

/** Makes the copy. Throws when nothing can be written there. */
export function mountTree({ build, basePath, stateDir }: MountOptions): MountedTree {
  const parent = stateDir ?? tmpdir()
  mkdirSync(parent, { recursive: true })
  removeLeftovers(parent)
  // Only its owner may read or write it.
  const root = mkdtempSync(join(parent, `${prefix}${process.pid}-`))
  const remove = () => rmSync(root, { recursive: true, force: true })
  try {
    for (const name of copied) copy(join(build, name), join(root, name), basePath)
    symlinkSync(modulesOf(build), join(root, 'node_modules'))
    if (basePath === '') dropSelfRedirect(join(root, '.next', 'routes-manifest.json'))
  } catch (error) {
    remove()
    throw error
  }
  return { server: join(root, 'server.js'), remove }
}

// Beside the build in a checkout or an image; in an installed package wherever npm put them.
function modulesOf(build: string): string {
  const beside = join(build, 'node_modules')
  if (existsSync(beside)) return beside
  return dirname(dirname(createRequire(join(build, 'server.js')).resolve('next/package.json')))
}

function copy(from: string, to: string, basePath: string): void {
  const stat = statSync(from, { throwIfNoEntry: false })
  if (stat === undefined) return
  if (!stat.isDirectory()) {
    writeFileSync(to, mounted(readFileSync(from), basePath))
    return
  }
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    // Relative, between a package's hashed name and the package: as true in the copy as in the build.
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else copy(source, target, basePath)
  }
}

function mounted(content: Buffer, basePath: string): Buffer | string {
  return content.includes(basePathToken) ? content.toString('utf8').replaceAll(basePathToken, basePath) : content
}

// `<base path>/` is redirected to `<base path>`: without a base path that would be from / to nothing, for ever.
function dropSelfRedirect(path: string): void {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { redirects: { destination: string }[] }
  manifest.redirects = manifest.redirects.filter(({ destination }) => destination !== '')
  writeFileSync(path, JSON.stringify(manifest))
}

// What a start left behind that could not clean up. In a container every start has the same process id: ours is left over too.
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-\\w{6}$`).exec(name)?.[1])
    if (!pid || (pid !== process.pid && isAlive(pid))) continue
    try {
      rmSync(join(parent, name), { recursive: true, force: true })
    } catch {
      // Somebody else's.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
