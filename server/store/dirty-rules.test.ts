// What one change marks, exactly: too little leaves a stale screen (the laws find that too), too much makes a change cost more
// than what it touches.

import { describe, expect, test } from 'vitest'
import type { ClusterEvent } from '@/core/model/events'
import type { ClusterRecord } from '@/core/model/records'
import {
  configMap,
  container,
  endpoint,
  endpointOf,
  legacyEndpoints,
  namespace,
  node,
  pod,
  service,
  serviceCIDR,
  slice,
} from '@/core/testing/builders'
import { createClusterStore, type StoreChange } from './cluster-store'

const put = (record: ClusterRecord): ClusterEvent => ({ type: 'put', record })
const cart1 = pod({ name: 'cart-1', podIPs: ['10.0.0.1'], nodeName: 'n1' })
const cart2 = pod({ name: 'cart-2', podIPs: ['10.0.0.2'], nodeName: 'n2' })
const loose = pod({ name: 'loose', labels: {}, podIPs: ['10.0.0.9'], nodeName: 'n1' })
const cartSlice = slice({ name: 'cart-a', endpoints: [endpointOf(cart1), endpointOf(cart2)] })
const hinted = service({
  name: 'api',
  selector: undefined,
  annotations: { 'service.kubernetes.io/topology-mode': 'Auto' },
})

/** A shop of two nodes, where `cart` has two pods in one slice and `api` asks for topology hints. */
function shop() {
  const store = createClusterStore()
  const others = [namespace(), service(), hinted, node({ name: 'n1' }), node({ name: 'n2' }), loose]
  store.apply([...others, cart1, cart2, cartSlice].map(put))
  return store
}

function marks({ dirty }: StoreChange): readonly string[] {
  return [...dirty].flatMap(([part, ids]) => [...ids].map((id) => `${part} ${id}`)).sort()
}

const serviceMarks = (name: string) => [
  `namespace/shop ServiceSummary:shop/${name}`,
  `overview ServiceSummary:shop/${name}`,
  `service/shop/${name} Service:shop/${name}`,
]
const podMarks = (name: string, nodeName: string, ...services: readonly string[]) => [
  `namespace/shop PodSummary:shop/${name}`,
  `node/${nodeName} Pod:shop/${name}`,
  `overview PodSummary:shop/${name}`,
  ...services.map((of) => `service/shop/${of} Pod:shop/${name}`),
]
const sliceMarks = (name: string, of: string) => [
  `namespace/shop SliceSummary:shop/${name}`,
  `overview SliceSummary:shop/${name}`,
  `service/shop/${of} EndpointSlice:shop/${name}`,
]
const nodeMarks = (name: string) => [`node/${name} Node:${name}`, `overview NodeSummary:${name}`]

const unready = { ...cartSlice, endpoints: [endpointOf({ ...cart1, ready: false }), endpointOf(cart2)] }

