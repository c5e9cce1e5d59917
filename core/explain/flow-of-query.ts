// The connection that a page asks to have explained: its query as a flow. The page and the server read it with this function.

import type { PageQuery } from '../graph/page-query'
import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import { nodeKey, podKey, serviceKey } from '../model/keys'
import type { IpFamily, ServicePort, ServiceRecord } from '../model/records'
import { defaultFamily, usableFamily } from '../model/shown-family'
import type { Flow, FlowDestination, FlowSource } from './flow'
import { serviceCalled } from './resolve-name'
import { type WayIn, wayOf } from './way-in'

type End = Pick<Flow, 'destination' | 'protocol' | 'family'>

/**
 * Undefined while the query does not say both ends, or calls without a port a name that leads to no Service from there. `to` stands before the focused Service, `outside` before `from`; without a
 * port the Service's first one is meant, and without a way the one that a client at the source takes.
 */
export function flowOfQuery(view: ClusterView, query: PageQuery): Flow | undefined {
  const source = sourceOf(query)
  const end = source && destinationOf(view, query, source)
  return source && end && { source, ...end }
}

// A client resolves a name to both families, and connects by one that it has itself.
function clientFamily(view: ClusterView, source: FlowSource, service?: ServiceRecord): IpFamily {
  const ips = (source.kind === 'pod' ? view.pod(source.pod)?.podIPs : undefined) ?? []
  const own = familyOf(view)
  const families = service && service.ipFamilies.length > 0 ? service.ipFamilies : [own, otherThan(own)]
  return usableFamily(families, ips) ?? own
}

const otherThan = (family: IpFamily): IpFamily => (family === 'IPv4' ? 'IPv6' : 'IPv4')

const familyOf = (view: ClusterView): IpFamily => defaultFamily({ services: view.services(), nodes: view.nodes() })

function sourceOf({ outside, client, from }: PageQuery): FlowSource | undefined {
  if (outside) {
    const at = outside.node === undefined ? undefined : nodeKey(outside.node)
    return { kind: 'outside', at, address: client }
  }
  if (from?.kind === 'Node') return { kind: 'node', node: nodeKey(from.name) }
  return from && { kind: 'pod', pod: podKey(from.namespace, from.name) }
}

function destinationOf(view: ClusterView, query: PageQuery, source: FlowSource): End | undefined {
  const { to, focus, port } = query
  if (to) {
    if (to.url) {
      const destination = { kind: 'url', ...to.url, host: to.host, port: to.port } as const
      const family = parseIp(to.host)?.family ?? query.family ?? clientFamily(view, source)
      return { destination, protocol: 'TCP', family }
    }
    const family = parseIp(to.host)?.family ?? query.family ?? clientFamily(view, source)
    if (to.port === undefined) return byFirstPort(view, { host: to.host, family, source })
    return { destination: called(to.host, to.port), protocol: to.protocol, family }
  }
  if (focus?.kind !== 'Service') return undefined
  const key = serviceKey(focus.namespace, focus.name)
  const service = view.service(key)
  const named = port ?? service?.ports[0] ?? { name: '', protocol: 'TCP' as const }
  const family: IpFamily = query.family ?? clientFamily(view, source, service)
  const own: End = {
    destination: { kind: 'service', service: key, port: named.name },
    protocol: named.protocol,
    family,
  }
  const found = service?.ports.find((one) => one.name === named.name && one.protocol === named.protocol)
  const way = service && found && wayOf(service, { port: found, family, asked: query.way, source })
  return way === undefined
    ? own
    : { ...own, destination: destinationBy(view, way, { port: found, source }) ?? own.destination }
}

function called(host: string, port: number): FlowDestination {
  const ip = parseIp(host)
  return ip ? { kind: 'address', address: ip.text, port } : { kind: 'name', name: host, port }
}

type Bare = { readonly host: string; readonly family: IpFamily; readonly source: FlowSource }

// Whoever names a Service without a port means its first one.
function byFirstPort(view: ClusterView, { host, family, source }: Bare): End | undefined {
  const pod = source.kind === 'pod' ? view.pod(source.pod) : undefined
  const found = serviceCalled(view, host, { pod, family })
  const port = found?.service.ports[0]
  return found && port && { destination: called(found.host, port.port), protocol: port.protocol, family }
}

type By = { readonly port: ServicePort | undefined; readonly source: FlowSource }

function destinationBy(view: ClusterView, way: WayIn, { port, source }: By): FlowDestination | undefined {
  if (!port) return undefined
  if ('address' in way) return { kind: 'address', address: way.address, port: port.port }
  if ('host' in way) return { kind: 'name', name: way.host, port: port.port }
  if (source.kind === 'outside') return { kind: 'node-port', node: source.at, port: way.nodePort }
  const node = entryOf(view, source)
  return node === undefined ? undefined : { kind: 'node-port', node: nodeKey(node), port: way.nodePort }
}

/** The node whose port is called from inside: where the connection starts, else the first by name. */
function entryOf(view: ClusterView, source: Exclude<FlowSource, { kind: 'outside' }>): string | undefined {
  if (source.kind === 'node') return source.node
  const own = view.pod(source.pod)?.nodeName
  return own ?? [...view.nodes()].map(({ name }) => name).sort()[0]
}
