import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { parsePageQuery } from '../graph/page-query'
import { node, pod, service, servicePort } from '../testing/builders'
import { clusterEvents } from '../testing/small-cluster'
import { flowOfQuery } from './flow-of-query'

const cart = service({
  namespace: 'shop',
  name: 'cart',
  ports: [servicePort({ name: 'dns', protocol: 'UDP', port: 53 })],
  ipFamilies: ['IPv6'],
})
const web = service({
  namespace: 'shop',
  name: 'web',
  type: 'LoadBalancer',
  ports: [servicePort({ name: 'http', port: 80, nodePort: 30080 }), servicePort({ name: 'admin', port: 81 })],
  ipFamilies: ['IPv4', 'IPv6'],
  externalIPs: ['198.51.100.7', 'fd00::7'],
  loadBalancerIngress: [
    { ip: undefined, hostname: 'lb.example.com', ipMode: undefined },
    { ip: '203.0.113.4', hostname: undefined, ipMode: 'VIP' },
  ],
})
const bare = service({ namespace: 'shop', name: 'bare', ports: [servicePort({ name: '', port: 80, nodePort: 30081 })] })
const elsewhere = service({ namespace: 'pay', name: 'cart', ports: [servicePort({ name: 'tcp', port: 90 })] })
const only = service({
  namespace: 'pay',
  name: 'ledger',
  ports: [],
  clusterIP: '10.96.0.77',
  clusterIPs: ['10.96.0.77'],
})
const view = createClusterStore()
const records = [
  ...[cart, web, bare, elsewhere, only],
  ...[node({ name: 'node-2' }), node({ name: 'node-1' })],
  ...[pod({ namespace: 'shop', name: 'p' }), pod({ namespace: 'pay', name: 'p' })],
]
view.apply(clusterEvents(records))
const flowOf = (search: string) => flowOfQuery(view, parsePageQuery(new URLSearchParams(search)).query)

