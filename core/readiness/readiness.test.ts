import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord, Kind } from '../model/records'
import { container, endpoint, endpointOf, node, pod, service, slice } from '../testing/builders'
import { podReadiness } from './pod-readiness'
import { serviceReadiness } from './service-readiness'

const KINDS: readonly Kind[] = ['Service', 'EndpointSlice', 'Pod', 'Node', 'Endpoints', 'Namespace']

function viewOf(records: readonly ClusterRecord[], known = KINDS) {
  const store = createClusterStore()
  store.apply([
    ...known.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...records.map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return store
}

const unready = pod({
  ready: false,
  readySince: undefined,
  conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady', since: 9000 }],
  containers: [container({ ready: false })],
})
const leaving = pod({ deletedAt: 60_000, deletionGraceSeconds: 30 })
const cart = service()

function stateOf(one: ReturnType<typeof pod>, over?: Parameters<typeof endpointOf>[1], owner = cart) {
  const view = viewOf([owner, one, node(), slice({ endpoints: [endpointOf(one, over)], lastChangeTriggerTime: 7000 })])
  return serviceReadiness(view, owner)
}

describe('[H6] what an endpoint is between its pod and its slice', () => {
  test.each([
    ['a ready pod is not told about', pod(), undefined, []],
    ['not ready, and why', unready, undefined, [['not-ready', 'unready-probe-port', 9000]]],
    [
      'on its way out and serving',
      leaving,
      undefined,
      [['serving-terminating', 'standing-serving-terminating', 30_000]],
    ],
    [
      'on its way out and no longer serving',
      { ...unready, deletedAt: 60_000, deletionGraceSeconds: 30 },
      undefined,
      [['terminating', 'standing-terminating', 30_000]],
    ],
  ])('%s', (_, one, over, told) => {
    const { standings } = stateOf(one, over)
    expect(standings.map(({ state, why, since }) => [state, why?.code, since])).toEqual(told)
  })

  test('another pod of the same name is not the pod of the endpoint', () => {
    const old = endpointOf({ ...unready, uid: 'gone' })
    const view = viewOf([cart, unready, node(), slice({ endpoints: [old] })])
    expect(serviceReadiness(view, cart).standings[0]).toMatchObject({
      why: { code: 'standing-pod-unknown' },
      lag: null,
    })
  })

  test('an endpoint somebody wrote by hand says what they wrote', () => {
    const own = slice({ managedBy: undefined, endpoints: [endpoint('203.0.113.1', { ready: false, serving: false })] })
    const { standings } = serviceReadiness(viewOf([cart, own]), cart)
    expect(standings.map(({ why }) => why?.code)).toEqual(['standing-hand-made'])
  })
})

describe('[H7] publishNotReadyAddresses', () => {
  test('says ready of a pod that is not, and why it is not', () => {
    const owner = service({ publishNotReadyAddresses: true })
    const told = stateOf(unready, { ready: true }, owner)
    expect(told).toMatchObject({ publishNotReadyAddresses: true, published: 1 })
    expect(told.standings[0]).toMatchObject({ state: 'published', why: { code: 'unready-probe-port' }, lag: null })
  })
})

describe('[H8] with nothing ready a Service lives on what still serves', () => {
  const second = pod({ name: 'cart-2', podIPs: ['10.244.0.2'], deletedAt: 90_000, deletionGraceSeconds: 30 })

  test('counted, with the end of the last one', () => {
    const endpoints = [endpointOf(leaving), endpointOf(second)]
    const view = viewOf([cart, leaving, second, node(), slice({ endpoints })])
    expect(serviceReadiness(view, cart).fallback).toEqual({ endpoints: 2, endsBy: 90_000, port: null })
    expect(podReadiness(view, leaving).services[0]?.fallback).toEqual({ endpoints: 2, endsBy: 90_000, port: null })
    expect(podReadiness(view, leaving).terminating).toEqual({ since: 30_000, deadline: 60_000 })
  })

  test('per port: one that is ready for another port serves this one nothing', () => {
    const [first] = cart.ports
    if (!first) throw new Error('no port')
    const both = service({ ports: [first, { ...first, name: 'admin', port: 9000 }] })
    const [http] = slice().ports
    if (!http) throw new Error('no port')
    const admin = slice({
      name: 'b',
      ports: [{ ...http, name: 'admin', port: 9000 }],
      endpoints: [endpoint('10.0.0.1')],
    })
    const view = viewOf([both, leaving, node(), slice({ endpoints: [endpointOf(leaving)] }), admin])
    expect(serviceReadiness(view, both).fallback).toEqual({ endpoints: 1, endsBy: 60_000, port: 'http' })
  })

  test('a headless Service has none: nothing routes to it, and its names hold what is ready', () => {
    const headless = service({ clusterIP: 'None', clusterIPs: [] })
    const view = viewOf([headless, leaving, node(), slice({ endpoints: [endpointOf(leaving)] })])
    expect(serviceReadiness(view, headless).fallback).toBeNull()
  })

  test.each([
    ['not while something is ready', [endpoint('10.0.0.1'), endpointOf(leaving)]],
    [
      'not when what is left does not serve',
      [endpoint('10.0.0.1', { ready: false, serving: false, terminating: true })],
    ],
    ['not for endpoints that are only not ready', [endpoint('10.0.0.1', { ready: false, serving: false })]],
  ])('%s', (_, endpoints) => {
    expect(serviceReadiness(viewOf([cart, slice({ endpoints })]), cart).fallback).toBeNull()
  })
})

describe('[H9] the slice lags behind the pod', () => {
  test('both with their times', () => {
    const { standings } = stateOf(unready, { ready: true, serving: true })
    expect(standings[0]).toMatchObject({
      state: 'ready',
      lag: {
        expected: { ready: false, serving: false, terminating: false },
        podChangedAt: 9000,
        sliceChangedAt: 7000,
      },
    })
  })

  test.each([
    ['a pod without an address', { podIPs: [], phase: 'Pending' }, 'left-out-no-address'],
    ['one on a node that is not there', { nodeName: 'gone' }, 'left-out-node-unknown'],
    ['one without an address of the family', { podIPs: ['fd00::9'] }, 'left-out-other-family'],
    ['one that should be there', {}, 'left-out-not-written'],
  ])('%s is in no slice', (_, over, code) => {
    const other = pod({ name: 'cart-9', podIPs: ['10.244.0.9'], ...over })
    const records = [cart, pod(), other, node(), slice({ endpoints: [endpointOf(pod())] })]
    const told = (known = KINDS) =>
      serviceReadiness(viewOf(records, known), cart).leftOut.map((one) => [one.pod, one.reason.code])
    expect(told()).toEqual([['shop/cart-9', code]])
    // Nothing is said of what may not be read.
    expect(told(KINDS.filter((kind) => kind !== 'EndpointSlice'))).toEqual([])
  })

  test('pods that have ended, and those of a Service that nobody slices, are not missed', () => {
    const done = pod({ name: 'cart-9', phase: 'Succeeded' })
    const owner = service({ selector: undefined })
    expect(serviceReadiness(viewOf([cart, done]), cart).leftOut).toEqual([])
    expect(serviceReadiness(viewOf([owner, pod()]), owner).leftOut).toEqual([])
  })

  test('nobody is late where no controller writes', () => {
    const own = slice({ managedBy: 'me', endpoints: [endpointOf(unready, { ready: true, serving: true })] })
    expect(serviceReadiness(viewOf([cart, unready, own]), cart).standings).toEqual([])
  })
})

describe('the readiness of a pod', () => {
  test('a node that is not ready, or gone, is told where nodes are known', () => {
    const codes = (records: readonly ClusterRecord[], known = KINDS) =>
      podReadiness(viewOf([unready, ...records], known), unready).causes.map(({ code }) => code)
    expect(codes([node()])).toEqual(['unready-probe-port'])
    expect(codes([node({ ready: false })])).toEqual(['unready-probe-port', 'unready-node-not-ready'])
    expect(codes([])).toEqual(['unready-probe-port', 'unready-node-gone'])
    expect(codes([], ['Pod'])).toEqual(['unready-probe-port'])
  })

  test('gates are told whether they are set or not', () => {
    const readinessGates = ['example.com/a', 'example.com/b']
    const conditions = [{ type: 'example.com/a', status: 'True', reason: 'Attached', since: 4 }] as const
    expect(podReadiness(viewOf([]), pod({ readinessGates, conditions })).gates).toEqual([
      { type: 'example.com/a', status: 'True', reason: 'Attached', since: 4 },
      { type: 'example.com/b', status: 'missing', reason: null, since: null },
    ])
  })
})
