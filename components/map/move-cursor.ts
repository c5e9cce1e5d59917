// Arrow keys inside a plane: the next object in a direction, nearest along that direction first.

import type { Scene, Target } from './scene'

export type Direction = 'left' | 'right' | 'up' | 'down'

const middle = (target: Target) => ({
  x: target.rect.x + target.rect.width / 2,
  y: target.rect.y + target.rect.height / 2,
})

/** The neighbour in a direction; the same object at the edge of its plane. */
export function neighbour(targets: readonly Target[], from: Target, direction: Direction): Target {
  const start = middle(from)
  const sideways = direction === 'left' || direction === 'right'
  const sign = direction === 'right' || direction === 'down' ? 1 : -1
  let best = from
  let least = Number.POSITIVE_INFINITY
  for (const target of targets) {
    const at = middle(target)
    const along = sign * (sideways ? at.x - start.x : at.y - start.y)
    const across = Math.abs(sideways ? at.y - start.y : at.x - start.x)
    if (along <= 0.5) continue
    const cost = along + across * 3
    if (cost < least) {
      least = cost
      best = target
    }
  }
  return best
}

/** The object at about the same height in the previous or next zone that has any; the same object beyond the last one. */
export function inNextZone(
  scene: Pick<Scene, 'zones'>,
  move: { targets: readonly Target[]; from: Target; step: 1 | -1 },
): Target {
  const { targets, from, step } = move
  const zoneOf = (target: Target) =>
    scene.zones.findIndex(({ x, width }) => middle(target).x >= x && middle(target).x <= x + width)
  const start = zoneOf(from)
  const ahead = targets.map(zoneOf).filter((zone) => (zone - start) * step > 0 && zone >= 0)
  const wanted = step > 0 ? Math.min(...ahead) : Math.max(...ahead)
  let best = from
  let least = Number.POSITIVE_INFINITY
  for (const target of targets) {
    if (zoneOf(target) !== wanted) continue
    const cost = Math.abs(middle(target).y - middle(from).y) * 1000 + middle(target).x
    if (cost < least) {
      least = cost
      best = target
    }
  }
  return best
}
