import { describe, expect, test } from 'vitest'
import { portEndpoints } from './endpoints'
import { cartPort, endpoint, on, slice } from './testing'
import { type Categorized, categorizeEndpoints } from './topology'

const CLUSTER = { usesCluster: true, usesLocal: false }
const LOCAL = { usesCluster: false, usesLocal: true }
const BOTH = { usesCluster: true, usesLocal: true }
const here = { name: 'node-a', zone: 'zone-a' }

const categorize = (endpoints: Parameters<typeof slice>[0], facts = CLUSTER, from = here) =>
  categorizeEndpoints(portEndpoints([slice(endpoints)], cartPort()).endpoints, facts, from)

/** The last numbers of the addresses. */
const lasts = (list: Categorized['cluster']) => list.map(({ ip }) => Number(ip.split('.')[3]))
const codes = ({ modeReasons }: Categorized) => modeReasons.map(({ code }) => code)

describe('[P17] hints count only if every ready endpoint has one and one of them matches', () => {
  const a = endpoint(1, 'ready', on('node-a', ['zone-a']))
  const b = endpoint(2, 'ready', on('node-b', ['zone-b']))
  const bare = endpoint(3, 'ready', on('node-c'))
  test.each([
    ['every one hinted, one for the zone', [a, b], here, 'same-zone', [1], ['hints-same-zone']],
    ['one ready endpoint without a hint', [a, b, bare], here, 'none', [1, 2, 3], ['hints-missing-zone']],
    [
      'an endpoint that is not ready may lack a hint',
      [a, b, endpoint(3, 'not-ready')],
      here,
      'same-zone',
      [1],
      ['hints-same-zone'],
    ],
    ['none for the zone', [a, b], { name: 'node-c', zone: 'zone-c' }, 'none', [1, 2], ['hints-none-for-zone']],
    ['a node without a zone label', [a, b], { name: 'node-c', zone: '' }, 'none', [1, 2], ['hints-node-without-zone']],
    [
      'the only one for the zone is not ready',
      [endpoint(1, 'not-ready', on('n', ['zone-a'])), b],
      here,
      'none',
      [2],
      ['hints-none-for-zone'],
    ],
    ['no hints at all', [bare, endpoint(4)], here, 'none', [3, 4], ['hints-absent']],
    ['nothing ready', [endpoint(1, 'not-ready', on('n', ['zone-a']))], here, 'none', [], ['hints-nothing-ready']],
    [
      'a hint for several zones',
      [endpoint(1, 'ready', on('n', ['zone-x', 'zone-a'])), b],
      here,
      'same-zone',
      [1],
      ['hints-same-zone'],
    ],
    [
      'the zone of the endpoint itself is not asked',
      [endpoint(1, 'ready', { ...on('n', ['zone-a']), zone: 'zone-z' })],
      here,
      'same-zone',
      [1],
      ['hints-same-zone'],
    ],
    ['no endpoints', [], here, 'none', [], []],
  ] as const)('%s', (_, endpoints, from, mode, cluster, why) => {
    const found = categorize(endpoints, CLUSTER, from)
    expect([found.mode, lasts(found.cluster), codes(found)]).toEqual([mode, cluster, why])
  })

  test.each([
    ['one for the zone', [a, b], here, [{ code: 'hints-same-zone', values: { zone: 'zone-a', endpoints: 1 } }]],
    [
      'none for the zone',
      [a, b],
      { name: 'node-c', zone: 'zone-c' },
      [{ code: 'hints-none-for-zone', values: { zone: 'zone-c' } }],
    ],
    [
      'a node without a zone',
      [a, b],
      { name: 'node-c', zone: '' },
      [{ code: 'hints-node-without-zone', values: { node: 'node-c' } }],
    ],
    ['no hints', [bare], here, [{ code: 'hints-absent', values: { ready: 1, node: 'node-a' } }]],
    [
      'one for the node',
      [endpoint(1, 'ready', on('n', [], ['node-a']))],
      here,
      [{ code: 'hints-same-node', values: { node: 'node-a', endpoints: 1 } }],
    ],
    [
      'none for the node',
      [endpoint(1, 'ready', on('n', [], ['node-b']))],
      here,
      [{ code: 'hints-none-for-node', values: { node: 'node-a' } }],
    ],
  ])('the reason names what was looked for: %s', (_, endpoints, from, reasons) => {
    expect(categorize(endpoints, CLUSTER, from).modeReasons).toEqual(reasons)
  })

  test('the reason names the endpoint without a hint and its slice', () => {
    expect(categorize([a, b, bare]).modeReasons).toEqual([
      { code: 'hints-missing-zone', values: { endpoint: '10.0.0.3:8080', slice: 'shop/cart-1', missing: 1, ready: 3 } },
    ])
  })
})

