// Everything that can go wrong between us and an API server, as one code each. The codes are keys of messages/en/errors.json
// under `watch`; `detail` is what the other side said, shortened and in one line.

import { withoutSecrets } from '../log-line'

export type FaultCode =
  | 'connection-refused'
  | 'host-not-found'
  | 'host-unreachable'
  | 'connection-reset'
  | 'connect-timeout'
  | 'answer-timeout'
  | 'silent'
  | 'watch-closed'
  | 'tls-expired'
  | 'tls-unknown-authority'
  | 'tls-wrong-name'
  | 'tls-failed'
  | 'redirected'
  | 'credentials-unreadable'
  | 'credentials-rejected'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'bad-request'
  | 'gone'
  | 'conflict'
  | 'too-many-requests'
  | 'too-large-resource-version'
  | 'server-error'
  | 'not-kubernetes-api'
  | 'bad-list'
  | 'bad-event'
  | 'wrong-kind'
  | 'out-of-order'
  | 'line-too-long'
  | 'body-too-long'
  | 'went-back'
  | 'another-cluster'
  | 'internal'

/** An expected failure. Thrown inside server/kube, caught by the reflector, never seen outside as an exception. */
export class Fault extends Error {
  readonly detail: string

  constructor(
    readonly code: FaultCode,
    detail: string,
    /** What the server asked for by Retry-After or retryAfterSeconds, already capped. */
    readonly retryAfterMs: number | undefined = undefined,
  ) {
    super(`${code}: ${detail}`)
    this.name = 'Fault'
    this.detail = oneLine(detail)
  }
}

/** Faults of the way to the server. The watch may go on from where it was. */
export function isConnectionFault(fault: Fault): boolean {
  return isConnectionCode(fault.code)
}

export function isConnectionCode(code: string | undefined): boolean {
  return code !== undefined && connectionFaults.has(code)
}

const connectionFaults: ReadonlySet<string> = new Set<FaultCode>([
  'connection-refused',
  'host-not-found',
  'host-unreachable',
  'connection-reset',
  'connect-timeout',
  'answer-timeout',
  'silent',
  'watch-closed',
  'tls-expired',
  'tls-unknown-authority',
  'tls-wrong-name',
  'tls-failed',
])

/** Turns whatever was thrown into a Fault; a Fault stays what it is. */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const code = propertyOf(error, 'code')
  const message = error instanceof Error ? error.message : String(error)
  return new Fault(faultOfErrno(code), code && !message.includes(code) ? `${code} ${message}` : message)
}

function faultOfErrno(code: string): FaultCode {
  if (code === 'ECONNREFUSED') return 'connection-refused'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') return 'host-not-found'
  if (['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL'].includes(code))
    return 'host-unreachable'
  if (code === 'ETIMEDOUT') return 'connect-timeout'
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'tls-expired'
  if (unknownAuthority.has(code)) return 'tls-unknown-authority'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'tls-wrong-name'
  if (/^(ERR_SSL|ERR_TLS|EPROTO|CERT_|ERR_OSSL)/.test(code)) return 'tls-failed'
  // An answer that is not HTTP at all: a TLS port asked in clear, a mail server.
  if (code.startsWith('HPE_')) return 'not-kubernetes-api'
  if (['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'Z_BUF_ERROR'].includes(code)) {
    return 'connection-reset'
  }
  return 'internal'
}

const unknownAuthority = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
])

/** The fault of an HTTP status, or of the same number inside a Status object of a watch; undefined for 200. */
export function faultOfStatus(status: number, message: string, retryAfterMs?: number): Fault | undefined {
  if (status === 200) return undefined
  const fault = (code: FaultCode) => new Fault(code, `${status} ${message}`.trim(), retryAfterMs)
  if (status >= 300 && status < 400) return fault('redirected')
  if (status === 504 && /too large resource version/i.test(message)) return fault('too-large-resource-version')
  return fault(
    statusCodes[status] ?? (status >= 500 ? 'server-error' : status >= 400 ? 'bad-request' : 'not-kubernetes-api'),
  )
}

const statusCodes: Readonly<Record<number, FaultCode>> = {
  401: 'credentials-rejected',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'method-not-allowed',
  409: 'conflict',
  410: 'gone',
  429: 'too-many-requests',
}

const retryAfterCap = 5 * 60_000

/** Retry-After as seconds or as an HTTP date (RFC 9110 10.2.3); anything else is undefined. Never negative, at most 5 minutes. */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const text = value.trim()
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : /[a-z]/i.test(text) ? Date.parse(text) - now : Number.NaN
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), retryAfterCap)
}

// Tokens never belong in a message; some exec plugins and proxies print them.
function oneLine(text: string): string {
  return withoutSecrets(text.split(/[\r\n]/, 1)[0] ?? '')
    .slice(0, 300)
    .trim()
}

function propertyOf(error: unknown, name: string): string {
  if (typeof error !== 'object' || error === null || !(name in error)) return ''
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : ''
}
