import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { serviceKey } from '../model/keys'
import { configMap, service, servicePort } from '../testing/builders'
import { clusterEvents, endpoints, flow, nodes } from '../testing/small-cluster'
import { explain } from './explain'
import { serviceCalled } from './resolve-name'

const alias = (name: string, externalName: string, over: Parameters<typeof service>[0] = {}) =>
  service({ name, type: 'ExternalName', clusterIP: '', clusterIPs: [], ports: [], externalName, ...over })
const cart = (over: Parameters<typeof service>[0] = {}) => service(over)
const inside = 'cart.shop.svc.cluster.local'

function storeOf(...records: Parameters<typeof clusterEvents>[0]) {
  const store = createClusterStore()
  store.apply(clusterEvents([...nodes('iptables'), endpoints('1a 2b'), ...records]))
  return store
}
const toAlias = { destination: { kind: 'service', service: serviceKey('shop', 'old'), port: '' } } as const

function said(to: string | undefined, ...records: Parameters<typeof clusterEvents>[0]) {
  const asked = to === undefined ? flow('pod', 'cart', toAlias) : flow('pod', to)
  const { verdict, sentence, target, hops } = explain(storeOf(...records), asked)
  const name = hops.filter(({ kind }) => kind === 'name').map(({ title }) => title.code)
  return [verdict, sentence.code, target?.service, target?.address, ...name]
}

describe('[E3] an alias is followed to its end', () => {
  const arrives = ['forward', 'explain-lands-beyond-zone', 'shop/cart', '10.96.0.10:80'] as const
  const hops = ['explain-hop-name', 'explain-hop-alias'] as const

  test('a Service of this cluster', () => {
    expect(said('old:80', cart(), alias('old', inside))).toEqual([...arrives, ...hops])
  })
  test('asked about by itself, at the first port of that Service or at its own', () => {
    expect(said(undefined, cart(), alias('old', inside))).toEqual([...arrives, 'explain-hop-alias'])
    const own = alias('old', inside, { ports: [servicePort({ name: '', port: 81 })] })
    expect(said(undefined, cart(), own).slice(0, 2)).toEqual(['none', 'explain-no-such-port-at-address'])
  })
  test('an alias of an alias', () => {
    const chain = [alias('old', 'older.shop.svc.cluster.local'), alias('older', inside)]
    expect(said('old:80', cart(), ...chain)).toEqual([...arrives, ...hops])
  })
  test('through another zone of the same DNS', () => {
    const blocks = '. {\nkubernetes cluster.local\n}\nsecond.example {\nkubernetes second.example\n}'
    const corefile = configMap({ name: 'coredns', data: { Corefile: blocks } })
    expect(said('old:80', cart(), alias('old', 'cart.shop.svc.second.example'), corefile)).toEqual([
      ...arrives,
      ...hops,
    ])
  })
  test('a headless Service', () => {
    const headless = cart({ clusterIP: 'None', clusterIPs: ['None'] })
    expect(said('old:8080', headless, alias('old', inside)).slice(0, 2)).toEqual(['forward', 'explain-headless'])
  })
  test("a load balancer's name", () => {
    const loadBalancerIngress = [{ ip: undefined, hostname: 'lb.example.com', ipMode: undefined }]
    const balanced = cart({ type: 'LoadBalancer', ports: [servicePort({ nodePort: 30080 })], loadBalancerIngress })
    expect(said('old:80', balanced, alias('old', 'lb.example.com'))).toEqual([
      'forward',
      'explain-balanced-forward',
      'shop/cart',
      'lb.example.com:80',
      ...hops,
    ])
  })
  test('a name inside that has no address', () => {
    expect(said('old:80', alias('old', 'gone.shop.svc.cluster.local')).slice(0, 2)).toEqual([
      'none',
      'explain-name-without-address',
    ])
    for (const to of ['old.shop.svc.cluster.local:80', undefined])
      expect(said(to, alias('old', 'gone.shop.svc.cluster.local')).slice(0, 2)).toEqual([
        'none',
        'explain-name-without-address',
      ])
  })
  test('outside it cannot be told', () => {
    const { verdict, sentence } = explain(storeOf(alias('old', 'db.example.com')), flow('pod', 'cart', toAlias))
    expect([verdict, sentence]).toEqual([
      'unknown',
      { code: 'explain-external-name', values: { service: 'shop/old', name: 'db.example.com' } },
    ])
    expect(said('old:80', alias('old', 'db.example.com'))[1]).toBe('explain-external-name')
  })
  test('where a plugin may keep the name, neither can it', () => {
    const data = { Corefile: '. {\nacl\nkubernetes cluster.local\n}' }
    const found = said(undefined, cart(), alias('old', inside), configMap({ name: 'coredns', data }))
    expect(found.slice(0, 2)).toEqual(['unknown', 'explain-external-name'])
  })
  test('without a port it is the first one of the Service at its end', () => {
    const store = storeOf(cart(), alias('old', inside))
    const found = serviceCalled(store, 'old.shop', { pod: undefined, family: 'IPv4' })
    expect([found?.service.key, found?.host]).toEqual(['shop/cart', 'old.shop'])
  })
})
