// The headers of every answer, whoever writes it: pages, data, streams, assets, refusals. Put on at the last moment, so that
// nothing behind the front can leave one out or weaken it.

import type { ServerResponse } from 'node:http'

export type AnswerKind = {
  /** Of a document; undefined: nothing in this answer is ever run or drawn as a page. */
  readonly nonce: string | undefined
  /** Named by its content, and may be kept when it is there. */
  readonly hashed: boolean
  /** Browsers are told to come by https alone from now on. */
  readonly https: boolean
}

const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), ' +
    'microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()',
}

const yearSeconds = 31_536_000

/** Everything is forbidden; a document may then use what this server itself gives it. See docs/adr on the policy. */
export function contentSecurityPolicy({ nonce, hashed }: Pick<AnswerKind, 'nonce' | 'hashed'>): string {
  // A worker obeys the policy of its own file, not of the page that starts it.
  if (hashed)
    return "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  const ours =
    nonce === undefined
      ? []
      : [
          `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
          `style-src 'self' 'nonce-${nonce}'`,
          // Attributes alone: Radix and the tables' column widths are in the server's markup. An element still needs the nonce.
          "style-src-attr 'unsafe-inline'",
          "img-src 'self' data:",
          "font-src 'self'",
          "connect-src 'self'",
          "worker-src 'self'",
          "manifest-src 'self'",
        ]
  return [
    "default-src 'none'",
    ...ours,
    "base-uri 'none'",
    `form-action ${nonce === undefined ? "'none'" : "'self'"}`,
    "frame-ancestors 'none'",
  ].join('; ')
}

/** All of them; `cacheControl` is what the answer itself would say. */
export function answerHeaders(kind: AnswerKind, status: number, cacheControl: string | undefined) {
  return {
    ...always,
    'content-security-policy': contentSecurityPolicy(kind),
    'cache-control': cacheControlOf(kind, status, cacheControl),
    ...(kind.https && { 'strict-transport-security': `max-age=${yearSeconds}` }),
  }
}

function cacheControlOf({ hashed }: AnswerKind, status: number, asked: string | undefined): string {
  if (hashed && (status === 200 || status === 304)) return `public, max-age=${yearSeconds}, immutable`
  // Proxies that compress or buffer a stream are told not to.
  return asked?.includes('no-transform') ? 'no-cache, no-transform, no-store' : 'no-store'
}

/** Sees to it that this answer carries them, by whichever way its head is written. */
export function hardenAnswer(response: ServerResponse, kind: AnswerKind): void {
  const writeHead = response.writeHead
  response.writeHead = function harden(this: ServerResponse, status: number, ...rest: unknown[]) {
    const given = rest.at(-1)
    // Headers that are handed over with the status come after those that were set: they are set first.
    if (typeof given === 'object' && given !== null)
      for (const [name, value] of pairsOf(given)) this.setHeader(name, value)
    const asked = this.getHeader('cache-control')
    const all = answerHeaders(kind, status, asked === undefined ? undefined : String(asked))
    for (const [name, value] of Object.entries(all)) this.setHeader(name, value)
    for (const name of this.getHeaderNames()) if (name.startsWith('access-control-')) this.removeHeader(name)
    const message = typeof rest[0] === 'string' ? [rest[0]] : []
    return Reflect.apply(writeHead, this, [status, ...message]) as ServerResponse
  } as typeof writeHead
}

type HeaderValue = string | number | readonly string[]

/** Both forms that writeHead takes: an object, and names and values in turn (a name twice is two lines). */
function pairsOf(given: object): Iterable<[string, HeaderValue]> {
  if (!Array.isArray(given)) return Object.entries(given).filter(([, value]) => value !== undefined)
  const pairs = new Map<string, string[]>()
  for (let at = 0; at + 1 < given.length; at += 2) {
    const name = String(given[at]).toLowerCase()
    pairs.set(name, [...(pairs.get(name) ?? []), String(given[at + 1])])
  }
  return pairs
}
