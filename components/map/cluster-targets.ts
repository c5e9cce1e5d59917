// What arrow keys and the pointer can be on at cluster depth, plane by plane, in reading order.

import type { ClusterLayout } from '@/core/graph/layout-cluster'
import type { Rect } from '@/core/graph/layout-rect'
import { shardCell } from '@/core/graph/layout-shards'
import type { ServiceSummary, SliceSummary } from '@/core/graph/types'
import type { PlaneName } from './flow-nodes'
import type { MapModel } from './map-model'
import type { Target } from './scene'

type Sources = {
  readonly model: MapModel
  readonly layout: ClusterLayout
  readonly places: ReadonlyMap<string, Rect>
  readonly services: readonly ServiceSummary[]
  readonly slices: ReadonlyMap<string, SliceSummary>
}

export function clusterTargets(plane: PlaneName, from: Sources): readonly Target[] {
  const { model, layout } = from
  if (plane === 'clusterIP') {
    return from.services.flatMap((service): Target[] => {
      const rect = from.places.get(service.id)
      return rect ? [{ id: service.id, kind: 'Service', key: `${service.namespace}/${service.name}`, plane, rect }] : []
    })
  }
  if (plane === 'slices') {
    return layout.shards.slots.flatMap((id, slot): Target[] => {
      const slice = id === null ? undefined : from.slices.get(id)
      if (!slice) return []
      return [
        {
          id: slice.id,
          kind: 'EndpointSlice',
          key: `${slice.namespace}/${slice.name}`,
          plane,
          rect: shardCell(layout.shards, slot),
        },
      ]
    })
  }
  if (plane === 'pods') {
    const { pods } = layout
    return pods.ids.flatMap((id, at): Target[] => {
      const pod = model.podById.get(id)
      return pod ? [{ id, kind: 'Pod', key: `${pod.namespace}/${pod.name}`, plane, rect: dotRect(layout, at) }] : []
    })
  }
  return model.nodes.flatMap((node): Target[] => {
    const place = layout.nodes.get(node.id)
    return place ? [{ id: node.id, kind: 'Node', key: node.name, plane: 'nodes', rect: place.card }] : []
  })
}

export function dotRect(layout: Pick<ClusterLayout, 'pods'>, at: number): Rect {
  const { xs, ys, size } = layout.pods
  return { x: (xs[at] ?? 0) - size / 2, y: (ys[at] ?? 0) - size / 2, width: size, height: size }
}
