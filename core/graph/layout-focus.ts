// One Service over the same three planes: the slab over the full width, a row per EndpointSlice with a
// segment standing above its pod, the pods as cards above their node, everything else of the node as small dots.

import type { LayoutMemory } from './layout'
import { bottom, clamp, MARGIN, MIN_WORLD, type Rect, rect, type Size } from './layout-rect'
import { assignSlotGroups, type Slots } from './layout-slots'
import { type CardTier, stackCards } from './layout-stacks'
import { type NodeGrid, nodeCell, nodeGrid, type ZoneColumn, zoneColumns } from './layout-zones'

export type FocusInput = {
  readonly nodes: readonly { readonly id: string; readonly name: string; readonly zone: string | null }[]
  /** One per endpoint address; `nodeName` null or unknown stands in the column outside the nodes. */
  readonly cards: readonly { readonly id: string; readonly nodeName: string | null }[]
  readonly slices: readonly { readonly id: string }[]
  /** Name of the node a connection starts on. */
  readonly sourceNode: string | undefined
  readonly portRows: number
  readonly waysIn: number
}

type FocusNode = { readonly card: Rect; readonly column: Rect; readonly zone: string | null }

export type FocusLayout = {
  readonly size: Size
  readonly gutter: number
  readonly waysIn: Rect | undefined
  readonly clusterIP: Rect
  readonly slab: Rect
  readonly zones: readonly (ZoneColumn & { readonly rect: Rect; readonly hiddenNodes: number })[]
  readonly zoneHeader: number
  readonly sliceRows: ReadonlyMap<string, Rect>
  /** Slices beyond the rows that fit. */
  readonly hiddenSlices: number
  readonly podPlane: Rect
  readonly nodePlane: Rect
  readonly nodes: ReadonlyMap<string, FocusNode>
  readonly grid: NodeGrid
  readonly cardTier: CardTier
  /** By card: where it stands, the x on which its segments and its strand stand, and its column's zone index. */
  readonly cards: ReadonlyMap<string, { readonly rect: Rect; readonly x: number; readonly zone: number }>
  /** Width of a segment; below 8 the row is drawn as a share bar per zone. */
  readonly segment: number
  /** Strip for the other pods of each node. */
  readonly restHeight: number
  readonly source: { readonly rect: Rect; readonly laneX: number; readonly zone: number } | undefined
  readonly portal: Rect
}

const GUTTER = 202
const GUTTER_SLIM = 132
const ZONE_HEADER = 37
const REST = 34
const SOURCE_ROW = 58
const MIN_CARD = 58
const MAX_ROWS = 20

