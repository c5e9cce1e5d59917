// What a port's nodePort means, or that it has none. Rules T5, I13.

import { nodePortRange, usesOf } from '../addresses/node-ports'
import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { ServicePort, ServiceRecord } from '../model/records'

const MOST = 5

/** Services of type ClusterIP and ExternalName have no node ports, and nothing is said of it. */
export function nodePortFindings(view: ClusterView, service: ServiceRecord, port: ServicePort): readonly Reason[] {
  const { nodePort } = port
  if (nodePort === undefined || nodePort === 0) return none(service)
  const { first, last, source } = nodePortRange(view)
  const code = source === 'assumed' ? 'node-port-outside' : 'node-port-outside-told'
  const isInside = first <= nodePort && nodePort <= last
  const outside: Reason[] = isInside ? [] : [{ code, values: { nodePort, first, last } }]
  const others = [...view.services()]
    .filter(({ key }) => key !== service.key)
    .flatMap(usesOf)
    .filter((use) => use.port === nodePort)
  const same = others.filter((use) => use.protocol === port.protocol)
  const rivals = same.length > 0 ? same : others
  if (rivals.length === 0) return outside
  const services = rivals.slice(0, MOST).map((use) => `${use.service} (${use.protocol})`)
  const taken = same.length > 0 ? 'node-port-taken' : 'node-port-shared'
  return [...outside, { code: taken, values: { nodePort, services: services.join(', '), count: rivals.length } }]
}

function none({ type, allocateLoadBalancerNodePorts: allocate }: ServiceRecord): readonly Reason[] {
  if (type === 'NodePort') return [{ code: 'node-port-missing', values: {} }]
  if (type !== 'LoadBalancer') return []
  return [{ code: allocate === false ? 'node-port-not-wanted' : 'node-port-missing', values: {} }]
}
