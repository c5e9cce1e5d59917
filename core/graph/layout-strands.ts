// The fan of a route: from the portal one strand per target. Inside the source's zone it bends once and falls straight; across
// zones it slants straight and falls dashed. Width is probability.

/** A strand's end before it is drawn. `probability` 0 draws a thin neutral line (a candidate without a chosen source). */
export type StrandTarget = {
  readonly id: string
  readonly x: number
  /** Upper edge of what it ends in. */
  readonly y: number
  readonly probability: number
  readonly crosses: boolean
}

export type Strand = StrandTarget & {
  readonly width: number
  /** From the portal to the top of the zone. */
  readonly bend: string
  /** From there straight down. */
  readonly fall: string
}

/** All strands of one route together are this wide at the portal. */
export const BUNDLE = 26
/** More strands than this are folded per node, then per zone. */
export const MAX_STRANDS = 150

/** Paths from the portal (`x`, `y`) over the edge of the zones (`zoneTop`). Sorted by x, so that strands never cross. */
export function strands(targets: readonly StrandTarget[], portal: { x: number; y: number; zoneTop: number }): Strand[] {
  const sorted = [...targets].sort((a, b) => a.x - b.x || (a.id < b.id ? -1 : 1))
  const widths = sorted.map((target) => Math.max(1.5, BUNDLE * target.probability))
  const total = widths.reduce((sum, width) => sum + width, 0)
  const squeeze = Math.min(1, (BUNDLE + 14) / Math.max(total, 1))
  let left = portal.x - (total * squeeze) / 2
  return sorted.map((target, index) => {
    const width = widths[index] ?? 1.5
    const x = left + (width * squeeze) / 2
    left += width * squeeze
    const { bend, from } = target.crosses ? slant(x, target.x, portal) : curve(x, target.x, portal)
    return { ...target, width, bend, fall: `M${r(target.x)} ${r(from)}V${r(target.y)}` }
  })
}

function slant(x: number, to: number, portal: { y: number; zoneTop: number }) {
  const start = portal.y + 18
  return {
    bend: `M${r(x)} ${r(portal.y)}V${r(start)}L${r(to)} ${r(portal.zoneTop)}V${r(portal.zoneTop + 4)}`,
    from: portal.zoneTop + 4,
  }
}

function curve(x: number, to: number, portal: { y: number; zoneTop: number }) {
  const start = portal.y + 14
  const end = portal.zoneTop - 2
  const middle = (start + end) / 2
  return {
    bend: `M${r(x)} ${r(portal.y)}V${r(start)}C${r(x)} ${r(middle + 8)} ${r(to)} ${r(middle - 8)} ${r(to)} ${r(end)}`,
    from: end,
  }
}

const r = (value: number) => Math.round(value * 10) / 10
