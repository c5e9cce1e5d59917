import { describe, expect, test } from 'vitest'
import type { Overview } from '@/client/use-overview'
import type { PortRef } from '@/core/graph/page-destination'
import { nodeSummary, podSummary, serviceSummary, sliceSummary } from '@/core/testing/graph-objects'
import { find } from './find'

const cart = serviceSummary('shop/cart', {
  type: 'NodePort',
  clusterIPs: ['10.96.41.7', 'fd00:10:96::a3c1'],
  externalIPs: ['198.51.100.9'],
  ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 'http', nodePort: 30062, appProtocol: null }],
})
const cartDb = serviceSummary('shop/cart-db', {
  clusterIPs: ['10.96.0.12'],
  ports: [{ name: '', protocol: 'UDP', port: 80, targetPort: 8080, nodePort: null, appProtocol: null }],
})
const mail = serviceSummary('ops/mail', { type: 'ExternalName', externalName: 'mail.example.com' })
const grafana = serviceSummary('observability/grafana', { loadBalancer: ['192.0.2.7', 'grafana-8f2c41.lb.test'] })
const pod = podSummary('shop/cart-1', { podIPs: ['10.244.1.18', 'fd00:10:244:1::12'], nodeName: 'node-1' })
const node = nodeSummary('node-1', { addresses: [{ type: 'InternalIP', address: '10.0.2.11' }] })
const slice = sliceSummary('shop/cart-x7k2p', { serviceName: 'cart' })

const overview: Overview = {
  services: [cartDb, cart, mail, grafana],
  nodes: [node],
  pods: [pod],
  slices: [slice],
  namespaces: [],
  serviceCIDRs: [],
}

const long = 10 * 1024
test.each([
  ['an address that goes on', `${'1.'.repeat(long / 2)}x`],
  ['an IPv6 address that goes on', `${'a:'.repeat(long / 2)}x!`],
  ['colons', `${':'.repeat(long)}x`],
  ['brackets', '['.repeat(long)],
  ['slashes', `${'/1'.repeat(long / 2)}x`],
  ['a pattern', '(a+)+$'.repeat(long / 6)],
])('[K72] ten thousand letters are read in less than 10 ms: %s', (_, text) => {
  const times = Array.from({ length: 3 }, () => {
    const startedAt = performance.now()
    find(overview, text, { limit: 10 })
    return performance.now() - startedAt
  })
  expect(Math.min(...times)).toBeLessThan(10)
})

test('[K72] what looks like a pattern is only its letters', () => {
  for (const text of ['.*', 'shop/c.rt', '^shop', '[a-z]', '(cart|mail)'])
    expect(find(overview, text, { limit: 10 })).toEqual([])
})

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
    ['a port with a colon', ':80', 'shop/cart-db'],
    ['a pod IP', '10.244.1.18', 'shop/cart-1'],
    ['the start of a pod IP', '10.244.', 'shop/cart-1'],
    ['a node IP', '10.0.2.11', 'node-1'],
    ['a slice', 'cart-x7k2p', 'shop/cart-x7k2p'],
    ['a name with a port', 'cart:80', 'shop/cart'],
    ['namespace and name with a port', 'shop/cart-db:80', 'shop/cart-db'],
    ['a name with the name of a port', 'shop/cart:http', 'shop/cart'],
    ['a name in DNS', 'cart-db.shop', 'shop/cart-db'],
    ['a whole name in DNS with a port', 'cart-db.shop.svc.cluster.local:80', 'shop/cart-db'],
    ['a whole name in DNS with its final dot', 'cart.shop.svc.cluster.local.', 'shop/cart'],
    ['an SRV name', '_http._tcp.cart.shop', 'shop/cart'],
    ['a whole SRV name', '_http._tcp.cart.shop.svc.cluster.local', 'shop/cart'],
    ['the name of an endpoint', '10-244-1-18.cart.shop.svc.cluster.local', 'shop/cart'],
    ['an address asked backwards', '7.41.96.10.in-addr.arpa.', 'shop/cart'],
    ['an external name with a port', 'mail.example.com:25', 'ops/mail'],
    ['the host name of a load balancer', 'grafana-8f2c41.lb.test', 'observability/grafana'],
    ['a URL', 'http://cart-db.shop.svc:80/healthz?full=1', 'shop/cart-db'],
    ['a URL of an IPv6 address', 'https://[fd00:10:96:0::a3c1]/', 'shop/cart'],
    ['a node IP with a nodePort', '10.0.2.11:30062', 'shop/cart'],
    ['a node IP with another port', '10.0.2.11:10256', 'node-1'],
    ['a pod IP with a port', '10.244.1.18:8080', 'shop/cart-1'],
    ['an address with a mask', '10.244.1.18/24', 'shop/cart-1'],
    ['half an IPv6 address', 'fd00:10', 'shop/cart'],
  ])('%s', (_name, text, title) => {
    expect(find(overview, text, { limit: 10 })[0]?.title).toBe(title)
  })

  test('kinds that were not asked for stay away', () => {
    expect(find(overview, '', { kinds: ['Pod', 'Node'], limit: 10 }).map(({ title }) => title)).toEqual([
      'node-1',
      'shop/cart-1',
    ])
  })

  test.each<[string, string, string, PortRef | undefined]>([
    ['the port by its number', 'shop/cart:80', 'http 80/TCP → http · 30062', { name: 'http', protocol: 'TCP' }],
    ['the port by its name', 'cart:http', 'http 80/TCP → http · 30062', { name: 'http', protocol: 'TCP' }],
    [
      'the port of an SRV name',
      '_http._tcp.cart.shop',
      'http 80/TCP → http · 30062',
      { name: 'http', protocol: 'TCP' },
    ],
    ['a port without a name', 'cart-db:80', '80/UDP → 8080', { name: '', protocol: 'UDP' }],
    ['the nodePort on a node', '10.0.2.11:30062', 'http 80/TCP → http · 30062', { name: 'http', protocol: 'TCP' }],
    ['a port that it does not have', 'cart:9999', '', undefined],
    ['no port', 'cart', '', undefined],
  ])('says and opens %s', (_name, text, match, port) => {
    expect(find(overview, text, { limit: 1 })[0]).toMatchObject({ match, port })
  })

  test('a port of another host is not what was asked for', () => {
    expect(find(overview, 'shop/cart:80', { kinds: ['Service'], limit: 10 }).map(({ title }) => title)).toEqual([
      'shop/cart',
      'shop/cart-db',
    ])
    expect(find(overview, '10.96.0.99:80', { limit: 10 })).toEqual([])
  })

  test.each(['http://', '[', '://'])('%s asks for nothing yet', (text) => {
    expect(find(overview, text, { limit: 10 })).toEqual([])
  })

  test('nothing fits, nothing is found', () => {
    expect(find(overview, 'checkout', { limit: 10 })).toEqual([])
  })
})
