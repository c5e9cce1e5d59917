import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyMemory, type LayoutMemory } from './layout'
import { cellRect } from './layout-blocks'
import { type ClusterInput, type ClusterLayout, layoutCluster } from './layout-cluster'
import { bottom, type Rect } from './layout-rect'
import { shardCell } from './layout-shards'
import { firstOverlap } from './layout-testing'

const screens = fc.record({
  width: fc.integer({ min: 320, max: 2600 }),
  height: fc.integer({ min: 400, max: 1500 }),
})

const zones = fc.constantFrom('zone-a', 'zone-b', 'zone-c', null)

const clusters: fc.Arbitrary<ClusterInput> = fc
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

const runs = { numRuns: 120 }

function servicePlaces(layout: ClusterLayout, memory: LayoutMemory): Map<string, Rect> {
  const places = new Map<string, Rect>()
  for (const block of layout.blocks) {
    for (const [slot, id] of (memory.blocks.get(block.key) ?? []).entries()) {
      if (id !== null) places.set(id, cellRect(block, slot))
    }
  }
  return places
}

function podRects({ pods }: ClusterLayout): [string, Rect][] {
  const { size } = pods
  return pods.ids.map((id, at) => [
    id,
    { x: (pods.xs[at] ?? 0) - size / 2, y: (pods.ys[at] ?? 0) - size / 2, width: size, height: size },
  ])
}

describe('layoutCluster', () => {
  it('gives every object one place, and no two the same', () => {
    fc.assert(
      fc.property(clusters, screens, (input, screen) => {
        const { layout, memory } = layoutCluster(input, screen, emptyMemory)
        const services = servicePlaces(layout, memory)
        expect([...services.keys()].sort()).toEqual(input.services.map((one) => one.id).sort())
        expect([...layout.nodes.keys()].sort()).toEqual(input.nodes.map((one) => one.id).sort())
        const placed = input.pods.filter((pod) => pod.nodeName !== null).map((pod) => pod.id)
        expect([...layout.pods.ids].sort()).toEqual(placed.sort())
        expect(layout.shards.slots).toHaveLength(input.slices.length)

        expect(firstOverlap(services)).toBeUndefined()
        expect(firstOverlap([...layout.nodes].map(([id, { card }]) => [id, card]))).toBeUndefined()
        expect(firstOverlap(podRects(layout))).toBeUndefined()
        const shards = layout.shards.slots.map((id, at): [string, Rect] => [id ?? '', shardCell(layout.shards, at)])
        expect(firstOverlap(shards)).toBeUndefined()
      }),
      runs,
    )
  })

  it('stacks the planes in order, each object inside its own', () => {
    fc.assert(
      fc.property(clusters, screens, (input, screen) => {
        const { layout, memory } = layoutCluster(input, screen, emptyMemory)
        expect(bottom(layout.clusterIP)).toBeLessThanOrEqual(layout.shards.rect.y)
        expect(bottom(layout.shards.rect)).toBeLessThanOrEqual(layout.zoneBand.y)
        expect(bottom(layout.podPlane)).toBeLessThanOrEqual(layout.nodePlane.y)
        for (const place of servicePlaces(layout, memory).values()) {
          expect(place.y).toBeGreaterThanOrEqual(layout.clusterIP.y)
          expect(bottom(place)).toBeLessThanOrEqual(bottom(layout.clusterIP))
        }
        for (const { card } of layout.nodes.values()) {
          expect(card.y).toBeGreaterThanOrEqual(layout.nodePlane.y)
          expect(bottom(card)).toBeLessThanOrEqual(bottom(layout.nodePlane))
        }
      }),
      runs,
    )
  })

  it('a pod that leaves or comes back moves no other', () => {
    fc.assert(
      fc.property(clusters, screens, fc.nat(), (input, screen, pick) => {
        const first = layoutCluster(input, screen, emptyMemory)
        const gone = input.pods[pick % Math.max(1, input.pods.length)]?.id
        const without = { ...input, pods: input.pods.filter((pod) => pod.id !== gone) }
        const second = layoutCluster(without, screen, first.memory)
        const before = new Map(podRects(first.layout))
        expect([...second.layout.nodes]).toEqual([...first.layout.nodes])
        // The pitch follows the fullest node: it may only change when that node's stack does.
        fc.pre(second.layout.pods.pitch === first.layout.pods.pitch)
        for (const [id, place] of podRects(second.layout)) expect(place).toEqual(before.get(id))
      }),
      runs,
    )
  })

  it('a Service that leaves, and one that takes its slot, move no other', () => {
    fc.assert(
      fc.property(clusters, screens, fc.nat(), (input, screen, pick) => {
        const gone = input.services[pick % Math.max(1, input.services.length)]
        const inside = input.services.filter((one) => one.namespace === gone?.namespace)
        fc.pre(gone !== undefined && inside.length > 1 && inside[inside.length - 1] !== gone)
        const first = layoutCluster(input, screen, emptyMemory)
        const without = { ...input, services: input.services.filter((one) => one !== gone) }
        const second = layoutCluster(without, screen, first.memory)
        const third = layoutCluster(withService(without, gone?.namespace ?? ''), screen, second.memory)
        const before = servicePlaces(first.layout, first.memory)
        for (const [id, place] of servicePlaces(second.layout, second.memory)) expect(place).toEqual(before.get(id))
        const after = servicePlaces(third.layout, third.memory)
        expect(after.get('new')).toEqual(before.get(gone?.id ?? ''))
      }),
      runs,
    )
  })

  it('survives 1,000 nodes, 21,500 pods and 2,000 Services, all of them placed', () => {
    const input: ClusterInput = {
      services: Array.from({ length: 2000 }, (_, at) => ({ id: `s${at}`, namespace: `ns-${at % 60}` })),
      nodes: Array.from({ length: 1000 }, (_, at) => ({ id: `n${at}`, name: `node-${at}`, zone: `zone-${at % 3}` })),
      pods: Array.from({ length: 21_500 }, (_, at) => ({ id: `p${at}`, nodeName: `node-${at % 1000}` })),
      slices: Array.from({ length: 2100 }, (_, at) => ({ id: `e${at}` })),
      waysIn: 0,
    }
    const { layout, memory } = layoutCluster(input, { width: 1192, height: 916 }, emptyMemory)
    expect(layout.nodeTier).toBe('cell')
    expect(layout.serviceTier).toBe('cell')
    expect(layout.pods.ids).toHaveLength(21_500)
    expect(servicePlaces(layout, memory).size).toBe(2000)
    expect(layout.size).toEqual({ width: 1192, height: 916 })
  })

  it('puts nodes without a zone in a last column', () => {
    const nodes = [null, 'b', 'a'].map((zone, at) => ({ id: `n${at}`, name: `node-${at}`, zone }))
    const { layout } = layoutCluster(
      { services: [], nodes, pods: [], slices: [], waysIn: 0 },
      { width: 1192, height: 916 },
      emptyMemory,
    )
    expect(layout.zones.map((zone) => zone.zone)).toEqual(['a', 'b', null])
  })
})

const withService = (input: ClusterInput, namespace: string): ClusterInput => ({
  ...input,
  services: [...input.services, { id: 'new', namespace }],
})
