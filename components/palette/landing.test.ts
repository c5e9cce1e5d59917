import { describe, expect, test } from 'vitest'
import type { Overview } from '@/client/use-overview'
import { formatDestination } from '@/core/graph/page-destination'
import { emptyPageQuery, type PageQuery } from '@/core/graph/page-query'
import { serviceSummary } from '@/core/testing/graph-objects'
import { changeTo, landingOf } from './landing'

const cart = serviceSummary('shop/cart', {
  clusterIPs: ['10.96.41.7', 'fd00:10:96::a3c1'],
  ports: [
    { name: 'http', protocol: 'TCP', port: 80, targetPort: 'http', nodePort: null, appProtocol: null },
    { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53, nodePort: null, appProtocol: null },
  ],
})
const postgres = serviceSummary('data/postgres', { clusterIPs: ['None'] })
const overview: Overview = {
  services: [postgres, cart],
  nodes: [],
  pods: [],
  slices: [],
  namespaces: [],
  serviceCIDRs: [],
}
const to = (text: string) => {
  const found = landingOf(overview, text)
  return found && [formatDestination(found.to), found.service?.name, found.port?.name]
}

describe('where a pasted text lands', () => {
  test.each([
    ['https://shop.example.com/cart', ['https://shop.example.com/cart', undefined, undefined]],
    ['HTTPS://Shop.Example.com', ['https://shop.example.com/', undefined, undefined]],
    ['wss://shop.example.com:8443/live', ['https://shop.example.com:8443/live', undefined, undefined]],
    ['shop.example.com/cart?x=1', ['http://shop.example.com/cart', undefined, undefined]],
    ['http://cart.shop:80/x', ['cart.shop:80', 'cart', 'http']],
    ['http://cart.shop:8080/x', ['cart.shop:8080', 'cart', undefined]],
    ['http://10.96.41.7/x', ['10.96.41.7:80', 'cart', 'http']],
    ['http://[fd00:10:96:0::a3c1]/x', ['[fd00:10:96::a3c1]:80', 'cart', 'http']],
    ['grpc://cart.shop:80', ['cart.shop:80', 'cart', 'http']],
    ['postgres://postgres.data:5432/orders', ['postgres.data:5432', 'postgres', undefined]],
    ['cart.shop:80/x', ['cart.shop:80', 'cart', 'http']],
    ['cart.shop', ['cart.shop', 'cart', undefined]],
    ['cart.shop.svc', ['cart.shop.svc', 'cart', undefined]],
    ['cart.shop.svc.cluster.local.', ['cart.shop.svc.cluster.local.', 'cart', undefined]],
    [
      'postgres-0.postgres.data.svc.cluster.local',
      ['postgres-0.postgres.data.svc.cluster.local', 'postgres', undefined],
    ],
    ['cart.shop:53', ['cart.shop:53/UDP', 'cart', 'dns']],
    ['cart.shop:http', ['cart.shop:80', 'cart', 'http']],
    ['shop/cart', ['cart.shop', 'cart', undefined]],
    ['shop/cart:80', ['cart.shop:80', 'cart', 'http']],
    ['10.96.41.7:80', ['10.96.41.7:80', 'cart', 'http']],
    ['[fd00:10:96::a3c1]:80', ['[fd00:10:96::a3c1]:80', 'cart', 'http']],
    ['10.244.1.18:8080', ['10.244.1.18:8080', undefined, undefined]],
    ['example.com:443', ['example.com:443', undefined, undefined]],
    ['cart', undefined],
    ['10.96.41.7', undefined],
    ['10.96.0.0/16', undefined],
    ['fd00:10:96::a3c1', undefined],
    ['nobody.shop', undefined],
    ['8080', undefined],
    ['ftp://', undefined],
    ['', undefined],
  ])('%s', (text, expected) => expect(to(text)).toEqual(expected))

  test.each<[string, Partial<PageQuery>, Partial<PageQuery>]>([
    ['https://shop.example.com/', {}, { outside: { node: undefined }, focus: undefined }],
    ['http://cart.shop/', {}, { to: undefined, port: { name: 'http', protocol: 'TCP' } }],
    ['cart.shop', {}, { to: undefined, port: undefined }],
    ['cart.shop', { outside: { node: 'n1' } }, { to: { host: 'cart.shop', port: undefined, protocol: 'TCP' } }],
    [
      'cart.shop:80',
      {
        to: { host: 'a.example', port: 443, protocol: 'TCP', url: { scheme: 'https', path: '/' } },
        outside: { node: undefined },
      },
      { to: undefined, outside: undefined },
    ],
    ['cart.shop:81', {}, { to: { host: 'cart.shop', port: 81, protocol: 'TCP' } }],
  ])('%s from %j', (text, given, expected) => {
    const landing = landingOf(overview, text)
    expect(landing && changeTo(landing, { ...emptyPageQuery, ...given })).toMatchObject({
      view: 'explain',
      ...expected,
    })
  })
})
