import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IpFamily } from '../model/records'
import { choiceOf } from './choice'
import { type RouteFrom, routePort } from './route'
import { endpoint, on, service, slice } from './testing'
import { healthCheckStatus } from './verdict'

const FROM_A: RouteFrom = { port: '/TCP', family: 'IPv4', node: { name: 'node-a', zone: 'zone-a' } }
const in_ = (node: string, zone: string) => ({ ...on(node, [zone]), zone })

const route = (spec: object, endpoints: Parameters<typeof slice>[0], from: RouteFrom = FROM_A) =>
  routePort({ service: service({ ...spec }), slices: [slice(endpoints)] }, from)
const rows = (found: ReturnType<typeof route>) =>
  found.endpoints.map(({ key, chosen, probability, reason }) => [key, chosen, probability, reason.code])

describe('[P23] verdicts', () => {
  const nodePort = { type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }] }
  const local = { internalTrafficPolicy: 'Local' }
  const etp = { ...nodePort, externalTrafficPolicy: 'Local' }
  const remote = endpoint(1, 'ready', on('node-b'))
  test.each([
    ['forward', {}, [remote], 'forward', 'none'],
    ['nothing usable: refused', nodePort, [endpoint(1, 'not-ready')], 'reject', 'reject'],
    ['internal Local, none here: dropped', local, [remote], 'drop', 'none'],
    ['internal Local, none anywhere: refused', local, [], 'reject', 'none'],
    ['internal Local with a node port, none here', { ...nodePort, ...local }, [remote], 'drop', 'forward'],
    ['external Local, none here: dropped from outside', etp, [remote], 'forward', 'drop-unless-short-circuited'],
    ['external Local, one here', etp, [remote, endpoint(2, 'ready', on('node-a'))], 'forward', 'forward'],
  ] as const)('%s', (_, spec, endpoints, internal, external) => {
    const found = route(spec, endpoints)
    expect([found.internal, found.external]).toEqual([internal, external])
  })

  test.each([
    [{ type: 'ExternalName' }, '/TCP', 'IPv4', 'service-external-name'],
    [{}, '/TCP', 'IPv6', 'service-without-family'],
    [{}, 'http/TCP', 'IPv4', 'service-without-port'],
    [{}, '/UDP', 'IPv4', 'service-without-port'],
  ] as const)('%j %s %s: no rules', (spec, port, family: IpFamily, code) => {
    const found = route(spec, [endpoint(1)], { ...FROM_A, port, family })
    expect([found.internal, found.external, found.endpoints, found.unserved?.code]).toEqual(['none', 'none', [], code])
  })
})

test('without rules everything of the route is empty, and says why', () => {
  expect(route({}, [endpoint(1)], { ...FROM_A, port: 'http/TCP' })).toEqual({
    internal: 'none',
    external: 'none',
    mode: 'none',
    endpoints: [],
    leftOut: [],
    choice: choiceOf({ mode: 'unknown', scheduler: null }, 0, 0),
    leavesZone: undefined,
    zoneUnknown: 0,
    hintReasons: [],
    notes: [],
    unserved: { code: 'service-without-port', values: { port: 'http/TCP' } },
  })
})

