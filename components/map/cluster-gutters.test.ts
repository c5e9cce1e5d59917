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

describe('the plane of cluster IPs is called by its ranges', () => {
  const range = (name: string, cidr: string, state: 'ready' | 'deleting' = 'ready'): GraphObject => {
    return { id: `ServiceCIDRSummary:${name}`, kind: 'ServiceCIDRSummary', name, cidrs: [cidr], state }
  }
  const services = [
    serviceSummary('shop/cart', { clusterIPs: ['10.96.0.1'] }),
    serviceSummary('shop/web', { clusterIPs: ['10.96.127.2'] }),
  ]

  function shown(more: readonly GraphObject[], height = 900) {
    const all = mapModel(new Map([...objects.slice(0, 1), ...services, ...more].map((one) => [one.id, one])))
    const view = {
      size: { width: 1400, height },
      family: 'IPv4',
      filters: { namespaces: [], labels: [] },
      lit: undefined,
    } as const
    const found = clusterScene(all, view, emptyMemory).scene.nodes.find(
      (node) => node.type === 'gutter' && node.data.plane === 'clusterIP',
    )
    if (found?.type !== 'gutter') throw new Error('there is no gutter of the ClusterIP plane')
    const { ranges, moreRanges } = found.data
    return [ranges, moreRanges ?? []].map((list) => list.map(({ source, block }) => `${source} ${block}`))
  }

  test.each<[string, readonly GraphObject[], readonly string[]]>([
    ['what was seen where no ServiceCIDR can be read', [], ['seen 10.96.0.0/17']],
    [
      'the range of the object, not what was seen of it',
      [range('kubernetes', '10.96.0.0/12')],
      ['serviceCIDR 10.96.0.0/12'],
    ],
    [
      'all of them, one that is being deleted last and called so',
      [range('a', '10.200.0.0/16', 'deleting'), range('kubernetes', '10.96.0.0/12')],
      ['serviceCIDR 10.96.0.0/12', 'deleting 10.200.0.0/16'],
    ],
    ['of another family they say nothing of this one', [range('six', 'fd00::/112')], ['seen 10.96.0.0/17']],
  ])('%s', (_name, more, expected) => {
    expect(shown(more).flat()).toEqual(expected)
  })

  test('those for which there is no room are counted', () => {
    const many = Array.from({ length: 9 }, (_, i) => range(`r${i}`, `10.${i}.0.0/16`))
    const [ranges = [], moreRanges = []] = shown(many)
    expect(ranges.length).toBeGreaterThan(0)
    expect(ranges.length).toBeLessThanOrEqual(3)
    expect([...ranges, ...moreRanges]).toEqual(many.map((_, i) => `serviceCIDR 10.${i}.0.0/16`))
  })
})
