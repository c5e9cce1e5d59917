// Where things stand on the map. Pure geometry in world units (pixels at zoom 1): objects in, rectangles out. What was placed
// once keeps its slot (`LayoutMemory`), so that a change moves nothing but the changed object.

import type { Packing } from './layout-blocks'
import type { PodPlaces } from './layout-pods'
import type { Slots } from './layout-slots'

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
type LastLayout = {
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
