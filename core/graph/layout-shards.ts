// The shard band: one thumbnail per EndpointSlice; when they are many, thinner ones in several rows.

import { type Rect, rect } from './layout-rect'
import type { Slots } from './layout-slots'

export type ShardBand = {
  readonly rect: Rect
  readonly slots: Slots
  readonly columns: number
  readonly rows: number
  readonly cell: { readonly width: number; readonly height: number; readonly gap: number }
}

const BAND = 24
const CELL = 22

/** The band at `area`; it grows to at most 42 px. */
export function shardBand(slots: Slots, area: { x: number; y: number; width: number }): ShardBand {
  const count = Math.max(1, slots.length)
  const roomy = Math.floor((area.width + 3) / (CELL + 3))
  if (count <= roomy) return band(slots, area, { columns: roomy, rows: 1, width: CELL, height: BAND, gap: 3 })
  for (const { rows, height } of [
    { rows: 1, height: BAND },
    { rows: 2, height: 14 },
    { rows: 3, height: 10 },
    { rows: 5, height: 7 },
    { rows: 8, height: 4 },
    { rows: 12, height: 3 },
  ]) {
    const columns = Math.ceil(count / rows)
    const pitch = Math.min(CELL + 3, area.width / columns)
    if (pitch >= (rows < 5 ? 6 : 3)) {
      return band(slots, area, { columns, rows, width: pitch - (pitch > 8 ? 3 : 1), height, gap: pitch > 8 ? 3 : 1 })
    }
  }
  const columns = Math.ceil(count / 16)
  return band(slots, area, { columns, rows: 16, width: Math.max(0.5, area.width / columns), height: 2, gap: 0 })
}

function band(
  slots: Slots,
  area: { x: number; y: number; width: number },
  cell: { columns: number; rows: number; width: number; height: number; gap: number },
): ShardBand {
  const { columns, rows, width, height, gap } = cell
  return {
    rect: rect(area.x, area.y, { width: area.width, height: rows * height + (rows - 1) * Math.min(gap, 2) }),
    slots,
    columns,
    rows,
    cell: { width, height, gap },
  }
}

/** Place of a slot; not rounded, cells may be thinner than a pixel. */
export function shardCell(shards: ShardBand, slot: number): Rect {
  const { rect: area, cell } = shards
  const x = area.x + (slot % shards.columns) * (cell.width + cell.gap)
  const y = area.y + Math.floor(slot / shards.columns) * (cell.height + Math.min(cell.gap, 2))
  return { x, y, width: cell.width, height: cell.height }
}
