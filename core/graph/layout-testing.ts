// For the layout's tests.

import type { Rect } from './layout-rect'

/** The first two rectangles that share more than a hair, by id. */
export function firstOverlap(rects: Iterable<readonly [string, Rect]>, slack = 0.01): string | undefined {
  const sorted = [...rects].sort((a, b) => a[1].x - b[1].x)
  for (const [index, [id, a]] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next += 1) {
      const [other, b] = sorted[next] ?? [undefined, undefined]
      if (!b || b.x >= a.x + a.width - slack) break
      if (b.y < a.y + a.height - slack && a.y < b.y + b.height - slack) return `${id} over ${other}`
    }
  }
  return undefined
}
