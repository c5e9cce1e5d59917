import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord, EndpointSliceRecord, Kind } from '../model/records'
import {
  endpoint,
  endpointOf,
  legacyEndpoints,
  namespace,
  node,
  pod,
  service,
  serviceCIDR,
  slice,
} from '../testing/builders'
import { endpointIds, sliceKeyOfEndpoint } from './ids'
import { project, projectObject } from './project'
import type { GraphKind, GraphObjectOf, PartKey } from './types'

const put = (record: ClusterRecord): ClusterEvent => ({ type: 'put', record })

function storeOf(records: readonly ClusterRecord[], known: readonly Kind[] = ['EndpointSlice', 'Pod']) {
  const store = createClusterStore()
  store.apply([...known.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })), ...records.map(put)])
  return store
}

function objectOf<K extends GraphKind>(records: readonly ClusterRecord[], kind: K, part: PartKey): GraphObjectOf<K> {
  const found = [...project(storeOf(records), part).objects.values()].find((object) => object.kind === kind)
  if (found === undefined) throw new Error(`no ${kind} in ${part}`)
  return found as GraphObjectOf<K>
}

const summaryOf = (records: readonly ClusterRecord[]) => objectOf(records, 'ServiceSummary', 'overview')
const unready = { ready: false, serving: false }

describe('the summary of a Service', () => {
  test('[G11] it carries its problems in one sentence each; the part has them explained', () => {
    const records = [service(), slice({ lastChangeTriggerTime: 9 })]
    const { problems } = objectOf(records, 'Service', 'service/shop/cart')
    expect(problems.map(({ code, commands }) => [code, commands.length])).toEqual([['service-selects-no-pods', 2]])
    expect(summaryOf(records).trouble).toEqual([{ severity: 'crit', reason: problems[0]?.reason, since: 9 }])
  })

  test('[G6] 1,500 endpoints in 15 slices are all counted', () => {
    const slices = Array.from({ length: 15 }, (_, s) =>
      slice({
        name: `cart-${s}`,
        endpoints: Array.from({ length: 100 }, (_, e) => endpoint(`10.1.${s}.${e}`, e === 0 ? unready : {})),
      }),
    )
    const summary = summaryOf([service(), ...slices])
    expect(summary.endpoints.IPv4).toEqual({ ready: 1485, servingTerminating: 0, notReady: 15 })
    expect(summary.sliceCount).toBe(15)
  })

  test('[G6] an address in two slices counts once, by its better condition, however it is written', () => {
    const [a, b] = [endpoint('fd00::1', unready), endpoint('FD00:0:0::1')]
    const slices = [a, b].map((one, index) => slice({ name: `s${index}`, addressType: 'IPv6', endpoints: [one] }))
    expect(summaryOf([service(), ...slices]).endpoints).toEqual({
      IPv4: { ready: 0, servingTerminating: 0, notReady: 0 },
      IPv6: { ready: 1, servingTerminating: 0, notReady: 0 },
    })
  })

  test.each([
    { of: 'every ready endpoint hinted', hints: [['a'], ['b']], is: 'all' },
    { of: 'one without', hints: [['a'], []], is: 'some' },
    { of: 'none with', hints: [[], []], is: 'none' },
  ])('hints: $of', ({ hints, is }) => {
    const hinted = hints.map((hintZones, index) => endpoint(`10.0.0.${index}`, { hintZones }))
    const endpoints = [...hinted, endpoint('10.0.0.9', { ...unready, hintZones: is === 'none' ? ['a'] : [] })]
    expect(summaryOf([service(), slice({ endpoints })]).hinted).toBe(is)
  })

  test('a Service from before dual stack shows its one cluster IP', () => {
    expect(summaryOf([service({ clusterIPs: [] })]).clusterIPs).toEqual(['10.96.0.10'])
  })
})

describe('[G7] how a pod stands', () => {
  const cart = pod()
  const inSlice = (over: Partial<EndpointSliceRecord['endpoints'][number]>, name = 'a') =>
    slice({ name, endpoints: [endpointOf(cart, over)] })

  test.each([
    { of: 'ready', records: [inSlice({})], is: 'ready' },
    { of: 'still serving', records: [inSlice({ ready: false, terminating: true })], is: 'servingTerminating' },
    { of: 'not ready', records: [inSlice(unready)], is: 'notReady' },
    { of: 'ready in one slice and not in another', records: [inSlice(unready), inSlice({}, 'b')], is: 'ready' },
    { of: 'in no slice', records: [], is: 'outside' },
    { of: 'in an orphan slice only', records: [{ ...inSlice({}), serviceName: undefined }], is: 'outside' },
  ])('$of: $is', ({ records, is }) => {
    expect(objectOf([cart, ...records], 'PodSummary', 'overview').condition).toBe(is)
  })

  test('unknown as long as slices have not been read', () => {
    const summary = projectObject(storeOf([cart], ['Pod']), 'overview', 'PodSummary:shop/cart-1')
    expect(summary).toMatchObject({ condition: 'unknown' })
  })

  test('lists the Services of its slices, and its workload', () => {
    const deployed = { ...cart, workload: { kind: 'Deployment', name: 'cart', uid: '' } }
    const records = [deployed, inSlice({}), { ...inSlice({}, 'b'), serviceName: 'api' }]
    expect(objectOf(records, 'PodSummary', 'overview')).toMatchObject({
      services: ['shop/api', 'shop/cart'],
      workload: 'Deployment/cart',
    })
  })
})