describe('[P27] the proxy of the node chooses', () => {
  const from = (scheduler: string): RouteFrom => ({
    ...FROM_A,
    node: { name: 'node-a', zone: 'zone-a', mode: { state: 'mode', mode: 'ipvs', scheduler, confidence: 'likely' } },
  })
  const two = [endpoint(1, 'ready', { zone: 'zone-a' }), endpoint(2, 'ready', { zone: 'zone-b' })]

  test('with its scheduler', () => {
    expect(route({}, two, from('sh')).choice).toEqual(choiceOf({ mode: 'ipvs', scheduler: 'sh' }, 2, 0))
  })

  test('and where it does not keep to Local, that is noted', () => {
    const found = route(
      { internalTrafficPolicy: 'Local', type: 'NodePort', ports: [{ port: 80, nodePort: 1 }] },
      two,
      from('rr'),
    )
    expect(found.notes).toEqual([{ code: 'mode-ipvs-ignores-local', values: { node: 'node-a' } }])
  })

  test('where Local chose, hints were not asked', () => {
    const found = route({ internalTrafficPolicy: 'Local' }, [endpoint(1, 'ready', in_('node-a', 'zone-a'))])
    expect(found.hintReasons).toEqual([{ code: 'hints-local-policy', values: { policy: 'internalTrafficPolicy' } }])
  })

  test.each([
    ['all of them', [endpoint(1, 'ready', { zone: 'zone-b' }), endpoint(2, 'ready', { zone: 'zone-c' })], 1],
    ['none', [endpoint(1, 'ready', { zone: 'zone-a' }), endpoint(2, 'ready', { zone: 'zone-a' })], 0],
    ['some', two, undefined],
  ])(
    '[P26] a state that cannot be seen hides the share that leaves the zone, unless it is all or none: %s',
    (_, list, share) => {
      const found = route({}, list, from('lc'))
      expect([found.leavesZone, found.zoneUnknown]).toEqual([share, 0])
    },
  )
})

test('[P24] a health check answers 503 without a ready local endpoint', () => {
  expect([0, 1, 5].map(healthCheckStatus)).toEqual([503, 200, 200])
})

describe('[P25] probability and reason of every endpoint', () => {
  test.each([
    [
      'every ready one alike',
      {},
      [
        endpoint(1),
        endpoint(2),
        endpoint(3, 'not-ready'),
        endpoint(4, 'serving-terminating'),
        endpoint(5, 'terminating'),
      ],
      [
        ['10.0.0.1:8080', true, 0.5, 'endpoint-ready'],
        ['10.0.0.2:8080', true, 0.5, 'endpoint-ready'],
        ['10.0.0.3:8080', false, 0, 'endpoint-not-ready'],
        ['10.0.0.4:8080', false, 0, 'endpoint-terminating-others-ready'],
        ['10.0.0.5:8080', false, 0, 'endpoint-terminating-not-serving'],
      ],
    ],
    [
      'the zone',
      {},
      [endpoint(1, 'ready', on('n', ['zone-a'])), endpoint(2, 'ready', on('n', ['zone-b']))],
      [
        ['10.0.0.1:8080', true, 1, 'endpoint-same-zone'],
        ['10.0.0.2:8080', false, 0, 'endpoint-hinted-other-zone'],
      ],
    ],
    [
      'the node',
      {},
      [endpoint(1, 'ready', on('n', [], ['node-a'])), endpoint(2, 'ready', on('n', [], ['node-b']))],
      [
        ['10.0.0.1:8080', true, 1, 'endpoint-same-node'],
        ['10.0.0.2:8080', false, 0, 'endpoint-hinted-other-node'],
      ],
    ],
    [
      'the last resort',
      {},
      [endpoint(1, 'serving-terminating'), endpoint(2, 'not-ready')],
      [
        ['10.0.0.1:8080', true, 1, 'endpoint-last-resort'],
        ['10.0.0.2:8080', false, 0, 'endpoint-not-ready'],
      ],
    ],
    [
      'Local',
      { internalTrafficPolicy: 'Local' },
      [
        endpoint(1, 'ready', on('node-a')),
        endpoint(2, 'ready', on('node-b')),
        endpoint(3),
        endpoint(4, 'not-ready', on('node-a')),
      ],
      [
        ['10.0.0.1:8080', true, 1, 'endpoint-local'],
        ['10.0.0.2:8080', false, 0, 'endpoint-not-local'],
        ['10.0.0.3:8080', false, 0, 'endpoint-without-node'],
        ['10.0.0.4:8080', false, 0, 'endpoint-not-ready'],
      ],
    ],
    [
      'Local, terminating here',
      { internalTrafficPolicy: 'Local' },
      [endpoint(1, 'serving-terminating', on('node-a'))],
      [['10.0.0.1:8080', true, 1, 'endpoint-local-last-resort']],
    ],
  ] as const)('%s', (_, spec, endpoints, expected) => {
    expect(rows(route(spec, endpoints))).toEqual(expected)
  })

  test('without a source: every usable endpoint alike, hints and Local policy aside', () => {
    const endpoints = [
      endpoint(1, 'ready', on('n', ['zone-a'])),
      endpoint(2, 'ready', on('n', ['zone-b'])),
      endpoint(3, 'not-ready'),
    ]
    const found = route({ internalTrafficPolicy: 'Local' }, endpoints, { port: '/TCP', family: 'IPv4' })
    expect(rows(found)).toEqual([
      ['10.0.0.1:8080', true, 0.5, 'endpoint-ready'],
      ['10.0.0.2:8080', true, 0.5, 'endpoint-ready'],
      ['10.0.0.3:8080', false, 0, 'endpoint-not-ready'],
    ])
    expect([found.internal, found.leavesZone, found.hintReasons]).toEqual(['forward', undefined, []])
    expect([found.mode, found.notes]).toEqual(['none', []])
    expect(found.choice).toEqual(choiceOf({ mode: 'unknown', scheduler: null }, 2, 0))
  })

  test('without a source: those that serve while terminating, if nothing is ready', () => {
    const endpoints = [endpoint(1, 'serving-terminating'), endpoint(2, 'terminating'), endpoint(3, 'not-ready')]
    expect(rows(route({}, endpoints, { port: '/TCP', family: 'IPv4' }))).toEqual([
      ['10.0.0.1:8080', true, 1, 'endpoint-last-resort'],
      ['10.0.0.2:8080', false, 0, 'endpoint-terminating-not-serving'],
      ['10.0.0.3:8080', false, 0, 'endpoint-not-ready'],
    ])
  })

  test('probabilities add up to 1 exactly when something is forwarded', () => {
    const states = fc.constantFrom('ready', 'not-ready', 'serving-terminating', 'terminating')
    const place = fc.constantFrom('a', 'b', 'c')
    const one = fc.record({ last: fc.integer({ min: 1, max: 20 }), state: states, place, hinted: fc.boolean() })
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 15 }),
        fc.constantFrom('Cluster', 'Local'),
        (list, internalTrafficPolicy) => {
          const endpoints = list.map(({ last, state, place: at, hinted }) =>
            endpoint(
              last,
              state,
              hinted ? in_(`node-${at}`, `zone-${at}`) : { nodeName: `node-${at}`, zone: `zone-${at}` },
            ),
          )
          const found = route({ internalTrafficPolicy }, endpoints)
          const total = found.endpoints.reduce((sum, { probability }) => sum + (probability ?? 0), 0)
          expect(total).toBeCloseTo(found.internal === 'forward' ? 1 : 0)
          expect(found.endpoints.every(({ chosen, probability }) => chosen === (probability ?? 0) > 0)).toBe(true)
        },
      ),
    )
  })
})

