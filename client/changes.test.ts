import { describe, expect, test } from 'vitest'
import { nodeSummary, podSummary, serviceSummary } from '@/core/testing/graph-objects'
import { changesOf } from './changes'

const zero = { ready: 0, servingTerminating: 0, notReady: 0 }

const service = serviceSummary('shop/cart', { endpoints: { IPv4: { ...zero, ready: 6 }, IPv6: zero } })
const scaled = serviceSummary('shop/cart', { endpoints: { IPv4: { ...zero, ready: 9 }, IPv6: zero } })
const pod = podSummary('shop/cart-1', { nodeName: 'node-1' })
const node = nodeSummary('node-1', { proxyMode: { state: 'unknown', confidence: 'unknown' } })

describe('what a reader of the overview would call a change', () => {
  test.each([
    ['more ready endpoints', service, scaled, [{ code: 'endpoints', from: 6, to: 9 }]],
    ['a label alone is none', service, { ...service, labels: [['a', 'b']] }, []],
    ['a Service that appears', undefined, service, [{ code: 'came' }]],
    ['a Service that is gone', service, undefined, [{ code: 'went' }]],
    [
      'a pod that turns not ready',
      pod,
      { ...pod, condition: 'notReady' },
      [{ code: 'condition', from: 'ready', to: 'notReady' }],
    ],
    ['a pod that turns ready is told by its Service', { ...pod, condition: 'notReady' }, pod, []],
    ['a pod that appears is told by its Service', undefined, pod, []],
    ['a node that goes silent', node, { ...node, ready: false }, [{ code: 'nodeNotReady' }]],
    [
      'another proxy mode',
      node,
      { ...node, proxyMode: { state: 'replaced', by: 'Cilium', confidence: 'likely' } },
      [{ code: 'mode' }],
    ],
  ] as const)('%s', (_name, old, fresh, what) => {
    expect(changesOf(old as never, fresh as never, 5).map((one) => one.what)).toEqual(what)
  })
})
