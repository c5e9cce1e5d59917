// Runs the built dashboard (.next/standalone) behind the front, below its base path, with an orderly end. Called by `npm start`.
import { Agent, get } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from './config.ts'
import { listenOnIpv6Loopback } from './front/ipv6-loopback.ts'
import { mountTree } from './front/mounted-tree.ts'
import { guardServers } from './guarded-server.ts'
import { beginDraining, heapLimitShare, heapShare, isDraining, readinessNow } from './readiness.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
// However the watches and streams end, the program does by then.
const exitMs = 4000

let server
let second
let tree

// Before anything is made that would be left behind.
process.on('exit', () => tree?.remove())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end())

const { front, port } = prepare()
const url = `${front.publicUrl?.origin ?? `http://127.0.0.1:${port}`}${front.basePath}`

// Set here and not left to the caller: everything below rests on it.
process.env.HOSTNAME = front.listen
process.env.PORT = String(port)
process.env.NEXT_TELEMETRY_DISABLED = '1'
process.env.NEXT_MANUAL_SIG_HANDLE = 'true'
globalThis[Symbol.for('triplane.front')] = true

// Next greets on the console in several lines; ours is the one line with the URL, and the log goes to stderr.
const print = console.log
console.log = () => {}

const health = { notReady: readinessNow, shedding: () => heapShare() >= heapLimitShare, draining: isDraining }
guardServers({ ...front, port, health }, (listening) => {
  server = listening
  if (front.listen === '127.0.0.1') {
    second = listenOnIpv6Loopback(listening, port, (error) =>
      console.error(`Port ${port} on ::1 is somebody else's: ${error.message}`),
    )
  }
  announce()
})

createRequire(import.meta.url)(tree.server)

// A setting that cannot be used ends the program with its sentence, not with a stack.
function prepare() {
  try {
    const config = readConfig(process.env)
    const { basePath, stateDir } = config.front
    tree = mountTree({ build: join(root, '.next', 'standalone'), basePath, stateDir })
    return config
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}

// Next listens before the cluster is opened, and what goes wrong then ends the program: only an answer says that Triplane is there.
// An agent of its own, because the default one may go through a proxy.
function announce() {
  const host = /^(0\.0\.0\.0|::)$/.test(front.listen) ? '127.0.0.1' : front.listen
  const path = `${front.basePath}/api/trpc/status.get`
  get({ host, port, path, headers: { host: `localhost:${port}` }, agent: new Agent() }, (answer) => {
    answer.resume()
    // On this person's own cluster the address holds a key that signs in whoever opens it first.
    const launchUrl = globalThis[Symbol.for('triplane.access')]?.launchUrl(url)
    if (answer.statusCode < 500) print(`Triplane is at ${launchUrl ?? url}`)
    else console.error(`Triplane answers ${answer.statusCode} on ${url}`)
  }).on('error', () => {
    // The server went first, and has said why.
  })
}

// Not ready at once; then, when the load balancers know, streams first: they end with an error on which browsers come back, here
// or at another replica. Next would wait for them for ever. A second signal waits for nothing.
async function end() {
  if (isDraining() || server === undefined) process.exit(0)
  beginDraining()
  setTimeout(() => process.exit(0), front.drainSeconds * 1000 + exitMs)
  await new Promise((resolve) => setTimeout(resolve, front.drainSeconds * 1000))
  second?.close()
  server.close(() => process.exit(0))
  const runtime = await globalThis[Symbol.for('triplane.runtime')]?.catch(() => undefined)
  await runtime?.dispose()
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), 500)
}
