import { describe, expect, test } from 'vitest'
import { endpoint, node, slice } from '../proxy/testing'
import { draftOf } from './slice-draft'
import { addTopologyHints, allocate, isOverloaded, zoneRatios } from './topology-cache'

const THREE = [node('a', 'zone-a'), node('b', 'zone-b'), node('c', 'zone-c')]
const PLANE = { labels: { 'node-role.kubernetes.io/control-plane': '' } }
const MASTER = { labels: { 'node-role.kubernetes.io/master': '' } }

test('[S15] zones go by name, whatever the order of the nodes', () => {
  const found = zoneRatios(THREE.toReversed())
  expect(found.ok && [...found.ratios.keys()]).toEqual(['zone-a', 'zone-b', 'zone-c'])
})

describe('[S15] share of CPU by zone', () => {
  test.each([
    ['equal zones', THREE, { 'zone-a': 1 / 3, 'zone-b': 1 / 3, 'zone-c': 1 / 3 }],
    [
      'nodes of a zone add up',
      [...THREE, node('a2', 'zone-a', { cpu: '8' })],
      { 'zone-a': 12 / 20, 'zone-b': 4 / 20, 'zone-c': 4 / 20 },
    ],
    [
      'the control plane does not count',
      [...THREE.slice(1), node('p', 'zone-p', PLANE), node('m', undefined, MASTER)],
      { 'zone-b': 0.5, 'zone-c': 0.5 },
    ],
    [
      'nodes that are not ready do not count',
      [...THREE.slice(1), node('x', undefined, { ready: 'False' }), node('y', undefined, { ready: 'Unknown' })],
      { 'zone-b': 0.5, 'zone-c': 0.5 },
    ],
    [
      'millicores count',
      [node('a', 'zone-a', { cpu: '500m' }), node('b', 'zone-b', { cpu: '1500m' })],
      { 'zone-a': 0.25, 'zone-b': 0.75 },
    ],
  ])('%s', (_, nodes, expected) => {
    const found = zoneRatios(nodes)
    expect(found.ok && Object.fromEntries(found.ratios)).toEqual(expected)
  })

  test.each([
    [
      'a node without a zone',
      [...THREE, node('z'), node('y')],
      { code: 'safeguard-node-facts', values: { node: 'y', nodes: 2 } },
    ],
    [
      'a node without CPU',
      [...THREE, node('z', 'zone-a', { cpu: '0' })],
      { code: 'safeguard-node-facts', values: { node: 'z', nodes: 1 } },
    ],
    [
      'one zone',
      [node('a', 'zone-a'), node('a2', 'zone-a')],
      { code: 'safeguard-one-zone', values: { zone: 'zone-a' } },
    ],
    ['none', [node('p', 'zone-p', PLANE)], { code: 'safeguard-no-node', values: {} }],
  ])('%s spoils them', (_, nodes, reason) => {
    expect(zoneRatios(nodes)).toEqual({ ok: false, reason })
  })
})

describe('[S16] at least one ready endpoint per zone', () => {
  test.each([[0], [1], [2]])('%i are too few for 3 zones', (endpoints) => {
    const reason = { code: 'safeguard-too-few-endpoints', values: { endpoints, zones: 3 } }
    expect(allocate(zoneRatios(THREE), endpoints)).toEqual({ ok: false, reason })
  })
})

describe('[S17] no endpoint more than 20 % above its share', () => {
  test.each([
    [3, true],
    [4, false],
    [5, false],
    [6, true],
    [7, true],
    [8, false],
    [9, true],
    [10, true],
    [11, false],
    [12, true],
  ])('%i endpoints over three equal zones: %s', (endpoints, ok) => {
    expect(allocate(zoneRatios(THREE), endpoints).ok).toBe(ok)
  })

  test('the numbers of a refusal', () => {
    const reason = { code: 'safeguard-overload', values: { endpoints: 8, zones: 3, needed: 9 } }
    expect(allocate(zoneRatios(THREE), 8)).toEqual({ ok: false, reason })
  })

  test('minimum, maximum and wish of each zone', () => {
    const nodes = [
      node('a', 'zone-a', { cpu: '10' }),
      node('b', 'zone-b', { cpu: '4' }),
      node('c', 'zone-c', { cpu: '2' }),
    ]
    const found = allocate(zoneRatios(nodes), 16)
    expect(found.ok && Object.fromEntries(found.byZone)).toEqual({
      'zone-a': { minimum: 9, maximum: 10, desired: 10 },
      'zone-b': { minimum: 4, maximum: 5, desired: 4 },
      'zone-c': { minimum: 2, maximum: 3, desired: 2 },
    })
  })

  test('the wish is never below the minimum', () => {
    const nodes = [
      node('a', 'zone-a', { cpu: '10' }),
      node('b', 'zone-b', { cpu: '4' }),
      node('c', 'zone-c', { cpu: '2' }),
    ]
    const found = allocate(zoneRatios(nodes), 12)
    expect(found.ok && [...found.byZone.values()].map(({ desired }) => desired)).toEqual([7.5, 3, 2])
  })
})

const at = (zone: string | undefined, hint?: string) => (last: number) =>
  endpoint(last, 'ready', { zone, ...(hint && { hints: { forZones: [{ name: hint }] } }) })
const made = (makers: ((last: number) => object)[]) => slice(makers.map((make, i) => ({ ...make(i + 1) })))
const hintsOf = (plan: { create: readonly { endpoints: readonly { hintZones: readonly string[] }[] }[] }) =>
  plan.create.flatMap(({ endpoints }) => endpoints.map(({ hintZones }) => hintZones.join()))