/** Lays one Service out for `screen`. The nodes keep the slots of `memory`, so that they stand as in the cluster. */
export function layoutFocus(
  input: FocusInput,
  screen: Size,
  memory: LayoutMemory,
): { layout: FocusLayout; memory: LayoutMemory } {
  const width = Math.max(screen.width, MIN_WORLD.width)
  const gutter = width < 1040 ? GUTTER_SLIM : GUTTER
  const inner = { x: MARGIN + gutter, width: width - 2 * MARGIN - gutter - 2 }
  const shown = shownNodes(input, inner.width)
  const outside = input.cards.filter((card) => card.nodeName === null || !shown.byName.has(card.nodeName)).length
  const axis = zoneColumns(shown.nodes, { ...inner, outside, zones: shown.zones }, memory)
  const planeWidth = Math.max(inner.width, axis.width) + gutter + 2

  let y = MARGIN
  const waysIn = input.waysIn > 0 ? rect(inner.x, y, { width: inner.width, height: 30 }) : undefined
  y = waysIn ? bottom(waysIn) + 16 : MARGIN + 2
  // Ports at the left, policies at the right, and a free edge below both for the portal.
  const slabHeight = Math.max(38 + clamp(input.portRows, 1, 7) * 20, 82) + 26
  const clusterIP = rect(MARGIN, y, { width: planeWidth, height: slabHeight + 24 })
  const slab = rect(inner.x, y + 12, { width: Math.min(inner.width, axis.width) - 12, height: slabHeight })
  y = bottom(clusterIP)

  const rowCount = Math.min(input.slices.length, MAX_ROWS)
  const hiddenSlices = input.slices.length - rowCount
  const height = Math.max(screen.height, MIN_WORLD.height)
  const below = height - y
  const fan = clamp(below * 0.14, 56, 96)
  const rowHeight = rowCount === 0 ? 0 : clamp((below * 0.3) / rowCount - 4, 20, 60)
  const nodeHeight = clamp(below * 0.19, 92, 133)
  const zoneTop = y + fan
  const rowsTop = zoneTop + ZONE_HEADER
  const sliceRows = new Map<string, Rect>()
  for (const [index, slice] of input.slices.slice(0, rowCount).entries()) {
    sliceRows.set(slice.id, rect(MARGIN, rowsTop + index * (rowHeight + 4), { width: planeWidth, height: rowHeight }))
  }
  const rowsEnd = rowsTop + rowCount * (rowHeight + 4) + (hiddenSlices > 0 ? 24 : 0)

  const podTop = rowsEnd + 18
  const stacks = cardsByColumn(input, shown.byName)
  const most = Math.max(1, ...axis.columns.map((column) => column.slots.length))
  const zoneWidth = axis.columns[0]?.width ?? inner.width
  const roomForPods = Math.max(150, height - podTop - 15 - nodeHeight - MARGIN - 8)
  const grid = nodeGrid(most, { width: zoneWidth, height: roomForPods }, MIN_CARD - 14)
  const podPlane = rect(MARGIN, podTop, { width: planeWidth, height: roomForPods })
  const nodePlane = rect(MARGIN, bottom(podPlane) + 15, { width: planeWidth, height: nodeHeight })
  const zones = axis.columns.map((column) => ({
    ...column,
    hiddenNodes: column.kind === 'zone' ? (shown.hidden.get(column.zone) ?? 0) : 0,
    rect: rect(column.x, zoneTop, { width: column.width, height: bottom(nodePlane) + 7 - zoneTop }),
  }))
  const sourceId = input.sourceNode === undefined ? undefined : shown.byName.get(input.sourceNode)
  const restHeight = grid.rows === 1 ? REST : 0
  const top = sourceId !== undefined && grid.rows > 1 ? SOURCE_ROW : 8
  const room = rect(podPlane.x, podPlane.y + top, {
    width: podPlane.width,
    height: podPlane.height - top - restHeight - 6,
  })
  const nodes = placeNodes(zones, grid, { pods: room, nodes: nodePlane })
  const stacked = stackCards({
    stacks,
    columns: new Map([...nodes].map(([id, node]) => [id, node.column])),
    outside: outsideColumn(
      zones.find((zone) => zone.kind === 'outside'),
      podPlane,
    ),
    source: grid.rows > 1 ? undefined : sourceId,
    zoneOf: (id) => zones.findIndex((zone) => (id === undefined ? zone.kind === 'outside' : zone.slots.includes(id))),
  })

  const sourceZone = sourceId === undefined ? -1 : zones.findIndex((zone) => zone.slots.includes(sourceId))
  const source = placeSource(sourceId === undefined ? undefined : nodes.get(sourceId), zones[sourceZone], podPlane)
  const portalAt = zones[sourceZone] ?? { x: inner.x, width: Math.min(inner.width, axis.width) }
  const portal = rect(portalAt.x + portalAt.width / 2 - 74, bottom(slab) - 22, { width: 148, height: 24 })

  return {
    layout: {
      size: { width: planeWidth + 2 * MARGIN, height: Math.max(height, bottom(nodePlane) + MARGIN + 7) },
      gutter,
      waysIn,
      clusterIP,
      slab,
      zones,
      zoneHeader: ZONE_HEADER,
      sliceRows,
      hiddenSlices,
      podPlane,
      nodePlane,
      nodes,
      grid,
      cardTier: stacked.tier,
      cards: stacked.cards,
      segment: stacked.segment,
      restHeight,
      source: source && { ...source, zone: sourceZone },
      portal,
    },
    memory: { ...memory, zones: mergeSlots(memory.zones, axis.slots, shown.folded) },
  }
}

