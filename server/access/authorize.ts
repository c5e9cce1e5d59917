import 'server-only'
import { peerOf } from '../front/front-said'
import { accessControl } from './access-control'
import type { Access, AccessRequest, Denial, Grant } from './principal'

/** The one gate of pages, procedures and routes: who asks, whether they may, and what they see. Never throws a Denial. */
export function authorize(request: AccessRequest, access: Access): Promise<Grant | Denial> {
  return accessControl().gate(request, access)
}

/** What the gate reads of a request. The server in front of Next writes the peer, and strips what others wrote there. */
export function accessRequestOf({ headers, signal, url }: Request): AccessRequest {
  return { headers, peer: peerOf(headers), share: shareOf(url), closed: signal }
}

// A request that names two links, or none behind the word, is no link's: it gets nothing.
function shareOf(url: string): string | undefined {
  const named = new URL(url).searchParams.getAll('share')
  return named.length > 1 ? '' : named[0]
}

/** The answer of a route that was denied. */
export function denialResponse({ status, code, setCookies = [], retryAfter }: Denial): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
  for (const line of setCookies) headers.append('set-cookie', line)
  return Response.json({ error: { code, status } }, { status, headers })
}

/** What the gate reads of a request for a page, of which Next tells the headers. */
export async function pageRequest(headers: Promise<Iterable<readonly [string, string]>>): Promise<AccessRequest> {
  const read = new Headers([...(await headers)].map(([name, value]) => [name, value]))
  return { headers: read, peer: peerOf(read) }
}
