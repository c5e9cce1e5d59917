// The small dots of the focus: every other pod of a node in a strip below its cards; and, where endpoints are too many for
// cards, the endpoints themselves with what the route says of them.

import { bottom } from '@/core/graph/layout-rect'
import type { FocusContext } from './focus-context'
import { crossesZones } from './focus-route'
import { type Cell, type Dots, stateOf } from './scene'

const REST_DOT = 4.6
const REST_PITCH = 6.6

type Dot = { id: string; x: number; y: number; state: number; mark: number }

export function focusDots(context: FocusContext, shown: ReadonlySet<string>): { dots: Dots; cells: Cell[] } {
  const { layout } = context
  const endpoints = layout.cardTier === 'dot' ? endpointDots(context) : []
  const list = layout.cardTier === 'dot' ? endpoints : restDots(context)
  const first = layout.cards.values().next().value
  const size = layout.cardTier === 'dot' ? (first?.rect.width ?? 4) : REST_DOT
  return { dots: toDots(list, size), cells: nodeCells(context, shown) }
}

function endpointDots(context: FocusContext): Dot[] {
  const { facts, layout, routes, view } = context
  return facts.cards.flatMap((card): Dot[] => {
    const place = layout.cards.get(card.id)
    if (!place) return []
    const chosen = view.sourceNode !== undefined && routes.get(card.id)?.chosen
    const mark = chosen ? (crossesZones(context, card) ? 3 : 2) : view.sourceNode !== undefined ? 1 : 0
    return [
      {
        id: card.id,
        x: place.rect.x + place.rect.width / 2,
        y: place.rect.y + place.rect.height / 2,
        state: stateOf[card.condition],
        mark,
      },
    ]
  })
}

function restDots({ model, facts, layout }: FocusContext): Dot[] {
  const own = new Set(facts.cards.map((card) => card.key))
  const filled = new Map<string, number>()
  const low = bottom(layout.podPlane) - 10
  const rows = Math.floor((layout.restHeight - 10) / REST_PITCH)
  if (rows <= 0) return []
  return model.pods.flatMap((pod): Dot[] => {
    const node = pod.nodeName === null ? undefined : model.nodeByName.get(pod.nodeName)
    const column = node && layout.nodes.get(node.id)?.column
    if (!node || !column || own.has(`${pod.namespace}/${pod.name}`)) return []
    const across = Math.max(1, Math.floor((column.width - 10) / REST_PITCH))
    const at = filled.get(node.id) ?? 0
    if (at >= across * rows) return []
    filled.set(node.id, at + 1)
    const left = column.x + (column.width - across * REST_PITCH) / 2 + REST_PITCH / 2
    const x = left + (at % across) * REST_PITCH
    return [
      {
        id: pod.id,
        x,
        y: low - Math.floor(at / across) * REST_PITCH,
        state: stateOf[pod.condition],
        mark: 0,
      },
    ]
  })
}

function toDots(list: readonly Dot[], size: number): Dots {
  const dots = {
    ids: list.map((dot) => dot.id),
    xs: new Float32Array(list.length),
    ys: new Float32Array(list.length),
    states: new Uint8Array(list.length),
    marks: new Uint8Array(list.length),
    index: new Map(list.map((dot, at) => [dot.id, at])),
    size,
  }
  for (const [at, dot] of list.entries()) {
    dots.xs[at] = dot.x
    dots.ys[at] = dot.y
    dots.states[at] = dot.state
    dots.marks[at] = dot.mark
  }
  return dots
}

function nodeCells({ model, layout, view }: FocusContext, shown: ReadonlySet<string>): Cell[] {
  const cells: Cell[] = []
  for (const node of model.nodes) {
    const place = layout.nodes.get(node.id)
    if (!place) continue
    if (!shown.has(node.id)) {
      const tone = node.ready === false ? 'nodeDown' : node.proxyMode.state === 'unknown' ? 'nodeUnknown' : 'node'
      cells.push({
        id: node.id,
        rect: place.card,
        tone,
        faint: view.sourceNode !== undefined && node.name !== view.sourceNode,
      })
    }
    if (layout.grid.rows > 1) continue
    const top = bottom(layout.podPlane) - 1
    const stem = { x: place.card.x + place.card.width / 2, y: top, width: 1, height: place.card.y - top }
    cells.push({ id: `stem:${node.id}`, rect: stem, tone: 'stem', faint: false })
  }
  return cells
}
