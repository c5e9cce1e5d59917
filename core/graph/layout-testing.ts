// Random clusters for the layout's property tests.

import fc from 'fast-check'
import type { Rect } from './layout'
import type { ClusterInput } from './layout-cluster'
import type { FocusInput } from './layout-focus'

export const screens = fc.record({
  width: fc.integer({ min: 320, max: 2600 }),
  height: fc.integer({ min: 400, max: 1500 }),
})

const zones = fc.constantFrom('zone-a', 'zone-b', 'zone-c', null)

export const clusters: fc.Arbitrary<ClusterInput> = fc
  .record({
    services: fc.array(fc.integer({ min: 0, max: 11 }), { maxLength: 150 }),
    nodes: fc.array(zones, { minLength: 1, maxLength: 60 }),
    pods: fc.array(fc.nat(), { maxLength: 400 }),
    slices: fc.nat({ max: 200 }),
    waysIn: fc.nat({ max: 3 }),
  })
  .map(({ services, nodes, pods, slices, waysIn }) => ({
    services: services.map((namespace, index) => ({ id: `s${index}`, namespace: `ns-${namespace}` })),
    nodes: nodes.map((zone, index) => ({ id: `n${index}`, name: `node-${index}`, zone })),
    pods: pods.map((at, index) => ({ id: `p${index}`, nodeName: at % 17 === 0 ? null : `node-${at % nodes.length}` })),
    slices: Array.from({ length: slices }, (_, index) => ({ id: `e${index}` })),
    waysIn,
  }))

export const focuses: fc.Arbitrary<FocusInput> = fc
  .record({
    nodes: fc.array(zones, { minLength: 1, maxLength: 60 }),
    cards: fc.array(fc.nat(), { maxLength: 220 }),
    slices: fc.integer({ min: 0, max: 30 }),
    source: fc.option(fc.nat(), { nil: undefined }),
    ports: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ nodes, cards, slices, source, ports }) => ({
    nodes: nodes.map((zone, index) => ({ id: `n${index}`, name: `node-${index}`, zone })),
    cards: cards.map((at, index) => ({
      id: `c${index}`,
      nodeName: at % 13 === 0 ? null : `node-${at % nodes.length}`,
    })),
    slices: Array.from({ length: slices }, (_, index) => ({ id: `e${index}` })),
    sourceNode: source === undefined ? undefined : `node-${source % nodes.length}`,
    portRows: ports,
    waysIn: 1,
  }))

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
