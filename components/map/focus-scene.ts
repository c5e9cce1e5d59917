// Focus depth: one Service's part, with the route from the chosen source, as ground, dots, cards and strands.

import type { LayoutMemory } from '@/core/graph/layout'
import { type FocusLayout, layoutFocus } from '@/core/graph/layout-focus'
import { capNodes } from './cap-nodes'
import { MAX_FLOW_EDGES, MAX_FLOW_NODES } from './flow-nodes'
import { focusCards } from './focus-cards'
import type { FocusContext, FocusView } from './focus-context'
import { focusDots } from './focus-dots'
import { cardRoutes, type FocusFacts } from './focus-facts'
import { focusFrame } from './focus-frame'
import { focusRoute } from './focus-route'
import { focusSlices } from './focus-slices'
import { focusTargets } from './focus-targets'
import type { MapModel } from './map-model'
import { type GroundRect, oncePerPlane, type Scene } from './scene'
import { waysInto } from './ways-in'

export function focusScene(
  model: MapModel,
  focus: { facts: FocusFacts; view: FocusView },
  memory: LayoutMemory,
): { scene: Scene; memory: LayoutMemory } {
  const { facts, view } = focus
  const { service } = facts
  const summary = model.serviceByKey.get(`${service.namespace}/${service.name}`)
  const ways = summary ? waysInto([summary], true) : []
  const laid = layoutFocus(
    {
      nodes: model.nodes,
      cards: facts.cards,
      slices: facts.slices,
      sourceNode: view.sourceNode,
      portRows: facts.ports.length,
      waysIn: ways.length,
    },
    view.size,
    memory,
  )
  const layout = laid.layout
  const zoneNames = [...new Set(model.nodes.flatMap((node) => node.zone ?? []))]
  const context: FocusContext = {
    model,
    facts,
    view,
    layout,
    routes: cardRoutes(view.route, facts, view.cuts?.stateOf),
    zoneNames,
  }
  const route = focusRoute(context)
  const nodes = [
    ...focusFrame(context, ways),
    ...focusSlices(context),
    ...route.nodes,
    ...(layout.cardTier === 'dot' ? [] : focusCards(context)),
  ]
  const capped = capNodes(nodes, MAX_FLOW_NODES)
  const shown = new Set(capped.nodes.map((node) => node.id))
  const edges = route.edges.filter((edge) => shown.has(edge.source) && shown.has(edge.target)).slice(0, MAX_FLOW_EDGES)
  const { dots, cells } = focusDots(context, shown)
  const scene: Scene = {
    depth: 'focus',
    size: layout.size,
    ground: ground(layout, route.sourceZone),
    dots,
    cells,
    nodes: capped.nodes,
    edges,
    targets: oncePerPlane((plane) => focusTargets(plane, context)),
    related: () => undefined,
    zones: layout.zones,
    detail: () => [],
    lit: [],
    share: (id) => (view.sourceNode === undefined ? undefined : context.routes.get(id)?.probability),
    policy: (id) => context.routes.get(id)?.policy,
    folded: capped.folded,
  }
  return { scene, memory: laid.memory }
}

function ground(layout: FocusLayout, sourceZone: number): GroundRect[] {
  return [
    { key: 'clusterIP', rect: layout.clusterIP, tone: 'clusterIP' },
    ...layout.zones.map(
      (zone, index): GroundRect => ({
        key: `zone:${zone.kind}:${zone.zone ?? ''}`,
        rect: zone.rect,
        tone: zone.kind === 'outside' ? 'outside' : index === sourceZone ? 'zoneSource' : 'zone',
      }),
    ),
    ...[...layout.sliceRows].map(([id, row]): GroundRect => ({ key: id, rect: row, tone: 'slice' })),
    { key: 'pods', rect: layout.podPlane, tone: 'pods' },
    { key: 'nodes', rect: layout.nodePlane, tone: 'nodes' },
  ]
}
