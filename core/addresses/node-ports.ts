// Node ports: how many of the range are given out, and which numbers two Services have. Rules I12, I13.

import type { ClusterView } from '../model/cluster-view'
import type { ServiceRecord } from '../model/records'
import { isWhole } from './known-ranges'
import type { NodePorts, NodePortUse } from './types'

/** --service-node-port-range of kube-apiserver unless it was set; no object of the cluster tells it. */
export const ASSUMED_NODE_PORTS = { first: 30_000, last: 32_767 } as const

/**
 * The range is assumed: the API tells it nowhere. The band for Services that ask is min(max(16, size/32), 128) wide, as
 * calculateRangeOffset in pkg/registry/core/service/portallocator/allocator.go @v1.36.3 has it.
 */
export function nodePorts(view: ClusterView, partial: boolean): NodePorts {
  const { first, last } = ASSUMED_NODE_PORTS
  const size = last - first + 1
  const byPort = new Map<number, NodePortUse[]>()
  for (const service of view.services()) {
    for (const use of usesOf(service)) {
      const uses = byPort.get(use.port)
      if (uses) uses.push(use)
      else byPort.set(use.port, [use])
    }
  }
  const all = [...byPort].sort(([a], [b]) => a - b)
  const inside = all.filter(([port]) => isAssumed(port))
  return {
    ...{ first, last, size },
    used: inside.length,
    free: !partial && isWhole(view, 'Service') ? size - inside.length : null,
    lastAsked: first + Math.min(Math.max(16, Math.floor(size / 32)), 128) - 1,
    outside: all.flatMap(([port, uses]) => (isAssumed(port) ? [] : uses)),
    collisions: all.flatMap(([port, uses]) =>
      new Set(uses.map(({ service }) => service)).size > 1 ? [{ port, uses }] : [],
    ),
  }
}

export const isAssumed = (port: number): boolean => port >= ASSUMED_NODE_PORTS.first && port <= ASSUMED_NODE_PORTS.last

/** The numbers a Service takes of the range: its node ports, and the port of its health check. */
export function usesOf({ key, ports, healthCheckNodePort }: ServiceRecord): readonly NodePortUse[] {
  const own = ports.flatMap(({ name, protocol, nodePort }): NodePortUse[] =>
    nodePort === undefined || nodePort === 0 ? [] : [{ port: nodePort, service: key, protocol, name, use: 'port' }],
  )
  if (healthCheckNodePort === undefined || healthCheckNodePort === 0) return own
  return [...own, { port: healthCheckNodePort, service: key, protocol: 'TCP', name: '', use: 'health' }]
}
