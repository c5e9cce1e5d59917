// One HTTP exchange with an API server: node:http(s), no redirects, every wait bounded by the clock that was handed in.
import http from 'node:http'
import https from 'node:https'
import { pipeline, type Readable } from 'node:stream'
import zlib from 'node:zlib'
import type { Clock } from './clock'
import type { Connection } from './connection'
import { Fault, faultOfStatus, parseRetryAfter, toFault } from './errors'
import { isObject, stringField } from './json'

export type KubeRequest = {
  readonly connection: Connection
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Path and query. */
  readonly target: string
  /** How long the server may take to begin its answer, and how long it may then say nothing. */
  readonly answerWithin: number
  readonly silentFor: number
  /** Without: a GET. */
  readonly send?: { readonly method: 'POST' | 'PUT'; readonly object: unknown }
}

export type KubeResponse = {
  readonly contentType: string
  /** Throws a Fault when the connection breaks or falls silent. Leaving the loop early closes the connection. */
  readonly body: AsyncIterable<Buffer>
  close(): void
}

const connectWithin = 10_000
const errorBodyLimit = 64 * 1024

/** Sends the request; resolves when a 200 has begun (or a 201 after a POST), throws a Fault for anything else. */
export async function openRequest(request: KubeRequest): Promise<KubeResponse> {
  const { clock } = request
  const response = await send(request)
  const body = decoded(response)
  const guarded = guardSilence(body, request)
  const close = () => {
    body.destroy()
    response.destroy()
  }
  const status = response.statusCode ?? 0
  if (status === 200 || (status === 201 && request.send)) {
    return { contentType: response.headers['content-type'] ?? '', body: guarded, close }
  }
  const retryAfter = parseRetryAfter(response.headers['retry-after'], clock.now())
  const message = await statusMessage(response, guarded).finally(close)
  throw faultOfStatus(status, message, retryAfter) ?? new Fault('internal', `status ${status}`)
}

/** The whole body as text; more than `limit` bytes is a Fault. */
export async function readText(body: AsyncIterable<Buffer>, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > limit) throw new Fault('body-too-long', `more than ${limit} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export const isJson = (contentType: string) => /^application\/json\s*(;|$)/i.test(contentType)

async function send(request: KubeRequest): Promise<http.IncomingMessage> {
  const { connection, clock, signal } = request
  const { headers, agent } = await connection.prepare()
  signal.throwIfAborted()
  const url = new URL(connection.baseUrl + request.target)
  const open = url.protocol === 'https:' ? https.request : http.request
  return new Promise((resolve, reject) => {
    const body = request.send && Buffer.from(JSON.stringify(request.send.object))
    const outgoing = open(url, {
      method: request.send?.method ?? 'GET',
      agent,
      signal,
      headers: {
        ...headers,
        ...(body && { 'content-type': 'application/json', 'content-length': body.length }),
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'triplane',
      },
    })
    let connected = false
    const stopConnectTimer = clock.after(connectWithin, () => {
      if (!connected) outgoing.destroy(new Fault('connect-timeout', `no connection within ${connectWithin / 1000} s`))
    })
    const stopAnswerTimer = clock.after(request.answerWithin, () => {
      connection.dropIdleSockets()
      outgoing.destroy(new Fault('answer-timeout', `no answer within ${request.answerWithin / 1000} s`))
    })
    const settle = () => {
      stopConnectTimer()
      stopAnswerTimer()
    }
    outgoing.on('socket', (socket) => {
      if (outgoing.reusedSocket || !socket.connecting) connected = true
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (connected = true))
    })
    outgoing.on('response', (response) => {
      settle()
      resolve(response)
    })
    // After the response has begun the promise is settled, and the body's reader gets the error.
    outgoing.on('error', (error) => {
      settle()
      reject(toFault(error))
    })
    outgoing.end(body)
  })
}

// We ask for identity; a proxy in between may compress all the same. Flushing at every block keeps a watch live.
function decoded(response: http.IncomingMessage): Readable {
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return response
  const flush = { flush: zlib.constants.Z_SYNC_FLUSH }
  const inflater =
    encoding === 'gzip' ? zlib.createGunzip(flush) : encoding === 'deflate' ? zlib.createInflate(flush) : undefined
  if (inflater === undefined) {
    response.destroy()
    throw new Fault('not-kubernetes-api', `content-encoding ${encoding}`)
  }
  // An error reaches whoever reads the inflater, which pipeline destroys with it.
  return pipeline(response, inflater, () => undefined)
}

// A body that says nothing for `silentFor` is dead, and so are probably the idle sockets of the same pool.
async function* guardSilence(body: Readable, request: KubeRequest): AsyncGenerator<Buffer> {
  const { clock, connection, silentFor } = request
  let heardAt = clock.elapsed()
  let stopTimer: () => void = () => undefined
  const arm = (ms: number) => {
    stopTimer = clock.after(ms, () => {
      const quiet = clock.elapsed() - heardAt
      if (quiet < silentFor) return arm(silentFor - quiet)
      connection.dropIdleSockets()
      body.destroy(new Fault('silent', `nothing heard for ${silentFor / 1000} s`))
    })
  }
  arm(silentFor)
  try {
    for await (const chunk of body) {
      heardAt = clock.elapsed()
      yield chunk
      heardAt = clock.elapsed()
    }
  } catch (error) {
    throw toFault(error)
  } finally {
    stopTimer()
  }
}

// An API server explains itself in a Status object; a proxy in between answers in prose, of which nothing is kept.
async function statusMessage(response: http.IncomingMessage, body: AsyncIterable<Buffer>): Promise<string> {
  if (!isJson(response.headers['content-type'] ?? '')) return response.statusMessage ?? ''
  try {
    const status: unknown = JSON.parse(await readText(body, errorBodyLimit))
    return isObject(status) ? stringField(status, 'message') : ''
  } catch {
    // The status line says enough when the explanation cannot be read.
    return response.statusMessage ?? ''
  }
}
