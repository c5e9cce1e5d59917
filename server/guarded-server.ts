// Puts the guard in front of the HTTP server on our port, whoever makes it: it takes the server's events before any listener does.
// A proxy.ts in Next would come after Next's own handling of the request. Servers on other ports of this process (the embedded
// cluster) are left alone.

import http, {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import type { Duplex } from 'node:stream'
import { followExchange } from './access-log.ts'
import { type GuardOptions, guardRequest, type Refusal } from './guard.ts'
import { closeWhenStalled, stalledAfterMs } from './stalled-stream.ts'

type GuardedServerOptions = GuardOptions & { readonly stalledAfterMs?: number }

/** Replaces `http.createServer`; `onListening` is told when the server on our port listens. */
export function guardServers(options: GuardedServerOptions, onListening: (server: Server) => void): void {
  const createServer = http.createServer
  const guarded = (...args: [RequestListener?] | [ServerOptions, RequestListener?]): Server => {
    const [first, second] = args
    const given = typeof first === 'function' ? {} : (first ?? {})
    const listener = typeof first === 'function' ? first : second
    // Node would answer a request without Host by itself; the guard does it, so that there is one rule.
    const server = createServer({ ...given, requireHostHeader: false }, listener)
    guard(server, options)
    server.on('listening', () => {
      const address = server.address()
      if (typeof address === 'object' && address?.port === options.port) onListening(server)
    })
    return server
  }
  http.createServer = guarded as typeof http.createServer
}

function guard(server: Server, options: GuardedServerOptions) {
  const emit = server.emit.bind(server)
  server.emit = (event: string, ...args: unknown[]): boolean => {
    const [request] = args
    if (!(request instanceof http.IncomingMessage) || request.socket.localPort !== options.port) {
      return emit(event, ...args)
    }
    if (event === 'upgrade' || event === 'connect') {
      // Nothing here speaks anything but HTTP.
      const [, socket] = args as [IncomingMessage, Duplex]
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return true
    }
    const [, response] = args as [IncomingMessage, ServerResponse]
    followExchange(request, response)
    const verdict = guardRequest(request, options)
    if (verdict !== 'ok') return refuse(request, response, verdict)
    closeWhenStalled(request, response, options.stalledAfterMs ?? stalledAfterMs)
    return emit(event, ...args)
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, { status, code }: Refusal): true {
  // The body of a refused request is not read.
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' })
  response.end(request.method === 'HEAD' ? undefined : `${JSON.stringify({ error: { code, status } })}\n`)
  return true
}
