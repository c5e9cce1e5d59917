import { describe, expect, test } from 'vitest'
import { podSummary } from '../testing/graph-objects'
import { groupByWorkload } from './workload-groups'
import { formatWorkloadRef, parseWorkloadRef, workloadOfPod } from './workload-ref'
import { workloadScope } from './workload-scope'

describe('[W1] a workload is what the owner references of pods name', () => {
  test.each([
    ['Deployment/shop/cart', { kind: 'Deployment', namespace: 'shop', name: 'cart' }],
    ['Rollout/shop/cart.v2', { kind: 'Rollout', namespace: 'shop', name: 'cart.v2' }],
    ['Deployment/cart', undefined],
    ['Deployment/shop/cart/x', undefined],
    ['/shop/cart', undefined],
    ['Deployment/shop/', undefined],
    ['Deployment/sh op/cart', undefined],
    ['Deploy-ment/shop/cart', undefined],
  ])('%s', (text, ref) => {
    expect(parseWorkloadRef(text)).toEqual(ref)
    if (ref) expect(formatWorkloadRef(ref)).toBe(text)
  })

  test('a pod names its own, or has none', () => {
    expect(workloadOfPod(podSummary('shop/a', { workload: 'Job/nightly-29385720' }))).toEqual({
      kind: 'Job',
      namespace: 'shop',
      name: 'nightly-29385720',
    })
    expect(workloadOfPod(podSummary('shop/a', { workload: null }))).toBeUndefined()
  })
})

test('[W2] the scope of a workload: its pods, the Services that list one, the nodes that hold one', () => {
  const cart = { workload: 'Deployment/cart', services: ['shop/cart', 'shop/all'], nodeName: 'n1' }
  const pods = [
    podSummary('shop/a', cart),
    podSummary('shop/b', { ...cart, services: [], nodeName: null }),
    podSummary('other/a', cart),
    podSummary('shop/c', { ...cart, workload: 'StatefulSet/cart', services: ['shop/db'], nodeName: 'n2' }),
  ]
  expect(workloadScope({ kind: 'Deployment', namespace: 'shop', name: 'cart' }, pods)).toEqual({
    pods: new Set(['shop/a', 'shop/b']),
    services: new Set(['shop/cart', 'shop/all']),
    nodes: new Set(['n1']),
  })
})

test('[W3] every endpoint is in one group, counted by condition and zone; what has no workload stands last', () => {
  const one = (workload: string | null | undefined, zone: string | null, state: 'ready' | 'leaving' | 'not') => ({
    workload,
    zone,
    ready: state === 'ready',
    serving: state !== 'not',
    terminating: state === 'leaving',
  })
  const endpoints = [
    one(undefined, null, 'ready'),
    one('StatefulSet/db', 'b', 'not'),
    one('Deployment/cart', 'b', 'ready'),
    one('Deployment/cart', 'a', 'leaving'),
    one('Deployment/cart', null, 'not'),
    one(null, 'a', 'ready'),
  ]
  const told = groupByWorkload(endpoints, ({ workload }) => workload).map(({ members, ...group }) => [
    ...[group.workload, members.length, group.ready, group.servingTerminating, group.notReady],
    group.zones.map(({ zone, ready, total }) => `${zone} ${ready}/${total}`).join(', '),
  ])
  expect(told).toEqual([
    ['Deployment/cart', 3, 1, 1, 1, 'a 0/1, b 1/1, null 0/1'],
    ['StatefulSet/db', 1, 0, 0, 1, 'b 0/1'],
    ['none', 1, 1, 0, 0, 'a 1/1'],
    ['unknown', 1, 1, 0, 0, 'null 1/1'],
  ])
})
