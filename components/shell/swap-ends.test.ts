import { describe, expect, test } from 'vitest'
import { formatPageQuery, parsePageQuery } from '@/core/graph/page-query'
import { nodeSummary, podSummary } from '@/core/testing/graph-objects'
import { swapEnds } from './swap-ends'

const address = (text: string) => ({ type: 'InternalIP', address: text })
const overview = {
  nodes: [nodeSummary('n1', { addresses: [address('10.0.0.1'), address('fd00::1')] })],
  pods: [
    podSummary('kube-system/agent', { podIPs: ['10.0.0.1'], hostNetwork: true, nodeName: 'n1' }),
    podSummary('shop/web', { podIPs: ['10.244.1.5', 'fd00:10:244::5'], nodeName: 'n1' }),
    podSummary('shop/cart', { podIPs: ['10.244.2.7'], nodeName: 'n1' }),
  ],
}

function swapped(search: string): string | undefined {
  const { query } = parsePageQuery(new URLSearchParams(search))
  const change = swapEnds(query, overview)
  return (
    change &&
    decodeURIComponent(
      new URLSearchParams(formatPageQuery({ ...query, ...change }).map((pair) => [...pair])).toString(),
    )
  )
}

describe('X swaps', () => {
  test.each([
    [
      'a pod and the pod it calls',
      'view=explain&from=Pod:shop/web&to=10.244.2.7:8080',
      'view=explain&from=Pod:shop/cart&to=10.244.1.5:8080',
    ],
    [
      'a node and a pod',
      'view=explain&from=Node:n1&to=10.244.2.7:53/UDP',
      'view=explain&from=Pod:shop/cart&to=10.0.0.1:53/UDP',
    ],
    [
      'a pod and a node, whose address it is before an agent’s',
      'from=Pod:shop/cart&to=10.0.0.1:22',
      'from=Node:n1&to=10.244.2.7:22',
    ],
    ['in the family called', 'from=Node:n1&to=[fd00:10:244::5]:80', 'from=Pod:shop/web&to=[fd00::1]:80'],
    ['the source and the pod in focus', 'focus=Pod:shop/cart&from=Node:n1', 'focus=Node:n1&from=Pod:shop/cart'],
    ['the source and the node in focus', 'focus=Node:n1&from=Pod:shop/web', 'focus=Pod:shop/web&from=Node:n1'],
  ])('%s', (_name, search, expected) => {
    expect(swapped(search)).toBe(expected)
    expect(swapped(expected)).toBe(search)
  })

  test.each([
    ['a Service in focus', 'view=explain&focus=Service:shop/cart&from=Node:n1'],
    ['a name', 'view=explain&from=Node:n1&to=cart.shop:80'],
    ['an address of nobody', 'view=explain&from=Node:n1&to=192.0.2.1:80'],
    ['the outside', 'view=explain&outside=*&from=Node:n1&to=10.244.2.7:80'],
    ['nothing chosen', 'view=explain&to=10.244.2.7:80'],
    ['a source without an address of the family', 'from=Pod:shop/cart&to=[fd00:10:244::5]:80'],
    ['a source that is not there', 'from=Pod:shop/gone&to=10.244.1.5:80'],
  ])('nothing with %s', (_name, search) => {
    expect(swapped(search)).toBeUndefined()
  })
})
