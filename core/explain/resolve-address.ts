// Whose an address is: a Service's, a node's, a pod's, or nobody's. Rule E2.

import type { ClusterView } from '../model/cluster-view'
import { joinHostPort, parseIp } from '../model/ip'
import type { PodKey } from '../model/keys'
import type { IpFamily, NodeRecord, PodRecord, ServicePort, ServiceRecord } from '../model/records'
import { whyNotProxied } from '../proxy/service-port'
import { serviceRangeOf } from '../rules/service-ranges'
import type { Flow } from './flow'
import { isWhole, resolveUnowned } from './resolve-unowned'
import { nobody, none, type Resolved, unknown } from './resolved'

/** The Service's own address: the cluster IP, or what DNS says instead. Not for an ExternalName. */
export function resolveService(service: ServiceRecord, port: ServicePort, family: IpFamily): Resolved {
  if (service.clusterIP === 'None') return { to: 'headless', service, port, number: port.port, hops: [], family }
  const unserved = whyNotProxied(service, family)
  // Another proxy's Service still has its address.
  if (unserved && unserved.code !== 'service-other-proxy')
    return { to: 'nobody', verdict: 'none', reason: unserved, hops: [], family }
  const own = service.clusterIPs.map((text) => parseIp(text)).find((ip) => ip?.family === family)
  const ip = own?.text ?? parseIp(service.clusterIP)?.text ?? service.clusterIP
  return {
    to: 'service',
    service,
    port,
    way: 'cluster-ip',
    ip,
    number: port.port,
    node: undefined,
    proxied: false,
    hops: [],
    family,
  }
}

/** Whoever has the address: Services first, since their rules take the packet before it finds a pod or a node. */
export function resolveAddress(
  view: ClusterView,
  flow: Flow,
  { text, number }: { readonly text: string; readonly number: number },
): Resolved {
  const ip = parseIp(text)
  if (!ip) return nobody(flow, none('explain-unreadable-address', { address: text }))
  const of: Flow = { ...flow, family: ip.family }
  const owners = view.ownersOf(ip.text)
  const services = owners.flatMap((owner) => {
    const service = owner.kind === 'Service' ? view.service(owner.key) : undefined
    return owner.kind === 'Service' && service ? [{ service, way: WAYS[owner.via] }] : []
  })
  for (const { service, way } of services) {
    const port = service.ports.find((one) => one.port === number && one.protocol === flow.protocol)
    if (!port) continue
    const proxied = way === 'load-balancer-ip' && service.loadBalancerIngress.every((one) => !isVip(one, ip.text))
    const called = { ip: ip.text, number, node: undefined, family: ip.family }
    return { to: 'service', service, port, way, proxied, hops: [], ...called }
  }
  const address = joinHostPort(ip.text, number)
  const called = { ip: ip.text, number, hops: [], family: ip.family }
  if (services[0]) {
    const { service, way } = services[0]
    if (way === 'cluster-ip' && !whyNotProxied(service, ip.family)) return { to: 'unserved', service, ...called }
    const values = { address, protocol: flow.protocol, service: service.key }
    return nobody(of, none('explain-no-such-port-at-address', values))
  }
  const nodeOwner = owners.find((owner) => owner.kind === 'Node')
  const node = nodeOwner?.kind === 'Node' ? view.node(nodeOwner.key) : undefined
  if (node) return resolveNodePort(view, of, { node, ip: ip.text, number })
  const pod = podAt(
    view,
    owners.flatMap((owner) => (owner.kind === 'Pod' ? [owner.key] : [])),
  )
  if (pod) return { to: 'pod', pod, ip: ip.text, number, hops: [], family: ip.family }
  const range = isWhole(view, 'Service') ? serviceRangeOf(view, ip.text) : undefined
  if (range) return { to: 'unserved', range: { name: range.record.name, cidr: range.cidr }, ...called }
  return nobody(of, resolveUnowned(view, ip))
}

const WAYS = { clusterIP: 'cluster-ip', externalIP: 'external-ip', loadBalancerIP: 'load-balancer-ip' } as const

const isVip = (one: ServiceRecord['loadBalancerIngress'][number], ip: string) =>
  (one.ipMode ?? 'VIP') === 'VIP' && one.ip !== undefined && parseIp(one.ip)?.text === ip

// A pod that has ended leaves its address to another.
function podAt(view: ClusterView, keys: readonly PodKey[]): PodRecord | undefined {
  const pods = keys.flatMap((key) => view.pod(key) ?? [])
  return pods.find(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed') ?? pods[0]
}

/** A node port on one of the node's addresses; without a node and an address, on any. */
export function resolveNodePort(
  view: ClusterView,
  flow: Flow,
  { node, ip, number }: { readonly node: NodeRecord | undefined; readonly ip: string; readonly number: number },
): Resolved {
  for (const service of view.services()) {
    const port = service.ports.find((one) => one.nodePort === number && one.protocol === flow.protocol)
    if (port && !whyNotProxied(service, flow.family)) {
      return {
        to: 'service',
        service,
        port,
        way: 'node-port',
        ip,
        number,
        node,
        proxied: false,
        hops: [],
        family: flow.family,
      }
    }
  }
  const values = {
    address: node ? joinHostPort(ip, number) : `${number}`,
    protocol: flow.protocol,
    node: node?.name ?? '',
  }
  const gap = view.coverage('Service') === 'synced' ? undefined : unknown('explain-services-not-known', values)
  return nobody(flow, gap ?? unknown('explain-no-node-port', values))
}
