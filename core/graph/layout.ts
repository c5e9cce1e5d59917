// Where things stand on the map. Pure geometry in world units (pixels at zoom 1): objects in, rectangles out. What was placed
// once keeps its slot (`LayoutMemory`), so that a change moves nothing but the changed object.

import type { Packing } from './layout-blocks'
import type { PodPlaces } from './layout-pods'
import type { Slots } from './layout-slots'
import type { GraphId } from './types'

export type Size = { readonly width: number; readonly height: number }
export type Rect = Size & { readonly x: number; readonly y: number }

/** An object and its place. */
export type Placed = { readonly id: GraphId; readonly rect: Rect }

/** The slots given out so far. Hand the memory of the last layout in again; an empty one lays out afresh. */
export type LayoutMemory = {
  readonly zones: ReadonlyMap<string, Slots>
  readonly blocks: ReadonlyMap<string, Slots>
  readonly pods: ReadonlyMap<string, Slots>
  /** Order of the namespace blocks. */
  readonly blockOrder: readonly string[]
  readonly shards: Slots
  /** What was computed last, used again while what it was made of is the same. */
  readonly last: LastLayout | undefined
}

/** Results of the last layout with what they were made from. */
export type LastLayout = {
  readonly packingKey: string
  readonly packing: Packing
  readonly podsKey: string
  readonly podSlots: ReadonlyMap<string, Slots>
  readonly zoneSlots: ReadonlyMap<string, Slots>
  readonly pods: PodPlaces
}

export const emptyMemory: LayoutMemory = {
  zones: new Map(),
  blocks: new Map(),
  pods: new Map(),
  blockOrder: [],
  shards: [],
  last: undefined,
}

/** Margin around the map, and the gap between zone columns. */
export const MARGIN = 12
export const ZONE_GAP = 10

/** The smallest world that is laid out; a smaller screen pans over it. */
export const MIN_WORLD: Size = { width: 660, height: 560 }

/** Rectangles with whole numbers: text stays sharp, and React Flow measures what it was told. */
export function rect(x: number, y: number, size: Size): Rect {
  const left = Math.round(x)
  const top = Math.round(y)
  return { x: left, y: top, width: Math.round(x + size.width) - left, height: Math.round(y + size.height) - top }
}

export const right = (r: Rect) => r.x + r.width
export const bottom = (r: Rect) => r.y + r.height
export const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value))