describe('[S18] slices whose hints still fit are not written', () => {
  const two = zoneRatios(THREE.slice(0, 2))
  const fitting = made([at('zone-a', 'zone-a'), at('zone-b', 'zone-b')])
  test.each([
    ['all hinted', [fitting], 0],
    ['one without a hint', [made([at('zone-a', 'zone-a'), at('zone-b')])], 1],
    ['a hint for a zone that is gone', [made([at('zone-a', 'zone-a'), at('zone-b', 'zone-x')])], 1],
    ['more than a zone may have', [made([at('zone-a', 'zone-a'), at('zone-b', 'zone-a')])], 1],
    [
      'more than a zone may have, with the slices before it',
      [fitting, made([at('zone-a', 'zone-a'), at('zone-a', 'zone-a')])],
      1,
    ],
  ])('%s', (_, unchanged, written) => {
    const found = addTopologyHints({ create: [], update: [], unchanged }, two)
    expect([found.ok, found.plan.update.length]).toEqual([true, written])
  })

  test('an endpoint that is not ready needs no hint', () => {
    const unchanged = [
      slice([...['zone-a', 'zone-b'].map((zone, i) => at(zone, zone)(i + 1)), endpoint(3, 'not-ready')]),
    ]
    expect(addTopologyHints({ create: [], update: [], unchanged }, two).plan.update).toEqual([])
  })
})

describe('[S19] endpoints move from zones with too many to zones with too few', () => {
  const hint = (makers: ((last: number) => object)[], nodes = THREE) =>
    addTopologyHints({ create: [draftOf(made(makers))], update: [], unchanged: [] }, zoneRatios(nodes))
  test.each([
    ['balanced: own zone', ['a', 'b', 'c'], ['a', 'b', 'c']],
    ['skewed', ['a', 'a', 'a', 'a', 'b', 'c'], ['b', 'c', 'a', 'a', 'b', 'c']],
    ['all in one zone', ['a', 'a', 'a'], ['b', 'c', 'a']],
  ])('%s', (_, zones, expected) => {
    const found = hint(zones.map((zone) => at(`zone-${zone}`)))
    expect(hintsOf(found.plan)).toEqual(expected.map((zone) => `zone-${zone}`))
    const counts = new Map(expected.map((zone) => [`zone-${zone}`, expected.filter((other) => other === zone).length]))
    expect(found.ok && found.byZone).toEqual(counts)
  })

  test('every zone gives to all that receive, in proportion', () => {
    const zones = [...Array(14).fill('a'), ...Array(8).fill('b'), 'c', 'd'] as string[]
    const found = hint(
      zones.map((zone) => at(`zone-${zone}`)),
      [...THREE, node('d', 'zone-d')],
    )
    const flows = hintsOf(found.plan).map((to, i) => `${zones[i]}${to.at(-1)}`)
    const sizes = ['aa', 'ac', 'ad', 'bb', 'bc', 'bd'].map((flow) => flows.filter((one) => one === flow).length)
    expect(sizes).toEqual([6, 4, 4, 6, 1, 1])
  })

  test('a zone receives no more than it wants, though two zones would give to it first', () => {
    const four = [...THREE, node('d', 'zone-d')]
    expect(
      hintsOf(
        hint(
          ['a', 'a', 'b', 'b'].map((zone) => at(`zone-${zone}`)),
          four,
        ).plan,
      ),
    ).toEqual(['zone-c', 'zone-a', 'zone-d', 'zone-b'])
  })

  test('less than half an endpoint does not move', () => {
    const nodes = [node('a', 'zone-a', { cpu: '10' }), node('b', 'zone-b', { cpu: '9' })]
    expect(hintsOf(hint([at('zone-a'), at('zone-a'), at('zone-b'), at('zone-b')], nodes).plan)).toEqual([
      'zone-a',
      'zone-a',
      'zone-b',
      'zone-b',
    ])
  })

  test('one endpoint without a zone takes all hints away', () => {
    const found = hint([at('zone-a', 'zone-a'), at(undefined), at('zone-b'), at('zone-c'), at('zone-a'), at('zone-b')])
    expect(found.ok ? undefined : found.reason).toEqual({
      code: 'safeguard-endpoint-without-zone',
      values: { endpoint: '10.0.0.2', endpoints: 1 },
    })
    expect(hintsOf(found.plan)).toEqual(['', '', '', '', '', ''])
  })

  test('an absent ready condition is not ready for the controller', () => {
    const plan = { create: [draftOf(slice([{ addresses: ['10.0.0.1'] }]))], update: [], unchanged: [] }
    const found = addTopologyHints(plan, zoneRatios(THREE))
    expect(found.ok ? undefined : found.reason.values).toEqual({ endpoints: 0, zones: 3 })
  })
})

describe('[S20] a Service whose zones are out of balance is looked at again', () => {
  const ratios = zoneRatios(THREE)
  const gone = zoneRatios([])
  test.each([
    ['balanced', { 'zone-a': 2, 'zone-b': 2, 'zone-c': 2 }, ratios, false],
    ['one zone without', { 'zone-a': 3, 'zone-b': 3 }, ratios, true],
    ['one zone below its minimum', { 'zone-a': 4, 'zone-b': 4, 'zone-c': 1 }, ratios, true],
    ['no hints', {}, ratios, false],
    ['no ratios any more', { 'zone-a': 1 }, gone, true],
  ])('%s', (_, byZone, nodes, expected) => {
    expect(isOverloaded(new Map(Object.entries(byZone)), nodes)).toBe(expected)
  })
})
