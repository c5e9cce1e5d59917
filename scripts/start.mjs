// `npm start`: build on first use, then serve on loopback. One line with the URL; a taken port is a plain error.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildOnce } from './build-once.mjs'
import { nodeComplaint } from './node-version.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

async function main() {
  const complaint = nodeComplaint()
  if (complaint) return fail(complaint)
  const port = readPort(process.env.PORT)
  if (port === undefined) return fail(`PORT is "${process.env.PORT}": it must be a whole number from 1 to 65535.`)
  await assertFree(port)
  await buildOnce(root, (line) => console.log(line))
  await assertFree(port)
  serve(port)
}

function readPort(text) {
  if (text === undefined || text === '') return 3000
  const port = Number(text)
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : undefined
}

function assertFree(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) =>
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `Port ${port} on 127.0.0.1 is taken. Stop what uses it, or choose another one: PORT=${port + 1} npm start`
            : `Port ${port} on 127.0.0.1 cannot be used: ${error.message}`,
        ),
      ),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}

// The server is a child so that it gets a clean environment and its signals; it prints the URL itself when it listens.
function serve(port) {
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    HOSTNAME: '127.0.0.1',
    NEXT_TELEMETRY_DISABLED: '1',
  }
  const child = spawn(process.execPath, [join(root, 'server', 'launch.mjs')], { cwd: root, env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 0 : (code ?? 1)))
}

function fail(message) {
  console.error(message)
  process.exitCode = 1
}

main().catch((error) => fail(error instanceof Error ? error.message : String(error)))
