// The endpoints of a focused Service as cards stacked above their node, as large as the fullest stack allows.

import { type Rect, rect } from './layout-rect'
import type { Slots } from './layout-slots'

export type CardTier = 'card' | 'short' | 'line' | 'dot'

export type StackInput = {
  readonly stacks: { readonly nodes: ReadonlyMap<string, Slots>; readonly outside: readonly string[] }
  /** By node id: the part of the Pod plane that is its own. */
  readonly columns: ReadonlyMap<string, Rect>
  /** Column for endpoints on no known node. */
  readonly outside: Rect | undefined
  /** The source's node: its card stands above that node's stack. */
  readonly source: string | undefined
  /** Index of the zone column of a node, or of the column outside the nodes. */
  readonly zoneOf: (node: string | undefined) => number
}

type CardPlace = { readonly rect: Rect; readonly x: number; readonly zone: number }

export type Stacked = {
  readonly tier: CardTier
  readonly segment: number
  readonly cards: ReadonlyMap<string, CardPlace>
}

type Style = { readonly tier: CardTier; readonly height: number; readonly gap: number; readonly minWidth: number }

const TIERS: readonly Style[] = [
  { tier: 'card', height: 62, gap: 8, minWidth: 58 },
  { tier: 'short', height: 42, gap: 6, minWidth: 40 },
  { tier: 'line', height: 20, gap: 3, minWidth: 41 },
]

const SOURCE_ROW = 50

/** More cards than this are drawn as dots. */
const MAX_CARDS = 180

type Stack = {
  readonly column: Rect
  readonly slots: Slots
  readonly zone: number
  readonly above: number
  readonly abreast: number
}

/** Places every card: nothing is left out, what has no room for text becomes a dot. */
export function stackCards(input: StackInput): Stacked {
  const stacks = stacksOf(input)
  const total = stacks.reduce((sum, stack) => sum + stack.slots.length, 0)
  const style = total > MAX_CARDS ? undefined : TIERS.find((one) => stacks.every((stack) => holds(stack, one)))
  const lanes = laneXs(stacks)
  const cards = new Map<string, CardPlace>()
  const pitch = Math.min(14, ...stacks.map(dotPitch))
  for (const stack of stacks) {
    for (const [slot, id] of stack.slots.entries()) {
      if (id === null) continue
      const place = style ? cardRect(stack, slot, style) : dotRect(stack, slot, pitch)
      cards.set(id, { rect: place, x: lanes.xs.get(id) ?? place.x, zone: stack.zone })
    }
  }
  return { tier: style?.tier ?? 'dot', segment: Math.max(0, Math.floor(Math.min(31, lanes.pitch - 3))), cards }
}

function stacksOf(input: StackInput): Stack[] {
  const stacks: Stack[] = []
  for (const [node, slots] of input.stacks.nodes) {
    const column = input.columns.get(node)
    const above = node === input.source ? SOURCE_ROW : 0
    if (column) stacks.push({ column, slots, zone: input.zoneOf(node), above, abreast: 1 })
  }
  if (input.outside && input.stacks.outside.length > 0) {
    const abreast = Math.min(Math.max(1, Math.floor(input.outside.width / 96)), input.stacks.outside.length)
    stacks.push({
      column: input.outside,
      slots: input.stacks.outside,
      zone: input.zoneOf(undefined),
      above: 0,
      abreast,
    })
  }
  return stacks
}

function holds({ column, slots, above, abreast }: Stack, { height, gap, minWidth }: Style): boolean {
  const rows = Math.ceil(slots.length / abreast)
  return rows * (height + gap) - gap + above <= column.height && column.width / abreast - 5 >= minWidth
}

function cardRect({ column, abreast }: Stack, slot: number, { height, gap }: Style): Rect {
  const share = column.width / abreast
  const width = Math.min(abreast > 1 || share > 140 ? 132 : 110, share - 5)
  const row = Math.floor(slot / abreast)
  const x = column.x + (slot % abreast) * share + (share - width) / 2
  return rect(x, column.y + column.height - height - row * (height + gap), { width, height })
}

function dotRect({ column }: Stack, slot: number, pitch: number): Rect {
  const across = Math.max(1, Math.floor(column.width / pitch))
  const size = Math.max(1, pitch * 0.72)
  const x = column.x + ((slot % across) + 0.5) * (column.width / across)
  const y = column.y + column.height - (Math.floor(slot / across) + 0.5) * pitch
  return { x: x - size / 2, y: y - size / 2, width: size, height: size }
}

function dotPitch({ column, slots, above }: Stack): number {
  for (let pitch = 14; pitch > 1.5; pitch -= 0.5) {
    if (Math.floor(column.width / pitch) * Math.floor((column.height - above) / pitch) >= slots.length) return pitch
  }
  return 1.5
}

/**
 * The x on which an endpoint's segment and strand stand. Whoever shares a column (several nodes, where nodes stand in a grid)
 * shares its width, so that strands fall side by side.
 */
function laneXs(stacks: readonly Stack[]): { xs: ReadonlyMap<string, number>; pitch: number } {
  const columns = new Map<string, { x: number; width: number; ids: string[] }>()
  for (const { column, slots, abreast } of stacks) {
    for (const [slot, id] of slots.entries()) {
      if (id === null) continue
      const width = column.width / abreast
      const x = column.x + (slot % abreast) * width
      const key = `${Math.round(x)}`
      const lane = columns.get(key) ?? { x, width, ids: [] }
      columns.set(key, lane)
      lane.ids.push(id)
    }
  }
  const xs = new Map<string, number>()
  let pitch = 34
  for (const { x, width, ids } of columns.values()) {
    pitch = Math.min(pitch, width / ids.length)
    for (const [index, id] of ids.entries()) xs.set(id, Math.round(x + ((index + 0.5) * width) / ids.length))
  }
  return { xs, pitch }
}
