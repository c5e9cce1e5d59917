import { describe, expect, test } from 'vitest'
import { endpoint, node, nodeMap, service, slice } from '../proxy/testing'
import { topologyAnnotation, wantsTopologyHints, type withoutHints } from './hints'
import { type HintState, NO_HINTS_YET, settleHints, withoutFamily } from './settle-hints'
import { addDistributionHints } from './traffic-distribution'

const MODE = 'service.kubernetes.io/topology-mode'
const OLD = 'service.kubernetes.io/topology-aware-hints'
const NODES = nodeMap(node('a', 'zone-a'), node('b', 'zone-b'))
const hints = (zones: string[], nodes: string[] = []) => ({
  hints: { forZones: zones.map((name) => ({ name })), forNodes: nodes.map((name) => ({ name })) },
})
const in_ = (zone: string | undefined, extra: object = {}) => ({ zone, nodeName: 'node-a', ...extra })
const unchanged = (...endpoints: ReturnType<typeof endpoint>[]) => ({
  create: [],
  update: [],
  unchanged: [slice(endpoints)],
})
const found = (plan: ReturnType<typeof withoutHints>) =>
  plan.update.flatMap(({ endpoints }) =>
    endpoints.map(({ hintZones, hintNodes }) => [hintZones.join(), hintNodes.join()]),
  )

describe('[S14] the annotation that turns topology hints on', () => {
  test.each([
    [{ [MODE]: 'Auto' }, true],
    [{ [MODE]: 'auto' }, true],
    [{ [MODE]: 'AUTO' }, false],
    [{ [MODE]: 'Enabled' }, false],
    [{ [OLD]: 'Auto' }, true],
    [{ [OLD]: 'Disabled', [MODE]: 'Auto' }, false],
    [{ [OLD]: 'auto', [MODE]: 'Disabled' }, true],
    [{}, false],
  ])('%j: %s', (annotations, wanted) => {
    expect(wantsTopologyHints(service({}, { annotations }))).toBe(wanted)
  })

  test('the one that counts is named', () => {
    expect(topologyAnnotation(service({}, { annotations: { [OLD]: 'x', [MODE]: 'Auto' } }))).toEqual({
      name: OLD,
      value: 'x',
    })
    expect(topologyAnnotation(service())).toBeUndefined()
  })

  test('it beats trafficDistribution', () => {
    const subject = service({ trafficDistribution: 'PreferSameNode' }, { annotations: { [MODE]: 'Auto' } })
    const plan = unchanged(endpoint(1, 'ready', in_('zone-a')), endpoint(2, 'ready', in_('zone-b')))
    const settled = settleHints(plan, { service: subject, nodes: NODES, family: 'IPv4', state: NO_HINTS_YET })
    expect(found(settled.plan)).toEqual([
      ['zone-a', ''],
      ['zone-b', ''],
    ])
  })
})

describe('[S21] trafficDistribution hints every ready endpoint for its own place', () => {
  test.each([
    [
      'PreferClose',
      [
        ['zone-a', ''],
        ['', ''],
        ['', ''],
      ],
    ],
    [
      'PreferSameZone',
      [
        ['zone-a', ''],
        ['', ''],
        ['', ''],
      ],
    ],
    [
      'PreferSameNode',
      [
        ['zone-a', 'node-a'],
        ['', 'node-a'],
        ['', ''],
      ],
    ],
  ] as const)('%s', (distribution, expected) => {
    const plan = unchanged(
      endpoint(1, 'ready', in_('zone-a')),
      endpoint(2, 'ready', in_(undefined)),
      endpoint(3, 'not-ready', in_('zone-a')),
    )
    expect(found(addDistributionHints(plan, distribution))).toEqual(expected)
  })
})

