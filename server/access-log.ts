// One line per request of the main port, and what was sent. Runs in front of Next under plain Node: the logger (in Next's bundle)
// is reached through globalThis, and so are the numbers. No imports but Node's and the tallies.

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { count } from './metrics/tally.ts'

export type AccessLine = {
  readonly requestId: string | undefined
  readonly method: string
  /** Without the query, which names objects of the cluster. */
  readonly path: string
  /** 0: the connection ended before an answer began. */
  readonly status: number
  readonly ms: number
  readonly level: 'debug' | 'info' | 'error'
}

type Sent = { readonly stream: number; readonly other: number }
type Open = { readonly socket: Socket; readonly before: number; readonly kind: keyof Sent }
type State = { sink: ((line: AccessLine) => void) | undefined; sent: Sent; readonly open: Set<Open> }

/** An answer that takes longer is worth a line; streams live as long as their reader. */
export const slowMs = 1000
const longestPath = 200
const place = Symbol.for('triplane.access-log')

function state(): State {
  const holder = globalThis as { [place]?: State }
  holder[place] ??= { sink: undefined, sent: { stream: 0, other: 0 }, open: new Set() }
  return holder[place]
}

/** Who writes the lines. */
export function writeAccessTo(sink: (line: AccessLine) => void): void {
  state().sink = sink
}

/** Set by the server in front of Next, never taken from outside. */
export const requestIdHeader = 'x-triplane-request-id'

/** Follows one exchange to its end. Call it for every request, refused ones too. */
export function followExchange(request: IncomingMessage, response: ServerResponse): void {
  const begun = performance.now()
  const path = pathOf(request.url)
  const kind = path.endsWith('/api/trpc/graph.watch') ? 'stream' : 'other'
  const open: Open = { socket: request.socket, before: request.socket.bytesWritten, kind }
  state().open.add(open)
  response.once('close', () => {
    end(open)
    const status = response.headersSent ? response.statusCode : 0
    const ms = Math.round(performance.now() - begun)
    count('triplane_http_requests_total', { outcome: status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'ok' })
    const id = request.headers[requestIdHeader]
    const requestId = typeof id === 'string' ? id : undefined
    const level = levelOf(status, kind === 'stream' ? 0 : ms)
    state().sink?.({ requestId, method: request.method ?? '', path, status, ms, level })
  })
}

/** What failed is an error; what was refused or slow is told; the rest is for who asks (debug). `ms` 0 for streams. */
export function levelOf(status: number, ms: number): AccessLine['level'] {
  if (status >= 500) return 'error'
  return status >= 400 || ms >= slowMs ? 'info' : 'debug'
}

/** Bytes sent so far, open exchanges included. */
export function sentBytes(): Sent {
  const total = { ...state().sent }
  for (const { socket, before, kind } of state().open) total[kind] += socket.bytesWritten - before
  return total
}

function end(open: Open): void {
  const all = state()
  all.open.delete(open)
  all.sent = { ...all.sent, [open.kind]: all.sent[open.kind] + open.socket.bytesWritten - open.before }
}

function pathOf(url: string | undefined): string {
  const path = (url ?? '').split(/[?#]/, 1)[0] ?? ''
  return path.length > longestPath ? `${path.slice(0, longestPath)}…` : path
}
