// Cluster depth: the overview part → everything drawn. Pure, so that a test can count what is on the map.

import type { LayoutMemory } from '@/core/graph/layout'
import { cellRect } from '@/core/graph/layout-blocks'
import { type ClusterLayout, layoutCluster } from '@/core/graph/layout-cluster'
import { bottom, type Rect } from '@/core/graph/layout-rect'
import { shardCell } from '@/core/graph/layout-shards'
import { isShown } from '@/core/graph/page-filter'
import type { NodeSummary, ServiceSummary, SliceSummary } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'
import { cardAddress, commonPrefix, nodeAddress, shortName } from './addresses'
import { capNodes } from './cap-nodes'
import { clusterDetail } from './cluster-detail'
import { namespaceNodes, zoneNodes } from './cluster-frame'
import { clusterGutters } from './cluster-gutters'
import { clusterRelated } from './cluster-related'
import { clusterTargets } from './cluster-targets'
import { flowNode, MAX_FLOW_NODES, type MapNode } from './flow-nodes'
import { type Lit, litCards, litOf } from './lit-cards'
import { isFiltered, type MapModel, stackingOrder } from './map-model'
import { shardTone } from './nodes/shard-band'
import { type Cell, type Dots, type GroundRect, oncePerPlane, type Scene, type SceneView, stateOf } from './scene'
import { worstSeverity } from './service-facts'
import { wayNodes, waysInto } from './ways-in'

/** Above this many shards the band is drawn on the canvas. */
const MAX_SHARD_THUMBS = 160

export type ClusterScene = { readonly scene: Scene; readonly layout: ClusterLayout; readonly memory: LayoutMemory }

/** Draws the overview for a screen, every object where `memory` had it. */
export function clusterScene(model: MapModel, view: SceneView, memory: LayoutMemory): ClusterScene {
  const services = model.services.filter((service) => isShown(service, view.filters))
  const names = new Set(services.map((service) => `${service.namespace}/${service.name}`))
  const filtered = isFiltered(view.filters)
  const slices = filtered
    ? model.slices.filter((slice) => names.has(`${slice.namespace}/${slice.serviceName}`))
    : model.slices
  const pods = filtered ? model.pods.filter((pod) => isShown(pod, view.filters)) : model.pods
  const ways = waysInto(services, false)
  const laid = layoutCluster(
    {
      services,
      nodes: model.nodes,
      pods: memory.pods.size === 0 ? stackingOrder(model.pods) : model.pods,
      slices,
      waysIn: ways.length,
    },
    view.size,
    memory,
  )
  const layout = laid.layout
  const places = servicePlaces(layout, laid.memory)
  const dots = clusterDots(model, layout, view)
  const sliceById = new Map(slices.map((slice) => [slice.id, slice]))

  const lit = litOf(model, view)
  const cards = layout.nodeTier !== 'cell'
  const thumbs = slices.length <= MAX_SHARD_THUMBS && layout.shards.rows === 1
  const nodes: MapNode[] = [
    ...clusterGutters(model, layout, { services, slices, pods, family: view.family }),
    ...wayNodes(ways, layout.waysIn),
    ...namespaceNodes(layout, laid.memory),
    ...zoneNodes(layout, model, pods),
    ...(layout.serviceTier === 'cell' ? [] : serviceNodes(services, places, { layout, family: view.family, lit })),
    ...(cards ? nodeCards(model.nodes, layout, { ...view, litPods: lit }) : []),
    ...(lit ? litCards(lit, model, { layout, view }) : []),
    ...(thumbs && slices.length > 0 ? [shardNode(layout, sliceById)] : []),
  ]
  const capped = capNodes(nodes, MAX_FLOW_NODES)
  const shown = new Set(capped.nodes.map((node) => node.id))
  const cells: Cell[] = [
    ...stems(layout),
    ...serviceCells(
      services.filter((service) => !shown.has(service.id)),
      places,
    ),
    ...(thumbs ? [] : shardCells(layout, sliceById)),
    ...nodeCells(
      model.nodes.filter((node) => !shown.has(node.id)),
      layout,
      view,
    ),
  ]
  const scene: Scene = {
    depth: 'cluster',
    size: layout.size,
    ground: ground(layout),
    dots,
    cells,
    nodes: capped.nodes,
    edges: [],
    targets: oncePerPlane((plane) => clusterTargets(plane, { model, layout, places, services, slices: sliceById })),
    related: (id) => clusterRelated(id, { model, layout, places, dots }),
    zones: layout.zones,
    detail: (at) =>
      clusterDetail(
        {
          family: view.family,
          services: services.flatMap((one) => pair(one, shown.has(one.id) ? undefined : places.get(one.id))),
          nodes: model.nodes.flatMap((one) =>
            pair(one, shown.has(one.id) ? undefined : layout.nodes.get(one.id)?.card),
          ),
        },
        at,
      ),
    lit: lit ? lit.pods.flatMap((pod) => dots.index.get(pod.id) ?? []) : [],
    share: () => undefined,
    policy: () => undefined,
    folded: capped.folded,
  }
  return { scene, layout, memory: laid.memory }
}

