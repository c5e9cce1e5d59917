// The x axis that all planes share: zone → node. Zones are columns of equal width; nodes share their zone evenly in one row,
// or, when they are too many for that, in a grid that the Pod plane and the Node plane have in common.

import type { LayoutMemory } from './layout'
import { type Rect, rect, ZONE_GAP } from './layout-rect'
import { assignSlotGroups, type Slots } from './layout-slots'

export type ZonedNode = { readonly id: string; readonly zone: string | null }

export type ZoneColumn = {
  /** null: nodes whose zone label is not set. */
  readonly zone: string | null
  /** `outside`: endpoints that stand on no node known here. */
  readonly kind: 'zone' | 'outside'
  readonly x: number
  readonly width: number
  readonly slots: Slots
  readonly count: number
}

const NO_ZONE = ''
const MIN_ZONE_WIDTH = 150

export type ZoneAxis = {
  readonly columns: readonly ZoneColumn[]
  readonly width: number
  readonly slots: ReadonlyMap<string, Slots>
}

/** Zone columns over `x … x + width`, by name, nodes without a zone last; `zones` get a column even when empty. Wider than asked for when zones would get too thin. */
export function zoneColumns(
  nodes: readonly ZonedNode[],
  area: { x: number; width: number; outside: boolean; zones?: readonly (string | null)[] },
  memory: LayoutMemory,
): ZoneAxis {
  const groups = new Map<string, string[]>((area.zones ?? []).map((zone) => [zone ?? NO_ZONE, []]))
  for (const node of nodes) {
    const key = node.zone ?? NO_ZONE
    const group = groups.get(key)
    if (group) group.push(node.id)
    else groups.set(key, [node.id])
  }
  const slots = assignSlotGroups(memory.zones, groups)
  const names = [...slots.keys()].sort(byZoneName)
  const total = names.length + (area.outside ? 1 : 0)
  const share = Math.max(MIN_ZONE_WIDTH, (area.width - (total - 1) * ZONE_GAP) / Math.max(1, total))
  const columns: ZoneColumn[] = names.map((name, index) => ({
    zone: name === NO_ZONE ? null : name,
    kind: 'zone',
    x: area.x + index * (share + ZONE_GAP),
    width: share,
    slots: slots.get(name) ?? [],
    count: groups.get(name)?.length ?? 0,
  }))
  if (area.outside) {
    const x = area.x + names.length * (share + ZONE_GAP)
    columns.push({ zone: null, kind: 'outside', x, width: share, slots: [], count: 0 })
  }
  return { columns, width: total * (share + ZONE_GAP) - ZONE_GAP, slots }
}

function byZoneName(a: string, b: string): number {
  if (a === NO_ZONE || b === NO_ZONE) return a === b ? 0 : a === NO_ZONE ? 1 : -1
  return a < b ? -1 : a > b ? 1 : 0
}

/** How a zone's nodes are arranged: columns × rows of equal cells. */
export type NodeGrid = { readonly columns: number; readonly rows: number }

/** One row while a node keeps `minWidth`; a grid of cells about as wide as high beyond that. Equal for all zones. */
export function nodeGrid(most: number, area: { width: number; height: number }, minWidth: number): NodeGrid {
  const count = Math.max(1, most)
  if (area.width / count >= minWidth) return { columns: count, rows: 1 }
  const columns = Math.max(2, Math.min(count, Math.ceil(Math.sqrt((count * area.width) / (area.height * 1.15)))))
  return { columns, rows: Math.ceil(count / columns) }
}

/** The cell of a node's slot within its zone, between `top` and `top + height`. */
export function nodeCell(
  column: ZoneColumn,
  slot: number,
  band: { grid: NodeGrid; top: number; height: number },
): Rect {
  const { grid } = band
  const width = column.width / grid.columns
  const height = band.height / grid.rows
  return rect(column.x + (slot % grid.columns) * width, band.top + Math.floor(slot / grid.columns) * height, {
    width,
    height,
  })
}
