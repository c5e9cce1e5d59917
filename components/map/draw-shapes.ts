// Pods as shapes, when there is room for them: the silhouette says the condition without its colour.

import type { PodCondition } from '@/core/graph/types'
import type { CanvasColors } from './canvas-colors'
import { conditions, type Dots } from './scene'

type Ink = { readonly dots: Dots; readonly colors: CanvasColors }

/** Draws these dots in world units; one path per condition and strength. */
export function drawShapes(context: CanvasRenderingContext2D, ink: Ink, which: Iterable<number>) {
  const groups = new Map<string, number[]>()
  for (const at of which) {
    const key = `${ink.dots.states[at]}:${ink.dots.marks[at]}`
    const group = groups.get(key)
    if (group) group.push(at)
    else groups.set(key, [at])
  }
  for (const [key, group] of groups) {
    const [state, mark] = key.split(':').map(Number)
    context.globalAlpha = mark === 1 ? 0.4 : 1
    drawGroup(context, ink, { condition: conditions[state ?? 0] ?? 'unknown', mark: mark ?? 0, group })
  }
  context.globalAlpha = 1
}

type Group = { readonly condition: PodCondition; readonly mark: number; readonly group: readonly number[] }

function drawGroup(context: CanvasRenderingContext2D, ink: Ink, { condition, mark, group }: Group) {
  const { colors, dots } = ink
  const radius = dots.size / 2
  if (mark >= 2) {
    disc(context, { ink, group, radius })
    context.fillStyle = mark === 2 ? colors.stay : colors.cross
    context.fill()
    return
  }
  if (condition === 'ready') {
    disc(context, { ink, group, radius })
    context.fillStyle = colors.ready
    context.fill()
    return
  }
  const line = condition === 'outside' ? radius * 0.2 : radius * 0.32
  disc(context, { ink, group, radius: condition === 'outside' ? radius * 0.72 : radius - line / 2 })
  context.lineWidth = line
  context.strokeStyle =
    condition === 'outside'
      ? colors.outside
      : condition === 'notReady'
        ? colors.bad
        : condition === 'unknown'
          ? colors.unk
          : colors.term
  if (condition === 'unknown') context.setLineDash([radius * 0.4, radius * 0.4])
  context.stroke()
  context.setLineDash([])
  if (condition === 'servingTerminating') halves(context, ink, { group, radius })
  if (condition === 'notReady') bars(context, ink, { group, radius })
}

function disc(context: CanvasRenderingContext2D, shape: { ink: Ink; group: readonly number[]; radius: number }) {
  const { dots } = shape.ink
  context.beginPath()
  for (const at of shape.group) {
    const x = dots.xs[at] ?? 0
    const y = dots.ys[at] ?? 0
    context.moveTo(x + shape.radius, y)
    context.arc(x, y, shape.radius, 0, 2 * Math.PI)
  }
}

function halves(context: CanvasRenderingContext2D, ink: Ink, shape: { group: readonly number[]; radius: number }) {
  context.beginPath()
  for (const at of shape.group) {
    const x = ink.dots.xs[at] ?? 0
    const y = ink.dots.ys[at] ?? 0
    context.moveTo(x, y - shape.radius)
    context.arc(x, y, shape.radius, -Math.PI / 2, Math.PI / 2, true)
  }
  context.fillStyle = ink.colors.termFill
  context.fill()
}

function bars(context: CanvasRenderingContext2D, ink: Ink, shape: { group: readonly number[]; radius: number }) {
  context.beginPath()
  for (const at of shape.group) {
    const x = ink.dots.xs[at] ?? 0
    const y = ink.dots.ys[at] ?? 0
    context.moveTo(x - shape.radius * 0.5, y)
    context.lineTo(x + shape.radius * 0.5, y)
  }
  context.stroke()
}
