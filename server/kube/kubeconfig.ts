// Kubeconfig files as kubectl reads them: several are merged (the first to name a thing wins), paths are relative to their
// file. What client-node would ignore in silence, and so act as somebody else, is refused here in plain words.
import { readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { parse } from 'yaml'
import { type ExecPlugin, execPluginOf } from './exec-plugin'
import { field, isObject, type JsonObject, objectField, stringField } from './json'

/** One context, ready to connect. */
export type LoadedContext = {
  readonly kubeConfig: KubeConfig
  readonly server: string
  readonly context: string
  readonly contexts: readonly string[]
  readonly execPlugin: ExecPlugin | undefined
  /** The user is known by a token in a file, so that a request without one must not be sent. */
  readonly needsToken: boolean
}

export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError'
}

const largestFile = 4 * 1024 * 1024
const unsupportedImpersonation = ['as-groups', 'as-uid', 'as-user-extra']

/** Reads the files and picks a context (undefined: the current one). Throws KubeconfigError with a sentence for the user. */
export function loadContext(files: readonly string[], wanted: string | undefined): LoadedContext {
  const merged = merge(files.map(readFile))
  const context = wanted ?? merged.currentContext
  const contexts = [...merged.contexts.keys()]
  if (context === '')
    throw new KubeconfigError(`no current-context is set; contexts: ${contexts.join(', ') || '(none)'}`)
  const chosen = merged.contexts.get(context)
  if (chosen === undefined) {
    throw new KubeconfigError(`there is no context "${context}"; contexts: ${contexts.join(', ') || '(none)'}`)
  }
  const cluster = merged.clusters.get(stringField(chosen, 'cluster'))
  if (cluster === undefined) throw new KubeconfigError(`context "${context}" names a cluster that is not there`)
  const userName = stringField(chosen, 'user')
  const user = userName === '' ? {} : merged.users.get(userName)
  if (user === undefined)
    throw new KubeconfigError(`context "${context}" names a user that is not there: "${userName}"`)
  return { ...connectable(context, cluster, user), context, contexts }
}

/** Context of the pod's own service account. */
export function loadServiceAccount(): LoadedContext {
  const kubeConfig = new KubeConfig()
  kubeConfig.loadFromCluster()
  const server = kubeConfig.getCurrentCluster()?.server ?? ''
  // client-node takes some ports for plain http; a token must not go out that way.
  if (!server.startsWith('https:'))
    throw new KubeconfigError(`the API server of this pod is not at an https port: ${server}`)
  return { kubeConfig, server, context: 'in-cluster', contexts: [], execPlugin: undefined, needsToken: true }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d+){3}$/.test(host)
}

function connectable(name: string, cluster: JsonObject, user: JsonObject) {
  const server = stringField(cluster, 'server').replace(/\/$/, '')
  checkServer(name, server)
  const unsupported = unsupportedImpersonation.find((key) => field(user, key) !== undefined)
  if (unsupported !== undefined) {
    throw new KubeconfigError(`the user of context "${name}" has "${unsupported}", which is not supported here`)
  }
  const { exec, tokenFile, ...rest } = user
  const execPlugin = exec === undefined ? undefined : execPluginOf(exec, cluster)
  if (execPlugin === 'unusable') {
    throw new KubeconfigError(
      `the exec plugin of context "${name}" has no command, or needs a terminal to ask questions`,
    )
  }
  const needsToken = typeof tokenFile === 'string' && tokenFile !== ''
  const provider = needsToken ? { 'auth-provider': { name: 'tokenFile', config: { tokenFile } } } : {}
  // client-node refuses http:// unless told not to verify; there is nothing to verify, and checkServer allows loopback only.
  const plain = server.startsWith('http:') ? { 'insecure-skip-tls-verify': true } : {}
  const kubeConfig = new KubeConfig()
  // JSON is YAML; only what is used is handed on, so that another context's mistake does not stop this one.
  kubeConfig.loadFromString(
    JSON.stringify({
      clusters: [{ name, cluster: { ...cluster, ...plain, server } }],
      users: [{ name, user: { ...rest, ...provider } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    }),
  )
  return { kubeConfig, server, execPlugin, needsToken }
}

function checkServer(context: string, server: string): void {
  const url = URL.canParse(server) ? new URL(server) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new KubeconfigError(`the server of context "${context}" is not an https:// address: "${server}"`)
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new KubeconfigError(`the server of context "${context}" is plain http:// on another machine: "${server}"`)
  }
}

type Merged = {
  readonly clusters: Map<string, JsonObject>
  readonly users: Map<string, JsonObject>
  readonly contexts: Map<string, JsonObject>
  readonly currentContext: string
}

function merge(files: readonly JsonObject[]): Merged {
  const named = (list: string, content: string) => {
    const all = new Map<string, JsonObject>()
    for (const entry of files.flatMap((file) => arrayField(file, list))) {
      if (!isObject(entry)) continue
      const name = stringField(entry, 'name')
      if (name !== '' && !all.has(name)) all.set(name, objectField(entry, content))
    }
    return all
  }
  return {
    clusters: named('clusters', 'cluster'),
    users: named('users', 'user'),
    contexts: named('contexts', 'context'),
    currentContext: files.map((file) => stringField(file, 'current-context')).find((name) => name !== '') ?? '',
  }
}

function readFile(path: string): JsonObject {
  const content = parseFile(path)
  if (!isObject(content) || !['clusters', 'contexts', 'users', 'current-context'].some((key) => key in content)) {
    throw new KubeconfigError(`${path} is empty or is not a kubeconfig`)
  }
  const folder = dirname(path)
  return { ...content, clusters: absolute(content, 'clusters', folder), users: absolute(content, 'users', folder) }
}

function parseFile(path: string): unknown {
  try {
    if (statSync(path).size > largestFile) throw new Error(`larger than ${largestFile} bytes`)
    return parse(readFileSync(path, 'utf8'), { maxAliasCount: 100, logLevel: 'error' })
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    throw new KubeconfigError(`${path} cannot be read: ${message}`)
  }
}

const pathKeys = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile']

function absolute(file: JsonObject, list: string, folder: string): unknown[] {
  const content = list === 'clusters' ? 'cluster' : 'user'
  return arrayField(file, list).map((entry) => {
    if (!isObject(entry)) return entry
    const fields = Object.entries(objectField(entry, content)).map(([key, value]) => {
      const isPath = pathKeys.includes(key) && typeof value === 'string' && value !== '' && !isAbsolute(value)
      return [key, isPath ? join(folder, String(value)) : value] as const
    })
    return { ...entry, [content]: Object.fromEntries(fields) }
  })
}

function arrayField(object: JsonObject, name: string): readonly unknown[] {
  const value = field(object, name)
  return Array.isArray(value) ? value : []
}
