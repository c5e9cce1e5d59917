import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext } from '@playwright/test'
import { freePorts } from './cluster/free-ports.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

export type Product = {
  readonly url: string
  /** The session of the person at this machine, as "name=value"; '' where everybody is let in. */
  readonly cookie: string
  /** Asks as that person. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Makes a browser that person's. */
  signIn(browser: BrowserContext): Promise<void>
  readonly pid: number
  /** Everything it has printed so far. */
  log(): string
  /** Ends it. Rejects, once it is gone, when an error reached nobody while it ran. */
  stop(): Promise<void>
}

/** A TCP port on loopback that was free a moment ago, and that the system gives to nobody who names none. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts('127.0.0.1', 1)
  if (port === undefined) throw new Error('no port')
  return port
}

/**
 * Starts the built product the way `npm start` does, on a free loopback port or on `env.PORT`, with nothing of this machine's
 * configuration but what `env` names; an embedded cluster has been read by then. Rejects with its output when it does not answer within 60 s.
 */
export async function startProduct(env: Readonly<Record<string, string>>): Promise<Product> {
  const port = env.PORT ?? String(await freePort())
  const child = spawn(process.execPath, [join(root, 'server', 'launch.mjs')], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: join(root, '.cache', 'no-home'),
      NODE_ENV: 'production',
      HOSTNAME: '127.0.0.1',
      PORT: port,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stdout.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8')
  })
  const url = `http://127.0.0.1:${port}${env.TRIPLANE_BASE_PATH ?? ''}`
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await gone
    clearTimeout(timer)
  }
  const stop = async () => {
    await end()
    const lost = lostErrors(log)
    if (lost !== undefined) throw new Error(`An error reached nobody in the product:\n${lost}`)
  }
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined)
    if (
      answer?.ok &&
      log.includes('Triplane is at ') &&
      (env.TRIPLANE_CLUSTER !== 'embedded' || (await hasRead(port)))
    ) {
      const cookie = await exchange(url, log)
      return {
        url,
        cookie,
        fetch: (path, init = {}) => fetch(url + path, { ...init, headers: { ...init.headers, cookie } }),
        async signIn(browser) {
          const [name = '', value = ''] = cookie.split('=', 2)
          if (name !== '') await browser.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }])
        },
        pid: child.pid ?? 0,
        log: () => log,
        stop,
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  await end()
  throw new Error(`The product did not answer on ${url}:\n${log}`)
}

// The embedded cluster is always there, so a test may rely on all of it; another one may never be read.
function hasRead(port: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ status }) => status !== 503,
    () => false,
  )
}

/** Stops one after the other, each whatever became of those before it. Rejects with what went wrong once all are down. */
export async function stopAll(...running: readonly ({ stop(): unknown } | undefined)[]): Promise<void> {
  const failures: unknown[] = []
  for (const one of running) {
    try {
      await one?.stop()
    } catch (failure) {
      failures.push(failure)
    }
  }
  if (failures.length > 1) throw new AggregateError(failures, failures.map(String).join('\n'))
  if (failures.length === 1) throw failures[0]
}

// The printed address holds a key where the cluster is this person's own; a script exchanges it as the page does.
async function exchange(url: string, log: string): Promise<string> {
  const [, key] = /#key=([\w-]+)/.exec(log) ?? []
  if (key === undefined) return ''
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body: JSON.stringify({ key }) })
  const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';')
  if (!answer.ok || !cookie) throw new Error(`The launch key was not taken: ${answer.status} ${await answer.text()}`)
  return cookie
}

/** The log from the first error on that neither Next nor the product caught; undefined when there is none. */
export function lostErrors(log: string): string | undefined {
  const at = log.search(/unhandled ?(promise)? ?rejection|uncaught ?exception/i)
  return at < 0 ? undefined : log.slice(at, at + 4000)
}
