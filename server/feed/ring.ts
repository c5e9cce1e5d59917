// The last frames of one part for one audience, encoded. Bounded by number and by bytes, so that a reader who lags costs nothing:
// it falls off and gets a snapshot.

import type { WireFrame } from '@/core/feed/codec'

type RingFrame = { readonly seq: number; readonly frame: WireFrame; readonly bytes: number }

export type Ring = {
  push(frame: RingFrame): void
  /** Frames after a position, oldest first; undefined when some of them are gone, or the position is not of this ring. */
  after(position: number): readonly RingFrame[] | undefined
  /** Newest frame, or where the ring began. */
  head(): number
  bytes(): number
}

export type RingLimits = { readonly maxFrames: number; readonly maxBytes: number }

export const ringLimits: RingLimits = { maxFrames: 300, maxBytes: 8 * 1024 * 1024 }

/** `base`: everything up to this position is in the snapshot the ring began with. */
export function createRing(base: number, limits: RingLimits): Ring {
  const frames: RingFrame[] = []
  let oldest = base
  let total = 0

  return {
    push(frame) {
      frames.push(frame)
      total += frame.bytes
      while (frames.length > limits.maxFrames || total > limits.maxBytes) {
        const gone = frames.shift()
        if (!gone) break
        oldest = gone.seq
        total -= gone.bytes
      }
    },
    after(position) {
      if (position < oldest) return undefined
      let from = frames.length
      while (from > 0 && (frames[from - 1]?.seq ?? 0) > position) from -= 1
      return frames.slice(from)
    },
    head: () => frames.at(-1)?.seq ?? oldest,
    bytes: () => total,
  }
}
