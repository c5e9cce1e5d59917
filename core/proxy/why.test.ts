import { describe, expect, test } from 'vitest'
import { endpointSliceKey } from '../model/keys'
import type { Endpoint } from '../model/records'
import { endpoint } from '../testing/builders'
import type { ProxyEndpoint } from './endpoints'
import { type WhyContext, whyOf, whyReachable } from './why'

const at = (over: Partial<Endpoint> = {}): ProxyEndpoint => ({
  key: '10.0.0.1:80',
  ip: '10.0.0.1',
  port: 80,
  slice: endpointSliceKey('shop', 'cart-1'),
  index: 0,
  endpoint: endpoint('10.0.0.1', over),
})
const why = (candidate: ProxyEndpoint, chosen: boolean, over: Partial<WhyContext> = {}) =>
  whyOf({ local: false, lists: { mode: 'none' }, node: { name: 'node-a', zone: 'zone-a' }, lastResort: true, ...over })(
    candidate,
    chosen,
  )
const leaving = { ready: false, serving: true, terminating: true }
const gone = { ready: false, serving: false }

describe('[P19] why an endpoint is chosen', () => {
  test.each([
    ['ready', {}, {}, 'endpoint-ready', {}],
    ['the last resort', leaving, {}, 'endpoint-last-resort', {}],
    ['not even that', gone, {}, 'endpoint-none-serves', {}],
    ['here', {}, { local: true }, 'endpoint-local', { node: 'node-a' }],
    ['here, as the last resort', leaving, { local: true }, 'endpoint-local-last-resort', { node: 'node-a' }],
    ['hinted for the node', {}, { lists: { mode: 'same-node' } }, 'endpoint-same-node', { node: 'node-a' }],
    ['hinted for the zone', {}, { lists: { mode: 'same-zone' } }, 'endpoint-same-zone', { zone: 'zone-a' }],
  ] as const)('%s', (_, endpointOver, context, code, values) => {
    expect(why(at(endpointOver), true, context)).toEqual({ code, values })
  })
})

describe('[P19] why an endpoint is not chosen', () => {
  test.each([
    ['others are ready', leaving, {}, 'endpoint-terminating-others-ready', {}],
    ['this version never uses it', leaving, { lastResort: false }, 'endpoint-terminating-never-used', {}],
    ['it serves no more', { ...leaving, serving: false }, {}, 'endpoint-terminating-not-serving', {}],
    ['it is not ready', gone, {}, 'endpoint-not-ready', {}],
    ['it is ready, and yet not taken', {}, {}, 'endpoint-not-serving', {}],
    [
      'it stands elsewhere',
      { nodeName: 'node-b' },
      { local: true },
      'endpoint-not-local',
      { node: 'node-a', on: 'node-b' },
    ],
    ['it stands nowhere', {}, { local: true }, 'endpoint-without-node', { node: 'node-a' }],
    [
      'it is hinted for other nodes',
      { hintNodes: ['node-b', 'node-c'] },
      { lists: { mode: 'same-node' } },
      'endpoint-hinted-other-node',
      { nodes: 'node-b, node-c' },
    ],
    [
      'it is hinted for another zone',
      { hintZones: ['zone-b'] },
      { lists: { mode: 'same-zone' } },
      'endpoint-hinted-other-zone',
      { zones: 'zone-b' },
    ],
    [
      'it is hinted for other zones',
      { hintZones: ['zone-b', 'zone-c'] },
      { lists: { mode: 'same-zone' } },
      'endpoint-hinted-other-zone',
      { zones: 'zone-b, zone-c' },
    ],
  ] as const)('%s', (_, endpointOver, context, code, values) => {
    expect(why(at(endpointOver), false, context)).toEqual({ code, values })
  })

  test('reasons of endpoints alike are one object, of others are not', () => {
    const tell = whyOf({ local: true, lists: { mode: 'none' }, node: { name: 'node-a', zone: '' }, lastResort: true })
    const [b, again, c] = ['node-b', 'node-b', 'node-c'].map((nodeName) => tell(at({ nodeName }), false))
    expect(b).toBe(again)
    expect(c).toEqual({ code: 'endpoint-not-local', values: { node: 'node-a', on: 'node-c' } })
    expect(tell(at(), false)).toBe(tell(at(), false))
    expect(tell(at({ nodeName: 'node-a' }), true)).toBe(tell(at({ nodeName: 'node-a' }), true))
  })
})

describe('[P25] why an endpoint counts, seen from nowhere', () => {
  test.each([
    ['ready', {}, true, 2, 'endpoint-ready'],
    ['nothing is ready', leaving, true, 0, 'endpoint-last-resort'],
    ['others are ready', leaving, false, 1, 'endpoint-terminating-others-ready'],
    ['it serves no more', { ...leaving, serving: false }, false, 1, 'endpoint-terminating-not-serving'],
    ['it is not ready', gone, false, 1, 'endpoint-not-ready'],
  ])('%s', (_, over, chosen, ready, code) => {
    expect(whyReachable(at(over), chosen, ready)).toEqual({ code, values: {} })
  })
})
