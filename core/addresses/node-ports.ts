// Node ports: how many of the range are given out, and which numbers two Services have. Rules I12, I13.

import type { ClusterView } from '../model/cluster-view'
import type { PodRecord, ServiceRecord } from '../model/records'
import { isWhole } from './known-ranges'
import type { NodePorts, NodePortUse } from './types'

/** --service-node-port-range of kube-apiserver unless it was set. */
const ASSUMED = { first: 30_000, last: 32_767, source: 'assumed' } as const

/**
 * The range as the pods of the cluster's own API server were started with it: no other object tells it. Assumed to be the default where
 * no such pod can be seen, and where they do not agree.
 */
export function nodePortRange(view: ClusterView): Pick<NodePorts, 'first' | 'last' | 'source'> {
  const told = new Map<string, NonNullable<PodRecord['nodePortRange']>>()
  for (const { nodePortRange: one, phase } of view.podsOfNamespace('kube-system')) {
    if (one && phase === 'Running') told.set(`${one.first}-${one.last}`, one)
  }
  const [range, other] = told.values()
  if (!range || other) return ASSUMED
  return { first: range.first, last: range.last, source: range.flag ? 'flag' : 'default' }
}

/**
 * The band for Services that ask is min(max(16, size/32), 128) wide, none in a range of 16 or fewer, as calculateRangeOffset in
 * pkg/registry/core/service/portallocator/allocator.go @v1.36.3 has it. A number outside a range that is only assumed shows that it is,
 * or was, another one: then nothing can be said to be free.
 */
export function nodePorts(view: ClusterView, partial: boolean): NodePorts {
  const { first, last, source } = nodePortRange(view)
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
  const isInside = (port: number) => first <= port && port <= last
  const used = all.filter(([port]) => isInside(port)).length
  const doubtful = source === 'assumed' && used < all.length
  return {
    ...{ first, last, size, source, used },
    free: !partial && !doubtful && isWhole(view, 'Service') ? size - used : null,
    lastAsked: size > 16 ? first + Math.min(Math.max(16, Math.floor(size / 32)), 128) - 1 : null,
    outside: all.flatMap(([port, uses]) => (isInside(port) ? [] : uses)),
    collisions: all.flatMap(([port, uses]) =>
      new Set(uses.map(({ service }) => service)).size > 1 ? [{ port, uses }] : [],
    ),
  }
}

/** The numbers a Service takes of the range: its node ports, and the port of its health check. */
export function usesOf({ key, ports, healthCheckNodePort }: ServiceRecord): readonly NodePortUse[] {
  const own = ports.flatMap(({ name, protocol, nodePort }): NodePortUse[] =>
    nodePort === undefined || nodePort === 0 ? [] : [{ port: nodePort, service: key, protocol, name, use: 'port' }],
  )
  if (healthCheckNodePort === undefined || healthCheckNodePort === 0) return own
  return [...own, { port: healthCheckNodePort, service: key, protocol: 'TCP', name: '', use: 'health' }]
}
