import { describe, expect, test } from 'vitest'
import { parsePageQuery } from '../graph/page-query'
import type { ClusterView } from '../model/cluster-view'
import { service, servicePort } from '../testing/builders'
import { flowOfQuery } from './flow-of-query'

const cart = service({
  namespace: 'shop',
  name: 'cart',
  ports: [servicePort({ name: 'dns', protocol: 'UDP', port: 53 })],
  ipFamilies: ['IPv6'],
})
const view: Pick<ClusterView, 'service'> = { service: (key) => (key === cart.key ? cart : undefined) }
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
})
