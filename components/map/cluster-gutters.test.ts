import { describe, expect, test } from 'vitest'
import { emptyMemory } from '@/core/graph/layout'
import type { GraphObject } from '@/core/graph/types'
import { nodeSummary, podSummary, serviceSummary } from '@/core/testing/graph-objects'
import { clusterScene } from './cluster-scene'
import { type MapFilters, mapModel } from './map-model'

const objects: readonly GraphObject[] = [
  nodeSummary('n1', { zone: 'a', podCount: 4 }),
  serviceSummary('shop/cart'),
  serviceSummary('pay/api'),
  podSummary('shop/cart-1', { nodeName: 'n1' }),
  podSummary('shop/cart-2', { nodeName: 'n1', condition: 'notReady' }),
  podSummary('shop/cart-3'),
  podSummary('pay/api-1', { nodeName: 'n1', condition: 'notReady', labels: [['app', 'api']] }),
  podSummary('pay/api-2', { nodeName: 'n1', condition: 'servingTerminating' }),
]
const model = mapModel(new Map(objects.map((object) => [object.id, object])))

function scene(filters: Partial<MapFilters>) {
  const view = {
    size: { width: 1400, height: 900 },
    family: 'IPv4',
    filters: { namespaces: [], labels: [], ...filters },
    lit: undefined,
  } as const
  return clusterScene(model, view, emptyMemory).scene.nodes
}

function facts(filters: Partial<MapFilters>): Record<string, unknown> {
  const gutter = scene(filters).find((node) => node.type === 'gutter' && node.data.plane === 'pods')
  if (gutter?.type !== 'gutter') throw new Error('there is no gutter of the pod plane')
  return Object.fromEntries(gutter.data.facts.map(({ key, values }) => [key, values.count]))
}

describe('the pod plane counts what passes the filter', () => {
  test.each<[string, Partial<MapFilters>, Record<string, number>]>([
    ['all of them', {}, { pods: 5, notReady: 2, terminating: 1, unplaced: 1 }],
    ['one namespace', { namespaces: ['shop'] }, { pods: 3, notReady: 1, unplaced: 1 }],
    ['a label', { labels: [['app', 'api']] }, { pods: 1, notReady: 1 }],
    ['a namespace that is not there', { namespaces: ['nowhere'] }, { pods: 0 }],
  ])('%s', (_name, filters, expected) => {
    expect(facts(filters)).toEqual(expected)
  })

  test('and so does the head of a zone', () => {
    const zone = scene({ namespaces: ['pay'] }).find((node) => node.type === 'zone')
    expect(zone?.type === 'zone' && zone.data.pods).toBe(2)
  })
})
