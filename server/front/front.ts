// What stands between a socket and Next: every request is answered here, or goes on judged, cleaned and with its answer's headers
// taken care of.

import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { requestIdHeader } from '../access-log.ts'
import { type GuardOptions, guardRequest } from '../guard.ts'
import { closeWhenStalled, stalledAfterMs } from '../stalled-stream.ts'
import { addressMatcher, clientAddress, plainAddress } from './addresses.ts'
import { contentSecurityPolicy, hardenAnswer } from './answer-headers.ts'
import { isDocument, isHashedAsset, isStream, ownPath } from './paths.ts'
import type { Refusal } from './refusal.ts'
import { cleanHeaders, clientHeader, peerHeader, readHeaders } from './request-headers.ts'

export type FrontOptions = GuardOptions & {
  readonly trustedProxies: readonly string[]
  readonly health: Health
  /** Milliseconds; only tests say it. */
  readonly stalledAfterMs?: number
}

type Health = {
  /** Why no traffic should come here now; empty: it may. */
  notReady(): readonly string[]
  /** New streams go elsewhere: the memory is nearly used up. */
  shedding(): boolean
  /** The process has been told to end: connections are not kept for another request. */
  draining(): boolean
}

/** Answers the request, or returns 'pass' when Next should. */
export type Front = (request: IncomingMessage, response: ServerResponse) => 'answered' | 'pass'

export function createFront(options: FrontOptions): Front {
  const { basePath, publicUrl, health } = options
  const isTrusted = addressMatcher(options.trustedProxies)
  return (request, response) => {
    const requestId = randomBytes(8).toString('hex')
    // Before anything is refused: the log names it by this, whatever it called itself.
    request.headers[requestIdHeader] = requestId
    const path = ownPath(request.url ?? '', basePath)
    const nonce = path !== undefined && isDocument(path) ? randomBytes(16).toString('base64') : undefined
    const kind = { nonce, hashed: path !== undefined && isHashedAsset(path), https: publicUrl?.https ?? false }
    hardenAnswer(response, kind)
    response.setHeader('x-request-id', requestId)
    if (health.draining()) response.setHeader('connection', 'close')

    const probe = probeAnswer(request, path, health)
    if (probe) return answer(request, response, probe)
    const verdict = guardRequest(request, options)
    if (verdict !== 'ok') return refuse(request, response, verdict)
    if (path !== undefined && isStream(path)) {
      if (health.shedding()) return answer(request, response, overloaded)
      closeWhenStalled(request, response, options.stalledAfterMs ?? stalledAfterMs)
    }

    const headers = readHeaders(request.rawHeaders)
    const peer = plainAddress(request.socket.remoteAddress ?? '')
    const client = clientAddress(peer, headers.get('x-forwarded-for')?.join(), isTrusted)
    const saidProto = isTrusted(peer) ? headers.get('x-forwarded-proto')?.[0]?.toLowerCase() : undefined
    const proto = saidProto === 'https' || saidProto === 'http' ? saidProto : publicUrl?.https ? 'https' : 'http'
    cleanHeaders(request, {
      [peerHeader]: peer,
      [clientHeader]: client,
      [requestIdHeader]: requestId,
      'x-forwarded-for': client,
      'x-forwarded-proto': proto,
      // From there Next takes the nonce for the page's own scripts and styles.
      ...(nonce !== undefined && { 'content-security-policy': contentSecurityPolicy(kind) }),
    })
    // Some proxies send `/base` on to `/base/`; Next would send it back, and so on for ever.
    if (path === '/' && basePath !== '') request.url = (request.url ?? '').replace(`${basePath}/`, basePath)
    return 'pass'
  }
}

type Answer = { readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, string>> }

const plain = { 'content-type': 'text/plain; charset=utf-8' }
const overloaded: Answer = {
  status: 503,
  body: `${JSON.stringify({ error: { code: 'overloaded', status: 503 } })}\n`,
  headers: { 'content-type': 'application/json', 'retry-after': '5' },
}

// Before the Host is looked at: a kubelet asks by the pod's address, and all it learns is one word.
function probeAnswer({ method, url }: IncomingMessage, path: string | undefined, health: Health): Answer | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const asked = path ?? url?.split('?', 1)[0]
  if (asked === '/livez') return { status: 200, body: 'ok\n', headers: plain }
  if (asked !== '/readyz') return undefined
  const reasons = health.notReady()
  if (reasons.length === 0) return { status: 200, body: 'ok\n', headers: plain }
  return { status: 503, body: `${reasons.join(' ')}\n`, headers: plain }
}

function refuse(request: IncomingMessage, response: ServerResponse, { status, code }: Refusal): 'answered' {
  return answer(request, response, {
    status,
    body: `${JSON.stringify({ error: { code, status } })}\n`,
    headers: {
      'content-type': 'application/json',
      // The body of a refused request is not read.
      connection: 'close',
      ...(status === 405 && { allow: 'GET, HEAD' }),
    },
  })
}

function answer(request: IncomingMessage, response: ServerResponse, { status, body, headers }: Answer): 'answered' {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(request.method === 'HEAD' ? undefined : body)
  return 'answered'
}
