// Ways into the cluster: load balancer addresses, external IPs, hosts of Ingresses and routes, and node ports, as pills over the ClusterIP plane.

import { type Rect, rect, right } from '@/core/graph/layout-rect'
import type { ServiceSummary } from '@/core/graph/types'
import { flowNode, type MapNode, type WayData } from './flow-nodes'

type Way = Omit<WayData, 'count'>

export function waysInto(services: readonly ServiceSummary[], whole: boolean): Way[] {
  const ways: Way[] = []
  for (const service of services) {
    const target = whole ? `${service.namespace}/${service.name}` : service.name
    const at = { target, service: `${service.namespace}/${service.name}` }
    for (const address of service.loadBalancer) {
      ways.push({ ...at, way: 'loadBalancer', label: address, field: 'status.loadBalancer.ingress' })
    }
    for (const ip of service.externalIPs) ways.push({ ...at, way: 'externalIP', label: ip, field: 'spec.externalIPs' })
    for (const { kind, id, host, share, broken } of service.entries) {
      const way = kind === 'Ingress' ? 'ingress' : 'httpRoute'
      ways.push({
        ...at,
        way,
        label: host === '' ? '*' : (host ?? id.slice(id.indexOf('/') + 1)),
        field: '',
        share: share ?? 1,
        broken,
        entry: { kind, id },
      })
    }
    // A load balancer's own node ports are its backdoor, not the way people are told.
    if (service.type === 'NodePort' || (whole && service.type === 'LoadBalancer')) {
      service.ports.forEach((port, index) => {
        if (port.nodePort !== null) {
          ways.push({ ...at, way: 'nodePort', label: `${port.nodePort}`, field: `spec.ports[${index}].nodePort` })
        }
      })
    }
  }
  const rank = { loadBalancer: 0, externalIP: 1, ingress: 2, httpRoute: 3, nodePort: 4, inside: 5, more: 6 }
  return ways.sort((a, b) => rank[a.way] - rank[b.way])
}

const KIND_WIDTH = { loadBalancer: 76, externalIP: 64, ingress: 54, httpRoute: 84, nodePort: 54, inside: 54, more: 54 }

/** Pills from left to right; those without room are counted in a last one. */
export function wayNodes(ways: readonly Way[], row: Rect | undefined): MapNode[] {
  if (!row) return []
  const nodes: MapNode[] = []
  let x = row.x
  for (const [index, way] of ways.entries()) {
    const share = way.share !== undefined && way.share < 1 ? 44 : 0
    const kind = KIND_WIDTH[way.way] + share + (way.broken ? 16 : 0)
    const text = Math.min(24, way.label.length) * 6.7 + Math.min(20, way.target.length) * 6.5
    const width = Math.min(way.entry ? 400 : 330, 76 + kind + text)
    const last = index === ways.length - 1
    if (x + width > right(row) - (last ? 0 : 84)) {
      const data: WayData = {
        way: 'more',
        label: '',
        target: '',
        service: undefined,
        count: ways.length - index,
        field: '',
      }
      nodes.push(
        flowNode({ id: 'way:more', type: 'way', rect: rect(x, row.y, { width: 76, height: row.height }), data }),
      )
      return nodes
    }
    const place = rect(x, row.y, { width, height: row.height })
    nodes.push(
      flowNode({
        id: `way:${way.service}:${way.way}:${way.label}${way.entry ? `:${way.entry.id}` : ''}`,
        type: 'way',
        rect: place,
        data: { ...way, count: 0 },
      }),
    )
    x += width + 8
  }
  return nodes
}
