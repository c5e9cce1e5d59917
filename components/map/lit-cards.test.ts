import { describe, expect, test } from 'vitest'
import { emptyMemory } from '@/core/graph/layout'
import { bottom, right } from '@/core/graph/layout-rect'
import { nodeSummary, podSummary, serviceSummary } from '@/core/testing/graph-objects'
import { clusterScene } from './cluster-scene'
import { mapModel } from './map-model'

function lit(pods: Readonly<Record<string, number>>, key: string) {
  // Services that leave the Pod plane no more than it needs.
  const services = Array.from({ length: 45 }, (_, at) => serviceSummary(`space-${at % 9}/service-${at}`))
  const objects = [
    ...services,
    ...Object.entries(pods).flatMap(([node, count], index) => [
      nodeSummary(node, { zone: 'abc'.charAt(index % 3), podCount: count }),
      ...Array.from({ length: count }, (_, at) => podSummary(`shop/${node}-${at}`, { nodeName: node })),
    ]),
  ]
  const view = {
    size: { width: 1120, height: 900 },
    family: 'IPv4',
    filters: { namespaces: [], labels: [] },
    lit: { kind: 'Node', key },
  } as const
  const { scene } = clusterScene(mapModel(new Map(objects.map((one) => [one.id, one]))), view, emptyMemory)
  return { scene, cards: scene.nodes.filter((node) => node.id.startsWith('lit:') || node.id === 'more-pods') }
}

describe('the addresses of a node in focus', () => {
  test.each([
    ['beside higher stacks', { n1: 20, n2: 60, n3: 60, n4: 60, n5: 60, n6: 60, n7: 60, n8: 60 }],
    ['beside as high ones', Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`n${at + 1}`, 17]))],
    ['alone', { n1: 12 }],
  ])('cover no dot: %s', (_, pods) => {
    const { scene, cards } = lit(pods, 'n1')
    const covered = scene.dots.ids.filter((_id, at) => {
      const [x, y, r] = [scene.dots.xs[at] ?? 0, scene.dots.ys[at] ?? 0, scene.dots.size / 2]
      return cards.some(({ position, width = 0, height = 0 }) => {
        const card = { ...position, width, height }
        return x + r > card.x && x - r < right(card) && y + r > card.y && y - r < bottom(card)
      })
    })
    expect(covered).toEqual([])
  })

  test('stand there, all of them, where there is room', () => {
    expect(lit({ n1: 4, n2: 4 }, 'n1').cards).toHaveLength(4)
  })
})
