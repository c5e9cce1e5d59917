// What stands under a point of the canvas: the nearest dot within reach, else the cell that holds the point.

import type { Scene, Target } from './scene'

type Point = { readonly x: number; readonly y: number }

export function pickTarget(scene: Scene, point: Point): Target | undefined {
  const dot = pickDot(scene, point)
  if (dot !== undefined) {
    const id = scene.dots.ids[dot]
    const found = scene.targets('pods').find((target) => target.id === id)
    if (found) return found
  }
  const cell = scene.cells.find(
    ({ rect: r }) => point.x >= r.x && point.x <= r.x + r.width && point.y >= r.y && point.y <= r.y + r.height,
  )
  if (!cell || cell.tone === 'stem') return undefined
  for (const plane of ['clusterIP', 'slices', 'nodes'] as const) {
    const found = scene.targets(plane).find((target) => target.id === cell.id)
    if (found) return found
  }
  return undefined
}

/** Index of the nearest dot, none when it is further away than the dot is wide. */
function pickDot({ dots }: Pick<Scene, 'dots'>, point: Point): number | undefined {
  let best: number | undefined
  let least = Math.max(dots.size, 3) ** 2
  for (let at = 0; at < dots.xs.length; at += 1) {
    const dx = (dots.xs[at] ?? 0) - point.x
    const dy = (dots.ys[at] ?? 0) - point.y
    const distance = dx * dx + dy * dy
    if (distance <= least) {
      least = distance
      best = at
    }
  }
  return best
}
