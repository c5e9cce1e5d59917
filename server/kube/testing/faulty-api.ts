// A small Kubernetes list/watch API on a real loopback socket, with a fault for whoever asks for one. It keeps every change
// since the last compaction, so that a watch may resume, and writes down every request it gets.
import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Clock } from '../clock'

export type ApiObject = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; uid: string; resourceVersion: string }
  readonly [field: string]: unknown
}

export type ApiRequest = {
  readonly verb: 'list' | 'watch'
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: http.IncomingHttpHeaders
}

/** What is done instead of the right answer; `answer()` gives the right one after all. */
export type Misbehave = (exchange: {
  readonly request: ApiRequest
  readonly response: http.ServerResponse
  answer(): void
}) => void

/** One open watch, as the server sees it. */
export type ServedWatch = {
  readonly path: string
  write(bytes: string | Buffer): void
  event(type: string, object: unknown): void
  /** The ordinary end, a cut in the middle, and silence without an end. */
  end(): void
  reset(): void
  mute(): void
  unmute(): void
}

type Change = { readonly path: string; readonly version: number; readonly type: string; readonly object: ApiObject }

export type FaultyApi = Awaited<ReturnType<typeof startFaultyApi>>

const resources: Readonly<Record<string, { apiVersion: string; kind: string }>> = {
  '/api/v1/nodes': { apiVersion: 'v1', kind: 'Node' },
  '/api/v1/namespaces': { apiVersion: 'v1', kind: 'Namespace' },
  '/api/v1/services': { apiVersion: 'v1', kind: 'Service' },
  '/apis/discovery.k8s.io/v1/endpointslices': { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
  '/api/v1/pods': { apiVersion: 'v1', kind: 'Pod' },
  '/api/v1/endpoints': { apiVersion: 'v1', kind: 'Endpoints' },
  '/api/v1/namespaces/kube-system/configmaps': { apiVersion: 'v1', kind: 'ConfigMap' },
  '/apis/apps/v1/namespaces/kube-system/daemonsets': { apiVersion: 'apps/v1', kind: 'DaemonSet' },
  '/apis/networking.k8s.io/v1/ingresses': { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  '/apis/networking.k8s.io/v1/ingressclasses': { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' },
  '/apis/networking.k8s.io/v1/servicecidrs': { apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR' },
  '/apis/networking.k8s.io/v1/networkpolicies': { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
}

export async function startFaultyApi(clock: Clock) {
  const objects = new Map<string, Map<string, ApiObject>>()
  const watches = new Set<ServedWatch & { pending(change: Change): void }>()
  const sockets = new Set<Socket>()
  const log: ApiRequest[] = []
  const faults: { verb: 'list' | 'watch'; path: string | undefined; misbehave: Misbehave; times: number }[] = []
  const snapshots = new Map<string, { items: ApiObject[]; version: string }>()
  let changes: Change[] = []
  let version = 100
  let compactedAt = 0
  let connected: () => void = () => undefined
  let clusterUid = 'this cluster'
  let hung = 0
  let wroteAt = 0
  let port = 0
  let server = create()
  await listen()

  function create() {
    const created = http.createServer({ keepAliveTimeout: 0 }, (incoming, response) => {
      const url = new URL(incoming.url ?? '/', 'http://api')
      if (url.pathname === '/api/v1/namespaces/kube-system') {
        return json(response, 200, {
          kind: 'Namespace',
          apiVersion: 'v1',
          metadata: { name: 'kube-system', uid: clusterUid },
        })
      }
      const verb = url.searchParams.get('watch') === 'true' ? 'watch' : 'list'
      const request = { verb, path: url.pathname, query: url.searchParams, headers: incoming.headers } as const
      log.push(request)
      response.on('error', () => undefined)
      const answer = () => (verb === 'watch' ? answerWatch(request, response) : answerList(request, response))
      const index = faults.findIndex((fault) => fault.verb === verb && (fault.path ?? url.pathname) === url.pathname)
      const fault = faults[index]
      if (fault === undefined) return answer()
      fault.times -= 1
      if (fault.times <= 0) faults.splice(index, 1)
      fault.misbehave({ request, response, answer })
    })
    created.on('connection', (socket) => {
      connected()
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => sockets.delete(socket))
    })
    return created
  }

  async function listen() {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    port = (server.address() as AddressInfo).port
  }

  function answerList(request: ApiRequest, response: http.ServerResponse) {
    const resource = resources[request.path]
    if (resource === undefined) return status(response, 404, 'the server could not find the requested resource')
    const limit = Number(request.query.get('limit') ?? '0') || Number.POSITIVE_INFINITY
    const token = request.query.get('continue')
    const [id = '', offsetText = '0'] = (token ?? '').split(':')
    const snapshot = token === null ? { items: selected(request), version: String(version) } : snapshots.get(id)
    if (snapshot === undefined) return status(response, 410, 'The provided continue parameter is too old')
    const offset = Number(offsetText)
    const items = snapshot.items.slice(offset, offset + limit)
    const remaining = snapshot.items.length - offset - items.length
    const next = token === null ? `s${snapshots.size}` : id
    snapshots.set(next, snapshot)
    const more = remaining > 0 ? { continue: `${next}:${offset + items.length}`, remainingItemCount: remaining } : {}
    json(response, 200, {
      kind: `${resource.kind}List`,
      apiVersion: resource.apiVersion,
      metadata: { resourceVersion: snapshot.version, ...more },
      items: items.map(({ kind: _kind, apiVersion: _apiVersion, ...item }) => item),
    })
  }

  function answerWatch(request: ApiRequest, response: http.ServerResponse) {
    const resource = resources[request.path]
    if (resource === undefined) return status(response, 404, 'the server could not find the requested resource')
    const from = Number(request.query.get('resourceVersion'))
    if (from < compactedAt) return status(response, 410, 'too old resource version')
    response.writeHead(200, { 'content-type': 'application/json' })
    response.flushHeaders()
    let muted = false
    const write = (bytes: string | Buffer) => {
      if (muted) return
      wroteAt = clock.now()
      response.write(bytes)
    }
    const event = (type: string, object: unknown) => write(`${JSON.stringify({ type, object })}\n`)
    const name = nameSelector(request)
    const watch = {
      path: request.path,
      write,
      event,
      end: () => response.end(),
      reset: () => response.socket?.resetAndDestroy(),
      mute: () => {
        if (!muted) hung += 1
        muted = true
      },
      unmute: () => {
        if (muted) hung -= 1
        muted = false
      },
      pending: (change: Change) => {
        const isWanted = change.path === request.path && change.version > from
        if (isWanted && (name === undefined || change.object.metadata.name === name)) event(change.type, change.object)
      },
    }
    // As the real one: a watch from a version that is not reached yet hears nothing until it is.
    for (const change of changes) watch.pending(change)
    watches.add(watch)
    const stopBookmarks = everyMinute(() => {
      if (version >= from) event('BOOKMARK', { ...resource, metadata: { resourceVersion: String(version) } })
    })
    const stopTimeout = clock.after(Number(request.query.get('timeoutSeconds')) * 1000, () => response.end())
    response.on('close', () => {
      watches.delete(watch)
      if (muted) hung -= 1
      stopBookmarks()
      stopTimeout()
    })
  }

  function everyMinute(run: () => void): () => void {
    let stop: () => void = () => undefined
    const again = () => {
      stop = clock.after(60_000, () => {
        run()
        again()
      })
    }
    again()
    return () => stop()
  }

  function selected(request: ApiRequest): ApiObject[] {
    const name = nameSelector(request)
    const all = [...(objects.get(request.path)?.values() ?? [])]
    return name === undefined ? all : all.filter((object) => object.metadata.name === name)
  }

  function record(path: string, type: string, object: ApiObject) {
    const change = { path, version, type, object }
    changes.push(change)
    for (const watch of watches) watch.pending(change)
  }

  return {
    get url() {
      return `http://127.0.0.1:${port}`
    },
    log,
    watches,
    /** Requests that are being left without an answer on purpose. */
    get hung() {
      return hung
    },
    /** When a watch was last written to. */
    get wroteAt() {
      return wroteAt
    },
    get version() {
      return version
    },
    count: (verb: 'list' | 'watch', path?: string) =>
      log.filter((r) => r.verb === verb && (path ?? r.path) === r.path && r.query.get('limit') !== '1').length,
    objects: (path: string): ReadonlyMap<string, ApiObject> => objects.get(path) ?? new Map(),

    /** Creates or changes an object. Without `uid` an existing one keeps its own. */
    put(path: string, name: string, fields: { uid?: string; [field: string]: unknown } = {}) {
      const resource = resources[path]
      if (resource === undefined) throw new Error(`not served: ${path}`)
      const all = objects.get(path) ?? new Map<string, ApiObject>()
      objects.set(path, all)
      const { uid = all.get(name)?.metadata.uid ?? `uid-${name}-${version}`, ...rest } = fields
      version += 1
      const namespaced =
        resource.kind === 'Node' || resource.kind === 'Namespace' ? {} : { namespace: namespaceOf(path) }
      const object: ApiObject = {
        ...resource,
        metadata: { name, ...namespaced, uid, resourceVersion: String(version) },
        ...rest,
      }
      const before = all.get(name)
      if (before !== undefined && before.metadata.uid !== uid) record(path, 'DELETED', before)
      all.set(name, object)
      record(path, before?.metadata.uid === uid ? 'MODIFIED' : 'ADDED', object)
      return object
    },
    remove(path: string, name: string) {
      const object = objects.get(path)?.get(name)
      if (object === undefined) return
      objects.get(path)?.delete(name)
      version += 1
      record(path, 'DELETED', { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } })
    },
    /** Forgets the past: watches from before get 410, and continue tokens are void. */
    compact() {
      compactedAt = version
      changes = []
      snapshots.clear()
    },
    /** Another cluster behind the same address, whose versions happen to be further on. */
    exchange() {
      clusterUid = `another cluster ${version}`
      objects.clear()
      changes = []
      version += 1000
    },
    /** As after a restored backup: everything made since is gone, and versions count on from there. */
    restore(backup: { version: number; objects: ReadonlyMap<string, ReadonlyMap<string, ApiObject>> }) {
      objects.clear()
      for (const [path, all] of backup.objects) objects.set(path, new Map(all))
      version = backup.version
      compactedAt = backup.version
      changes = []
    },
    backup: () => ({ version, objects: new Map([...objects].map(([path, all]) => [path, new Map(all)])) }),

    /** The next request of this verb (and path) misbehaves; `times` of them, or all until `heal()`. */
    fail(verb: 'list' | 'watch', misbehave: Misbehave, options: { times?: number; path?: string } = {}) {
      faults.push({ verb, path: options.path, misbehave, times: options.times ?? 1 })
    },
    heal: () => void faults.splice(0),
    onConnection(run: () => void) {
      connected = run
    },
    /** Leaves a request open without a byte. */
    hang: (({ response }) => {
      hung += 1
      response.on('close', () => (hung -= 1))
    }) satisfies Misbehave,

    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
    /** Listens again on the same port. */
    async open() {
      server = create()
      await listen()
    },
  }
}

/** Answers with a Status object, as an API server does. */
export const withStatus =
  (code: number, message = '', headers: Record<string, string> = {}): Misbehave =>
  ({ response }) =>
    status(response, code, message, headers)

/** Answers with any body. */
export const withBody =
  (contentType: string, body: string | Buffer, headers: Record<string, string> = {}): Misbehave =>
  ({ response }) => {
    response.writeHead(200, { 'content-type': contentType, ...headers })
    response.end(body)
  }

export const withReset: Misbehave = ({ response }) => response.socket?.resetAndDestroy()

// biome-ignore lint/complexity/useMaxParams: a test's shorthand, headers being rare
function status(response: http.ServerResponse, code: number, message: string, headers: Record<string, string> = {}) {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  json(response, code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code })
}

function json(response: http.ServerResponse, code: number, body: unknown) {
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function nameSelector(request: ApiRequest): string | undefined {
  return /^metadata\.name=(.+)$/.exec(request.query.get('fieldSelector') ?? '')?.[1]
}

function namespaceOf(path: string): string {
  return /\/namespaces\/([^/]+)\//.exec(path)?.[1] ?? 'shop'
}
