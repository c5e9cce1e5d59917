import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord } from '../model/records'
import { container, endpoint, endpointOf, node, pod, probe, service, slice } from '../testing/builders'
import { podReadiness } from './pod-readiness'
import { probeNotes, probeTimes } from './probe-times'
import { serviceReadiness } from './service-readiness'
import { standingOf } from './standing'

function viewOf(records: readonly ClusterRecord[]) {
  const store = createClusterStore()
  store.apply([
    ...(['Service', 'EndpointSlice', 'Pod', 'Node'] as const).map(
      (kind): ClusterEvent => ({ type: 'synced', kind, scope: '' }),
    ),
    ...records.map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return store
}

const cart = service()
const unready = pod({
  ready: false,
  readySince: undefined,
  conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady', since: 9000 }],
  containers: [container({ ready: false })],
})
const hand = slice({ managedBy: 'me' })
type Slice = ReturnType<typeof slice>
function stands(
  own: ReturnType<typeof pod> | undefined,
  of: Slice['endpoints'][number],
  at: Slice = slice(),
  owner = cart,
) {
  const placed = { ...at, endpoints: [of] }
  const view = viewOf([owner, placed, node(), ...(own ? [own] : [])])
  return standingOf(view, { service: owner, slice: placed, index: 0 })
}

describe('[H6] why an endpoint stands as it does', () => {
  const published = service({ publishNotReadyAddresses: true })
  const leaving = { ...pod({ deletedAt: 60_000, deletionGraceSeconds: 30 }) }
  test.each<[string, () => ReturnType<typeof stands>, string, string | undefined, number | null]>([
    ['ready', () => stands(pod(), endpointOf(pod())), 'ready', undefined, null],
    ['ready, of nobody', () => stands(undefined, endpoint('10.0.0.1')), 'ready', undefined, null],
    ['not ready', () => stands(unready, endpointOf(unready)), 'not-ready', 'unready-probe-port', 9000],
    [
      'not ready, though its pod is',
      () => stands(pod({ readySince: 5 }), endpointOf(pod(), { ready: false })),
      'not-ready',
      'standing-pod-is-ready',
      5,
    ],
    [
      'not ready in a slice by hand, though its pod is',
      () => stands(pod({ readySince: 5 }), endpointOf(pod(), { ready: false }), hand),
      'not-ready',
      'standing-hand-made',
      5,
    ],
    [
      'not ready, of a pod that is not there',
      () => stands(undefined, endpointOf(unready)),
      'not-ready',
      'standing-pod-unknown',
      null,
    ],
    [
      'not ready, of something else',
      () =>
        stands(
          undefined,
          endpoint('10.0.0.1', { ready: false, targetRef: { kind: 'Node', namespace: '', name: 'n', uid: 'u' } }),
        ),
      'not-ready',
      'standing-hand-made',
      null,
    ],
    [
      'ending and serving',
      () => stands(leaving, endpointOf(leaving)),
      'serving-terminating',
      'standing-serving-terminating',
      30_000,
    ],
    [
      'ending',
      () => stands(leaving, endpointOf(leaving, { serving: false })),
      'terminating',
      'standing-terminating',
      30_000,
    ],
    [
      'published, not serving',
      () => stands(unready, endpointOf(unready, { ready: true }), slice(), published),
      'published',
      'unready-probe-port',
      9000,
    ],
    [
      'published and serving, of a pod that is not ready',
      () => stands(unready, endpointOf(unready, { ready: true, serving: true }), slice(), published),
      'published',
      'unready-probe-port',
      9000,
    ],
    ['published and serving', () => stands(pod(), endpointOf(pod()), slice(), published), 'ready', undefined, null],
    [
      'published, of nobody',
      () => stands(undefined, endpoint('10.0.0.1'), slice(), published),
      'ready',
      undefined,
      null,
    ],
    [
      'ready and not serving, where nothing is published',
      () => stands(undefined, endpoint('10.0.0.1', { serving: false })),
      'ready',
      undefined,
      null,
    ],
  ])('%s', (_, standing, state, code, since) => {
    const found = standing()
    expect([found?.state, found?.why?.code, found?.since]).toEqual([state, code, since])
    expect(found).toMatchObject({ slice: 'shop/cart-a1b2c', index: 0 })
  })

  test('a reference without a uid means the pod of the name; there is no place beyond the last', () => {
    const bare = endpointOf(unready, { targetRef: { kind: 'Pod', namespace: 'shop', name: 'cart-1', uid: '' } })
    expect(stands(unready, bare)?.why?.code).toBe('unready-probe-port')
    expect(standingOf(viewOf([]), { service: cart, slice: slice(), index: 0 })).toBeUndefined()
  })
})

describe('[H9] whether the slice lags behind the pod', () => {
  const at = { lastChangeTriggerTime: 7000 }
  const behind = endpointOf(unready, { ready: true, serving: true })
  const leaving = pod({ readySince: 5, deletedAt: 60_000, deletionGraceSeconds: 30 })
  test.each<[string, () => ReturnType<typeof stands>, object | null]>([
    ['all as it should be', () => stands(unready, endpointOf(unready)), null],
    [
      'ready and serving, of a pod that is not ready',
      () => stands(unready, behind, slice(at)),
      { expected: { ready: false, serving: false, terminating: false }, podChangedAt: 9000, sliceChangedAt: 7000 },
    ],
    [
      'a slice that does not say when it was written',
      () => stands(unready, behind),
      { expected: { ready: false, serving: false, terminating: false }, podChangedAt: 9000, sliceChangedAt: null },
    ],
    [
      'a pod that does not say since when',
      () => stands({ ...unready, conditions: [], createdAt: undefined }, behind),
      { expected: { ready: false, serving: false, terminating: false }, podChangedAt: null, sliceChangedAt: null },
    ],
    [
      'serving alone is behind',
      () => stands(unready, endpointOf(unready, { serving: true })),
      { expected: { ready: false, serving: false, terminating: false }, podChangedAt: 9000, sliceChangedAt: null },
    ],
    [
      'ending alone is behind: the later of its times',
      () => stands(leaving, endpointOf(leaving, { terminating: false })),
      { expected: { ready: false, serving: true, terminating: true }, podChangedAt: 30_000, sliceChangedAt: null },
    ],
    [
      'ready while it ends',
      () => stands(leaving, endpointOf(leaving, { ready: true })),
      { expected: { ready: false, serving: true, terminating: true }, podChangedAt: 30_000, sliceChangedAt: null },
    ],
    [
      'not published, where it should be',
      () => stands(unready, endpointOf(unready), slice(), service({ publishNotReadyAddresses: true })),
      { expected: { ready: true, serving: false, terminating: false }, podChangedAt: 9000, sliceChangedAt: null },
    ],
    ['a slice by hand', () => stands(unready, behind, hand), null],
    ['a pod that is not selected', () => stands({ ...unready, labels: new Map() }, behind), null],
    ['a Service that selects nobody', () => stands(unready, behind, slice(), service({ selector: undefined })), null],
    ['a pod that is not there', () => stands(undefined, behind), null],
  ])('%s', (_, standing, lag) => expect(standing()?.lag).toEqual(lag))

  test('of a Service: those that are not simply ready, or behind; those published are counted', () => {
    const owner = service({ publishNotReadyAddresses: true })
    const other = pod({ name: 'cart-2', uid: 'two' })
    const endpoints = [
      endpointOf(unready, { ready: true }),
      endpointOf(other),
      endpointOf(other, { terminating: true }),
    ]
    const found = serviceReadiness(viewOf([owner, unready, other, node(), slice({ endpoints })]), owner)
    expect(found.standings.map(({ index, state }) => [index, state])).toEqual([
      [0, 'published'],
      [2, 'ready'],
    ])
    expect(found).toMatchObject({ published: 1, publishNotReadyAddresses: true })
    expect(serviceReadiness(viewOf([cart]), cart)).toMatchObject({ published: 0, publishNotReadyAddresses: false })
  })
})

describe('the readiness of a pod', () => {
  test('everything that is known of it', () => {
    const end = { phase: 'terminated', reason: 'Error', since: 1, exitCode: 1 } as const
    const containers = [
      container({ restartCount: 3, lastEnd: end, startupProbe: probe({ periodSeconds: 1 }) }),
      container({
        name: 'bare',
        readinessProbe: undefined,
        ready: undefined,
        restartCount: undefined,
        state: undefined,
      }),
    ]
    const found = podReadiness(viewOf([node({ name: 'n1' })]), pod({ readySince: 7, containers }))
    expect(found).toMatchObject({ ready: true, since: 7, causes: [], gates: [], terminating: null, services: [] })
    expect(found.containers).toEqual([
      {
        name: 'web',
        role: 'regular',
        ready: true,
        restartCount: 3,
        state: { phase: 'running', reason: undefined, since: 0, exitCode: undefined },
        lastEnd: end,
        readinessProbe: probeTimes(probe()),
        startupProbe: probeTimes(probe({ periodSeconds: 1 })),
        notes: probeNotes(container({ startupProbe: probe({ periodSeconds: 1 }) })),
      },
      {
        ...{ name: 'bare', role: 'regular', ready: null, restartCount: null, state: null, lastEnd: null },
        ...{ readinessProbe: null, startupProbe: null },
        notes: probeNotes(container({ readinessProbe: undefined })),
      },
    ])
    const bare = pod({ readySince: undefined, deletedAt: 9 })
    expect(podReadiness(viewOf([]), bare)).toMatchObject({ since: null, terminating: { since: null, deadline: 9 } })
  })

  test.each([
    ['gone', [], ['unready-probe-port', 'unready-node-gone']],
    ['not ready', [node({ name: 'n1', ready: false })], ['unready-probe-port', 'unready-node-not-ready']],
    ['of which nothing is heard', [node({ name: 'n1', ready: undefined })], ['unready-probe-port']],
  ])('a node that is %s', (_, nodes, codes) => {
    const { causes } = podReadiness(viewOf(nodes), unready)
    expect(causes.map(({ code }) => code)).toEqual(codes)
    expect(causes[1]?.values ?? { node: 'n1' }).toEqual({ node: 'n1' })
  })

  test.each(['Succeeded', 'Failed'])('the node of a pod that has %s is of no matter', (phase) => {
    expect(podReadiness(viewOf([]), { ...unready, phase }).causes).toHaveLength(1)
  })

  test('a pod without a node, and one that is ready, ask for none', () => {
    expect(podReadiness(viewOf([]), { ...unready, nodeName: undefined }).causes.map(({ code }) => code)).toEqual([
      'unready-unscheduled',
    ])
    expect(podReadiness(viewOf([]), pod()).causes).toEqual([])
  })

  test('gates that are set, with and without a reason', () => {
    const own = pod({
      readinessGates: ['a', 'b'],
      conditions: [
        { type: 'b', status: 'Unknown', reason: undefined, since: undefined },
        { type: 'a', status: 'False', reason: 'x', since: 4 },
      ],
    })
    expect(podReadiness(viewOf([]), own).gates).toEqual([
      { type: 'a', status: 'False', reason: 'x', since: 4 },
      { type: 'b', status: 'Unknown', reason: null, since: null },
    ])
  })

  test('what Services make of it: with the fallback only where it is one', () => {
    const own = pod({ deletedAt: 60_000, deletionGraceSeconds: 30 })
    const loose = slice({ name: 'loose', serviceName: undefined, endpoints: [endpointOf(own)] })
    const gone = slice({ name: 'gone', serviceName: 'gone', endpoints: [endpointOf(own)] })
    const records = [
      own,
      node(),
      slice({ endpoints: [endpoint('10.0.0.9', { ready: false, serving: false }), endpointOf(own)] }),
      loose,
      gone,
    ]
    expect(podReadiness(viewOf([service({ publishNotReadyAddresses: true }), ...records]), own).services).toMatchObject(
      [{ service: 'shop/cart', index: 1, publishNotReadyAddresses: true, fallback: { endpoints: 1, endsBy: 60_000 } }],
    )
    const ended = podReadiness(viewOf([cart, own, slice({ endpoints: [endpointOf(own, { serving: false })] })]), own)
    expect(ended.services).toMatchObject([{ state: 'terminating', publishNotReadyAddresses: false, fallback: null }])
  })
})

test('[H8] a pod that is not ready is nobody to live on, though another is', () => {
  const own = pod({ name: 'p2', uid: 'two', podIPs: ['10.244.0.2'], deletedAt: 60_000 })
  const view = viewOf([cart, unready, own, node(), slice({ endpoints: [endpointOf(unready), endpointOf(own)] })])
  expect(podReadiness(view, unready).services).toMatchObject([{ state: 'not-ready', fallback: null }])
  expect(podReadiness(view, own).services).toMatchObject([{ fallback: { endpoints: 1, endsBy: 60_000, port: null } }])
})

describe('[H8] what a Service lives on', () => {
  const leaving = (n: number) => pod({ name: `p${n}`, uid: `u${n}`, podIPs: [`10.244.0.${n}`], deletedAt: n * 1000 })
  const fallback = (records: readonly ClusterRecord[], owner = cart) =>
    serviceReadiness(viewOf([owner, ...records]), owner).fallback

  test('pods that are not there end at no known time', () => {
    expect(fallback([slice({ endpoints: [endpointOf(leaving(1))] })])).toEqual({
      endpoints: 1,
      endsBy: null,
      port: null,
    })
  })

  test('an address that stands twice counts once', () => {
    const twice = [
      slice({ endpoints: [endpointOf(leaving(1))] }),
      slice({ name: 'b', endpoints: [endpointOf(leaving(1))] }),
    ]
    expect(fallback([leaving(1), ...twice])).toEqual({ endpoints: 1, endsBy: 1000, port: null })
  })

  test('of two ports the one with more, the first of those with as many', () => {
    const [http] = cart.ports
    const [port] = slice().ports
    if (!http || !port) throw new Error('no port')
    const both = service({ ports: [http, { ...http, name: 'admin', port: 90 }] })
    const on = (name: string, ...all: readonly ReturnType<typeof pod>[]) =>
      slice({ name, ports: [{ ...port, name }], endpoints: all.map((one) => endpointOf(one)) })
    const ready = slice({
      name: 'c',
      ports: [{ ...port, name: 'metrics' }],
      endpoints: [endpoint('10.0.0.1'), endpoint('10.0.0.2', { ready: false })],
    })
    const three = service({ ports: [...both.ports, { ...http, name: 'metrics', port: 91 }] })
    const told = (...records: readonly ClusterRecord[]) => fallback([ready, ...records], three)?.port
    expect(told(on('http', leaving(1)), on('admin', leaving(1), leaving(2)))).toBe('admin')
    expect(told(on('http', leaving(1)), on('admin', leaving(2)))).toBe('http')
    expect(told(on('http', leaving(1), leaving(2)), on('admin', leaving(1)))).toBe('http')
  })
})
