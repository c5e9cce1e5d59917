// The page that a share link opens: which link it is, and the exchange of its secret. The secret stands behind the `#` of the
// address, which no server is sent; it leaves the address bar before anything else happens.

import type { ShareAbout } from '@/core/share/about'
import { isShareId } from '@/core/share/link'
import { basePath } from './base-path'

/** The id of the link this page was opened by; undefined on every other page, and on the server. */
export function sharedPage(): string | undefined {
  if (typeof location === 'undefined') return undefined
  const [, id] = /\/s\/([^/]+)\/?$/.exec(location.pathname) ?? []
  return isShareId(id) ? id : undefined
}

/** What stands behind the `#`, taken out of the address bar and the history. */
export function takeToken(): string | undefined {
  const token = location.hash.slice(1)
  if (token === '') return undefined
  history.replaceState(history.state, '', location.pathname + location.search)
  return token
}

export type Opened =
  | { readonly ok: true; readonly about: ShareAbout }
  /** `code` is a key of messages/en/share.json under `door`. */
  | { readonly ok: false; readonly code: string }

/** Exchanges the secret for this browser's cookie of the link. */
export async function redeemToken(id: string, token: string): Promise<Opened> {
  try {
    const answer = await fetch(`${basePath}/api/share/redeem`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, token }),
      cache: 'no-store',
      credentials: 'same-origin',
    })
    const body: { about?: ShareAbout; error?: { code?: string } } = await answer.json()
    if (answer.ok && body.about) return { ok: true, about: body.about }
    return { ok: false, code: body.error?.code ?? 'share-unknown' }
  } catch {
    return { ok: false, code: 'unreachable' }
  }
}

/** A link in full: this page's own address and base path, then id and secret. Put together here, so that no server logs it. */
export function linkOf({ id, token }: { readonly id: string; readonly token: string }): string {
  return `${location.origin}${basePath}/s/${id}#${token}`
}
