// Connections that somebody might ask about in a random cluster, most of them to something that is there.

import type { Flow, FlowDestination, FlowSource } from '../explain/flow'
import type { ClusterView } from '../model/cluster-view'
import type { Random } from './random'

const HOSTS = ['shop.example.com', 'a.b.example.com', 'other.test', 'x.example.com'] as const

/** `count` flows, from pods, nodes and outside, by cluster IP, node port, address, name and URL. */
export function flowsOf(random: Random, view: ClusterView, count: number): readonly Flow[] {
  const pods = [...view.pods()]
  const nodes = [...view.nodes()]
  const services = [...view.services()]
  const source = (): FlowSource => {
    const pod = random.pickFrom(pods)
    const node = random.pickFrom(nodes)
    const kind = random.int(4)
    if (kind <= 1 && pod) return { kind: 'pod', pod: pod.key }
    if (kind === 2 && node) return { kind: 'node', node: node.key }
    const at = random.chance(0.5) ? undefined : node?.key
    return { kind: 'outside', at, address: random.pick([undefined, '10.0.0.1', '203.0.113.9']) }
  }
  const destination = (): FlowDestination => {
    const service = random.pickFrom(services)
    const node = random.pickFrom(nodes)
    const port = service && random.pickFrom(service.ports)
    if (service === undefined || port === undefined || random.chance(0.15)) {
      const path = random.pick(['/', '/cart', '/x'])
      return { kind: 'url', scheme: 'http', host: random.pick(HOSTS), port: 80, path }
    }
    const addresses = [
      service.clusterIP,
      ...service.externalIPs,
      ...service.loadBalancerIngress.flatMap(({ ip }) => ip ?? []),
    ]
    const address = random.pickFrom(addresses.filter((ip) => ip !== '' && ip !== 'None'))
    const kind = random.int(6)
    if (kind === 0 && port.nodePort && node) return { kind: 'node-port', node: node.key, port: port.nodePort }
    if (kind <= 2 && address) return { kind: 'address', address, port: port.port }
    if (kind === 3) return { kind: 'name', name: `${service.name}.${service.namespace}`, port: port.port }
    const pod = random.pickFrom(pods)?.podIPs[0]
    if (kind === 4 && pod !== undefined) return { kind: 'address', address: pod, port: 8080 }
    return { kind: 'service', service: service.key, port: port.name }
  }
  return Array.from({ length: count }, () => ({
    source: source(),
    destination: destination(),
    protocol: 'TCP',
    family: random.chance(0.85) ? 'IPv4' : 'IPv6',
  }))
}
