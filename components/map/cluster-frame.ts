// The names of what stands on the planes at cluster depth: namespaces and zones.

import type { LayoutMemory } from '@/core/graph/layout'
import type { ClusterLayout } from '@/core/graph/layout-cluster'
import { rect } from '@/core/graph/layout-rect'
import type { PodSummary } from '@/core/graph/types'
import { flowNode, type MapNode } from './flow-nodes'
import type { MapModel } from './map-model'

export function namespaceNodes(layout: ClusterLayout, memory: LayoutMemory): MapNode[] {
  return layout.blocks.flatMap((block) => {
    if (block.rect.width < 38) return []
    const count = (memory.blocks.get(block.key) ?? []).filter((id) => id !== null).length
    const place = rect(block.rect.x + block.style.pad, block.rect.y + 1, {
      width: block.rect.width - 2 * block.style.pad,
      height: block.style.header - 2,
    })
    return [
      flowNode({ id: `Namespace:${block.key}`, type: 'namespace', rect: place, data: { name: block.key, count } }),
    ]
  })
}

export function zoneNodes(layout: ClusterLayout, model: MapModel, shown: readonly PodSummary[]): MapNode[] {
  const zoneOf = new Map(model.nodes.map((node) => [node.name, node.zone]))
  const pods = new Map<string | null, number>()
  for (const pod of shown) {
    if (pod.nodeName === null || !zoneOf.has(pod.nodeName)) continue
    const zone = zoneOf.get(pod.nodeName) ?? null
    pods.set(zone, (pods.get(zone) ?? 0) + 1)
  }
  return layout.zones.map((zone) =>
    flowNode({
      id: `zone:${zone.zone ?? ''}`,
      type: 'zone',
      rect: rect(zone.x + 6, zone.rect.y + 4, { width: zone.width - 12, height: 29 }),
      data: {
        zone: zone.zone,
        kind: zone.kind,
        nodes: zone.count,
        pods: pods.get(zone.zone) ?? 0,
        ready: undefined,
        share: undefined,
        source: false,
        hiddenNodes: 0,
        receives: false,
        policy: undefined,
      },
    }),
  )
}
