// The whole cluster at once: ways in, ClusterIP plane, shard band, zones, Pod plane, Node plane.
// Everything fits the screen at zoom 1: what does not fit as a card becomes a line, a chip, a cell or a dot, and keeps its place.

import type { LayoutMemory } from './layout'
import {
  type Block,
  type BlockInput,
  type CellStyle,
  mayFit,
  type Packing,
  packBlocks,
  type ServiceTier,
} from './layout-blocks'
import { type PodPlaces, podPlaces } from './layout-pods'
import { bottom, clamp, MARGIN, MIN_WORLD, type Rect, rect, type Size } from './layout-rect'
import { type ShardBand, shardBand } from './layout-shards'
import { assignSlotGroups, assignSlots } from './layout-slots'
import { type NodeGrid, nodeCell, nodeGrid, type ZoneColumn, zoneColumns } from './layout-zones'

export type ClusterInput = {
  readonly services: readonly { readonly id: string; readonly namespace: string }[]
  readonly nodes: readonly { readonly id: string; readonly name: string; readonly zone: string | null }[]
  /** In the order in which newcomers are to be stacked, from the node upward. */
  readonly pods: readonly { readonly id: string; readonly nodeName: string | null }[]
  readonly slices: readonly { readonly id: string }[]
  readonly waysIn: number
}

type NodeTier = 'card' | 'narrow' | 'chip' | 'cell'

export type ClusterLayout = {
  readonly size: Size
  readonly gutter: number
  readonly waysIn: Rect | undefined
  readonly clusterIP: Rect
  readonly shards: ShardBand
  readonly zoneBand: Rect
  readonly podPlane: Rect
  readonly nodePlane: Rect
  readonly zones: readonly (ZoneColumn & { readonly rect: Rect })[]
  readonly serviceTier: ServiceTier
  readonly blocks: readonly Block[]
  readonly nodeTier: NodeTier
  readonly grid: NodeGrid
  /** By node id: its place in the Node plane and the column its pods stand in. */
  readonly nodes: ReadonlyMap<string, { readonly card: Rect; readonly column: Rect; readonly zone: string | null }>
  readonly pods: PodPlaces
}

const CHIP: CellStyle = { width: 112, height: 37, gap: 7, pad: 8, header: 25, minBlock: 128, stretch: true }
const TIGHT: CellStyle = { ...CHIP, height: 34, gap: 5, header: 23, pad: 7 }
/** Room for a name of some fifteen letters beside its marks. */
const WIDE = 134
const LINE: CellStyle = { width: 104, height: 22, gap: 4, pad: 6, header: 22, minBlock: 116, stretch: true }
const LINE_TIGHT: CellStyle = { ...LINE, width: 100, height: 19, gap: 3, pad: 5, header: 19, minBlock: 110 }
const CELLS: readonly CellStyle[] = [18, 15, 12, 9, 7, 5, 4, 3].map((size) => ({
  width: size,
  height: size,
  gap: size > 5 ? 2 : 1,
  pad: 3,
  header: 16,
  minBlock: size > 5 ? 84 : 40,
  stretch: false,
}))

const SMALLEST = CELLS[CELLS.length - 1]

const WAYS_IN = 30
const ZONE_HEADER = 37
const GUTTER = 126
const GUTTER_SLIM = 112

