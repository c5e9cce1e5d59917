// Pods stand above their node: the height of the stack is the node's load. Places are kept in typed arrays, because the canvas
// walks them by the ten thousand.

import type { Rect } from './layout-rect'
import type { Slots } from './layout-slots'

export type PodPlaces = {
  readonly ids: readonly string[]
  /** Centres. */
  readonly xs: Float32Array
  readonly ys: Float32Array
  /** By pod id: its index in the arrays. */
  readonly index: ReadonlyMap<string, number>
  /** Distance of two pods, and the diameter of one. */
  readonly pitch: number
  readonly size: number
}

/** Largest distance of two pods; a small cluster is not blown up beyond it. */
const MAX_PITCH = 18.5
const ROOMY_PITCH = 24

/** `upward`: stacks grow from the lower edge of their column; otherwise a block is filled from its upper left corner. */
export function podPlaces(
  slots: ReadonlyMap<string, Slots>,
  columns: ReadonlyMap<string, Rect>,
  upward: boolean,
): PodPlaces {
  let most = 1
  let count = 0
  for (const list of slots.values()) {
    most = Math.max(most, list.length)
    for (const id of list) if (id !== null) count += 1
  }
  const room = columns.values().next().value ?? { x: 0, y: 0, width: 40, height: 40 }
  const pitch = pitchFor(most, { width: room.width, height: room.height - (upward ? 14 : 0) })
  const perRow = Math.max(1, Math.floor((room.width + pitch * 0.25) / pitch))
  const xs = new Float32Array(count)
  const ys = new Float32Array(count)
  const ids: string[] = []
  const index = new Map<string, number>()
  for (const [node, list] of slots) {
    const column = columns.get(node)
    if (!column) continue
    const left = column.x + (column.width - perRow * pitch) / 2 + pitch / 2
    for (let slot = 0; slot < list.length; slot += 1) {
      const id = list[slot]
      if (id === null || id === undefined) continue
      const row = Math.floor(slot / perRow)
      const at = ids.length
      xs[at] = left + (slot % perRow) * pitch
      ys[at] = upward ? column.y + column.height - 12 - pitch / 2 - row * pitch : column.y + pitch / 2 + row * pitch
      index.set(id, at)
      ids.push(id)
    }
  }
  return { ids, xs, ys, index, pitch, size: pitch <= 4 ? Math.max(1, pitch - 1) : pitch * 0.68 }
}

// The largest pitch at which `most` pods fit. Room for a tenth more is kept, so that a few new pods move nothing.
function pitchFor(most: number, room: { width: number; height: number }): number {
  const wanted = most <= 4 ? most : Math.ceil((most * 1.1) / 4) * 4
  const low = Math.ceil(wanted / Math.max(1, Math.floor(room.width / ROOMY_PITCH))) * ROOMY_PITCH
  // Where even the fullest stack leaves most of a high plane empty, dots may be larger.
  for (
    let pitch = low < room.height * 0.6 ? ROOMY_PITCH : MAX_PITCH;
    pitch > 1;
    pitch -= pitch > 6.5 ? 0.5 : pitch === 6.5 ? 0.5 : 1
  ) {
    const perRow = Math.floor((room.width + pitch * 0.25) / pitch)
    if (perRow > 0 && perRow * Math.floor(room.height / pitch) >= wanted) return pitch
  }
  return 1
}
