// Where a connection goes, as a page's URL says it: what it is sent to, or a port of the Service in focus.

import { parseIp } from '../model/ip'
import type { Protocol } from '../model/records'

/** What a connection is sent to, as a client writes it: a name or an address, and a port number. */
export type DestinationRef = {
  readonly host: string
  readonly port: number
  readonly protocol: Protocol
  /** A request for a path of the host, which an Ingress or a Gateway takes. */
  readonly url?: { readonly scheme: 'http' | 'https'; readonly path: string }
}

export type PortRef = { readonly name: string; readonly protocol: Protocol }

/** `http://host/path`, `host:port`, `[IPv6]:port`, with `/UDP` or `/SCTP` behind it if it is not TCP; undefined when it is neither. */
export function parseDestination(value: string): DestinationRef | undefined {
  if (/^https?:\/\//i.test(value)) return parseUrl(value)
  const [, bracketed, plain, digits, given = 'TCP'] =
    /^(?:\[([0-9a-fA-F:.]{2,45})\]|([^\s:/,[\]]{1,253})):(\d{1,5})(?:\/([A-Z]{3,4}))?$/.exec(value) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  const protocol = protocols.find((one) => one === given)
  if (host === undefined || protocol === undefined || port < 1 || port > 65_535) return undefined
  if (bracketed !== undefined && parseIp(bracketed)?.family !== 'IPv6') return undefined
  return { host: parseIp(host)?.text ?? host, port, protocol }
}

const portOf = (scheme: 'http' | 'https') => (scheme === 'https' ? 443 : 80)

// Neither a query nor a fragment decides which rule takes a request.
function parseUrl(value: string): DestinationRef | undefined {
  const [, given = '', host = '', digits, path = '/'] =
    /^(https?):\/\/([^\s:/?#@[\]]{1,253})(?::(\d{1,5}))?(\/[^\s?#]{0,1000})?(?:[?#]\S*)?$/i.exec(value) ?? []
  const scheme = given.toLowerCase() === 'https' ? 'https' : 'http'
  const port = digits === undefined ? portOf(scheme) : Number(digits)
  if (host === '' || port < 1 || port > 65_535) return undefined
  return { host: host.toLowerCase(), port, protocol: 'TCP', url: { scheme, path } }
}

/** The form that `parseDestination` reads. */
export function formatDestination({ host, port, protocol, url }: DestinationRef): string {
  if (url) return `${url.scheme}://${host}${port === portOf(url.scheme) ? '' : `:${port}`}${url.path}`
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return protocol === 'TCP' ? address : `${address}/${protocol}`
}

/** `name/PROTOCOL`; the name of a Service's only port may be empty: `/TCP`. */
export function parsePort(value: string): PortRef | undefined {
  const slash = value.lastIndexOf('/')
  const protocol = protocols.find((one) => one === value.slice(slash + 1))
  const name = value.slice(0, Math.max(slash, 0))
  return slash >= 0 && protocol && !name.includes('/') ? { name, protocol } : undefined
}

/** The form that `parsePort` reads. */
export const formatPort = ({ name, protocol }: PortRef): string => `${name}/${protocol}`

const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP']