/** Lays the cluster out for a screen of `screen`, every object where `memory` had it. */
export function layoutCluster(
  input: ClusterInput,
  screen: Size,
  memory: LayoutMemory,
): { layout: ClusterLayout; memory: LayoutMemory } {
  const size = { width: Math.max(screen.width, MIN_WORLD.width), height: Math.max(screen.height, MIN_WORLD.height) }
  const gutter = size.width < 1040 ? GUTTER_SLIM : GUTTER
  const inner = { x: MARGIN + gutter, width: size.width - 2 * MARGIN - gutter - 4 }
  const axis = zoneColumns(input.nodes, { x: inner.x, width: inner.width, outside: 0 }, memory)
  const world = { width: size.width + Math.max(0, axis.width - inner.width), height: size.height }
  const planeWidth = world.width - 2 * MARGIN

  const blockSlots = assignSlotGroups(
    memory.blocks,
    groupBy(input.services, (service) => service.namespace),
  )
  const blockOrder = orderBlocks(memory.blockOrder, blockSlots)
  const shardSlots = assignSlots(
    memory.shards,
    input.slices.map((slice) => slice.id),
  )
  const podSlots = assignSlotGroups(memory.pods, podsByNode(input))
  const mostNodes = Math.max(1, ...axis.columns.map((column) => column.slots.length))
  const zoneWidth = axis.columns[0]?.width ?? inner.width

  const mostPods = Math.max(1, ...[...podSlots.values()].map((slots) => slots.length))
  const heights = shareHeight(size.height, { waysIn: input.waysIn > 0, nodeWidth: zoneWidth / mostNodes, mostPods })
  let y = MARGIN + 2
  const waysIn = input.waysIn > 0 ? rect(inner.x, y, { width: inner.width, height: WAYS_IN }) : undefined
  if (waysIn) y = bottom(waysIn) + 10

  const sizes = blockOrder.map((key) => ({ key, count: blockSlots.get(key)?.length ?? 0 }))
  const area = { width: inner.width, height: heights.clusterIP - 22 }
  const packingKey = JSON.stringify([sizes, area])
  const packed = memory.last?.packingKey === packingKey ? memory.last.packing : packServices(sizes, area)
  const clusterIP = rect(MARGIN, y, { width: planeWidth, height: Math.max(96, packed.height + 22) })
  const blocks = packed.blocks.map((block) => ({ ...block, rect: offset(block.rect, inner.x, clusterIP.y + 11) }))
  y = bottom(clusterIP) + 16

  const shards = shardBand(shardSlots, { x: inner.x, y, width: axis.width })
  y = bottom(shards.rect) + 18

  const zoneTop = y
  const podTop = y + ZONE_HEADER
  // What the ClusterIP plane left over goes to the pods, up to twice what they need; a small cluster does not float apart.
  const nodeHeight = heights.nodes
  const podHeight = Math.max(90, world.height - MARGIN - 6 - nodeHeight - 16 - podTop)
  const grid = nodeGrid(mostNodes, { width: zoneWidth, height: podHeight - 24 }, 34)
  const podPlane = rect(MARGIN, podTop, { width: planeWidth, height: podHeight })
  const nodePlane = rect(MARGIN, bottom(podPlane) + 16, { width: planeWidth, height: nodeHeight })
  const zones = axis.columns.map((column) => ({
    ...column,
    rect: rect(column.x, zoneTop, { width: column.width, height: bottom(nodePlane) + 6 - zoneTop }),
  }))
  const nodes = placeNodes(zones, grid, { pods: podPlane, nodes: nodePlane })
  const podsKey = JSON.stringify([podPlane, inner.x, grid])
  const last = memory.last
  const same = last?.podsKey === podsKey && last.podSlots === podSlots && last.zoneSlots === axis.slots
  const columns = () => new Map([...nodes].map(([id, place]) => [id, place.column]))
  const pods = same ? last.pods : podPlaces(podSlots, columns(), grid.rows === 1)

  return {
    layout: {
      size: { width: world.width, height: Math.max(world.height, bottom(nodePlane) + MARGIN + 6) },
      gutter,
      waysIn,
      clusterIP,
      shards,
      zoneBand: rect(inner.x, zoneTop, { width: axis.width, height: ZONE_HEADER }),
      podPlane,
      nodePlane,
      zones,
      serviceTier: packed.tier,
      blocks,
      nodeTier: nodeTierOf(grid, zoneWidth, nodeHeight),
      grid,
      nodes,
      pods,
    },
    memory: {
      zones: axis.slots,
      blocks: blockSlots,
      pods: podSlots,
      blockOrder,
      shards: shardSlots,
      last: { packingKey, packing: packed, podsKey, podSlots, zoneSlots: axis.slots, pods },
    },
  }
}

/** How the height of the screen is shared before anything is placed. */
function shareHeight(height: number, has: { waysIn: boolean; nodeWidth: number; mostPods: number }) {
  const fixed = MARGIN + 2 + (has.waysIn ? WAYS_IN + 10 : 0) + 16 + 24 + 18 + ZONE_HEADER + 16 + 6 + MARGIN
  const free = height - fixed
  const cards = has.nodeWidth >= 34
  const nodes = cards ? clamp(free * 0.24, free < 540 ? 84 : 92, 172) : clamp(free * 0.27, 96, 220)
  const rest = free - nodes
  // Pods stack some four abreast above a card; below that they may shrink, but not to nothing.
  const rows = Math.ceil((has.mostPods * 1.1) / 4)
  const pods = cards
    ? free < 540
      ? clamp(rows * 9 + 34, 78, rest * 0.5)
      : clamp(rows * 15 + 40, 110, rest * 0.5)
    : rest * 0.58
  return { nodes: Math.round(nodes), clusterIP: Math.round(rest - pods) }
}

