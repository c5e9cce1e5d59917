// What the image has, and nothing else: the build, and the sources that its start script loads. `node scripts/image-files.mjs OUT`
// copies them to OUT, laid out as in a checkout; the Dockerfile and the test of the image both do.
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const standalone = join('.next', 'standalone')

/** The start script of the image, relative to its folder. */
export const imageStart = join('server', 'launch.mjs')

/** For `doctor`: the image starts by the script above. */
const command = join('bin', 'triplane.mjs')

/** Files and folders of the image, relative to the checkout. Throws when there is no build, or an import that the image would lack. */
export function imageFiles() {
  if (!existsSync(join(root, standalone, 'server.js'))) throw new Error('There is no build: run `npm run build` first.')
  const sources = new Set([...sourcesFrom(imageStart), ...sourcesFrom(command)])
  return [standalone, 'package.json', 'LICENSE', ...sources].sort()
}

/** Copies them to an empty folder. */
export function copyImage(folder) {
  for (const file of imageFiles()) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    // Links inside the build are relative, and stay so.
    cpSync(join(root, file), join(folder, file), { recursive: true, verbatimSymlinks: true })
  }
}

// Everything that a file imports, however far. Node drops types as it loads, and with them what is imported for types alone.
function sourcesFrom(file, found = new Set()) {
  if (found.has(file)) return found
  found.add(file)
  const text = readFileSync(join(root, file), 'utf8')
  for (const [, specifier] of text.matchAll(/^(?:import|export)\s(?!type\s)(?:[^'"]*?\sfrom\s*)?['"]([^'"]+)['"]/gm)) {
    if (specifier.startsWith('.')) sourcesFrom(normalize(join(dirname(file), specifier)), found)
    else if (!isBuiltin(specifier)) throw new Error(`${file} imports ${specifier}, which the image does not have there`)
  }
  return found
}

if (process.argv[1]?.endsWith('image-files.mjs')) {
  const [folder] = process.argv.slice(2)
  if (folder === undefined) throw new Error('Where to? node scripts/image-files.mjs OUT')
  copyImage(folder)
}
