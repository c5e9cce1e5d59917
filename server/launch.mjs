// Runs the built dashboard (.next/standalone) on loopback, behind the guard, with an orderly end. Called by `npm start`.
import { Agent, get } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { guardServers } from './guarded-server.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const port = Number(process.env.PORT ?? 3000)
// However the watches and streams end, the program does by then.
const exitMs = 4000

// Set here and not left to the caller: everything below rests on it.
process.env.HOSTNAME = '127.0.0.1'
process.env.PORT = String(port)
process.env.NEXT_TELEMETRY_DISABLED = '1'
process.env.NEXT_MANUAL_SIG_HANDLE = 'true'

// Next greets on the console in several lines; ours is the one line with the URL, and the log goes to stderr.
const print = console.log
console.log = () => {}

guardServers({ port }, (server) => {
  announce()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end(server))
})

createRequire(import.meta.url)(join(root, '.next', 'standalone', 'server.js'))

// Next listens before the cluster is opened, and a setting that cannot be used ends the program then: only an answer says that
// Triplane is there. An agent of its own, because the default one may go through a proxy.
function announce() {
  get({ host: '127.0.0.1', port, path: '/api/trpc/status.get', agent: new Agent() }, (answer) => {
    answer.resume()
    // On this person's own cluster the address holds a key that signs in whoever opens it first.
    const origin = `http://127.0.0.1:${port}`
    const launchUrl = globalThis[Symbol.for('triplane.access')]?.launchUrl(origin)
    if (answer.statusCode < 500) print(`Triplane is at ${launchUrl ?? origin}`)
    else console.error(`Triplane answers ${answer.statusCode} on http://127.0.0.1:${port}`)
  }).on('error', () => {
    // The server went first, and has said why.
  })
}

// Streams first: they end with an error on which browsers come back. Next would wait for them for ever.
async function end(server) {
  server.close(() => process.exit(0))
  setTimeout(() => process.exit(0), exitMs)
  const runtime = await globalThis[Symbol.for('triplane.runtime')]?.catch(() => undefined)
  await runtime?.dispose()
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), 500)
}