describe('[P18] node hints are asked before zone hints', () => {
  const a = endpoint(1, 'ready', on('node-a', ['zone-a'], ['node-a']))
  const near = endpoint(2, 'ready', on('node-b', ['zone-a'], ['node-b']))
  const far = endpoint(3, 'ready', on('node-c', ['zone-c'], ['node-c']))
  test.each([
    ['one for this node', [a, near, far], here, 'same-node', [1], ['hints-same-node']],
    ['none for this node: the zone', [near, far], here, 'same-zone', [2], ['hints-none-for-node', 'hints-same-zone']],
    ['neither', [far], here, 'none', [3], ['hints-none-for-node', 'hints-none-for-zone']],
    [
      'one lacks a node hint: the zone',
      [a, endpoint(2, 'ready', on('node-b', ['zone-a']))],
      here,
      'same-zone',
      [1, 2],
      ['hints-missing-node', 'hints-same-zone'],
    ],
    [
      'node hints alone, none here',
      [endpoint(3, 'ready', on('n', [], ['node-c']))],
      here,
      'none',
      [3],
      ['hints-none-for-node'],
    ],
    [
      'a node without a zone label has its node hints',
      [a, far],
      { name: 'node-a', zone: '' },
      'same-node',
      [1],
      ['hints-same-node'],
    ],
    [
      'names are compared exactly',
      [endpoint(3, 'ready', on('n', [], ['NODE-A']))],
      here,
      'none',
      [3],
      ['hints-none-for-node'],
    ],
  ] as const)('%s', (_, endpoints, from, mode, cluster, why) => {
    const found = categorize(endpoints, CLUSTER, from)
    expect([found.mode, lasts(found.cluster), codes(found)]).toEqual([mode, cluster, why])
  })
})

describe('[P19] without a ready endpoint anywhere, those that serve while terminating', () => {
  test.each([
    [
      'used, whatever their hints',
      [endpoint(1, 'serving-terminating', on('n', ['zone-z'])), endpoint(2, 'terminating'), endpoint(3, 'not-ready')],
      [1],
    ],
    ['not used while one is ready', [endpoint(1, 'serving-terminating'), endpoint(2)], [2]],
    ['serving but neither ready nor terminating is never used', [endpoint(1, 'serving-not-ready')], []],
    [
      'ready wins over terminating (publishNotReadyAddresses)',
      [{ addresses: ['10.0.0.1'], conditions: { ready: true, serving: false, terminating: true } }],
      [1],
    ],
  ] as const)('%s', (_, endpoints, cluster) => {
    expect(lasts(categorize(endpoints).cluster)).toEqual(cluster)
  })
})

describe('[P20] whether anything is usable anywhere', () => {
  const remote = on('node-b')
  test.each([
    ['nothing', [endpoint(1, 'not-ready')], BOTH, false],
    ['no endpoint', [], BOTH, false],
    ['Local: ready elsewhere', [endpoint(1, 'ready', remote)], LOCAL, true],
    ['Local: serving while terminating elsewhere', [endpoint(1, 'serving-terminating', remote)], LOCAL, true],
    ['Cluster: serving while terminating', [endpoint(1, 'serving-terminating', remote)], CLUSTER, true],
    ['Cluster: terminating only', [endpoint(1, 'terminating', remote)], CLUSTER, false],
  ] as const)('%s', (_, endpoints, facts, any) => {
    expect(categorize(endpoints, facts).any).toBe(any)
  })
})

describe('[P21] the local list', () => {
  const local = (last: number, state: Parameters<typeof endpoint>[1]) => endpoint(last, state, on('node-a', ['zone-z']))
  const remote = endpoint(9, 'ready', on('node-b', ['zone-a']))
  test.each([
    ['ready ones of this node, whatever their hints', [local(1, 'ready'), local(2, 'not-ready'), remote], [1]],
    [
      'terminating ones although others are ready elsewhere',
      [local(1, 'serving-terminating'), local(2, 'terminating'), remote],
      [1],
    ],
    ['every one of them', [local(1, 'ready'), remote, local(2, 'ready')], [1, 2]],
    ['none here', [remote], []],
    ['an endpoint without nodeName is local nowhere', [endpoint(1)], []],
  ] as const)('%s', (_, endpoints, expected) => {
    expect(lasts(categorize(endpoints, LOCAL).local)).toEqual(expected)
    expect(lasts(categorize(endpoints, CLUSTER).local)).toEqual([])
    expect(lasts(categorize(endpoints, LOCAL).cluster)).toEqual([])
  })

  test('a version that never uses terminating ones does not use them here either', () => {
    const from = { ...here, reads: { terminating: false, nodeHints: true, zoneHints: true } }
    const found = categorize([local(1, 'serving-terminating')], LOCAL, from)
    expect([found.local, found.any]).toEqual([[], false])
  })

  test('a node without a name has no local endpoint', () => {
    expect(categorize([endpoint(1, 'ready', { nodeName: '' })], LOCAL, { name: '', zone: '' }).local).toEqual([])
  })
})

describe('[P22] what a node reaches', () => {
  const hintedAway = endpoint(1, 'ready', on('node-a', ['zone-b']))
  const inZone = endpoint(2, 'ready', on('node-b', ['zone-a']))
  const terminatingHere = endpoint(3, 'serving-terminating', on('node-a'))
  test.each([
    ['Cluster alone: the cluster list', [hintedAway, inZone], CLUSTER, [2]],
    [
      'both, hints: nothing that either list leaves out',
      [hintedAway, inZone, endpoint(3, 'ready', on('node-c', ['zone-c']))],
      BOTH,
      [1, 2],
    ],
    ['Local alone: the local list', [hintedAway, inZone], LOCAL, [1]],
    ['both, hints: the union', [hintedAway, inZone], BOTH, [1, 2]],
    ['both, local terminating: the union', [terminatingHere, endpoint(4, 'ready', on('node-b'))], BOTH, [3, 4]],
    [
      'both, no hints: the cluster list holds the local one',
      [endpoint(1, 'ready', on('node-a')), endpoint(2)],
      BOTH,
      [1, 2],
    ],
  ] as const)('%s', (_, endpoints, facts, expected) => {
    expect(lasts(categorize(endpoints, facts).reachable)).toEqual(expected)
  })
})
