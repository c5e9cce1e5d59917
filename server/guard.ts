// Who may speak to a server that holds an admin's kubeconfig: the person at this machine, through their own browser or a script.
// A web page elsewhere reaches loopback too (by its name, by a name that resolves to it, by a form or an EventSource), so every
// request is checked before Next sees it: its Host must be this server's own, and what a browser says about where it comes from
// must be this server as well. Runs under plain Node, without the bundle: no imports but Node's.

import type { IncomingMessage } from 'node:http'

export type Refusal = { readonly status: 400 | 403 | 405 | 413 | 421; readonly code: string }

export type GuardOptions = { readonly port: number }

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']
const maxBodyBytes = 64 * 1024
const postPath = /^\/api\/(trpc\/|sign-in$|sign-out$)/

/** Reads `rawHeaders`: Node's `headers` keeps only the first of two Host lines. */
export function guardRequest(
  request: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>,
  { port }: GuardOptions,
): 'ok' | Refusal {
  const headers = readHeaders(request.rawHeaders)
  const hosts = headers.get('host') ?? []
  const [host] = hosts
  if (host === undefined || hosts.length > 1 || !isOwnHost(host, port)) return { status: 421, code: 'host' }
  // An absolute-form target or an authority would name another server than Host does.
  if (!request.url?.startsWith('/')) return { status: 400, code: 'target' }
  if (headers.has('upgrade')) return { status: 400, code: 'upgrade' }
  // The dashboard has no server actions.
  if (headers.has('next-action')) return { status: 400, code: 'next-action' }

  const origins = headers.get('origin') ?? []
  if (origins.length > 1 || origins.some((origin) => origin.toLowerCase() !== `http://${host.toLowerCase()}`)) {
    return { status: 403, code: 'origin' }
  }
  const sites = headers.get('sec-fetch-site') ?? []
  if (sites.length > 1 || sites.some((site) => site !== 'same-origin' && site !== 'none')) {
    return { status: 403, code: 'sec-fetch-site' }
  }

  if (request.method === 'POST') {
    if (!postPath.test(request.url)) return { status: 405, code: 'method' }
    const [length] = headers.get('content-length') ?? []
    if (length === undefined || Number(length) > maxBodyBytes) return { status: 413, code: 'body' }
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, code: 'method' }
  }
  return 'ok'
}

function readHeaders(raw: readonly string[]): ReadonlyMap<string, string[]> {
  const headers = new Map<string, string[]>()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? ''
    headers.set(name, [...(headers.get(name) ?? []), raw[at + 1] ?? ''])
  }
  return headers
}

function isOwnHost(host: string, port: number): boolean {
  const own = loopbackNames.map((name) => `${name}:${port}`)
  return (port === 80 ? [...own, ...loopbackNames] : own).includes(host.toLowerCase())
}
