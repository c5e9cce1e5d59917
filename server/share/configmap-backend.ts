// Links in one ConfigMap that was made beforehand: the only object Triplane ever writes. It is asked for by its name alone (get,
// watch, update), so that rights on this name suffice, and every write carries the version it was read at.

import { createBackoff, createPause } from '../kube/backoff'
import type { Clock } from '../kube/clock'
import type { Connection } from '../kube/connection'
import { Fault, faultOfStatus, toFault } from '../kube/errors'
import { compareVersions } from '../kube/held-objects'
import { isJson, type KubeRequest, openRequest, readText } from '../kube/http'
import { field, isObject, type JsonObject, objectField, stringField } from '../kube/json'
import { splitLines } from '../kube/lines'
import { type Backend, type BackendListener, type Held, StoreUnavailable } from './backend'

export type ConfigMapOptions = {
  readonly connection: Connection
  readonly clock: Clock
  readonly namespace: string
  readonly name: string
}

/** An object in etcd may be 1.5 MiB and a ConfigMap 1 MiB; its metadata needs room too. */
const limits = { bytes: 900 * 1024, picture: 48 * 1024 }
const largestAnswer = 8 * 1024 * 1024
const answerWithin = 10_000
/** An API server sends a bookmark each minute. */
const silentFor = 90_000

/** Links in the ConfigMap `namespace/name`. */
export function createConfigMapBackend(options: ConfigMapOptions): Backend {
  const { connection, clock, namespace, name } = options
  const collection = `/api/v1/namespaces/${namespace}/configmaps`
  const path = `${collection}/${name}`
  let metadata: JsonObject = {}
  // The newest version read or written here: a watch may still tell of older ones.
  let newest = ''

  async function exchange(request: Pick<KubeRequest, 'target' | 'send'>, signal: AbortSignal): Promise<JsonObject> {
    const response = await openRequest({ connection, clock, signal, answerWithin, silentFor: answerWithin, ...request })
    try {
      if (!isJson(response.contentType)) throw new Fault('not-kubernetes-api', response.contentType)
      return configMapIn(JSON.parse(await readText(response.body, largestAnswer)))
    } finally {
      response.close()
    }
  }

  function held(object: JsonObject): Held {
    metadata = objectField(object, 'metadata')
    newest = stringField(metadata, 'resourceVersion')
    const documents = new Map<string, string>()
    for (const [key, text] of Object.entries(objectField(object, 'data'))) {
      if (typeof text === 'string') documents.set(key, text)
    }
    return { documents, version: newest }
  }

  const read = async (signal = never) => held(await exchange({ target: path }, signal))

  async function* events(version: string, signal: AbortSignal): AsyncGenerator<JsonObject> {
    const query = new URLSearchParams({ watch: 'true', fieldSelector: `metadata.name=${name}` })
    query.set('allowWatchBookmarks', 'true')
    query.set('resourceVersion', version)
    query.set('timeoutSeconds', String(300 + Math.floor(clock.random() * 301)))
    const target = `${collection}?${query}`
    const response = await openRequest({ connection, clock, signal, target, answerWithin, silentFor })
    if (!isJson(response.contentType)) {
      response.close()
      throw new Fault('not-kubernetes-api', response.contentType)
    }
    for await (const lines of splitLines(response.body)) for (const line of lines) yield eventIn(line)
  }

  async function listen(listener: BackendListener, signal: AbortSignal): Promise<void> {
    const first = await read(signal)
    listener.onTrouble(undefined)
    listener.onHeld(first)
    for await (const event of events(first.version, signal)) {
      const type = stringField(event, 'type')
      const object = objectField(event, 'object')
      if (type === 'ERROR') throw faultOfStatus(Number(field(object, 'code')), '') ?? new Fault('bad-event', 'ERROR')
      if (type === 'DELETED') throw new Fault('not-found', `${namespace}/${name}`)
      if (type !== 'BOOKMARK' && isNews(configMapIn(object))) listener.onHeld(held(object))
    }
  }

  function isNews(object: JsonObject): boolean {
    return (compareVersions(stringField(objectField(object, 'metadata'), 'resourceVersion'), newest) ?? 1) > 0
  }

  async function followUntil(listener: BackendListener, signal: AbortSignal): Promise<void> {
    const backoff = createBackoff(clock, { boundByAge: true })
    const pause = createPause(clock, signal)
    signal.addEventListener('abort', pause.end, { once: true })
    while (!signal.aborted) {
      const startedAt = clock.elapsed()
      try {
        await listen(listener, signal)
        backoff.lived(clock.elapsed() - startedAt)
      } catch (error) {
        const { code } = toFault(error)
        if (signal.aborted) return
        backoff.lived(clock.elapsed() - startedAt)
        if (code === 'gone' || code === 'watch-closed') continue
        listener.onTrouble(code)
        // An object that is gone takes its links with it; one that cannot be reached may still have them.
        if (code === 'not-found' || code === 'forbidden') listener.onHeld({ documents: new Map(), version: '' })
        await pause.wait(backoff.next())
      }
    }
  }

  return {
    kind: 'configmap',
    limits,
    read: () => read().catch(unavailable),
    async write(documents, version) {
      const kept = {
        name,
        namespace,
        resourceVersion: version,
        labels: metadata.labels,
        annotations: metadata.annotations,
      }
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: kept, data: Object.fromEntries(documents) }
      try {
        held(await exchange({ target: path, send: { method: 'PUT', object } }, never))
        return true
      } catch (error) {
        if (error instanceof Fault && error.code === 'conflict') return false
        return unavailable(error)
      }
    },
    follow(listener) {
      const stopping = new AbortController()
      void followUntil(listener, stopping.signal)
      return () => stopping.abort()
    },
  }
}

const never = new AbortController().signal

function unavailable(error: unknown): never {
  const fault = toFault(error)
  throw new StoreUnavailable(fault.code, fault.detail)
}

function configMapIn(object: unknown): JsonObject {
  if (!isObject(object) || stringField(object, 'kind') !== 'ConfigMap') throw new Fault('wrong-kind', 'not a ConfigMap')
  if (stringField(objectField(object, 'metadata'), 'resourceVersion') === '') {
    throw new Fault('bad-list', 'metadata.resourceVersion is missing')
  }
  return object
}

function eventIn(line: string): JsonObject {
  const event: unknown = JSON.parse(line)
  if (!isObject(event)) throw new Fault('bad-event', 'a line that is no event')
  return event
}
