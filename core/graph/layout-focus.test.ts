import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyMemory } from './layout'
import { type FocusInput, layoutFocus } from './layout-focus'
import { bottom, right } from './layout-rect'
import { firstOverlap } from './layout-testing'

const screens = fc.record({
  width: fc.integer({ min: 320, max: 2600 }),
  height: fc.integer({ min: 400, max: 1500 }),
})

const zones = fc.constantFrom('zone-a', 'zone-b', 'zone-c', null)

const focuses: fc.Arbitrary<FocusInput> = fc
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

const screen = { width: 1120, height: 870 }

function focus(change: Partial<FocusInput>): FocusInput {
  const nodes = Array.from({ length: 12 }, (_, at) => ({
    id: `n${at}`,
    name: `node-${at}`,
    zone: `zone-${'abc'[at % 3]}`,
  }))
  return { nodes, cards: [], slices: [{ id: 'e0' }], sourceNode: undefined, portRows: 1, waysIn: 0, ...change }
}

const cards = (count: number, nodeOf: (at: number) => string | null) =>
  Array.from({ length: count }, (_, at) => ({ id: `c${at}`, nodeName: nodeOf(at) }))

const outsiders = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `o${at}`, nodeName: null }))

describe('layoutFocus', () => {
  it('places every endpoint, and no two on each other', () => {
    fc.assert(
      fc.property(focuses, screens, (input, size) => {
        const { layout } = layoutFocus(input, size, emptyMemory)
        expect([...layout.cards.keys()].sort()).toEqual(input.cards.map((card) => card.id).sort())
        expect(firstOverlap([...layout.cards].map(([id, { rect }]) => [id, rect]))).toBeUndefined()
        expect(firstOverlap(layout.sliceRows)).toBeUndefined()
        expect(layout.sliceRows.size + layout.hiddenSlices).toBe(input.slices.length)
        const shown = layout.nodes.size + layout.zones.reduce((sum, zone) => sum + zone.hiddenNodes, 0)
        expect(shown).toBe(input.nodes.length)
      }),
      { numRuns: 120 },
    )
  })

  it('keeps the endpoints inside the Pod plane and their zone', () => {
    fc.assert(
      fc.property(focuses, screens, (input, size) => {
        const { layout } = layoutFocus(input, size, emptyMemory)
        for (const { rect, zone } of layout.cards.values()) {
          const column = layout.zones[zone]
          expect(column).toBeDefined()
          expect(rect.x).toBeGreaterThanOrEqual((column?.rect.x ?? 0) - 1)
          expect(right(rect)).toBeLessThanOrEqual((column ? right(column.rect) : 0) + 1)
          expect(bottom(rect)).toBeLessThanOrEqual(bottom(layout.podPlane))
        }
      }),
      { numRuns: 120 },
    )
  })

  it.each([
    ['18 endpoints on 12 nodes are cards', 18, 12, 'card'],
    ['60 endpoints on 12 nodes still have text', 60, 12, 'short'],
    ['1,500 endpoints are dots', 1500, 12, 'dot'],
  ] as const)('%s', (_, count, nodes, tier) => {
    const { layout } = layoutFocus(focus({ cards: cards(count, (at) => `node-${at % nodes}`) }), screen, emptyMemory)
    expect(layout.cardTier).toBe(tier)
    expect(layout.cards.size).toBe(count)
  })

  it('stands endpoints on no known node in a column of their own', () => {
    const { layout } = layoutFocus(focus({ cards: cards(3, (at) => (at === 0 ? null : 'gone')) }), screen, emptyMemory)
    const outside = layout.zones.findIndex((zone) => zone.kind === 'outside')
    expect(outside).toBe(3)
    expect([...layout.cards.values()].map((card) => card.zone)).toEqual([outside, outside, outside])
  })

  it.each([
    ['one endpoint outside takes a card, not a zone', 1, (zone: number, outside: number) => outside < zone * 0.8],
    ['as many as a zone of nodes takes as much as a zone', 60, (zone: number, outside: number) => outside === zone],
  ] as const)('%s', (_, count, holds) => {
    const input = focus({ cards: [...cards(12, (at) => `node-${at}`), ...outsiders(count)] })
    const { layout } = layoutFocus(input, screen, emptyMemory)
    const widthOf = (kind: string) => layout.zones.find((zone) => zone.kind === kind)?.width ?? 0
    expect(holds(widthOf('zone'), widthOf('outside')), `${widthOf('zone')}, ${widthOf('outside')}`).toBe(true)
  })

  it('folds nodes without an endpoint when there are many, and counts them', () => {
    const nodes = Array.from({ length: 300 }, (_, at) => ({ id: `n${at}`, name: `node-${at}`, zone: `zone-${at % 3}` }))
    const { layout } = layoutFocus(
      focus({ nodes, cards: cards(9, (at) => `node-${at}`), sourceNode: 'node-200' }),
      screen,
      emptyMemory,
    )
    expect(layout.nodes.size).toBe(10)
    expect(layout.nodes.has('n200')).toBe(true)
    expect(layout.zones.map((zone) => zone.hiddenNodes)).toEqual([97, 97, 96])
  })

  it('stands a segment above its pod: lanes lie over their card or beside it in the same column', () => {
    const { layout } = layoutFocus(focus({ cards: cards(24, (at) => `node-${at % 12}`) }), screen, emptyMemory)
    for (const { rect, x } of layout.cards.values()) {
      expect(x).toBeGreaterThan(rect.x - 4)
      expect(x).toBeLessThan(right(rect) + 4)
    }
  })

  it('keeps the nodes where the cluster had them', () => {
    const input = focus({})
    const first = layoutFocus(input, screen, emptyMemory)
    const without = { ...input, nodes: input.nodes.filter((node) => node.id !== 'n3') }
    const second = layoutFocus(without, screen, first.memory)
    for (const [id, { card }] of second.layout.nodes) expect(card).toEqual(first.layout.nodes.get(id)?.card)
  })
})
