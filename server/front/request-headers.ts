// Headers of a request: which are refused, which are dropped before Next sees them, which are ours to set.

import { requestIdHeader } from '../access-log.ts'
import type { Refusal } from './refusal.ts'

/** Every value of every header, in order; names in lower case. */
export function readHeaders(raw: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? ''
    const values = headers.get(name)
    if (values) values.push(raw[at + 1] ?? '')
    else headers.set(name, [raw[at + 1] ?? ''])
  }
  return headers
}

// The peer of the connection, and the client that a trusted proxy names. Set by the front alone, as the name of the request in the
// log is: whatever comes from outside under these names is dropped.
export const peerHeader = 'x-triplane-peer'
export const clientHeader = 'x-triplane-client'

const maxHeaders = 100
// Next's own, which ask for what this product does not have or belong between two parts of Next.
const refused = /^(next-action|next-resume|x-middleware-.*|x-nextjs-.*)$/
// Where a second line could mean another thing to a proxy than to us. Proxies append to X-Forwarded-For.
const single = /^(authorization|content-type|content-length|transfer-encoding|remote-.*|x-(?!forwarded-for$).*)$/
const dropped = new RegExp(
  `^(${[
    peerHeader,
    clientHeader,
    requestIdHeader,
    // Where the request came in is known from the connection and the settings. Identity (X-Forwarded-User and the like) is not
    // judged here: server/access takes it from the peers it knows alone.
    'forwarded',
    'x-forwarded-(for|host|proto|protocol|port|prefix|path|uri|server|scheme|ssl|method)',
    'x-real-ip',
    'x-original-(url|uri|host|method)',
    'x-rewrite-url',
    'x-http-method(-override)?',
    'x-(invoke|matched|now|vercel|next|prerender)-.*',
    'impersonate-.*',
    // Next takes the nonce of a page from there; it is ours to say.
    'content-security-policy(-report-only)?',
  ].join('|')})$`,
)

/** What is wrong with the headers themselves. */
export function headerFault(headers: ReadonlyMap<string, readonly string[]>): Refusal | undefined {
  let lines = 0
  for (const [name, values] of headers) {
    lines += values.length
    // Some servers read X_Forwarded_User as X-Forwarded-User, some proxies do not clean it.
    if (name.includes('_')) return { status: 400, code: 'header-name' }
    if (refused.test(name)) return { status: 400, code: name.startsWith('next-') ? name : 'header' }
    if (values.length > 1 && single.test(name)) return { status: 400, code: 'header-twice' }
  }
  if (lines > maxHeaders) return { status: 431, code: 'headers' }
  if (headers.has('upgrade')) return { status: 400, code: 'upgrade' }
  // A name there asks proxies to drop that header. `upgrade` without an Upgrade is what nginx is often told to say.
  const options = (headers.get('connection') ?? []).flatMap((value) => value.toLowerCase().split(','))
  const known = ['keep-alive', 'close', 'te', 'upgrade', '']
  return options.every((option) => known.includes(option.trim())) ? undefined : { status: 400, code: 'connection' }
}

/** Replaces what outsiders may not say; `own` are lower-case names with their values. */
export function cleanHeaders(
  request: { rawHeaders: string[]; headers: Record<string, unknown> },
  own: Readonly<Record<string, string>>,
): void {
  const kept: string[] = []
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = request.rawHeaders[at] ?? ''
    if (!dropped.test(name.toLowerCase())) kept.push(name, request.rawHeaders[at + 1] ?? '')
  }
  for (const name of Object.keys(request.headers)) if (dropped.test(name)) delete request.headers[name]
  request.rawHeaders.splice(0, request.rawHeaders.length, ...kept, ...Object.entries(own).flat())
  Object.assign(request.headers, own)
}