describe('[S22] unchanged slices are written only where a hint is wrong', () => {
  test.each([
    ['right', endpoint(1, 'ready', in_('zone-a', hints(['zone-a']))), 'PreferSameZone', 0],
    ['missing', endpoint(1, 'ready', in_('zone-a')), 'PreferSameZone', 1],
    ['another zone', endpoint(1, 'ready', in_('zone-a', hints(['zone-b']))), 'PreferSameZone', 1],
    ['one too many', endpoint(1, 'ready', in_('zone-a', hints(['zone-a', 'zone-b']))), 'PreferSameZone', 1],
    ['stale without a zone', endpoint(1, 'ready', in_(undefined, hints(['zone-a']))), 'PreferSameZone', 1],
    ['a stale node hint', endpoint(1, 'ready', in_('zone-a', hints(['zone-a'], ['node-a']))), 'PreferSameZone', 1],
    ['no node hint', endpoint(1, 'ready', in_('zone-a', hints(['zone-a']))), 'PreferSameNode', 1],
    ['both right', endpoint(1, 'ready', in_('zone-a', hints(['zone-a'], ['node-a']))), 'PreferSameNode', 0],
    ['not ready, whatever it has', endpoint(1, 'not-ready', in_('zone-a')), 'PreferSameNode', 0],
  ] as const)('%s', (_, one, distribution, written) => {
    const plan = addDistributionHints(unchanged(one), distribution)
    expect([plan.update.length, plan.unchanged.length]).toEqual([written, 1 - written])
  })
})

describe('[S23] without a wish for hints they are removed', () => {
  test.each([
    ['a zone hint', hints(['zone-a']), [['', '']]],
    ['a node hint', hints([], ['node-a']), [['', '']]],
    ['none: not written', {}, []],
  ])('%s', (_, extra, expected) => {
    for (const trafficDistribution of [undefined, 'Bogus']) {
      const context = {
        service: service({ trafficDistribution }),
        nodes: NODES,
        family: 'IPv4',
        state: NO_HINTS_YET,
      } as const
      const { plan } = settleHints(unchanged(endpoint(1, 'ready', extra)), context)
      expect(found(plan)).toEqual(expected)
      expect(plan.unchanged).toHaveLength(1 - expected.length)
    }
  })
})

describe('[S26] what is said about topology hints, and remembered', () => {
  const auto = service({}, { annotations: { [MODE]: 'Auto' } })
  const good = unchanged(endpoint(1, 'ready', in_('zone-a')), endpoint(2, 'ready', in_('zone-b')))
  const few = unchanged(endpoint(1, 'ready', in_('zone-a')))
  const given: HintState = { populated: true, byZone: new Map([['IPv4', new Map([['zone-a', 1]])]]) }
  test.each([
    ['given for the first time', auto, good, NO_HINTS_YET, ['Normal TopologyAwareHintsEnabled '], true],
    ['given before: nothing', auto, good, given, [], true],
    [
      'a safeguard fails, every time',
      auto,
      few,
      given,
      ['Warning TopologyAwareHintsDisabled safeguard-too-few-endpoints'],
      false,
    ],
    ['and again', auto, few, NO_HINTS_YET, ['Warning TopologyAwareHintsDisabled safeguard-too-few-endpoints'], false],
    ['the annotation goes', service(), good, given, ['Warning TopologyAwareHintsDisabled '], false],
    ['there never was one', service(), good, NO_HINTS_YET, [], false],
  ])('%s', (_, subject, plan, state, events, populated) => {
    const settled = settleHints(plan, { service: subject, nodes: NODES, family: 'IPv4', state })
    expect(settled.events.map(({ type, reason, cause }) => `${type} ${reason} ${cause?.code ?? ''}`)).toEqual(events)
    expect([settled.hintState.populated, settled.hintState.byZone.has('IPv4')]).toEqual([populated, populated])
  })

  test('forgetting one family forgets that there were any, but not the other’s counts', () => {
    const both: HintState = {
      populated: true,
      byZone: new Map([
        ['IPv4', new Map()],
        ['IPv6', new Map()],
      ]),
    }
    const left = withoutFamily(both, 'IPv4')
    expect([left.populated, [...left.byZone.keys()]]).toEqual([false, ['IPv6']])
  })
})