describe('[P26] the share that leaves the zone', () => {
  test.each([
    ['hints keep it in', [endpoint(1, 'ready', in_('n', 'zone-a')), endpoint(2, 'ready', in_('n', 'zone-b'))], 0, 0],
    [
      'two thirds',
      [
        endpoint(1, 'ready', { zone: 'zone-a' }),
        endpoint(2, 'ready', { zone: 'zone-b' }),
        endpoint(3, 'ready', { zone: 'zone-c' }),
      ],
      2 / 3,
      0,
    ],
    ['an unknown zone is neither', [endpoint(1, 'ready', { zone: 'zone-b' }), endpoint(2)], 0.5, 0.5],
    ['nothing forwarded, nothing leaves', [endpoint(1, 'not-ready', { zone: 'zone-b' })], 0, 0],
  ] as const)('%s', (_, endpoints, leaves, unknown) => {
    const found = route({}, endpoints)
    expect(found.leavesZone).toBeCloseTo(leaves)
    expect(found.zoneUnknown).toBeCloseTo(unknown)
  })

  test('is not known from a node without a zone', () => {
    const from = { ...FROM_A, node: { name: 'node-a', zone: undefined } }
    expect(route({}, [endpoint(1, 'ready', { zone: 'zone-b' })], from).leavesZone).toBeUndefined()
  })
})