function pair<T>(object: T, place: Rect | undefined): (readonly [T, Rect])[] {
  return place ? [[object, place]] : []
}

function servicePlaces(layout: ClusterLayout, memory: LayoutMemory): ReadonlyMap<string, Rect> {
  const places = new Map<string, Rect>()
  for (const block of layout.blocks) {
    for (const [slot, id] of (memory.blocks.get(block.key) ?? []).entries()) {
      if (id !== null) places.set(id, cellRect(block, slot))
    }
  }
  return places
}

function clusterDots(model: MapModel, layout: ClusterLayout, view: SceneView): Dots {
  const { pods } = layout
  const states = new Uint8Array(pods.ids.length)
  const marks = new Uint8Array(pods.ids.length)
  const { filters, lit } = view
  const filtered = isFiltered(filters)
  pods.ids.forEach((id, at) => {
    const pod = model.podById.get(id)
    if (!pod) return
    states[at] = stateOf[pod.condition]
    if (filtered && !isShown(pod, filters)) marks[at] = 1
    if (lit?.kind === 'Node' && pod.nodeName !== lit.key) marks[at] = 1
    if (lit?.kind === 'Pod' && `${pod.namespace}/${pod.name}` !== lit.key) marks[at] = 1
  })
  return { ids: pods.ids, xs: pods.xs, ys: pods.ys, index: pods.index, states, marks, size: pods.size }
}

function ground(layout: ClusterLayout): GroundRect[] {
  return [
    { key: 'clusterIP', rect: layout.clusterIP, tone: 'clusterIP' },
    ...layout.blocks.map((block): GroundRect => ({ key: `block:${block.key}`, rect: block.rect, tone: 'block' })),
    ...layout.zones.map((zone): GroundRect => ({ key: `zone:${zone.zone ?? ''}`, rect: zone.rect, tone: 'zone' })),
    { key: 'pods', rect: layout.podPlane, tone: 'pods' },
    { key: 'nodes', rect: layout.nodePlane, tone: 'nodes' },
  ]
}

function serviceNodes(
  services: readonly ServiceSummary[],
  places: ReadonlyMap<string, Rect>,
  how: { layout: ClusterLayout; family: IpFamily; lit: Lit | undefined },
): MapNode[] {
  return services.flatMap((service) => {
    const place = places.get(service.id)
    const data = {
      service,
      family: how.family,
      tier: how.layout.serviceTier,
      faint: how.lit !== undefined && !how.lit.services.has(`${service.namespace}/${service.name}`),
    }
    return place ? [flowNode({ id: service.id, type: 'service', rect: place, data })] : []
  })
}

