import { describe, expect, test } from 'vitest'
import { podSummary } from '@/core/testing/graph-objects'
import { findWorkloads, workloadsOf } from './find-workloads'

const pods = [
  podSummary('shop/cart-1', { workload: 'Deployment/cart', condition: 'ready' }),
  podSummary('shop/cart-2', { workload: 'Deployment/cart', condition: 'notReady' }),
  podSummary('shop/next-1', { workload: 'Deployment/cart-next' }),
  podSummary('data/kafka-0', { workload: 'StatefulSet/kafka' }),
  podSummary('kube-system/etcd-n1', { workload: 'Node/n1' }),
  podSummary('shop/alone', { workload: null }),
  podSummary('batch/worker-1', { workload: 'Job/worker', condition: 'outside' }),
  podSummary('batch/worker-2', { workload: 'Job/worker', condition: 'servingTerminating' }),
  podSummary('batch/worker-3', { workload: 'Job/worker', condition: 'unknown' }),
]

describe('[W1] workloads in the palette', () => {
  const all = workloadsOf(pods)

  test('each once, its pods counted, and those that a slice lists; neither nodes nor pods of their own', () => {
    expect(all.map(({ ref, pods: count, listed, ready }) => [ref.kind, ref.name, count, listed, ready])).toEqual([
      ['Deployment', 'cart', 2, 2, 1],
      ['Deployment', 'cart-next', 1, 1, 1],
      ['Job', 'worker', 3, 1, 0],
      ['StatefulSet', 'kafka', 1, 1, 1],
    ])
  })

  test.each([
    ['cart', ['cart', 'cart-next']],
    ['shop/cart-n', ['cart-next']],
    ['statefulset', ['kafka']],
    ['deployment/cart', ['cart', 'cart-next']],
    ['afk', ['kafka']],
    ['', []],
    ['8080', []],
  ])('%s', (text, names) => {
    expect(findWorkloads(all, text, 5).map(({ ref }) => ref.name)).toEqual(names)
  })
})
