#!/usr/bin/env node
// The command `triplane`, in a checkout and in the installed package alike. Plain JavaScript: it must say so itself when the Node
// that runs it is too old for the rest.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { nodeComplaint } from '../scripts/node-version.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const help = `triplane            start, and print the address
triplane open       print a fresh address that signs you in to the one that runs
triplane doctor     what Triplane can and cannot see with these settings, and the rule that is missing
triplane help       this text
triplane --version  the version

All settings are environment variables: PORT, TRIPLANE_CLUSTER, TRIPLANE_CONTEXT, TRIPLANE_NAMESPACES and more.
They are listed in README.md and, once it runs, at /docs.
`

const [command = 'start', ...rest] = process.argv.slice(2)
const commands = {
  start,
  open: async () => (await cli()).open(process.env, print),
  doctor: async () => (await cli()).doctor(process.env, print),
  help: () => print(help),
  '--help': () => print(help),
  '-h': () => print(help),
  '--version': () => print(`${version()}\n`),
  '-v': () => print(`${version()}\n`),
}

function print(text) {
  process.stdout.write(text)
}

function version() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
}

async function start() {
  await import('../scripts/start.mjs')
}

async function cli() {
  const file = join(root, '.next', 'standalone', 'cli.mjs')
  if (!existsSync(file)) throw new Error('There is no build yet: run `npm run build` first.')
  return import(pathToFileURL(file).href)
}

// The package for this platform brings a Node along; without one the complaint says what to do.
function ownNode() {
  try {
    const require = createRequire(import.meta.url)
    return join(dirname(require.resolve(`node-${process.platform}-${process.arch}/package.json`)), 'bin', 'node')
  } catch {
    return undefined
  }
}

async function main() {
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (run === undefined || rest.length > 0) {
    const what = run === undefined ? `There is no command "${command}"` : `${command} takes nothing more`
    process.stderr.write(`${what}.\n\n${help}`)
    return 2
  }
  const complaint = nodeComplaint()
  if (complaint === undefined || run === commands.help || command.startsWith('-')) return (await run()) ?? 0
  const node = ownNode()
  if (node === undefined) throw new Error(complaint)
  return spawnSync(node, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1
}

main().then(
  (code) => {
    // The server goes on; everything else is done.
    if (command !== 'start' || code !== 0) process.exitCode = code
  },
  (error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  },
)
