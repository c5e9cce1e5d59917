// The built product a second time, as another version of itself: the same code under another build's name.
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Copies the tree that runs into `folder` and renames its build; returns the copy's path. */
export async function anotherBuild(folder: string): Promise<string> {
  const tree = join(folder, 'another-build')
  for (const part of ['package.json', 'server', 'scripts', '.next/standalone']) {
    cpSync(join(root, part), join(tree, part), { recursive: true, verbatimSymlinks: true })
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
  const files = readdirSync(join(tree, '.next/standalone/.next'), { recursive: true, encoding: 'utf8' })
  let renamed = 0
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const path = join(tree, '.next/standalone/.next', file)
    const text = readFileSync(path, 'utf8')
    const other = text.replaceAll(/triplane-[0-9a-f]{16}/g, 'triplane-another')
    if (other === text) continue
    writeFileSync(path, other)
    renamed += 1
  }
  // The page's half and the server's half.
  if (renamed < 2) throw new Error(`the build's name stands in ${renamed} files, not in page and server`)
  return tree
}
