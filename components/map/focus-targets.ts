// What arrow keys and the pointer can be on in the focus.

import type { PlaneName } from './flow-nodes'
import type { FocusContext } from './focus-context'
import { sliceKey } from './focus-facts'
import type { Target } from './scene'

export function focusTargets(plane: PlaneName, { facts, layout, model }: FocusContext): readonly Target[] {
  const { service } = facts
  if (plane === 'clusterIP') {
    const key = `${service.namespace}/${service.name}`
    return [{ id: service.id, kind: 'Service', key, plane, rect: layout.slab }]
  }
  if (plane === 'slices') {
    return facts.slices.flatMap((slice): Target[] => {
      const rect = layout.sliceRows.get(slice.id)
      return rect ? [{ id: slice.id, kind: 'EndpointSlice', key: sliceKey(slice), plane, rect }] : []
    })
  }
  if (plane === 'pods') {
    return facts.cards.flatMap((card): Target[] => {
      const place = layout.cards.get(card.id)
      return place ? [{ id: card.id, kind: card.kind, key: card.key, plane, rect: place.rect }] : []
    })
  }
  return model.nodes.flatMap((node): Target[] => {
    const place = layout.nodes.get(node.id)
    return place ? [{ id: node.id, kind: 'Node', key: node.name, plane: 'nodes', rect: place.card }] : []
  })
}
