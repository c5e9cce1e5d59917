// The way to one API server: base address, credentials, and one pool of kept-alive sockets for everything we ask it.
import http from 'node:http'
import https from 'node:https'
import { type Clock, systemClock } from './clock'
import { Fault, toFault } from './errors'
import { type ExecCredential, runExecPlugin } from './exec-plugin'
import { isLoopback, type LoadedContext } from './kubeconfig'

type Prepared = { readonly headers: Readonly<Record<string, string>>; readonly agent: http.Agent }

export type Connection = {
  /** Scheme, host, port and path prefix, without a slash at the end. */
  readonly baseUrl: string
  /** Headers and pool for the next request. Throws a Fault when the credentials cannot be read. */
  prepare(): Promise<Prepared>
  /** Reads the credentials anew, once for all who ask within a second. Never throws: the next prepare() says what is wrong. */
  refreshCredentials(): Promise<void>
  /** After a dead socket was found: the idle ones of the pool are probably dead too. */
  dropIdleSockets(): void
  close(): void
}

const poolOptions = { keepAlive: true, keepAliveMsecs: 30_000 }

/** An API server that asks for nobody's name: the embedded cluster, or `kubectl proxy`. Loopback only. */
export function plainConnection(baseUrl: string): Connection {
  const url = new URL(baseUrl)
  if (url.protocol !== 'http:' || !isLoopback(url.hostname)) throw new Error(`not a loopback http address: ${baseUrl}`)
  const agent = new http.Agent(poolOptions)
  return {
    baseUrl: baseUrl.replace(/\/$/, ''),
    prepare: async () => ({ headers: {}, agent }),
    refreshCredentials: async () => undefined,
    dropIdleSockets: () => dropIdle(agent),
    close: () => agent.destroy(),
  }
}

export type ContextOptions = {
  /** Reads the kubeconfig (again): called at once, and when the server rejects the credentials. */
  readonly load: () => LoadedContext
  readonly env: NodeJS.ProcessEnv
  readonly clock?: Clock
}

/** Connection of a kubeconfig context or of a service account. Throws what `load` throws. */
export function contextConnection({ load, env, clock = systemClock }: ContextOptions): Connection {
  let loaded: LoadedContext | undefined = load()
  const { server } = loaded
  let pool: { readonly agent: http.Agent; readonly identity: string } | undefined
  let execCredential: Promise<ExecCredential> | undefined
  let refreshedAt = Number.NEGATIVE_INFINITY

  async function credentials() {
    loaded ??= load()
    // Another address under the same name is another cluster, not fresher credentials.
    if (loaded.server !== server) throw new Error(`the kubeconfig now names another server: ${loaded.server}`)
    const options: https.RequestOptions = { headers: {} }
    await loaded.kubeConfig.applyToHTTPSOptions(options)
    const exec = loaded.execPlugin === undefined ? undefined : await execCredentials(loaded)
    const headers = authHeaders(options, exec)
    if (loaded.needsToken && headers.authorization === undefined) throw new Error('the token file is empty')
    return { options, exec, headers, proxy: loaded.kubeConfig.getCurrentCluster()?.proxyUrl }
  }

  function execCredentials({ execPlugin }: LoadedContext): Promise<ExecCredential | undefined> {
    if (execPlugin === undefined) return Promise.resolve(undefined)
    execCredential ??= runExecPlugin(execPlugin, env)
    return execCredential.then(
      (credential) => {
        if (credential.expiresAt === undefined || credential.expiresAt > clock.now()) return credential
        execCredential = runExecPlugin(execPlugin, env)
        return execCredential
      },
      (error: unknown) => {
        execCredential = undefined
        throw error
      },
    )
  }

  return {
    baseUrl: server,
    async prepare() {
      try {
        const { options, exec, headers, proxy } = await credentials()
        // client-node's own agents speak through proxies (http, https, socks); it keeps one per cluster and user.
        if (proxy && options.agent instanceof http.Agent) return { headers, agent: options.agent }
        const tls = tlsOptions(options, exec)
        const identity = JSON.stringify(Object.entries(tls).map(([key, value]) => [key, String(value)]))
        if (pool?.identity !== identity) {
          if (pool) dropIdle(pool.agent)
          pool = { agent: newAgent(server, tls, env), identity }
        }
        return { headers, agent: pool.agent }
      } catch (error) {
        throw error instanceof Fault
          ? error
          : new Fault('credentials-unreadable', toFault(error).message.replace(/^internal: /, ''))
      }
    },
    async refreshCredentials() {
      if (clock.elapsed() - refreshedAt < 1000) return
      refreshedAt = clock.elapsed()
      loaded = undefined
      execCredential = undefined
    },
    dropIdleSockets() {
      if (pool) dropIdle(pool.agent)
    },
    close: () => pool?.agent.destroy(),
  }
}

function authHeaders(options: https.RequestOptions, exec: ExecCredential | undefined): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    // A token file ends in a newline more often than not.
    if (typeof value === 'string') headers[name.toLowerCase()] = value.trim()
  }
  if (/^bearer$/i.test(headers.authorization ?? '')) delete headers.authorization
  if (options.auth) headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`
  if (exec !== undefined && exec.token !== '') headers.authorization = `Bearer ${exec.token}`
  return headers
}

function tlsOptions(options: https.RequestOptions, exec: ExecCredential | undefined): https.AgentOptions {
  const { ca, rejectUnauthorized, servername } = options
  const own = exec !== undefined && exec.certificate !== ''
  const pair = own ? { cert: exec.certificate, key: exec.key } : { cert: options.cert, key: options.key }
  const all = { ca, rejectUnauthorized, servername, ...pair }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

// Proxies named by the environment are used as client-go uses them: never for the machine itself, and NO_PROXY counts.
function newAgent(server: string, tls: https.AgentOptions, env: NodeJS.ProcessEnv): http.Agent {
  const url = new URL(server)
  const proxy = isLoopback(url.hostname) ? {} : { proxyEnv: env }
  return url.protocol === 'https:'
    ? new https.Agent({ ...poolOptions, ...tls, ...proxy })
    : new http.Agent({ ...poolOptions, ...proxy })
}

function dropIdle(agent: http.Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy()
}
