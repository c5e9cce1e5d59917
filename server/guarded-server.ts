// Puts the front before the HTTP server on our port, whoever makes it: it takes the server's events before any listener does.
// A proxy.ts in Next would come after Next's own handling of the request. Servers on other ports of this process (the embedded
// cluster) are left alone.

import http, {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import { followExchange } from './access-log.ts'
import { answerHeaders } from './front/answer-headers.ts'
import { createFront, type FrontOptions } from './front/front.ts'

// A head that takes longer is somebody holding connections open; so is a request as a whole (bodies are small, answers not counted).
const headersTimeoutMs = 10_000
const requestTimeoutMs = 15_000
const timeoutCheckMs = 2000
// Longer than proxies keep theirs idle (60 s), so that none sends its next request into a closing connection.
const keepAliveMs = 75_000
const maxHeaderSize = 16 * 1024

type Timeouts = { readonly headersTimeoutMs?: number; readonly timeoutCheckMs?: number }

/** Replaces `http.createServer`; `onListening` is told when the server on our port listens. */
export function guardServers(options: FrontOptions & Timeouts, onListening: (server: Server) => void): void {
  const createServer = http.createServer
  const guarded = (...args: [RequestListener?] | [ServerOptions, RequestListener?]): Server => {
    const [first, second] = args
    const given = typeof first === 'function' ? {} : (first ?? {})
    const listener = typeof first === 'function' ? first : second
    // Node would answer a request without Host by itself; the guard does it, so that there is one rule.
    const ours = {
      requireHostHeader: false,
      maxHeaderSize,
      connectionsCheckingInterval: options.timeoutCheckMs ?? timeoutCheckMs,
    }
    const server = createServer({ ...given, ...ours }, listener)
    guard(server, options)
    server.on('listening', () => {
      const address = server.address()
      if (typeof address !== 'object' || address?.port !== options.port) return
      server.headersTimeout = options.headersTimeoutMs ?? headersTimeoutMs
      server.requestTimeout = requestTimeoutMs
      server.keepAliveTimeout = keepAliveMs
      onListening(server)
    })
    return server
  }
  http.createServer = guarded as typeof http.createServer
}

function guard(server: Server, options: FrontOptions) {
  const front = createFront(options)
  const emit = server.emit.bind(server)
  const unreadable = (error: unknown, socket: Socket) => refuseUnreadable(error, socket, options)
  server.emit = (event: string, ...args: unknown[]): boolean => {
    if (event === 'clientError' && (args[1] as Socket).localPort === options.port) {
      return unreadable(args[0], args[1] as Socket)
    }
    const [request] = args
    if (!(request instanceof http.IncomingMessage) || request.socket.localPort !== options.port) {
      return emit(event, ...args)
    }
    // Nothing here speaks anything but HTTP.
    if (event === 'upgrade' || event === 'connect') return unreadable(undefined, args[1] as Socket)
    const [, response] = args as [IncomingMessage, ServerResponse]
    followExchange(request, response)
    return front(request, response) === 'answered' || emit(event, ...args)
  }
}

const statusOf: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** Where there is no request to answer, only bytes: a few bytes back, and the end. */
function refuseUnreadable(error: unknown, socket: Socket, { publicUrl }: FrontOptions): true {
  // In the middle of an answer there is nothing to add.
  const isAnswering = 'bytesWritten' in socket && socket.bytesWritten > 0 && error !== undefined
  if (!socket.writable || isAnswering) {
    socket.destroy()
    return true
  }
  const { code = '' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  const kind = { nonce: undefined, hashed: false, https: publicUrl?.https ?? false }
  const headers = Object.entries({ ...answerHeaders(kind, 400, undefined), connection: 'close', 'content-length': '0' })
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`HTTP/1.1 ${statusOf[code] ?? '400 Bad Request'}\r\n${lines}\r\n`, () => socket.destroy())
  return true
}
