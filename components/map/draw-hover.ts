// What lights up under the pointer: the Service's shards, one bus line with a drop per node, and a ring around every pod.

import type { CanvasColors } from './canvas-colors'
import type { DrawTransform } from './draw-dots'
import { drawShapes } from './draw-shapes'
import type { Related, Scene } from './scene'

export type Hover = {
  readonly related: Related | undefined
  /** Ids that just changed, and how far their ring has faded (1 fresh, 0 gone). */
  readonly rings: readonly { readonly at: number; readonly strength: number }[]
}

export function drawHover(
  context: CanvasRenderingContext2D,
  scene: Scene,
  how: { hover: Hover; colors: CanvasColors; transform: DrawTransform },
) {
  const { hover, colors, transform } = how
  const { canvas } = context
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  const scale = transform.zoom * transform.ratio
  context.setTransform(scale, 0, 0, scale, transform.x * transform.ratio, transform.y * transform.ratio)
  for (const { at, strength } of hover.rings) ring(context, scene, { at, color: colors.ink, alpha: strength })
  for (const at of scene.lit) ring(context, scene, { at, color: colors.ink, alpha: 1 })
  const { related } = hover
  if (!related) return
  if (related.shards.length > 0 && related.drops.length > 0) bus(context, related, colors)
  drawShapes(context, { dots: { ...scene.dots, marks: new Uint8Array(scene.dots.marks.length) }, colors }, related.dots)
  for (const at of related.dots) ring(context, scene, { at, color: colors.ink, alpha: 1 })
}

function ring(context: CanvasRenderingContext2D, scene: Scene, mark: { at: number; color: string; alpha: number }) {
  const { xs, ys, size } = scene.dots
  context.globalAlpha = mark.alpha
  context.strokeStyle = mark.color
  context.lineWidth = Math.max(0.6, size * 0.13)
  context.beginPath()
  context.arc(xs[mark.at] ?? 0, ys[mark.at] ?? 0, size / 2 + size * 0.16, 0, 2 * Math.PI)
  context.stroke()
  context.globalAlpha = 1
}

function bus(context: CanvasRenderingContext2D, related: Related, colors: CanvasColors) {
  const { from, shards, drops, busY } = related
  context.strokeStyle = colors.vip
  context.lineWidth = 1.6
  context.beginPath()
  const low = from.y + from.height
  for (const shard of shards) {
    const middle = shard.x + shard.width / 2
    const start = Math.min(from.x + from.width - 6, Math.max(from.x + 6, middle))
    context.moveTo(start, low)
    if (start !== middle) {
      context.lineTo(start, shard.y - 8)
      context.lineTo(middle, shard.y - 8)
    }
    context.lineTo(middle, shard.y)
  }
  context.stroke()

  context.strokeStyle = colors.ink
  context.lineWidth = 1.6
  const xs = [...shards.map((shard) => shard.x + shard.width / 2), ...drops.map((drop) => drop.x)]
  context.beginPath()
  for (const shard of shards) {
    context.moveTo(shard.x + shard.width / 2, shard.y + shard.height)
    context.lineTo(shard.x + shard.width / 2, busY)
  }
  context.moveTo(Math.min(...xs), busY)
  context.lineTo(Math.max(...xs), busY)
  context.stroke()
  for (const drop of drops) {
    context.lineWidth = Math.min(5, 1.2 + drop.count * 0.5)
    context.beginPath()
    context.moveTo(drop.x, busY)
    context.lineTo(drop.x, drop.y - 5)
    context.stroke()
  }
  context.lineWidth = 1.5
  for (const shard of shards) context.strokeRect(shard.x - 1, shard.y - 1, shard.width + 2, shard.height + 2)
}