describe('[G12] one change marks what it touches', () => {
  test.each<{
    of: string
    before?: readonly ClusterRecord[]
    readonly record: ClusterRecord
    readonly marked: readonly string[]
  }>([
    { of: 'a new resourceVersion of the same node', record: node({ name: 'n1', resourceVersion: '9' }), marked: [] },
    {
      of: 'one endpoint of two that is no longer ready',
      record: unready,
      marked: [
        ...serviceMarks('cart'),
        ...sliceMarks('cart-a', 'cart'),
        ...podMarks('cart-1', 'n1', 'cart'),
        'node/n1 Node:n1',
        'service/shop/cart Endpoint:shop/cart-a#10.0.0.1',
      ],
    },
    {
      of: 'endpoints that only changed places',
      record: { ...cartSlice, endpoints: cartSlice.endpoints.toReversed() },
      marked: [
        ...serviceMarks('cart'),
        ...sliceMarks('cart-a', 'cart'),
        'service/shop/cart Endpoint:shop/cart-a#10.0.0.1',
        'service/shop/cart Endpoint:shop/cart-a#10.0.0.2',
      ],
    },
    {
      of: 'a pod whose readiness changed: its Services hear of it by their slices, and may tell why',
      record: { ...cart1, ready: false, containers: [container({ ready: false })] },
      marked: [...podMarks('cart-1', 'n1', 'cart'), 'service/shop/cart Service:shop/cart'],
    },
    { of: 'a pod in no Service', record: { ...loose, startedAt: 7 }, marked: podMarks('loose', 'n1') },
    {
      of: 'a pod whose ports have other names: named target ports may be missing now',
      record: { ...cart1, containers: [container({ ports: [] })] },
      marked: [...podMarks('cart-1', 'n1', 'cart'), ...serviceMarks('cart')],
    },
    {
      of: 'a pod that finished',
      record: { ...cart1, phase: 'Succeeded' },
      marked: [...podMarks('cart-1', 'n1', 'cart'), ...serviceMarks('cart')],
    },
    {
      of: 'a pod that another Service now selects no more',
      record: { ...loose, labels: new Map([['app', 'cart']]) },
      marked: [...podMarks('loose', 'n1', 'cart'), ...serviceMarks('cart')],
    },
    {
      of: "a kube-proxy pod: its node's proxy mode is read from it",
      record: { ...loose, proxyArgs: ['kube-proxy'] },
      marked: [...podMarks('loose', 'n1'), ...nodeMarks('n1'), ...serviceMarks('api')],
    },
    {
      of: 'a pod of a DaemonSet: it may be the agent that replaces kube-proxy',
      record: { ...loose, workload: { kind: 'DaemonSet', name: 'cilium', uid: '' } },
      marked: [...podMarks('loose', 'n1'), ...nodeMarks('n1'), ...serviceMarks('api')],
    },
    {
      of: 'a pod that moved',
      record: { ...loose, nodeName: 'n2' },
      marked: [...podMarks('loose', 'n1'), 'node/n2 Pod:shop/loose', ...nodeMarks('n1'), ...nodeMarks('n2')],
    },
    {
      of: 'a node that came: a Service with policy Local has no endpoint there',
      before: [service({ name: 'local', internalTrafficPolicy: 'Local' })],
      record: node({ name: 'n3' }),
      marked: [...nodeMarks('n3'), ...serviceMarks('api'), ...serviceMarks('local')],
    },
    { of: 'a cordoned node', record: node({ name: 'n1', unschedulable: true }), marked: nodeMarks('n1') },
    {
      of: 'a node with another zone: the safeguards of topology hints look at all nodes',
      record: node({ name: 'n1', zone: 'b' }),
      marked: [...nodeMarks('n1'), ...serviceMarks('api')],
    },
    {
      of: 'a node with more CPU',
      record: node({ name: 'n1', allocatableCpuMilli: 8000 }),
      marked: [...nodeMarks('n1'), ...serviceMarks('api')],
    },
    { of: 'a Service with another label', record: service({ labels: { a: 'b' } }), marked: serviceMarks('cart') },
    {
      of: 'a Service with another selector',
      record: service({ selector: { app: 'other' } }),
      marked: [...serviceMarks('cart'), 'service/shop/cart Pod:shop/cart-1', 'service/shop/cart Pod:shop/cart-2'],
    },
    { of: 'a legacy Endpoints object', record: legacyEndpoints(), marked: ['service/shop/cart Endpoints:shop/cart'] },
    {
      of: 'a ServiceCIDR: the plane of cluster IPs is called by its range',
      record: serviceCIDR(),
      marked: ['overview ServiceCIDRSummary:kubernetes'],
    },
    {
      of: 'a ConfigMap: what a policy Local does on a node is a matter of its proxy',
      record: configMap(),
      marked: [...nodeMarks('n1'), ...nodeMarks('n2'), ...serviceMarks('api')],
    },
    {
      of: 'a pod of a DaemonSet that is ready again: its proxy is the same',
      before: [{ ...loose, workload: { kind: 'DaemonSet', name: 'cilium', uid: '' } }],
      record: { ...loose, workload: { kind: 'DaemonSet', name: 'cilium', uid: '' }, ready: false },
      marked: [...podMarks('loose', 'n1'), ...nodeMarks('n1')],
    },
  ])('$of', ({ before = [], record, marked }) => {
    const store = shop()
    store.apply(before.map(put))
    const change = store.apply([put(record)])
    const news = marks(change).filter((mark) => !mark.includes('NamespaceSummary'))
    expect(news).toEqual([...marked].sort())
  })

  test('a slice that goes over to another Service leaves one part whole and enters the other', () => {
    const marked = marks(shop().apply([put({ ...cartSlice, serviceName: 'api' })]))
    const endpoints = ['10.0.0.1', '10.0.0.2'].map((ip) => `Endpoint:shop/cart-a#${ip}`)
    for (const part of ['service/shop/cart', 'service/shop/api']) {
      expect(marked).toEqual(expect.arrayContaining(endpoints.map((id) => `${part} ${id}`)))
      expect(marked).toEqual(expect.arrayContaining([`${part} Pod:shop/cart-1`, `${part} EndpointSlice:shop/cart-a`]))
    }
  })

  test('one changed endpoint of 1,000 marks one endpoint', () => {
    const store = shop()
    const endpoints = Array.from({ length: 1000 }, (_, index) => endpoint(`10.1.${index >> 8}.${index & 255}`))
    const big = slice({ name: 'big', endpoints })
    store.apply([put(big)])
    const one = { ...endpoint('10.1.0.7'), ready: false }
    const change = store.apply([put({ ...big, endpoints: endpoints.with(7, one) })])
    expect(marks(change).filter((mark) => mark.includes('Endpoint:'))).toEqual([
      'service/shop/cart Endpoint:shop/big#10.1.0.7',
    ])
  })
})