describe('flow of a page query', () => {
  test.each([
    [''],
    ['focus=Service:shop/cart'],
    ['from=Node:node-1'],
    ['from=Node:node-1&focus=Node:node-2'],
    ['to=a:1'],
  ])('"%s" does not name both ends', (search) => expect(flowOf(search)).toBeUndefined())

  test.each([
    ['from=Node:node-1', { kind: 'node', node: 'node-1' }],
    ['from=Pod:shop/web', { kind: 'pod', pod: 'shop/web' }],
    ['outside=*&from=Node:node-1', { kind: 'outside', at: undefined, address: undefined }],
    ['outside=node-2&client=203.0.113.9', { kind: 'outside', at: 'node-2', address: '203.0.113.9' }],
  ])('%s is where it starts', (search, source) => {
    expect(flowOf(`${search}&to=10.0.0.1:80`)?.source).toEqual(source)
  })

  test.each([
    ['focus=Service:shop/cart', { kind: 'service', service: 'shop/cart', port: 'dns' }, 'UDP', 'IPv6'],
    [
      'focus=Service:shop/cart&port=web/TCP&family=IPv4',
      { kind: 'service', service: 'shop/cart', port: 'web' },
      'TCP',
      'IPv4',
    ],
    ['focus=Service:shop/gone', { kind: 'service', service: 'shop/gone', port: '' }, 'TCP', 'IPv4'],
    ['focus=Service:shop/cart&to=10.0.0.1:80', { kind: 'address', address: '10.0.0.1', port: 80 }, 'TCP', 'IPv4'],
    ['to=[fd00::1]:80/UDP&family=IPv4', { kind: 'address', address: 'fd00::1', port: 80 }, 'UDP', 'IPv6'],
    ['to=cart.shop:80&family=IPv6', { kind: 'name', name: 'cart.shop', port: 80 }, 'TCP', 'IPv6'],
  ])('%s is what it is sent to', (search, destination, protocol, family) => {
    expect(flowOf(`from=Node:node-1&${search}`)).toMatchObject({ destination, protocol, family })
  })

  test.each([
    ['from=Pod:shop/p&to=cart', { kind: 'name', name: 'cart', port: 53 }, 'UDP'],
    ['from=Pod:pay/p&to=cart', { kind: 'name', name: 'cart', port: 90 }, 'TCP'],
    ['from=Pod:pay/p&to=web.shop.svc', { kind: 'name', name: 'web.shop.svc', port: 80 }, 'TCP'],
    ['from=Node:node-1&to=web.shop', { kind: 'name', name: 'web.shop', port: 80 }, 'TCP'],
    ['from=Node:node-1&to=Web', { kind: 'name', name: 'web.shop', port: 80 }, 'TCP'],
    ['outside=*&to=198.51.100.7', { kind: 'address', address: '198.51.100.7', port: 80 }, 'TCP'],
  ])(
    '[E3] %s, without a port, is the first one of the Service that it leads to from there',
    (search, destination, protocol) => {
      expect(flowOf(search)).toMatchObject({ destination, protocol })
    },
  )

  test.each([
    ['a short name of another namespace', 'from=Pod:pay/p&to=web'],
    ['a name that two Services have, where nobody searches', 'from=Node:node-1&to=cart'],
    ['a Service without ports', 'from=Pod:pay/p&to=ledger'],
    ['a name of the world', 'from=Pod:pay/p&to=example.com'],
    ['an address that nobody has', 'from=Pod:pay/p&to=192.0.2.1'],
  ])('[E3] %s names no destination without a port', (_, search) => {
    expect(flowOf(search)).toBeUndefined()
  })

  test.each([
    ['outside=*', 'its load balancer', { kind: 'address', address: '203.0.113.4', port: 80 }],
    [
      'outside=*&family=IPv6',
      'the name of its load balancer, where that has no address of the family',
      { kind: 'name', name: 'lb.example.com', port: 80 },
    ],
    ['outside=*&way=external-ip', 'the external IP asked for', { kind: 'address', address: '198.51.100.7', port: 80 }],
    ['outside=*&way=cluster-ip', 'the cluster IP asked for', { kind: 'service', service: 'shop/web', port: 'http' }],
    [
      'outside=node-2&way=node-port',
      'the node port at the node it enters',
      { kind: 'node-port', node: 'node-2', port: 30080 },
    ],
    [
      'outside=*&way=node-port',
      'the node port, at the node that a load balancer takes',
      { kind: 'node-port', node: undefined, port: 30080 },
    ],
    [
      'from=Node:node-2&way=node-port',
      'the node port of the own node',
      { kind: 'node-port', node: 'node-2', port: 30080 },
    ],
    [
      'from=Pod:shop/gone&way=node-port',
      'the node port of the first node',
      { kind: 'node-port', node: 'node-1', port: 30080 },
    ],
    [
      'outside=*&port=admin/TCP&way=node-port',
      'the cluster IP, where the port has no such way',
      { kind: 'service', service: 'shop/web', port: 'admin' },
    ],
    ['from=Node:node-1', 'the cluster IP from inside', { kind: 'service', service: 'shop/web', port: 'http' }],
  ])('[E2] %s reaches a Service by %s', (search, _by, destination) => {
    expect(flowOf(`${search}&focus=Service:shop/web`)?.destination).toEqual(destination)
  })

  test.each([
    ['outside=node-2', { kind: 'node-port', node: 'node-2', port: 30081 }],
    ['outside=*', { kind: 'node-port', node: undefined, port: 30081 }],
  ])('[E2] %s reaches a Service without an address for the outside by its node port', (search, destination) => {
    expect(flowOf(`${search}&focus=Service:shop/bare`)?.destination).toEqual(destination)
  })

  test('[E2] outside, a Service without any way in keeps its cluster IP', () => {
    expect(flowOf('outside=*&focus=Service:shop/cart')?.destination).toEqual({
      kind: 'service',
      service: 'shop/cart',
      port: 'dns',
    })
  })

  test.each([
    ['to=cart.shop:80', 'IPv6'],
    ['to=http://cart.shop/', 'IPv6'],
    ['focus=Service:shop/gone', 'IPv6'],
    ['to=cart.shop:80&family=IPv4', 'IPv4'],
    ['to=http://10.0.0.1/', 'IPv4'],
    ['to=http://[fd00::7]/&family=IPv4', 'IPv6'],
    ['to=10.0.0.1:80', 'IPv4'],
  ])('[E2] %s goes by %s where every cluster IP is of IPv6', (search, family) => {
    const six = createClusterStore()
    six.apply(clusterEvents([{ ...cart, clusterIP: 'fd00::a', clusterIPs: ['fd00::a'] }, node({ name: 'node-1' })]))
    const { query } = parsePageQuery(new URLSearchParams(`from=Node:node-1&${search}`))
    expect(flowOfQuery(six, query)?.family).toBe(family)
  })
})
