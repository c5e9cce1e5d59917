// Host names of entries and which of them meet. A host name that an audience may not know is a stand-in: alike ones are alike, of
// all others nothing can be said. Rules Y2, Y8.

import { standInKind } from '../model/stand-in'

export type Meets = 'yes' | 'no' | 'unknown'

const untold = (text: string) => standInKind(text) !== undefined
const lower = (text: string) => text.toLowerCase()

/** Whether a rule's host admits a client's: '' every one, `*.a.b` with exactly one label (api networking/v1 types.go@v0.36.3). */
export function ingressHostMeets(pattern: string, host: string): Meets {
  const plain = plainly(pattern, host)
  if (plain !== undefined) return plain
  const dot = host.indexOf('.')
  return pattern.startsWith('*.') && dot > 0 && lower(host.slice(dot)) === lower(pattern.slice(1)) ? 'yes' : 'no'
}

/** The same for a listener's or a route's: `*.a.b` with one label or more (gateway-api apis/v1 shared_types.go@v1.6.3). */
export function gatewayHostMeets(pattern: string, host: string): Meets {
  return plainly(pattern, host) ?? (isUnder(host, pattern) ? 'yes' : 'no')
}

function plainly(pattern: string, host: string): Meets | undefined {
  if (pattern === '' || lower(pattern) === lower(host)) return 'yes'
  return untold(pattern) || untold(host) ? 'unknown' : undefined
}

/**
 * What a listener and a route serve together; a route without host names takes the listener's. Empty: nothing. `unknown` where one
 * of them is not told.
 */
export function sharedHosts(listener: string, route: readonly string[]): readonly string[] | 'unknown' {
  if (route.length === 0) return [listener]
  if (listener === '') return route
  const shared = route.flatMap((host) => narrower(listener, host) ?? [])
  if (shared.length > 0) return shared
  return untold(listener) || route.some(untold) ? 'unknown' : []
}

/** How precisely a pattern names a host: an exact one beats every wildcard, then the longer one wins; '' is the least. */
export function precision(pattern: string): number {
  if (pattern === '') return 0
  return pattern.startsWith('*.') ? pattern.length : 1000 + pattern.length
}

function narrower(a: string, b: string): string | undefined {
  if (lower(a) === lower(b) || isUnder(b, a)) return b
  return isUnder(a, b) ? a : undefined
}

/** Whether every host of `inner`, itself perhaps a wildcard, has a label or more where `wildcard` has its star. */
function isUnder(inner: string, wildcard: string): boolean {
  if (!wildcard.startsWith('*.')) return false
  const suffix = lower(wildcard.slice(1))
  const own = lower(inner)
  return own.endsWith(suffix) && own.length > suffix.length
}
