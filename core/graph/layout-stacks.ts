// The endpoints of a focused Service as cards stacked above their node, as large as the fullest stack allows.

import { type Rect, rect, type Size } from './layout'
import type { CardTier } from './layout-focus'
import type { Slots } from './layout-slots'

export type StackInput = {
  readonly stacks: { readonly nodes: ReadonlyMap<string, Slots>; readonly outside: readonly string[] }
  /** By node id: its column in the Pod plane. */
  readonly columns: ReadonlyMap<string, Rect>
  readonly outside: Rect | undefined
  readonly plane: Rect
  readonly restHeight: number
  readonly reserveTop: number
  /** The source's node: its card stands above that node's stack. */
  readonly source: string | undefined
  /** Index of the zone column of a node, or of the column outside the nodes. */
  readonly zoneOf: (node: string | undefined) => number
  /** Nodes stand in a grid: there is room for dots only. */
  readonly grid: boolean
}

export type Stacked = {
  readonly tier: CardTier
  readonly segment: number
  readonly cards: ReadonlyMap<string, { readonly rect: Rect; readonly x: number; readonly zone: number }>
}

const TIERS: readonly { tier: CardTier; height: number; gap: number; minWidth: number }[] = [
  { tier: 'card', height: 62, gap: 8, minWidth: 58 },
  { tier: 'short', height: 42, gap: 6, minWidth: 52 },
  { tier: 'line', height: 20, gap: 3, minWidth: 44 },
]

const SOURCE_ROW = 50

/** More cards than this are drawn as dots. */
const MAX_CARDS = 180

/** Places every card: nothing is left out, what has no room for text becomes a dot. */
export function stackCards(input: StackInput): Stacked {
  const columnWidth = smallestWidth(input.columns.values()) ?? input.outside?.width ?? 100
  const room = input.plane.height - input.restHeight - input.reserveTop - 10
  const counts = [...input.stacks.nodes.values()].map((slots) => slots.length)
  const highest = Math.max(0, ...counts)
  const total = counts.reduce((sum, count) => sum + count, input.stacks.outside.length)
  const fits = TIERS.find(({ height, gap, minWidth }) => {
    const outsideRows = input.outside ? Math.ceil(input.stacks.outside.length / perRow(input.outside.width)) : 0
    const pitch = height + gap
    const overSource =
      input.source === undefined ? 0 : (input.stacks.nodes.get(input.source)?.length ?? 0) * pitch + SOURCE_ROW
    return Math.max(highest * pitch, outsideRows * pitch, overSource) <= room && columnWidth - 6 >= minWidth
  })
  const segment = Math.min(
    31,
    ...[...input.columns].map(([id, c]) => c.width / Math.max(1, input.stacks.nodes.get(id)?.length ?? 0) - 3),
  )
  const style = input.grid || total > MAX_CARDS ? undefined : fits
  const cards = style ? placeCards(input, style) : placeDots(input)
  return { tier: style?.tier ?? 'dot', segment: Math.max(0, Math.floor(segment)), cards }
}

function placeCards(input: StackInput, style: { height: number; gap: number }): Stacked['cards'] {
  const cards = new Map<string, { rect: Rect; x: number; zone: number }>()
  const base = input.plane.y + input.plane.height - input.restHeight - 6
  for (const [node, slots] of input.stacks.nodes) {
    const column = input.columns.get(node)
    if (!column) continue
    const size = { width: Math.min(110, column.width - 5), height: style.height }
    for (const [slot, id] of slots.entries()) {
      if (id === null) continue
      const y = base - style.height - slot * (style.height + style.gap)
      cards.set(id, {
        rect: rect(column.x + (column.width - size.width) / 2, y, size),
        x: laneX(column, slot, slots.length),
        zone: input.zoneOf(node),
      })
    }
  }
  return placeOutside(input, { ...style, base }, cards)
}

// Endpoints on no known node fill their own column in rows from below.
function placeOutside(
  input: StackInput,
  style: Pick<Size, 'height'> & { gap: number; base: number },
  cards: Map<string, { rect: Rect; x: number; zone: number }>,
): Stacked['cards'] {
  const { outside } = input
  if (!outside) return cards
  const ids = input.stacks.outside
  const columns = Math.min(perRow(outside.width), Math.max(1, ids.length))
  const width = Math.min(132, outside.width / columns - 8)
  const rows = Math.ceil(ids.length / columns)
  for (const [index, id] of ids.entries()) {
    const row = Math.floor(index / columns)
    const pitch = outside.width / columns
    const cell = { x: outside.x + (index % columns) * pitch, width: pitch }
    cards.set(id, {
      rect: rect(cell.x + (pitch - width) / 2, style.base - style.height - row * (style.height + style.gap), {
        width,
        height: style.height,
      }),
      x: laneX(cell, row, rows),
      zone: input.zoneOf(undefined),
    })
  }
  return cards
}

function placeDots(input: StackInput): Stacked['cards'] {
  const cards = new Map<string, { rect: Rect; x: number; zone: number }>()
  const columns = [...input.stacks.nodes].flatMap(([node, slots]) => {
    const column = input.columns.get(node)
    return column ? [{ column, slots, zone: input.zoneOf(node) }] : []
  })
  if (input.outside) {
    const { x, width } = input.outside
    const column = { x: x + 4, width: width - 8, y: input.plane.y + 8, height: input.plane.height - 16 }
    columns.push({ column, slots: input.stacks.outside, zone: input.zoneOf(undefined) })
  }
  const trim = input.grid ? 0 : input.restHeight + 6
  const pitch = Math.min(14, ...columns.map(({ column, slots }) => dotPitch(column, slots.length, trim)))
  for (const { column, slots, zone } of columns) {
    const across = Math.max(1, Math.floor(column.width / pitch))
    const low = column.y + column.height - trim
    for (const [slot, id] of slots.entries()) {
      if (id === null) continue
      const x = column.x + ((slot % across) + 0.5) * (column.width / across)
      const y = low - (Math.floor(slot / across) + 0.5) * pitch
      const size = Math.max(1, pitch * 0.72)
      cards.set(id, { rect: { x: x - size / 2, y: y - size / 2, width: size, height: size }, x, zone })
    }
  }
  return cards
}

function dotPitch(column: Rect, count: number, trim: number): number {
  if (count === 0) return 14
  for (let pitch = 14; pitch > 1.5; pitch -= 0.5) {
    if (Math.floor(column.width / pitch) * Math.floor((column.height - trim) / pitch) >= count) return pitch
  }
  return 1.5
}

/** The x on which the slot's segment and strand stand: the column shared evenly, so that strands fall side by side. */
function laneX(column: { x: number; width: number }, slot: number, count: number): number {
  return Math.round(column.x + ((slot + 0.5) * column.width) / Math.max(1, count))
}

const perRow = (width: number) => Math.max(1, Math.floor(width / 96))

function smallestWidth(columns: Iterable<Rect>): number | undefined {
  let least: number | undefined
  for (const column of columns) least = Math.min(least ?? column.width, column.width)
  return least
}
