// Builds the dashboard when its sources differ from the ones the last build was made from.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const sources = ['app', 'components', 'client', 'core', 'docs/guide', 'server', 'messages', 'public']
const sourceFiles = [
  'instrumentation.ts',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
  'scripts/guide.mjs',
  'scripts/guide-loader.cjs',
]

/** Path of the standalone server inside the checkout `root`. */
export const standaloneServer = (root) => join(root, '.next', 'standalone', 'server.js')

/**
 * Makes sure that `.next/standalone` is the build of the present sources; says so through `say` when it has to build.
 * Throws with the end of the build's output when the build fails.
 */
export async function buildOnce(root, say) {
  // An installed package has no sources: it is the build.
  if (!existsSync(join(root, 'app'))) return
  const stamp = join(root, '.next', 'triplane-build')
  const wanted = sourceHash(root)
  if (existsSync(standaloneServer(root)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Building the dashboard, once: about a minute.')
  rmSync(stamp, { force: true })
  await runBuild(root, wanted)
  const standalone = join(root, '.next', 'standalone')
  cpSync(join(root, '.next', 'static'), join(standalone, '.next', 'static'), { recursive: true })
  if (existsSync(join(root, 'public'))) cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true })
  const { bundle } = await import('./bundle.mjs')
  await bundle(root, { from: 'server/cli.ts', to: join(standalone, 'cli.mjs') })
  mkdirSync(join(root, '.next'), { recursive: true })
  writeFileSync(stamp, wanted)
}

function sourceHash(root) {
  const hash = createHash('sha256')
  const add = (path) =>
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0')
  const walk = (folder) => {
    if (!existsSync(join(root, folder))) return
    const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (!/\.test\.tsx?$/.test(entry.name)) add(path)
    }
  }
  sources.forEach(walk)
  sourceFiles.filter((file) => existsSync(join(root, file))).forEach(add)
  return hash.digest('hex')
}

// Pages and servers carry the name of their build: equal sources, equal name.
function runBuild(root, hash) {
  return new Promise((resolve, reject) => {
    const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
    const name = `triplane-${hash.slice(0, 16)}`
    const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', TRIPLANE_BUILD: name }
    const child = spawn(process.execPath, [next, 'build'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let tail = ''
    const keep = (chunk) => {
      tail = (tail + chunk).slice(-6000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The build failed (exit ${code}):\n${tail}`)),
    )
  })
}
