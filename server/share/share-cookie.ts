// The cookie a link's secret is exchanged for: it names the link and its generation, so that a new secret ends it.

import { z } from 'zod'
import { isShareId } from '@/core/share/link'
import { type CookieScope, clearCookie, cookieName, cookieValues, setCookie } from '../access/cookies'
import { createSealer, type Sealed } from '../access/sealed'

const claims = z.object({ id: z.string(), generation: z.int() })

type ShareClaims = z.infer<typeof claims>

export type ShareCookies = {
  /** What the request brings for this link; undefined when that is nothing, or worth nothing. */
  read(headers: Headers, id: string): Promise<Sealed<ShareClaims> | undefined>
  /** A Set-Cookie line. */
  write(link: ShareClaims, expiresAt: number): Promise<string>
  clear(id: string): string
  /** Set-Cookie lines that take back all but the latest few: a browser that opened many links sends them all each time. */
  clearOld(headers: Headers): readonly string[]
}

const base = (id: string) => `triplane-share-${id}`
/** Longest life of a cookie; after it the link is opened again. */
const longestSessionMs = 12 * 3_600_000
const mostCookies = 10

export type ShareCookieOptions = { readonly key: Uint8Array; readonly scope: CookieScope; readonly now: () => number }

export function createShareCookies({ key, scope, now }: ShareCookieOptions): ShareCookies {
  const sealer = createSealer({ key, purpose: 'share', claims, now })
  return {
    async read(headers, id) {
      if (!isShareId(id)) return undefined
      const [value, ...more] = cookieValues(headers, base(id), scope)
      // Two of one name: one of them was not set by us.
      if (value === undefined || more.length > 0) return undefined
      const sealed = await sealer.open(value)
      return sealed?.claims.id === id ? sealed : undefined
    },
    async write(link, expiresAt) {
      const end = Math.min(expiresAt, now() + longestSessionMs)
      const maxAge = (end - now()) / 1000
      return setCookie(base(link.id), await sealer.seal(link, end), { ...scope, maxAge })
    },
    clear: (id) => clearCookie(base(id), scope),
    clearOld(headers) {
      const ids = idsIn(headers, scope)
      return ids.slice(0, Math.max(0, ids.length - mostCookies)).map((id) => clearCookie(base(id), scope))
    },
  }
}

function idsIn(headers: Headers, scope: CookieScope): string[] {
  const [before = '', behind = ''] = cookieName(base('ID'), scope).split('ID')
  return (headers.get('cookie') ?? '').split(';').flatMap((pair) => {
    const name = pair.trim().split('=', 1)[0] ?? ''
    const id = name.slice(before.length, name.length - behind.length)
    return name === `${before}${id}${behind}` && isShareId(id) ? [id] : []
  })
}
