import { describe, expect, test } from 'vitest'
import { configMap, endpoint, pod, service, slice } from '../testing/builders'
import { namesView } from '../testing/names-view'
import { lookUp } from './look-up'

const kubeDns = service({ namespace: 'kube-system', name: 'kube-dns', clusterIP: '10.96.0.10' })
const services = [
  kubeDns,
  service(),
  service({ namespace: 'pay', name: 'api', clusterIP: '10.96.0.11', clusterIPs: ['10.96.0.11'] }),
  service({ name: 'none', clusterIP: 'None', clusterIPs: ['None'] }),
  service({ name: 'six', clusterIP: 'None', clusterIPs: ['None'] }),
  service({ name: 'alias', type: 'ExternalName', clusterIP: '', clusterIPs: [], externalName: 'db.example.com' }),
  service({
    name: 'inner',
    type: 'ExternalName',
    clusterIP: '',
    clusterIPs: [],
    externalName: 'cart.shop.svc.cluster.local',
  }),
]
const view = namesView({
  services,
  slices: [slice({ serviceName: 'six', name: 's', addressType: 'IPv6', endpoints: [endpoint('fd00::6')] })],
})
const ask = (typed: string, over: Parameters<typeof pod>[0] = {}) => lookUp(view, pod(over), typed)
const told = (typed: string, over?: Parameters<typeof pod>[0]) => {
  const { outcome, name, addresses } = ask(typed, over)
  return [outcome, name, ...addresses]
}
const steps = (typed: string, over?: Parameters<typeof pod>[0]) =>
  ask(typed, over).steps.map(({ from, name, result }) => [from, name, result].filter(Boolean).join(' '))