describe('parts', () => {
  const cart = pod()
  const selected = pod({ name: 'left-out', ready: false })
  const foreign = pod({ name: 'other', namespace: 'ops', labels: {} })
  const cartSlice = slice({ name: 'cart-a', endpoints: [endpointOf(cart), endpointOf(foreign)] })
  const gone = slice({ name: 'cart-b', endpoints: [endpointOf(pod({ name: 'gone', podIPs: ['10.0.0.9'] }))] })
  const records = [namespace(), service(), node(), cart, selected, foreign, cartSlice, gone, legacyEndpoints()]
  const ids = (part: PartKey) => [...project(storeOf(records), part).objects.keys()].sort()

  test('[G8] a Service brings its slices, endpoints, legacy object, and the pods it lists or selects', () => {
    expect(ids('service/shop/cart')).toEqual([
      'Endpoint:shop/cart-a#10.244.0.1',
      'Endpoint:shop/cart-a#10.244.0.1~2',
      'Endpoint:shop/cart-b#10.0.0.9',
      'EndpointSlice:shop/cart-a',
      'EndpointSlice:shop/cart-b',
      'Endpoints:shop/cart',
      'Pod:ops/other',
      'Pod:shop/cart-1',
      'Pod:shop/left-out',
      'Service:shop/cart',
    ])
  })

  test('[G8] a node brings its pods, and a namespace the summaries of its own', () => {
    expect(ids('node/n1')).toEqual(['Node:n1', 'Pod:ops/other', 'Pod:shop/cart-1', 'Pod:shop/left-out'])
    expect(ids('namespace/ops')).toEqual(['PodSummary:ops/other'])
    expect(projectObject(storeOf(records), 'namespace/ops', 'PodSummary:shop/cart-1')).toBeUndefined()
  })

  test('a namespace is there by its own object or by what stands in it', () => {
    expect(ids('overview').filter((id) => id.startsWith('NamespaceSummary'))).toEqual([
      'NamespaceSummary:ops',
      'NamespaceSummary:shop',
    ])
  })

  test('[G8] the overview brings the ranges of cluster IPs that ServiceCIDR objects name, and how each stands', () => {
    const store = storeOf([
      serviceCIDR({ cidrs: ['10.96.0.0/12', 'fd00:10:96::/112'] }),
      serviceCIDR({ name: 'more', cidrs: ['10.200.0.0/16'], ready: false }),
      serviceCIDR({ name: 'old', cidrs: ['10.201.0.0/16'], ready: false, deletedAt: 5 }),
    ])
    const found = [...project(store, 'overview').objects.values()]
    expect(found).toEqual([
      {
        id: 'ServiceCIDRSummary:kubernetes',
        kind: 'ServiceCIDRSummary',
        name: 'kubernetes',
        cidrs: ['10.96.0.0/12', 'fd00:10:96::/112'],
        state: 'ready',
      },
      expect.objectContaining({ name: 'more', state: 'notReady' }),
      expect.objectContaining({ name: 'old', state: 'deleting' }),
    ])
    expect(projectObject(store, 'overview', 'ServiceCIDRSummary:none')).toBeUndefined()
  })

  test.each<PartKey>(['service/shop/none', 'node/none', 'namespace/none', 'service/bad', 'status'])(
    '%s of something that is not there is empty',
    (part) => {
      expect(ids(part)).toEqual([])
    },
  )

  test('what belongs to another part is not projected in this one', () => {
    const store = storeOf([...records, service({ name: 'api' })])
    const wrong = ['Service:shop/api', 'EndpointSlice:shop/none', 'Pod:shop/none', 'Node:n1', 'Endpoint:x', 'nonsense']
    expect(wrong.map((id) => projectObject(store, 'service/shop/cart', id))).toEqual(wrong.map(() => undefined))
    expect(projectObject(store, 'service/shop/api', 'EndpointSlice:shop/cart-a')).toBeUndefined()
    expect(projectObject(store, 'service/shop/api', 'Pod:ops/other')).toBeUndefined()
  })

  test('hints say why there are none', () => {
    const detail = objectOf([service(), cartSlice], 'Service', 'service/shop/cart')
    expect(detail.hints).toMatchObject([{ family: 'IPv4', state: 'none', reasons: [{ code: 'hints-not-asked' }] }])
  })

  test('a part says what it does not know', () => {
    const store = storeOf([service()], ['EndpointSlice'])
    expect(projectObject(store, 'service/shop/cart', 'Service:shop/cart')).toMatchObject({
      coverage: { EndpointSlice: 'synced', Pod: 'loading', Node: 'loading', Endpoints: 'loading' },
    })
  })
})

describe('[G9] ids of endpoints', () => {
  test('stay with the address when others leave, and tell repeated addresses apart', () => {
    const three = slice({ name: 's', endpoints: ['10.0.0.1', '10.0.0.2', '10.0.0.1'].map((ip) => endpoint(ip)) })
    const two = slice({ name: 's', endpoints: ['10.0.0.2'].map((ip) => endpoint(ip)) })
    expect([...endpointIds(three).keys()]).toEqual([
      'Endpoint:shop/s#10.0.0.1',
      'Endpoint:shop/s#10.0.0.2',
      'Endpoint:shop/s#10.0.0.1~2',
    ])
    expect([...endpointIds(two)]).toEqual([['Endpoint:shop/s#10.0.0.2', 0]])
  })

  test.each(['s', 's#1', 's%23', '#', '__proto__', 'a:b'])('lead back to a slice named %j', (name) => {
    const named = slice({ name, endpoints: [endpoint('10.0.0.1#2')] })
    const [id = ''] = endpointIds(named).keys()
    expect(sliceKeyOfEndpoint(id)).toBe(named.key)
    const store = storeOf([service(), named])
    expect(projectObject(store, 'service/shop/cart', id)).toMatchObject({ addresses: ['10.0.0.1#2'] })
  })
})
