// What belongs together at cluster depth: a Service with its shards, pods and nodes; a pod with its Services' chip.

import type { ClusterLayout } from '@/core/graph/layout-cluster'
import type { Rect } from '@/core/graph/layout-rect'
import { shardCell } from '@/core/graph/layout-shards'
import { dotRect } from './cluster-targets'
import type { MapModel } from './map-model'
import type { Dots, Related } from './scene'

type Sources = {
  readonly model: MapModel
  readonly layout: ClusterLayout
  readonly places: ReadonlyMap<string, Rect>
  readonly dots: Dots
}

export function clusterRelated(id: string, from: Sources): Related | undefined {
  const { model, layout } = from
  const service = model.services.find((one) => one.id === id)
  if (service) return ofService(`${service.namespace}/${service.name}`, from.places.get(id), from)
  const slice = model.slices.find((one) => one.id === id)
  if (slice?.serviceName) {
    const key = `${slice.namespace}/${slice.serviceName}`
    const owner = model.serviceByKey.get(key)
    return ofService(key, owner && from.places.get(owner.id), from)
  }
  const node = layout.nodes.get(id)
  if (node) {
    const name = model.nodes.find((one) => one.id === id)?.name
    const dots = from.dots.ids.flatMap((pod, at) => (model.podById.get(pod)?.nodeName === name ? [at] : []))
    return { from: node.card, shards: [], dots, drops: [], busY: 0, nodeIds: new Set([id]) }
  }
  return undefined
}

function ofService(key: string, chip: Rect | undefined, from: Sources): Related | undefined {
  if (!chip) return undefined
  const { model, layout, dots } = from
  const own = new Set(
    model.slices.filter((slice) => `${slice.namespace}/${slice.serviceName}` === key).map((s) => s.id),
  )
  const shards = layout.shards.slots.flatMap((id, slot) =>
    id !== null && own.has(id) ? [shardCell(layout.shards, slot)] : [],
  )
  const indexes: number[] = []
  const byNode = new Map<string, { x: number; y: number; count: number }>()
  for (const pod of model.pods) {
    const at = pod.services.includes(key) ? dots.index.get(pod.id) : undefined
    if (at === undefined) continue
    indexes.push(at)
    const node = pod.nodeName === null ? undefined : model.nodeByName.get(pod.nodeName)
    const column = node && layout.nodes.get(node.id)?.column
    if (!node || !column) continue
    const drop = byNode.get(node.id)
    const top = dotRect(layout, at).y
    if (drop) {
      drop.count += 1
      drop.y = Math.min(drop.y, top)
    } else byNode.set(node.id, { x: column.x + column.width / 2, y: top, count: 1 })
  }
  return {
    from: chip,
    shards,
    dots: indexes,
    drops: [...byNode.values()],
    busY: layout.zoneBand.y - 8,
    nodeIds: new Set(byNode.keys()),
  }
}