describe('[Q7] what a typed name comes to', () => {
  test.each([
    ['a Service of its namespace', 'cart', ['found', 'cart.shop.svc.cluster.local', '10.96.0.10']],
    ['of another one', 'api.pay', ['found', 'api.pay.svc.cluster.local', '10.96.0.11']],
    ['with svc', 'api.pay.svc', ['found', 'api.pay.svc.cluster.local', '10.96.0.11']],
    ['in full', 'cart.shop.svc.cluster.local', ['found', 'cart.shop.svc.cluster.local', '10.96.0.10']],
    ['in full with its dot', 'cart.shop.svc.cluster.local.', ['found', 'cart.shop.svc.cluster.local', '10.96.0.10']],
    ['IPv6 alone', 'six', ['found', 'six.shop.svc.cluster.local', 'fd00::6']],
    ['an alias inside the cluster', 'inner', ['found', 'inner.shop.svc.cluster.local', '10.96.0.10']],
    ['an address is asked of nobody', '10.0.0.9', ['found', '10.0.0.9', '10.0.0.9']],
    ['an address that some read as octal', '10.96.0.010', ['unknown', undefined]],
    ['an alias to the outside', 'alias', ['unknown', undefined]],
    ['a name outside', 'example.com', ['unknown', undefined]],
    ['a name that is none', 'a b', ['absent', undefined]],
    ['a full name that nobody has', 'nope.shop.svc.cluster.local.', ['absent', undefined]],
  ])('%s', (_, typed, expected) => {
    expect(told(typed)).toEqual(expected)
  })

  test('with fewer dots than ndots: each search domain, those of the node, then as it stands', () => {
    expect(steps('cart.nope')).toEqual([
      'hosts cart.nope absent',
      'search cart.nope.shop.svc.cluster.local absent',
      'search cart.nope.svc.cluster.local absent',
      'search cart.nope.cluster.local absent',
      'node-search unknown',
      'as-is cart.nope unknown',
    ])
    expect(ask('api.pay')).toMatchObject({ questions: 4, service: 'pay/api', notes: [] })
    expect(ask('cart.nope').steps.at(-1)?.reason?.code).toBe('names-outside')
  })

  test('with as many dots as ndots first as it stands', () => {
    const over = { dnsConfig: { nameservers: [], searches: [], options: [{ name: 'ndots', value: '1' }] } }
    expect(steps('cart', over).slice(0, 2)).toEqual(['hosts cart absent', 'search cart.shop.svc.cluster.local found'])
    expect(steps('api.pay', over)).toEqual(['hosts api.pay absent', 'as-is api.pay unknown'])
    expect(steps('x.y.z.shop.svc.cluster.local', {})[1]).toBe('as-is x.y.z.shop.svc.cluster.local absent')
    expect(ask('x.y.z.shop.svc.cluster.local').notes.map(({ code }) => code)).toEqual([
      'names-musl',
      'names-unless-node',
    ])
  })

  test('a name that is there without an address does not end the search', () => {
    const over = { dnsConfig: { nameservers: [], searches: ['other.svc.cluster.local'], options: [] } }
    const two = namesView({ services: [...services, service({ namespace: 'other', name: 'pay' })] })
    const found = lookUp(two, pod(over), 'pay')
    expect(found.steps.map(({ result }) => result)).toEqual(['absent', 'absent', 'empty', 'absent', 'unknown', 'found'])
    expect(found).toMatchObject({ outcome: 'found', service: 'other/pay' })
    expect(found.notes.map(({ code }) => code)).toEqual(['names-musl', 'names-unless-node'])
  })

  test('the hosts file stands before DNS', () => {
    const over = { hostAliases: [{ ip: '192.0.2.7', hostnames: ['CART'] }] }
    expect(ask('cart', over)).toMatchObject({
      outcome: 'found',
      addresses: ['192.0.2.7'],
      questions: 0,
      service: undefined,
    })
    expect(told('cart-1')).toEqual(['found', 'cart-1', '10.244.0.1'])
  })

  test("on the node's network with the cluster's DNS: found, unless the node's file says otherwise", () => {
    const found = ask('cart', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' })
    expect(found).toMatchObject({ outcome: 'found', addresses: ['10.96.0.10'] })
    expect(found.notes.map(({ code }) => code)).toEqual(['names-unless-node'])
  })

  test.each([
    ["of the node's servers", { dnsPolicy: 'Default' }],
    ['of others', { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.0.2.53'], searches: [], options: [] } }],
    ['of nobody', { dnsPolicy: 'None' }],
  ])('what is asked %s cannot be told', (_, over) => {
    expect(ask('cart.shop.svc.cluster.local', over).outcome).toBe('unknown')
  })

  test('policy None with the server of the cluster is asked as ever', () => {
    const over = {
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['10.96.0.10'], searches: ['svc.cluster.local'], options: [] },
    }
    expect(told('api.pay', over)[0]).toBe('unknown')
    expect(told('api', { ...over, dnsConfig: { ...over.dnsConfig, searches: ['pay.svc.cluster.local'] } })).toEqual([
      'found',
      'api.pay.svc.cluster.local',
      '10.96.0.11',
    ])
  })

  test('hidden aliases leave it open', () => {
    const over = { hostAliases: [{ ip: 'ipv4~0123456789ab', hostnames: ['host~0123456789ab'] }] }
    expect(ask('cart', over)).toMatchObject({ outcome: 'unknown', addresses: [] })
  })

  test('with an ending that makes it too long it is not asked for', () => {
    const typed = ['a'.repeat(60), 'b'.repeat(60), 'c'.repeat(60), 'd'.repeat(55)].join('.')
    expect(ask(typed).steps[1]).toMatchObject({ from: 'search', name: '', reason: { code: 'names-too-long' } })
  })
})

describe('[Q4] kubelets that search another domain than CoreDNS serves', () => {
  const configMaps = (zones: string) => [
    configMap({ name: 'coredns', data: { Corefile: `.:53 {\nkubernetes ${zones}\n}` } }),
    configMap({ name: 'kubelet-config', data: { kubelet: 'clusterDomain: cluster.local\nclusterDNS: 10.96.0.10' } }),
  ]
  const look = (zones: string, typed: string, over: Parameters<typeof pod>[0] = {}) =>
    lookUp(namesView({ services, configMaps: configMaps(zones) }), pod(over), typed)

  test('a short name is searched for where nothing answers', () => {
    const found = look('corp.local', 'cart')
    expect(found.steps.slice(0, 2).map(({ name, result }) => `${name} ${result}`)).toEqual([
      'cart absent',
      'cart.shop.svc.cluster.local unknown',
    ])
    expect(found).toMatchObject({ outcome: 'unknown', addresses: [] })
  })

  test("the hosts file has the kubelet's domain too", () => {
    const own = { hostname: 'db', subdomain: 'dbs', podIPs: ['10.244.0.9'] }
    expect(look('corp.local', 'db.dbs.shop.svc.cluster.local', own).addresses).toEqual(['10.244.0.9'])
  })

  test.each(['cart', 'cart.shop.svc.corp.local', 'cart.shop.svc.cluster.local'])(
    '[Q1] where both are served, %s is found',
    (typed) => {
      expect(look('corp.local cluster.local', typed)).toMatchObject({ outcome: 'found', service: 'shop/cart' })
    },
  )
})

describe('[Q2] where Namespaces are not read', () => {
  const shown = { pods: [pod({ namespace: 'batch', podIPs: ['10.244.0.7'] })] }
  const unread = (kind: string) => (kind === 'Namespace' ? ('forbidden' as const) : ('synced' as const))
  const verified = configMap({
    name: 'coredns',
    data: { Corefile: '. {\nkubernetes cluster.local {\npods verified\n}\n}' },
  })
  const look = (typed: string, view: ReturnType<typeof namesView>) => lookUp(view, pod(), typed).outcome

  test.each([
    ['a namespace that nothing shows may exist all the same', '10-244-0-7.other.pod.cluster.local.', 'unknown'],
    ['as may the name of the namespace itself', 'other.svc.cluster.local.', 'unknown'],
    ['a pod shows that its namespace exists', '10-244-0-7.batch.pod.cluster.local.', 'found'],
  ])('%s', (_, typed, outcome) => {
    expect(look(typed, namesView({ ...shown, coverage: unread }))).toBe(outcome)
  })

  test('with `pods verified` a pod that is not seen may be there', () => {
    const typed = '10-244-0-8.batch.pod.cluster.local.'
    const podless = (kind: string) => (kind === 'Pod' ? ('forbidden' as const) : ('synced' as const))
    expect(look(typed, namesView({ ...shown, configMaps: [verified] }))).toBe('absent')
    expect(look(typed, namesView({ ...shown, configMaps: [verified], coverage: podless }))).toBe('unknown')
  })
})

describe('[Q2] what a reader may not see', () => {
  const coverage = (_: unknown, namespace: string | undefined) =>
    namespace === 'pay' ? ('forbidden' as const) : ('synced' as const)
  const partly = namesView({ services: services.filter(({ namespace }) => namespace !== 'pay'), coverage })
  test('is not said to be absent', () => {
    const found = lookUp(partly, pod(), 'api.pay')
    expect(found).toMatchObject({ outcome: 'unknown' })
    expect(found.steps.at(-1)).toMatchObject({
      name: 'api.pay.svc.cluster.local',
      reason: { code: 'names-namespace-not-seen', values: { kind: 'Service', namespace: 'pay' } },
    })
  })

  test('hides nothing of what is seen', () => {
    expect(lookUp(partly, pod(), 'cart').outcome).toBe('found')
  })
})
