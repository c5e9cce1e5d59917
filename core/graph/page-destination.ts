// Where a connection goes, as a page's URL says it: what it is sent to, or a port of the Service in focus.

import { parseIp } from '../model/ip'
import type { Protocol } from '../model/records'

/** What a connection is sent to, as a client writes it: a name or an address, most often with a port number. */
export type DestinationRef = WithPort | WithoutPort
type WithPort = {
  readonly host: string
  readonly port: number
  readonly protocol: Protocol
  /** A request for a path of the host, which an Ingress or a Gateway takes. */
  readonly url?: { readonly scheme: 'http' | 'https'; readonly path: string }
}
/** The port, and its protocol, is the first one of the Service that the host leads to. */
type WithoutPort = {
  readonly host: string
  readonly port: undefined
  readonly protocol: 'TCP'
  readonly url?: undefined
}

export type PortRef = { readonly name: string; readonly protocol: Protocol }

/**
 * `http://host/path`, `host:port`, `[IPv6]:port`, with `/UDP` or `/SCTP` behind it if it is not TCP, or a host alone; undefined when it
 * is none of these.
 */
export function parseDestination(value: string): DestinationRef | undefined {
  if (/^https?:\/\//i.test(value)) return parseUrl(value)
  const alone = hostAlone(value)
  if (alone !== undefined) return { host: alone, port: undefined, protocol: 'TCP' }
  const [, bracketed, plain, digits, given = 'TCP'] =
    /^(?:\[([0-9a-fA-F:.]{2,45})\]|([^\s:/,[\]]{1,253})):(\d{1,5})(?:\/([A-Z]{3,4}))?$/.exec(value) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  const protocol = protocols.find((one) => one === given)
  if (host === undefined || protocol === undefined || port < 1 || port > 65_535) return undefined
  if (bracketed !== undefined && parseIp(bracketed)?.family !== 'IPv6') return undefined
  return { host: parseIp(host)?.text ?? host, port, protocol }
}

// A number alone is most likely a port, and no name of any Service.
function hostAlone(value: string): string | undefined {
  const [, bracketed = '', plain = ''] = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([\w.-]{1,254}))$/.exec(value) ?? []
  const ip = parseIp(bracketed || plain)
  if (ip) return (bracketed !== '') === (ip.family === 'IPv6') ? ip.text : undefined
  return /[a-z]/i.test(plain) && !plain.startsWith('.') ? plain : undefined
}

const portOf = (scheme: 'http' | 'https') => (scheme === 'https' ? 443 : 80)

// Neither a query nor a fragment decides which rule takes a request.
function parseUrl(value: string): DestinationRef | undefined {
  const [, given = '', host = '', digits, path = '/'] =
    /^(https?):\/\/(\[[0-9a-fA-F:.]{2,45}\]|[^\s:/?#@[\]]{1,253})(?::(\d{1,5}))?(\/[^\s?#]{0,1000})?(?:[?#]\S*)?$/i.exec(
      value,
    ) ?? []
  const scheme = given.toLowerCase() === 'https' ? 'https' : 'http'
  const port = digits === undefined ? portOf(scheme) : Number(digits)
  if (host === '' || port < 1 || port > 65_535) return undefined
  const ip = host.startsWith('[') ? parseIp(host.slice(1, -1)) : undefined
  if (host.startsWith('[') && ip?.family !== 'IPv6') return undefined
  return { host: ip?.text ?? host.toLowerCase(), port, protocol: 'TCP', url: { scheme, path } }
}

/** The form that `parseDestination` reads. */
export function formatDestination({ host, port, protocol, url }: DestinationRef): string {
  const called = host.includes(':') ? `[${host}]` : host
  if (url) return `${url.scheme}://${called}${port === portOf(url.scheme) ? '' : `:${port}`}${url.path}`
  if (port === undefined) return called
  const address = `${called}:${port}`
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
