import { describe, expect, test } from 'vitest'
import type { Overview } from '@/client/use-overview'
import { nodeSummary, podSummary, serviceSummary, sliceSummary } from '@/core/testing/graph-objects'
import { find } from './find'

const cart = serviceSummary('shop/cart', {
  type: 'NodePort',
  clusterIPs: ['10.96.41.7', 'fd00:10:96::a3c1'],
  externalIPs: ['198.51.100.9'],
  ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 'http', nodePort: 30062, appProtocol: null }],
})
const cartDb = serviceSummary('shop/cart-db', { clusterIPs: ['10.96.0.12'] })
const pod = podSummary('shop/cart-1', { podIPs: ['10.244.1.18', 'fd00:10:244:1::12'], nodeName: 'node-1' })
const node = nodeSummary('node-1', { addresses: [{ type: 'InternalIP', address: '10.0.2.11' }] })
const slice = sliceSummary('shop/cart-x7k2p', { serviceName: 'cart' })

const overview: Overview = { services: [cartDb, cart], nodes: [node], pods: [pod], slices: [slice], namespaces: [] }

describe('find', () => {
  test.each([
    ['the exact name before longer ones', 'cart', 'shop/cart'],
    ['namespace and name', 'shop/cart-db', 'shop/cart-db'],
    ['capitals and spaces around', '  CART-DB ', 'shop/cart-db'],
    ['a ClusterIP', '10.96.41.7', 'shop/cart'],
    ['an IPv6 ClusterIP spelt out', 'FD00:0010:0096:0:0:0:0:A3C1', 'shop/cart'],
    ['an IPv6 address in brackets with a port', '[fd00:10:96::a3c1]:80', 'shop/cart'],
    ['an address with a port', '10.96.41.7:80', 'shop/cart'],
    ['an IPv4-mapped address', '::ffff:10.244.1.18', 'shop/cart-1'],
    ['an external IP', '198.51.100.9', 'shop/cart'],
    ['a nodePort', '30062', 'shop/cart'],
    ['a port with a colon', ':80', 'shop/cart'],
    ['a pod IP', '10.244.1.18', 'shop/cart-1'],
    ['the start of a pod IP', '10.244.', 'shop/cart-1'],
    ['a node IP', '10.0.2.11', 'node-1'],
    ['a slice', 'cart-x7k2p', 'shop/cart-x7k2p'],
  ])('%s', (_name, text, title) => {
    expect(find(overview, text, { limit: 10 })[0]?.title).toBe(title)
  })

  test('kinds that were not asked for stay away', () => {
    expect(find(overview, '', { kinds: ['Pod', 'Node'], limit: 10 }).map(({ title }) => title)).toEqual([
      'node-1',
      'shop/cart-1',
    ])
  })

  test('nothing fits, nothing is found', () => {
    expect(find(overview, 'checkout', { limit: 10 })).toEqual([])
  })
})
