import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { configMap, pod, service } from '../testing/builders'
import { clusterEvents, endpoints, flow, nodes } from '../testing/small-cluster'
import { explain } from './explain'

const web = (over: Parameters<typeof pod>[0]) =>
  pod({ name: 'web', nodeName: 'node-a', podIPs: ['10.244.0.9'], labels: { app: 'web' }, ...over })
const corefile = configMap({ name: 'coredns', data: { Corefile: '. {\nkubernetes k8s.example\n}' } })

describe('[E3] a name as the source pod resolves it', () => {
  const to = (name: string, over: Parameters<typeof pod>[0] = {}, ...more: Parameters<typeof clusterEvents>[0]) => {
    const store = createClusterStore()
    store.apply(clusterEvents([...nodes('iptables'), service(), endpoints('1a'), web(over), ...more]))
    const found = explain(store, flow('pod', name))
    return [found.verdict, found.sentence.code, ...found.hops.slice(0, 1).map(({ title }) => title.code)]
  }
  const aliases = (ip: string) => ({ hostAliases: [{ ip, hostnames: ['basket', 'cart'] }] })

  test.each([
    [
      'by an alias of its hosts file',
      'basket:80',
      aliases('10.96.0.10'),
      ['forward', 'explain-lands-in-zone', 'explain-hop-hosts'],
    ],
    [
      'the hosts file before the Service of that name',
      'cart:80',
      aliases('198.51.100.77'),
      ['unknown', 'explain-address-outside', 'explain-hop-hosts'],
    ],
    [
      'an alias of the other family alone',
      'basket:80',
      aliases('fd00::1'),
      ['unknown', 'explain-name-without-address'],
    ],
    ["what the node's servers know", 'cart.shop:80', { dnsPolicy: 'Default' }, ['unknown', 'names-server-of-others']],
    [
      'a search domain of its own',
      'cart:80',
      { dnsConfig: { nameservers: [], searches: [], options: [] } },
      ['forward', 'explain-lands-in-zone', 'explain-hop-name'],
    ],
  ])('%s', (_, name, over, expected) => {
    expect(to(name, over)).toEqual(expected)
  })

  test("in the cluster's own domain", () => {
    expect(to('cart.shop.svc.k8s.example:80', {}, corefile)[0]).toBe('forward')
    expect(to('cart.shop.svc.cluster.local:80', {}, corefile).slice(0, 2)).toEqual(['unknown', 'explain-name-outside'])
  })

  test('[Q9] of a stub domain, or where a rewrite may answer, it cannot be said: in a pod and from outside', () => {
    const blocks = '. {\nkubernetes k8s.example\n}\nintern {\nforward\n}'
    const stub = configMap({ name: 'coredns', data: { Corefile: blocks } })
    expect(to('db.intern:80', {}, stub)).toEqual(['unknown', 'names-stub-domain'])
    const rewriting = configMap({ name: 'coredns', data: { Corefile: '. {\nrewrite\nkubernetes k8s.example\n}' } })
    expect(to('nope:80', {}, rewriting)).toEqual(['unknown', 'names-may-be-answered'])
    const fromOutside = (name: string, config: typeof stub) => {
      const store = createClusterStore()
      store.apply(clusterEvents([...nodes('iptables'), service(), endpoints('1a'), config]))
      const found = explain(store, flow('outside', name))
      return [found.verdict, found.sentence.code]
    }
    expect(fromOutside('db.intern:80', stub)).toEqual(['unknown', 'names-stub-domain'])
    expect(fromOutside('nope:80', rewriting)).toEqual(['unknown', 'names-may-be-answered'])
    expect(fromOutside('cart.shop:80', rewriting)).toEqual(fromOutside('cart.shop:80', corefile))
  })
})