function nodeCards(
  nodes: readonly NodeSummary[],
  layout: ClusterLayout,
  view: SceneView & { litPods: Lit | undefined },
): MapNode[] {
  const lit = view.litPods
  const most = Math.max(1, ...nodes.map((node) => node.allocatablePods ?? 0), ...nodes.map((node) => node.podCount))
  const scale = nodes.every((node) => node.podCount * 4 < most)
    ? Math.max(1, ...nodes.map((n) => n.podCount)) * 1.6
    : most
  const form = layout.nodeTier === 'chip' ? 'chip' : layout.nodeTier === 'narrow' ? 'narrow' : 'full'
  const prefix = commonPrefix(nodes.flatMap((node) => nodeAddress(node, view.family) ?? []))
  return nodes.flatMap((node) => {
    const place = layout.nodes.get(node.id)
    if (!place) return []
    const focused = view.lit?.kind === 'Node' && view.lit.key === node.name
    const near = focused || lit?.nodeName === node.name
    return [
      flowNode({
        id: node.id,
        type: 'node',
        rect: place.card,
        data: {
          node,
          family: view.family,
          label: shortName(node.name, place.card.width - 10),
          address: cardAddress(node, { family: view.family, prefix, width: place.card.width }),
          form: form === 'full' && place.card.height < 128 ? 'focus' : form,
          most: scale,
          source: false,
          focused,
          faint: lit !== undefined && !near,
        },
      }),
    ]
  })
}

function shardNode(layout: ClusterLayout, slices: ReadonlyMap<string, SliceSummary>): MapNode {
  const { shards } = layout
  const cells = shards.slots.flatMap((id, slot) => {
    const slice = id === null ? undefined : slices.get(id)
    const place = shardCell(shards, slot)
    return slice ? [{ slice, x: place.x - shards.rect.x, y: place.y - shards.rect.y }] : []
  })
  const most = Math.max(1, ...cells.map((cell) => cell.slice.total))
  const data = { cells, cell: { width: shards.cell.width, height: shards.cell.height }, most }
  return flowNode({ id: 'shards', type: 'shards', rect: shards.rect, data })
}

function shardCells(layout: ClusterLayout, slices: ReadonlyMap<string, SliceSummary>): Cell[] {
  const tones = { ready: 'shard', term: 'shardTerm', bad: 'shardBad', empty: 'shardEmpty' } as const
  return layout.shards.slots.flatMap((id, slot): Cell[] => {
    const slice = id === null ? undefined : slices.get(id)
    return slice
      ? [{ id: slice.id, rect: shardCell(layout.shards, slot), tone: tones[shardTone(slice)], faint: false }]
      : []
  })
}

function serviceCells(services: readonly ServiceSummary[], places: ReadonlyMap<string, Rect>): Cell[] {
  return services.flatMap((service): Cell[] => {
    const place = places.get(service.id)
    const severity = worstSeverity(service.trouble)
    const tone = severity === 'crit' ? 'serviceCrit' : severity === 'warn' ? 'serviceWarn' : 'service'
    return place ? [{ id: service.id, rect: place, tone, faint: false }] : []
  })
}

function nodeCells(nodes: readonly NodeSummary[], layout: ClusterLayout, view: SceneView): Cell[] {
  return nodes.flatMap((node): Cell[] => {
    const place = layout.nodes.get(node.id)
    const tone = node.ready === false ? 'nodeDown' : node.proxyMode.state === 'unknown' ? 'nodeUnknown' : 'node'
    const faint = view.lit?.kind === 'Node' && view.lit.key !== node.name
    return place ? [{ id: node.id, rect: place.card, tone, faint }] : []
  })
}

// The line a node's pods stand on, and its stem down to the card.
function stems(layout: ClusterLayout): Cell[] {
  if (layout.grid.rows > 1) return []
  return [...layout.nodes].flatMap(([id, { card, column }]): Cell[] => {
    const base = { x: column.x + 2, y: bottom(layout.podPlane) - 9, width: column.width - 4, height: 1.5 }
    const middle = card.x + card.width / 2
    return [
      { id: `base:${id}`, rect: base, tone: 'stem', faint: false },
      {
        id: `stem:${id}`,
        rect: { x: middle, y: base.y, width: 1, height: card.y - base.y },
        tone: 'stem',
        faint: false,
      },
    ]
  })
}