/** All nodes while every one gets a card; else those with an endpoint and the source's, the others counted per zone. */
function shownNodes(input: FocusInput, width: number) {
  const zones = new Map<string | null, number>()
  for (const node of input.nodes) zones.set(node.zone, (zones.get(node.zone) ?? 0) + 1)
  const most = Math.max(1, ...zones.values())
  const folded = width / Math.max(1, zones.size) / most < MIN_CARD
  const involved = new Set(input.cards.map((card) => card.nodeName))
  const keep = (name: string) => !folded || involved.has(name) || name === input.sourceNode
  const nodes = input.nodes.filter((node) => keep(node.name))
  const hidden = new Map<string | null, number>()
  for (const node of input.nodes) if (!keep(node.name)) hidden.set(node.zone, (hidden.get(node.zone) ?? 0) + 1)
  return { nodes, folded, hidden, zones: [...zones.keys()], byName: new Map(nodes.map((node) => [node.name, node.id])) }
}

// A folded focus shows few nodes: its slots are its own and must not take the cluster's away.
function mergeSlots(old: ReadonlyMap<string, Slots>, next: ReadonlyMap<string, Slots>, folded: boolean) {
  return folded && old.size > 0 ? old : next
}

function cardsByColumn(input: FocusInput, byName: ReadonlyMap<string, string>) {
  const groups = new Map<string, string[]>()
  const outside: string[] = []
  for (const card of input.cards) {
    const node = card.nodeName === null ? undefined : byName.get(card.nodeName)
    if (node === undefined) outside.push(card.id)
    else groups.set(node, [...(groups.get(node) ?? []), card.id])
  }
  return { nodes: assignSlotGroups(new Map(), groups), outside }
}

function placeNodes(zones: readonly ZoneColumn[], grid: NodeGrid, planes: { pods: Rect; nodes: Rect }) {
  const nodes = new Map<string, FocusNode>()
  for (const zone of zones) {
    for (const [slot, id] of zone.slots.entries()) {
      if (id === null) continue
      const cell = (plane: Rect, pad: number) =>
        nodeCell(zone, slot, { grid, top: plane.y + pad, height: plane.height - 2 * pad })
      const card = cell(planes.nodes, 12)
      const inset = grid.rows > 1 ? 1 : 2
      nodes.set(id, {
        card: rect(card.x + inset, card.y, {
          width: card.width - 2 * inset,
          height: card.height - (grid.rows > 1 ? 2 : 0),
        }),
        column: above(cell(planes.pods, 0), grid.rows > 1 ? 6 : 0),
        zone: zone.zone,
      })
    }
  }
  return nodes
}

function outsideColumn(zone: { rect: Rect } | undefined, plane: Rect): Rect | undefined {
  if (!zone) return undefined
  return rect(zone.rect.x + 2, plane.y + 8, { width: zone.rect.width - 4, height: plane.height - 16 })
}

const above = (r: Rect, gap: number): Rect => ({ ...r, height: r.height - gap })

function placeSource(node: FocusNode | undefined, zone: ZoneColumn | undefined, plane: Rect) {
  if (!node || !zone) return undefined
  const width = Math.min(64, Math.max(44, node.column.width - 8))
  const x = clamp(node.column.x + 4, zone.x + 3, zone.x + zone.width - width - 3)
  return { rect: rect(x, plane.y + 10, { width, height: 42 }), laneX: Math.round(zone.x - 5) }
}
