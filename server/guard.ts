// What may reach Next at all. Triplane holds somebody's way into a cluster, and a web page elsewhere can send requests here too (by
// this machine's name, by a name that resolves to it, by a form, an image or an EventSource). So every request is judged by its raw
// bytes before Next sees it: its Host is this server's own, what a browser says about where it comes from is this server as well,
// and it has the shape of something this product answers. Who somebody is, is not decided here (server/access).
// Runs under plain Node, without the bundle: no imports but Node's and files like this one.

import type { IncomingMessage } from 'node:http'
import { ownPath, postable } from './front/paths.ts'
import type { Refusal } from './front/refusal.ts'
import { headerFault, readHeaders } from './front/request-headers.ts'
import type { PublicUrl } from './front/settings.ts'

export type GuardOptions = {
  readonly port: number
  readonly basePath: string
  readonly publicUrl: PublicUrl | undefined
  /** Any Host that looks like one, see FrontConfig. */
  readonly anyHost: boolean
}

type GuardedRequest = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>
type RequestHeaders = ReturnType<typeof readHeaders>

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']
const plainHost = /^([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/
const maxBodyBytes = 64 * 1024
const maxUrlLength = 8 * 1024

/** Reads `rawHeaders`: Node's `headers` keeps only the first of two Host lines. */
export function guardRequest(request: GuardedRequest, options: GuardOptions): 'ok' | Refusal {
  const { method, url } = request
  const headers = readHeaders(request.rawHeaders)
  const hosts = headers.get('host') ?? []
  const host = hosts[0]?.toLowerCase()
  const origins = host === undefined || hosts.length > 1 ? [] : originsOf(host, options)
  if (origins.length === 0) return { status: 421, code: 'host' }
  // An absolute-form target or an authority would name another server than Host does.
  if (!url?.startsWith('/')) return { status: 400, code: 'target' }
  if (url.length > maxUrlLength) return { status: 414, code: 'url' }
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') return { status: 405, code: 'method' }
  const fault = headerFault(headers)
  if (fault) return fault
  const path = ownPath(url, options.basePath)
  return refuseSource(headers, { method, path, origins }) ?? refuseShape(headers, { method, path }) ?? 'ok'
}

/** Whether a page elsewhere sent it. A link that a person follows from there is fine: it shows a page, and lets nobody read it. */
function refuseSource(
  headers: RequestHeaders,
  about: { method: string; path: string | undefined; origins: readonly string[] },
): Refusal | undefined {
  const origins = headers.get('origin') ?? []
  if (origins.length > 1 || origins.some((origin) => !about.origins.includes(origin.toLowerCase()))) {
    return { status: 403, code: 'origin' }
  }
  const sites = headers.get('sec-fetch-site') ?? []
  if (sites.length > 1) return { status: 403, code: 'sec-fetch-site' }
  const [site = 'none'] = sites
  if (site === 'same-origin' || site === 'none') return undefined
  const isLink =
    (site === 'cross-site' || site === 'same-site') &&
    about.method !== 'POST' &&
    headers.get('sec-fetch-mode')?.join() === 'navigate' &&
    headers.get('sec-fetch-dest')?.join() === 'document'
  const isPage = about.path === undefined || !/^\/(api|_next)\//.test(about.path)
  return isLink && isPage ? undefined : { status: 403, code: 'sec-fetch-site' }
}

/** `path` undefined: nothing of ours is there. */
function refuseShape(headers: RequestHeaders, { method, path }: { method: string; path: string | undefined }) {
  if (path === undefined) return { status: 404, code: 'path' } as const
  const chunked = headers.has('transfer-encoding')
  const length = Number(headers.get('content-length')?.[0] ?? (chunked ? Number.NaN : 0))
  if (method !== 'POST') {
    // Nothing here reads the body of a GET, and what nobody reads could hide a second request.
    return length === 0 ? undefined : ({ status: 400, code: 'body' } as const)
  }
  if (!postable(path)) return { status: 405, code: 'method' } as const
  // Clients of ours know how long their body is; without that, only counting would tell when it is too much.
  if (chunked || !headers.has('content-length')) return { status: 411, code: 'length' } as const
  return length <= maxBodyBytes ? undefined : ({ status: 413, code: 'body' } as const)
}

/** What Origin may say to this Host; empty when the Host is not ours. */
function originsOf(host: string, { port, publicUrl, anyHost }: GuardOptions): readonly string[] {
  if (publicUrl?.hosts.includes(host)) return [publicUrl.origin]
  const own = loopbackNames.map((name) => `${name}:${port}`)
  if ((port === 80 ? [...own, ...loopbackNames] : own).includes(host)) return [`http://${host}`]
  return anyHost && plainHost.test(host) ? [`http://${host}`, `https://${host}`] : []
}
