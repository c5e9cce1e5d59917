// The Kubernetes API of the embedded cluster: GET only. Changes come from the model, never from HTTP.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { discovery } from './api-discovery'
import { listBody } from './api-list'
import { type ApiPath, parseListRequest, parsePath } from './api-request'
import { type ApiError, methodNotAllowed, notAcceptable, objectNotFound, pathNotFound, tooLarge } from './api-status'
import { serveWatch, type WatchOptions } from './api-watch'

/** A server that is not listening yet. */
export function createApi(options: WatchOptions): Server {
  const server = createServer((request, response) => answer(request, response, options))
  // A pooled connection must not be closed just as its client uses it again, as the default of 5 s would do.
  server.keepAliveTimeout = 60_000
  return server
}

function answer(request: IncomingMessage, response: ServerResponse, options: WatchOptions) {
  const url = URL.parse(request.url ?? '/', 'http://embedded.invalid')
  if (url === null) return sendError(response, pathNotFound())
  if (request.method !== 'GET') return sendError(response, methodNotAllowed())
  const { pathname, searchParams } = url
  if (pathname === '/readyz' || pathname === '/livez' || pathname === '/healthz') return send(response, 'ok')
  if (!acceptsJson(request.headers.accept)) return sendError(response, notAcceptable())
  const found = discovery(pathname, options.cache.isServed)
  if (found !== undefined) return send(response, found)
  const path = parsePath(pathname)
  if (path === undefined || !options.cache.isServed(path.resource)) return sendError(response, pathNotFound())
  if (path.name !== undefined) return sendObject(response, path, options)
  const list = parseListRequest(path, searchParams)
  if ('code' in list) return sendError(response, list)
  if (list.watch) {
    const asked = Number(list.resourceVersion || '0')
    const current = options.cache.revision()
    return asked > current ? sendError(response, tooLarge(asked, current)) : serveWatch(response, list, options)
  }
  const body = listBody(options.cache, list)
  return typeof body === 'string' ? send(response, body, 'application/json') : sendError(response, body)
}

function sendObject(response: ServerResponse, path: ApiPath, { cache }: WatchOptions) {
  const key = path.namespace === undefined ? path.name : `${path.namespace}/${path.name}`
  const object = cache.get(path.resource, key ?? '')
  if (object === undefined) return sendError(response, objectNotFound(path.resource, path.name ?? ''))
  return send(response, JSON.stringify(object), 'application/json')
}

// Protobuf is offered by no row here: a client that also takes JSON gets JSON.
const acceptsJson = (accept = '*/*') => /\*\/\*|application\/(\*|json)/.test(accept)

function send(response: ServerResponse, body: string | object, type = 'text/plain; charset=utf-8') {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(200, { 'content-type': typeof body === 'string' ? type : 'application/json' })
  response.end(text)
}

function sendError(response: ServerResponse, { code, body, retryAfter }: ApiError) {
  const retry: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  response.writeHead(code, { 'content-type': 'application/json', ...retry })
  response.end(JSON.stringify(body))
}
