// Watches: one JSON line per event, bookmarks in between, an ERROR line when the asked version is too old.

import type { ServerResponse } from 'node:http'
import type { ApiObject, JsonObject } from './api-object'
import type { ListRequest } from './api-request'
import { tooOld } from './api-status'
import { apiVersionOf, resources } from './resources'
import type { CacheEvent, WatchCache } from './watch-cache'

export type WatchOptions = {
  readonly cache: WatchCache
  readonly bookmarkEveryMs: number
  /** A client that does not read is cut off at this many buffered bytes; it comes back and resumes. */
  readonly maxBufferedBytes: number
}

const defaultTimeoutSeconds = 1800

/** Serves a watch until the client leaves or `timeoutSeconds` have passed. The caller checked that the version is not in the future. */
export function serveWatch(response: ServerResponse, request: ListRequest, options: WatchOptions): void {
  const { cache } = options
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' })
  response.flushHeaders()
  const line = (text: string) => {
    response.write(text)
    if (response.writableLength > options.maxBufferedBytes) response.destroy()
  }
  const bookmark = (annotations?: JsonObject) =>
    line(`{"type":"BOOKMARK","object":${bookmarkObject(request, cache.revision(), annotations)}}\n`)

  const fresh = request.resourceVersion === '' || request.resourceVersion === '0' || request.sendInitialEvents
  const from = Number(request.resourceVersion || '0')
  const missed = fresh ? initialEvents(cache, request) : cache.since(request.resource, from)
  if (missed === undefined) {
    response.end(`{"type":"ERROR","object":${JSON.stringify(tooOld(from, cache.revision()).body)}}\n`)
    return
  }
  for (const event of missed) send(event)
  if (request.sendInitialEvents && request.bookmarks) bookmark({ 'k8s.io/initial-events-end': 'true' })

  const unsubscribe = cache.subscribe(request.resource, send, () => response.end())
  const bookmarks = request.bookmarks ? setInterval(bookmark, options.bookmarkEveryMs) : undefined
  const timeout = setTimeout(
    () => {
      if (request.bookmarks) bookmark()
      response.end()
    },
    (request.timeoutSeconds ?? defaultTimeoutSeconds) * 1000,
  )
  response.on('close', () => {
    unsubscribe()
    clearInterval(bookmarks)
    clearTimeout(timeout)
  })

  function send(event: CacheEvent) {
    const type = typeForClient(event, request)
    if (type !== undefined) line(`{"type":"${type}","object":${jsonOf(event.object)}}\n`)
  }
}

// A selector turns a change into ADDED when the object enters the selection, into DELETED when it leaves.
function typeForClient(event: CacheEvent, { selects }: ListRequest): CacheEvent['type'] | undefined {
  const before = event.previous !== undefined && selects(event.previous)
  const after = event.type !== 'DELETED' && selects(event.object)
  if (before && after) return 'MODIFIED'
  if (after) return 'ADDED'
  return before ? 'DELETED' : undefined
}

const initialEvents = (cache: WatchCache, { resource }: ListRequest): readonly CacheEvent[] =>
  cache
    .list(resource)
    .map((object) => ({ type: 'ADDED', resource, key: '', revision: 0, object, previous: undefined }) as const)

function bookmarkObject(request: ListRequest, revision: number, annotations?: JsonObject): string {
  const resource = resources[request.resource]
  const metadata = { resourceVersion: String(revision), creationTimestamp: null, annotations }
  return JSON.stringify({ kind: resource.kind, apiVersion: apiVersionOf(resource), metadata })
}

// Every watcher of a resource sends the same text.
const texts = new WeakMap<ApiObject, string>()

function jsonOf(object: ApiObject): string {
  const known = texts.get(object)
  if (known !== undefined) return known
  const text = JSON.stringify(object)
  texts.set(object, text)
  return text
}
