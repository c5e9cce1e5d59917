// The connection that a page asks to have explained: its query as a flow. The page and the server read it with this function.

import type { PageQuery } from '../graph/page-query'
import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import { nodeKey, podKey, serviceKey } from '../model/keys'
import type { IpFamily } from '../model/records'
import type { Flow, FlowDestination, FlowSource } from './flow'

/**
 * Undefined while the query does not say both ends. `to` stands before the focused Service, `outside` before `from`; without a
 * port the Service's first one is meant.
 */
export function flowOfQuery(view: Pick<ClusterView, 'service'>, query: PageQuery): Flow | undefined {
  const source = sourceOf(query)
  const end = destinationOf(view, query)
  return source && end && { source, ...end }
}

function sourceOf({ outside, client, from }: PageQuery): FlowSource | undefined {
  if (outside) {
    const at = outside.node === undefined ? undefined : nodeKey(outside.node)
    return { kind: 'outside', at, address: client }
  }
  if (from?.kind === 'Node') return { kind: 'node', node: nodeKey(from.name) }
  return from && { kind: 'pod', pod: podKey(from.namespace, from.name) }
}

function destinationOf(
  view: Pick<ClusterView, 'service'>,
  query: PageQuery,
): Pick<Flow, 'destination' | 'protocol' | 'family'> | undefined {
  const { to, focus, port } = query
  if (to) {
    const ip = parseIp(to.host)
    const destination: FlowDestination = ip
      ? { kind: 'address', address: ip.text, port: to.port }
      : { kind: 'name', name: to.host, port: to.port }
    return { destination, protocol: to.protocol, family: ip?.family ?? query.family ?? 'IPv4' }
  }
  if (focus?.kind !== 'Service') return undefined
  const key = serviceKey(focus.namespace, focus.name)
  const service = view.service(key)
  const named = port ?? service?.ports[0] ?? { name: '', protocol: 'TCP' as const }
  const family: IpFamily = query.family ?? service?.ipFamilies[0] ?? 'IPv4'
  return { destination: { kind: 'service', service: key, port: named.name }, protocol: named.protocol, family }
}
