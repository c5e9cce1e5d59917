// The connection that a pasted text asks about, and what the page of explanations has to be told for it. Pure.

import type { Overview } from '@/client/use-overview'
import { type DestinationRef, parseDestination } from '@/core/graph/page-destination'
import type { PageQuery } from '@/core/graph/page-query'
import type { PortSummary, ServiceSummary } from '@/core/graph/types'
import { parseIp } from '@/core/model/ip'
import { type Needle, needleOf } from './needle'

export type Landing = {
  readonly to: DestinationRef
  /** The Service that the host names or that has its address. */
  readonly service: ServiceSummary | undefined
  readonly port: PortSummary | undefined
}

/**
 * For a URL, a host with a port, a name in DNS and `namespace/name` of a Service; undefined for what is only searched for: a word, an
 * address alone, a name that no Service has.
 */
export function landingOf(overview: Overview, text: string): Landing | undefined {
  const url = asUrl(text)
  const needle = needleOf(url ?? text)
  const read = parseDestination(url ?? text)
  const service = overview.services.find((one) => isCalled(one, needle))
  const port = service && portOf(service, read?.url ? read.port : needle.port)
  const to = toOf(text, read, { needle, service, port })
  return to && { to, service, port }
}

type Known = {
  readonly needle: Needle
  readonly service: ServiceSummary | undefined
  readonly port: PortSummary | undefined
}

function toOf(
  text: string,
  read: DestinationRef | undefined,
  { needle, service, port }: Known,
): DestinationRef | undefined {
  // A request to a Service by its own name or address meets no Ingress and no Gateway.
  if (read?.url) return service ? { host: read.host, port: read.port, protocol: 'TCP' } : read
  if (read && read.port !== undefined) return { ...read, protocol: port?.protocol ?? read.protocol }
  if (!service) return undefined
  const host = hostOf(needle, service)
  if (port) return { host, port: port.port, protocol: port.protocol }
  if (read?.host.includes('.')) return parseIp(read.host) ? undefined : read
  return text.includes('/') ? { host, port: undefined, protocol: 'TCP' } : undefined
}

// `shop/cart` is how people write it here, and no name that can be called.
const hostOf = ({ text }: Needle, { namespace, name }: ServiceSummary) =>
  text.includes('.') || text.includes(':') ? text : `${name}.${namespace}`

/** With http or https before it; undefined for what is no URL. Other schemes say only which host and port. */
function asUrl(text: string): string | undefined {
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text) ?? []
  if (scheme !== undefined) {
    const known = { http: 'http', https: 'https', ws: 'http', wss: 'https' }[scheme.toLowerCase()]
    return known === undefined ? rest.replace(/[/?#].*$/, '') : `${known}://${rest}`
  }
  // A host with a dot or a port, and a path: `shop.example.com/cart`.
  const isBare =
    /^(?:[\w-]+(?:\.[\w-]+)+|\[[\da-f:.]+\]|[\w.-]+(?=:))\.?(?::\d{1,5})?\/(?!(?:\d{1,3}|TCP|UDP|SCTP)$)/i.test(text)
  return isBare ? `http://${text}` : undefined
}

function isCalled(one: ServiceSummary, { text, inDns, address }: Needle): boolean {
  const title = `${one.namespace}/${one.name}`
  if (title === inDns || title === text) return true
  const own = [...one.clusterIPs, ...one.externalIPs, ...one.loadBalancer]
  return own.some((given) => (address === undefined ? given.toLowerCase() === text : parseIp(given)?.text === address))
}

const portOf = ({ ports }: ServiceSummary, port: Needle['port']) =>
  port === undefined ? undefined : ports.find((one) => one.name === port || one.port === port)

/** What of the page changes. Without a source a Service is shown from all sources, and a request comes from outside. */
export function changeTo({ to, service, port }: Landing, query: PageQuery): Partial<PageQuery> {
  const { from } = query
  // A request before brought the outside with it; for a Service nobody has chosen it.
  const isOfRequest = query.to?.url !== undefined && !to.url && query.client === undefined
  const outside = isOfRequest && query.outside?.node === undefined ? undefined : query.outside
  const focus = service && ({ kind: 'Service', namespace: service.namespace, name: service.name } as const)
  const page = {
    view: 'explain',
    focus,
    port: port && { name: port.name, protocol: port.protocol },
    way: undefined,
    tab: undefined,
    outside,
  } as const
  if (from || outside) return { ...page, to }
  if (to.url) return { ...page, to, outside: { node: undefined } }
  return { ...page, to: service && (port || to.port === undefined) ? undefined : to }
}