function packServices(blocks: readonly BlockInput[], area: Size): Packing {
  for (const [tier, style] of [
    ['chip', { ...CHIP, width: WIDE }],
    ['chip', { ...TIGHT, width: WIDE }],
    ['chip', CHIP],
    ['chip', TIGHT],
    ['line', LINE],
    ['line', LINE_TIGHT],
  ] as const) {
    if (!mayFit(blocks, area, style)) continue
    const packed = packBlocks(blocks, area, style)
    if (packed.height <= area.height) return { ...packed, tier }
  }
  let cells: { blocks: Block[]; height: number } = { blocks: [], height: 0 }
  for (const style of CELLS) {
    if (style !== SMALLEST && !mayFit(blocks, area, style)) continue
    cells = packBlocks(blocks, area, style)
    if (cells.height <= area.height) break
  }
  return { ...cells, tier: 'cell' }
}

function orderBlocks(previous: readonly string[], slots: ReadonlyMap<string, readonly unknown[]>): readonly string[] {
  const known = new Set(previous)
  const kept = previous.filter((key) => slots.has(key))
  const fresh = [...slots.keys()].filter((key) => !known.has(key))
  if (fresh.length === 0 && kept.length === previous.length) return previous
  const size = (key: string) => slots.get(key)?.length ?? 0
  fresh.sort((a, b) => size(b) - size(a) || (a < b ? -1 : 1))
  return [...kept, ...fresh]
}

function podsByNode(input: ClusterInput): ReadonlyMap<string, readonly string[]> {
  const idByName = new Map(input.nodes.map((node) => [node.name, node.id]))
  const groups = new Map<string, string[]>(input.nodes.map((node) => [node.id, []]))
  for (const pod of input.pods) {
    const node = pod.nodeName === null ? undefined : idByName.get(pod.nodeName)
    if (node !== undefined) groups.get(node)?.push(pod.id)
  }
  return groups
}

function placeNodes(zones: readonly ZoneColumn[], grid: NodeGrid, planes: { pods: Rect; nodes: Rect }) {
  const nodes = new Map<string, { card: Rect; column: Rect; zone: string | null }>()
  const inset = grid.rows > 1 ? 1 : 4
  for (const zone of zones) {
    for (const [slot, id] of zone.slots.entries()) {
      if (id === null) continue
      const band = (plane: Rect, pad: number) => ({ grid, top: plane.y + pad, height: plane.height - 2 * pad })
      const card = nodeCell(zone, slot, band(planes.nodes, grid.rows > 1 ? 10 : 11))
      const column = nodeCell(zone, slot, band(planes.pods, grid.rows > 1 ? 10 : 4))
      nodes.set(id, {
        card: shrink(card, inset, grid.rows > 1 ? 1 : 0),
        column: shrink(column, inset + 1, 1),
        zone: zone.zone,
      })
    }
  }
  return nodes
}

function nodeTierOf(grid: NodeGrid, zoneWidth: number, height: number): NodeTier {
  const width = zoneWidth / grid.columns
  if (grid.rows === 1) return width >= 66 ? 'card' : 'narrow'
  return width >= 44 && height / grid.rows >= 19 ? 'chip' : 'cell'
}

function groupBy<T extends { readonly id: string }>(items: readonly T[], keyOf: (item: T) => string) {
  const groups = new Map<string, string[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item.id)
    else groups.set(keyOf(item), [item.id])
  }
  return groups
}

function offset(r: Rect, x: number, y: number): Rect {
  return { ...r, x: r.x + x, y: r.y + y }
}

function shrink(r: Rect, x: number, y: number): Rect {
  const dx = Math.min(x, Math.max(0, (r.width - 2) / 2))
  const dy = Math.min(y, Math.max(0, (r.height - 2) / 2))
  return rect(r.x + dx, r.y + dy, { width: r.width - 2 * dx, height: r.height - 2 * dy })
}
