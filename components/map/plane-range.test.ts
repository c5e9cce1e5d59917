import { describe, expect, test } from 'vitest'
import type { ServiceCIDRSummary } from '@/core/graph/types'
import { podRange, seenRange, serviceRanges } from './plane-range'

const nodes = (...cidrs: string[][]) => cidrs.map((podCIDRs) => ({ podCIDRs }))

describe('a gutter never shows a guess as a fact', () => {
  test.each([
    ['the block around the PodCIDRs', nodes(['10.244.0.0/24'], ['10.244.3.0/24']), 'IPv4', '10.244.0.0/22'],
    ['one node: its PodCIDR', nodes(['10.244.1.0/24']), 'IPv4', '10.244.1.0/24'],
    ['the family that is shown', nodes(['10.244.1.0/24', 'fd00:10:244:1::/64']), 'IPv6', 'fd00:10:244:1::/64'],
    ['nodes without PodCIDRs: nothing', nodes([], []), 'IPv4', undefined],
    ['nothing in common: nothing', nodes(['10.0.0.0/24'], ['192.168.0.0/24']), 'IPv4', undefined],
  ] as const)('Pod plane, %s', (_, given, family, block) => {
    expect(podRange(given, family)).toEqual(block === undefined ? [] : [{ source: 'podCIDR', block }])
  })

  test.each([
    ['the smallest block', ['10.96.0.1', '10.96.0.10', '10.107.3.4'], 'IPv4', '10.96.0.0/12'],
    ['one address is no range', ['10.96.0.1', '10.96.0.1'], 'IPv4', undefined],
    ['no address', [], 'IPv4', undefined],
    ['the other family is left out', ['10.96.0.1', 'fd00::1', 'fd00::2'], 'IPv6', 'fd00::/126'],
    ['nothing in common: nothing', ['10.0.0.1', '192.168.0.1'], 'IPv4', undefined],
  ] as const)('seen addresses, %s', (_, given, family, block) => {
    expect(seenRange(given, family)).toEqual(block === undefined ? [] : [{ source: 'seen', block }])
  })

  const written = (name: string, cidrs: readonly string[], state: ServiceCIDRSummary['state'] = 'ready') =>
    ({ id: `ServiceCIDRSummary:${name}`, kind: 'ServiceCIDRSummary', name, cidrs, state }) as const
  const objects = [
    written('a-going', ['10.200.0.0/16'], 'deleting'),
    written('b-late', ['10.201.0.0/16', 'fd00:9::/112'], 'notReady'),
    written('kubernetes', ['10.96.0.0/12', 'FD00:0010:96::/112']),
    written('odd', ['not a range', '']),
  ]

  test.each([
    [
      'IPv4',
      ['serviceCIDR 10.96.0.0/12 kubernetes', 'notReady 10.201.0.0/16 b-late', 'deleting 10.200.0.0/16 a-going'],
    ],
    ['IPv6', ['serviceCIDR fd00:10:96::/112 kubernetes', 'notReady fd00:9::/112 b-late']],
  ] as const)('ClusterIP plane, every written range of %s, and which of them gives out none', (family, expected) => {
    const found = serviceRanges(objects, family)
    expect(found.map(({ source, block, object }) => `${source} ${block} ${object}`)).toEqual(expected)
  })

  test('a range that another object keeps gives out addresses: it is told once, by that one', () => {
    const kept = [written('a-going', ['10.96.0.0/12'], 'deleting'), written('kubernetes', ['10.96.0.0/12'])]
    expect(serviceRanges(kept, 'IPv4')).toEqual([
      { source: 'serviceCIDR', block: '10.96.0.0/12', object: 'kubernetes' },
    ])
  })
})
