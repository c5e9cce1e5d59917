// The x axis that all planes share: zone → node. Zones are columns of equal width, the column for endpoints outside them is as
// wide as its cards ask for; nodes share their zone evenly in one row, or, when they are too many for that, in a grid that the Pod plane and the Node plane have in common.

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
/** Of the column outside the nodes: a card with a whole address, and how many stand above each other before it widens. */
const OUTSIDE_CARD = 136
const OUTSIDE_STACK = 4

export type ZoneAxis = {
  readonly columns: readonly ZoneColumn[]
  readonly width: number
  readonly slots: ReadonlyMap<string, Slots>
}

/**
 * Zone columns over `x … x + width`, by name, nodes without a zone last; `zones` get a column even when empty. Wider than asked for
 * when zones would get too thin. `outside`: how many endpoints stand on no node known here.
 */
export function zoneColumns(
  nodes: readonly ZonedNode[],
  area: { x: number; width: number; outside: number; zones?: readonly (string | null)[] },
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
  const outside = outsideWidth(area, names.length)
  const room = area.width - (outside === 0 ? 0 : outside + ZONE_GAP)
  const share = Math.max(MIN_ZONE_WIDTH, (room - (names.length - 1) * ZONE_GAP) / Math.max(1, names.length))
  const columns: ZoneColumn[] = names.map((name, index) => ({
    zone: name === NO_ZONE ? null : name,
    kind: 'zone',
    x: area.x + index * (share + ZONE_GAP),
    width: share,
    slots: slots.get(name) ?? [],
    count: groups.get(name)?.length ?? 0,
  }))
  const end = area.x + names.length * (share + ZONE_GAP)
  if (outside > 0) columns.push({ zone: null, kind: 'outside', x: end, width: outside, slots: [], count: 0 })
  return { columns, width: (outside > 0 ? end + outside : end - ZONE_GAP) - area.x, slots }
}

// As many cards abreast as its endpoints ask for, and never more than a zone has.
function outsideWidth(area: { width: number; outside: number }, zones: number): number {
  if (area.outside === 0) return 0
  const equal = Math.max(MIN_ZONE_WIDTH, (area.width - zones * ZONE_GAP) / (zones + 1))
  return zones === 0 ? equal : Math.min(equal, OUTSIDE_CARD * Math.ceil(area.outside / OUTSIDE_STACK))
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
