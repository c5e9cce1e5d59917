// Whom a connection is sent to: a Service port by one of its addresses, the endpoints of a headless Service, a pod's own address,
// or nobody. Rules E2, E3.

import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import type { ServiceRecord } from '../model/records'
import { isLoopback } from '../rules/node-port-addresses'
import type { Flow, PlainFlow } from './flow'
import { resolveAddress, resolveNodePort, resolveService } from './resolve-address'
import { resolveAlias, resolveName } from './resolve-name'
import { type Nobody, nobody, none, type Resolved, unknown } from './resolved'
import { nodeAddress, type Start } from './start'

/** Finds the receiver. What cannot be found is `nobody`, with the reason. */
export function resolve(view: ClusterView, flow: PlainFlow, start: Start): Resolved {
  const { destination, family } = flow
  if (destination.kind === 'service') {
    const service = view.service(destination.service)
    if (!service) return nobody(flow, absent(view, 'explain-no-service', destination.service))
    const port = service.ports.find(({ name, protocol }) => name === destination.port && protocol === flow.protocol)
    if (service.type === 'ExternalName') return resolveAlias(view, flow, { service, number: port?.port })
    return port ? resolveService(service, port, family) : nobody(flow, noPort(service, flow, destination.port))
  }
  if (destination.kind === 'node-port') {
    if (destination.node === undefined)
      return resolveNodePort(view, flow, { node: undefined, ip: '', number: destination.port })
    const node = view.node(destination.node)
    if (!node) return nobody(flow, absent(view, 'explain-no-node', destination.node))
    const ip = nodeAddress(node, family)
    if (ip === undefined) return nobody(flow, none('explain-node-without-address', { node: node.name, family }))
    return resolveNodePort(view, flow, { node, ip, number: destination.port })
  }
  if (destination.kind === 'name')
    return resolveName(view, flow, { start, name: destination.name, number: destination.port })
  const called = { text: destination.address, number: destination.port }
  const ip = parseIp(called.text)
  const own = ip && isLoopback(ip.text) && start.kind === 'node' && start.node ? view.node(start.node) : undefined
  // A node port on loopback is the node's own.
  if (ip && own)
    return resolveNodePort(view, { ...flow, family: ip.family }, { node: own, ip: ip.text, number: called.number })
  return resolveAddress(view, flow, called)
}

const absent = (view: ClusterView, code: string, name: string): Nobody =>
  code === 'explain-no-service' && view.coverage('Service') !== 'synced'
    ? unknown('explain-services-not-known', {})
    : unknown(code, { name })

const noPort = (service: ServiceRecord, { protocol }: Flow, port: string): Nobody =>
  none('explain-no-port', { service: service.key, port, protocol })
