// Rectangles in world units (pixels at zoom 1), and the few lengths all layouts share.

export type Size = { readonly width: number; readonly height: number }
export type Rect = Size & { readonly x: number; readonly y: number }

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
