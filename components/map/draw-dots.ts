// The canvas below the cards. Few dots get the shapes of their condition; many are written as pixels, which costs a thirtieth.

import type { CanvasColors } from './canvas-colors'
import { drawShapes } from './draw-shapes'
import type { Scene } from './scene'

export type DrawTransform = { readonly x: number; readonly y: number; readonly zoom: number; readonly ratio: number }

/** Shapes need at least this many screen pixels, and are drawn for at most so many dots. */
const MIN_SHAPE = 4.5
const MAX_SHAPES = 4000

export type DotPainter = {
  paint(scene: Scene, colors: CanvasColors, transform: DrawTransform): void
}

/** A painter keeps its pixel buffer between frames. */
export function createDotPainter(canvas: HTMLCanvasElement): DotPainter {
  const context = canvas.getContext('2d')
  let image: ImageData | undefined
  let pixels = new Uint32Array()

  function buffer(): ImageData {
    if (image === undefined || image.width !== canvas.width || image.height !== canvas.height) {
      image = new ImageData(canvas.width, canvas.height)
      pixels = new Uint32Array(image.data.buffer)
    } else pixels.fill(0)
    return image
  }

  return {
    paint(scene, colors, transform) {
      if (!context || canvas.width === 0 || canvas.height === 0) return
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, canvas.width, canvas.height)
      const scale = transform.zoom * transform.ratio
      const visible = inView(scene, canvas, transform)
      const shapes = scene.dots.size * transform.zoom >= MIN_SHAPE && visible.length <= MAX_SHAPES
      if (!shapes || scene.cells.length > 1500) {
        const data = buffer()
        const plane = { pixels, width: canvas.width, height: canvas.height }
        writeCells(plane, scene, { colors, transform, scale })
        if (!shapes) writeDots(plane, scene, { colors, transform, scale, visible })
        context.putImageData(data, 0, 0)
      } else {
        context.setTransform(scale, 0, 0, scale, transform.x * transform.ratio, transform.y * transform.ratio)
        for (const cell of scene.cells) {
          context.globalAlpha = cell.faint ? 0.3 : 1
          context.fillStyle = colors.cells[cell.tone]
          context.fillRect(cell.rect.x, cell.rect.y, cell.rect.width, cell.rect.height)
        }
        context.globalAlpha = 1
      }
      if (shapes) {
        context.setTransform(scale, 0, 0, scale, transform.x * transform.ratio, transform.y * transform.ratio)
        drawShapes(context, { dots: scene.dots, colors }, visible)
      }
    },
  }
}

function inView(scene: Scene, canvas: { width: number; height: number }, transform: DrawTransform): Uint32Array {
  const { xs, ys, size } = scene.dots
  const scale = transform.zoom * transform.ratio
  const left = (-transform.x * transform.ratio) / scale - size
  const top = (-transform.y * transform.ratio) / scale - size
  const right = left + canvas.width / scale + 2 * size
  const bottom = top + canvas.height / scale + 2 * size
  const found = new Uint32Array(xs.length)
  let count = 0
  for (let at = 0; at < xs.length; at += 1) {
    const x = xs[at] ?? 0
    const y = ys[at] ?? 0
    if (x >= left && x <= right && y >= top && y <= bottom) {
      found[count] = at
      count += 1
    }
  }
  return found.subarray(0, count)
}

type Plane = { readonly pixels: Uint32Array; readonly width: number; readonly height: number }
type Pen = { readonly colors: CanvasColors; readonly transform: DrawTransform; readonly scale: number }

function writeCells(plane: Plane, scene: Scene, pen: Pen) {
  const { transform, scale, colors } = pen
  for (const cell of scene.cells) {
    const x = cell.rect.x * scale + transform.x * transform.ratio
    const y = cell.rect.y * scale + transform.y * transform.ratio
    fill(
      plane,
      [x, y, Math.max(1, cell.rect.width * scale), Math.max(1, cell.rect.height * scale)],
      colors.cells32[cell.tone],
    )
  }
}

// Healthy first, trouble last and never thinner than two pixels: a problem is not painted over.
function writeDots(plane: Plane, scene: Scene, pen: Pen & { readonly visible: Uint32Array }) {
  const { dots } = scene
  const { transform, scale, colors } = pen
  const size = Math.max(1, dots.size * scale)
  const strong = Math.max(2 * transform.ratio, size)
  for (const pass of passes) {
    for (const at of pen.visible) {
      const state = dots.states[at] ?? 0
      const mark = dots.marks[at] ?? 0
      if ((mark >= 2 ? 3 : (layer[state] ?? 0)) !== pass) continue
      const side = Math.round(pass === 0 ? size : strong)
      const x = (dots.xs[at] ?? 0) * scale + transform.x * transform.ratio - side / 2
      const y = (dots.ys[at] ?? 0) * scale + transform.y * transform.ratio - side / 2
      const color =
        mark === 2 ? colors.stay32 : mark === 3 ? colors.cross32 : (mark === 1 ? colors.faint32 : colors.dots32)[state]
      fill(plane, [x, y, side, side], color ?? 0)
    }
  }
}

const passes = [0, 1, 2, 3] as const
// By condition: ready and outside below, terminating and unknown over them, not ready on top; routes above all.
const layer = [0, 1, 2, 0, 1]

function fill(plane: Plane, box: readonly [number, number, number, number], color: number) {
  const [x, y, width, height] = box
  const left = Math.max(0, Math.round(x))
  const top = Math.max(0, Math.round(y))
  const right = Math.min(plane.width, Math.max(left + 1, Math.round(x + width)))
  const bottom = Math.min(plane.height, Math.max(top + 1, Math.round(y + height)))
  if (x + width < 0 || y + height < 0) return
  for (let row = top; row < bottom; row += 1)
    plane.pixels.fill(color, row * plane.width + left, row * plane.width + right)
}
