// Somebody whom an authenticating proxy names in headers. They count only from the proxy's own address and with the secret it
// shares with us; everything else about the request (paths, user agents) never lets anybody in.

import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import type { Authenticator } from './authenticator'
import { personIdentity } from './people'
import type { AccessRequest } from './principal'
import type { Person } from './reviews'
import { blockListOf, type ProxyAuth } from './settings'
import type { Visibility } from './visibility'

const shortestSecret = 16
/** Everybody who signed in anywhere is in it; a proxy does not name it. */
const signedIn = 'system:authenticated'

/** Reads the shared secret; throws when it is too short to be one. */
export function readProxySecret(file: string): string {
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < shortestSecret) throw new Error(`${file} holds fewer than ${shortestSecret} bytes`)
  return secret
}

export function proxyAuthenticator(auth: ProxyAuth, secret: string, visibility: Visibility): Authenticator {
  const personOf = proxyPerson(auth, secret)
  return async (request) => {
    const person = personOf(request)
    return person && personIdentity(person, visibility)
  }
}

/** The person that the proxy names; undefined when the request is not the proxy's, or names nobody clearly. */
export function proxyPerson(auth: ProxyAuth, secret: string) {
  const peers = blockListOf(auth.peers)
  const expected = digest(secret)
  const own = new Set([auth.userHeader, auth.groupsHeader, auth.secretHeader])

  return ({ headers, peer }: AccessRequest): Person | undefined => {
    if (peer === undefined || isIP(peer) === 0 || !peers.check(peer, isIP(peer) === 6 ? 'ipv6' : 'ipv4'))
      return undefined
    // `X_Forwarded_User` is another header to the proxy and the same one to many applications.
    for (const name of headers.keys()) if (name.includes('_') && own.has(name.replaceAll('_', '-'))) return undefined
    if (!timingSafeEqual(digest(headers.get(auth.secretHeader) ?? ''), expected)) return undefined
    const name = headers.get(auth.userHeader) ?? ''
    // Two lines of one header arrive joined by a comma; no name has one.
    if (!isName(name) || name.includes(',')) return undefined
    const groups = (headers.get(auth.groupsHeader) ?? '')
      .split(',')
      .map((group) => group.trim())
      .filter((group) => group !== '')
    if (!groups.every(isName)) return undefined
    return { name, groups: [...new Set(groups), signedIn] }
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

// What begins with `system:` is the cluster's own to give: a person or group of that name elsewhere is somebody else.
function isName(text: string): boolean {
  return text !== '' && text.length <= 1024 && !/\p{Cc}/u.test(text) && !text.startsWith('system:')
}
