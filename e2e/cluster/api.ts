// A plain HTTPS client of the test API server: one user, one keep-alive pool, the object's own path.
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

export type Metadata = {
  name: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  deletionTimestamp?: string
  generateName?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: string[]
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean }[]
}

export type KubeObject = { apiVersion: string; kind: string; metadata: Metadata } & Record<string, unknown>

/** What identifies an object to the API: enough to read, patch or delete it. */
export type ObjectRef = Pick<KubeObject, 'apiVersion' | 'kind'> & { metadata: Pick<Metadata, 'name' | 'namespace'> }

export type KubeList<T> = { metadata: { resourceVersion: string }; items: T[] }

export type KubeApi = {
  get<T>(path: string): Promise<T>
  /** For what is not JSON: /readyz, /metrics. */
  getText(path: string): Promise<string>
  list<T>(path: string): Promise<T[]>
  /** Creates the object; a status, which the API drops on create, is written to its subresource. */
  create(object: KubeObject): Promise<KubeObject>
  /** For what no collection takes: a token of a service account, a review. */
  post<T>(path: string, body: object): Promise<T>
  /** Server-side apply, as kubectl and Helm send it; a field that the kind does not have is an error. `dryRun` stores nothing. */
  apply(object: KubeObject, options?: { dryRun?: boolean }): Promise<KubeObject>
  /** Merge patch (RFC 7386). */
  patch(ref: ObjectRef, change: object): Promise<KubeObject>
  /** Strategic merge patch: lists with a merge key (conditions by type) are merged item by item. */
  patchStatus(ref: ObjectRef, status: object): Promise<KubeObject>
  delete(ref: ObjectRef, options?: { gracePeriodSeconds?: number }): Promise<void>
  close(): void
}

export type Credentials = { server: string; ca: string; token: string }

export class KubeApiError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Call = { method: string; path: string; body?: object; type?: string }

/** A client for one user. At most 64 connections, so that thousands of writes may be started at once. */
export function createKubeApi({ server, ca, token }: Credentials): KubeApi {
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 64 })

  async function ask({ method, path, body, type = 'application/json' }: Call): Promise<string> {
    // node:http does not frame the body of a DELETE by itself: what is sent without a length is taken for the next request.
    const content = body === undefined ? '' : JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json, */*',
      ...(content && { 'content-type': type, 'content-length': Buffer.byteLength(content) }),
    }
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const asked = request(new URL(path, server), { method, agent, headers, timeout: 60_000 }, (response) => {
        text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject)
      })
      asked.on('error', reject)
      asked.on('timeout', () => asked.destroy(new Error(`${method} ${path}: no answer for 60 s`)))
      asked.end(content)
    })
    if (answer.status >= 300)
      throw new KubeApiError(answer.status, `${method} ${path}: ${answer.status} ${answer.body}`)
    return answer.body
  }

  async function send<T>(call: Call): Promise<T> {
    return JSON.parse(await ask(call))
  }

  return {
    get: (path) => send({ method: 'GET', path }),
    getText: (path) => ask({ method: 'GET', path }),
    list: async <T>(path: string) => (await send<KubeList<T>>({ method: 'GET', path })).items,
    create: async (object) => {
      const path = collectionPath(object)
      const { status, ...rest } = object
      if (status === undefined || keepsStatusOnCreate(object)) return send({ method: 'POST', path, body: object })
      await send({ method: 'POST', path, body: rest })
      return send({ ...statusPatch(object), body: { status } })
    },
    post: (path, body) => send({ method: 'POST', path, body }),
    apply: (object, { dryRun = false } = {}) => {
      const query = `fieldManager=triplane-test&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`
      const path = `${objectPath(object)}?${query}`
      return send({ method: 'PATCH', path, body: object, type: 'application/apply-patch+yaml' })
    },
    patch: (ref, change) =>
      send({ method: 'PATCH', path: objectPath(ref), body: change, type: 'application/merge-patch+json' }),
    patchStatus: (ref, status) => send({ ...statusPatch(ref), body: { status } }),
    delete: async (ref, options = {}) => {
      await send({ method: 'DELETE', path: objectPath(ref), body: options })
    },
    close: () => agent.destroy(),
  }
}

/** Asks until the answer is neither undefined nor false, and returns it. What was awaited is named when time is up. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const giveUpAt = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > giveUpAt) throw new Error(`not within ${withinMs} ms: ${what}`)
    await sleep(50)
  }
}

/** Runs `work` over all items, at most `atOnce` at a time; the first failure ends it. */
export async function forEachBounded<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = items[Symbol.iterator]()
  const workers = Array.from({ length: atOnce }, async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value)
  })
  await Promise.all(workers)
}

const clusterScoped = new Set([
  'Namespace',
  'Node',
  'ClusterRole',
  'ClusterRoleBinding',
  'IngressClass',
  'GatewayClass',
  'ServiceCIDR',
  'CustomResourceDefinition',
])

/** The collection an object belongs to. */
export function collectionPath({ apiVersion, kind, metadata }: ObjectRef): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const scope = clusterScoped.has(kind) ? '' : `/namespaces/${metadata.namespace ?? 'default'}`
  return `${group}${scope}/${plural(kind.toLowerCase())}`
}

/** The object's own path. */
export function objectPath(ref: ObjectRef): string {
  return `${collectionPath(ref)}/${ref.metadata.name}`
}

function plural(kind: string): string {
  if (kind === 'endpoints') return kind
  if (kind.endsWith('s')) return `${kind}es`
  return kind.endsWith('cy') ? `${kind.slice(0, -1)}ies` : `${kind}s`
}

// A kubelet registers itself with its status; every other kind gets its status afterwards.
function keepsStatusOnCreate({ kind }: ObjectRef): boolean {
  return kind === 'Node'
}

function statusPatch(ref: ObjectRef): Call {
  // The API server knows no merge keys of objects of a CRD.
  const type = ref.apiVersion.startsWith('gateway.') ? 'merge-patch' : 'strategic-merge-patch'
  return { method: 'PATCH', path: `${objectPath(ref)}/status`, type: `application/${type}+json` }
}
