import { describe, expect, test } from 'vitest'
import { serviceKey } from '../model/keys'
import { configMap, endpoint, pod, service, slice } from '../testing/builders'
import { namesView } from '../testing/names-view'
import { clusterDns } from './cluster-dns'
import { knownAnswer } from './known-answer'
import { lookUp } from './look-up'
import { nameServer } from './name-server'
import { serviceNames } from './service-names'

const services = [
  service({ namespace: 'kube-system', name: 'kube-dns', clusterIP: '10.96.0.10' }),
  service({ clusterIP: '10.96.0.7', clusterIPs: ['10.96.0.7'] }),
]
const view = (Corefile: string) =>
  namesView({
    services,
    slices: [slice({ endpoints: [endpoint('10.244.0.1')] })],
    configMaps: [configMap({ name: 'coredns', data: { Corefile } })],
  })
const block = (keys: string, ...lines: string[]) => [`${keys} {`, ...lines, '}'].join('\n')
const cluster = (...options: string[]) => block('kubernetes cluster.local in-addr.arpa ip6.arpa', ...options)
const two = [
  block('.:53', cluster('pods insecure', 'ttl 30'), 'forward'),
  block('corp.local b.example:53', block('kubernetes corp.local', 'pods verified'), 'forward'),
  block('intern.example', 'forward'),
  block('legacy.svc.cluster.local', 'file'),
].join('\n')

/** Zone, mode and doubts, or the code of who else is asked. */
function said(text: string, name: string) {
  const server = nameServer(clusterDns(view(text)), name)
  if (server.by === 'others') return server.reason.code
  return [server.zone, server.pods, ...server.limits, ...server.others].join(' ')
}

describe('[Q9] the block with the longest zone answers', () => {
  test.each([
    ['cart.shop.svc.cluster.local.', 'cluster.local insecure'],
    ['CART.shop.svc.Corp.Local', 'corp.local verified'],
    ['x.b.example', 'names-stub-domain'],
    ['db.intern.example', 'names-stub-domain'],
    ['x.legacy.svc.cluster.local', 'names-other-block'],
    ['www.example.com', 'names-outside'],
    ['7.0.96.10.in-addr.arpa', 'in-addr.arpa insecure'],
  ])('of two with Services and two without: %s → %s', (name, found) => {
    expect(said(two, name)).toBe(found)
  })

  test('no block at all refuses', () => {
    expect(said(block('cluster.local', 'kubernetes'), 'example.com')).toBe('names-no-block')
  })

  test('all domains that some name comes to are served; what is said of one is said by its own block', () => {
    const dns = clusterDns(view(two))
    expect(dns).toMatchObject({ domains: ['cluster.local', 'corp.local'], pods: 'insecure', ttlSeconds: 30 })
    expect(dns.notes).toEqual([{ code: 'names-stub-domains', values: { zones: 'intern.example' } }])
    const hidden = [block('.', 'kubernetes corp.local'), block('corp.local', 'forward')].join('\n')
    expect(clusterDns(view(`${hidden}\n${block('c', 'kubernetes')}`)).domains).toEqual(['c'])
  })

  test('a pod finds a name of either; a stub domain is asked of others, and that is told', () => {
    const look = (typed: string) => lookUp(view(two), pod({}), typed)
    expect(look('cart.shop.svc.corp.local')).toMatchObject({ outcome: 'found', addresses: ['10.96.0.7'] })
    expect(look('cart')).toMatchObject({ outcome: 'found', addresses: ['10.96.0.7'] })
    expect(look('db.intern.example.').steps.at(-1)).toMatchObject({
      result: 'unknown',
      reason: { code: 'names-stub-domain', values: { zone: 'intern.example' } },
    })
  })

  test('an alias into the zone of another block is followed there; one that comes back to itself there ends', () => {
    const alias = (name: string, externalName: string) =>
      service({ name, type: 'ExternalName', externalName, clusterIP: '', clusterIPs: [] })
    const services2 = [...services, alias('a', 'cart.shop.svc.corp.local'), alias('b', 'b.shop.svc.corp.local')]
    const configMaps = [configMap({ name: 'coredns', data: { Corefile: two } })]
    const of = namesView({ services: services2, configMaps })
    const ask = (name: string) =>
      knownAnswer(of, clusterDns(of), { name: `${name}.shop.svc.cluster.local.`, type: 'A' })
    const found = ask('a')
    expect(found.rcode === 'NOERROR' && found.records.map(({ type, data }) => `${type} ${data}`)).toEqual([
      'CNAME cart.shop.svc.corp.local.',
      'A 10.96.0.7',
    ])
    expect(ask('b')).toMatchObject({ rcode: 'NOERROR', upstream: [] })
  })

  test('names of pods are answered as the block of their zone says', () => {
    const rcode = (zone: string) =>
      knownAnswer(view(two), clusterDns(view(two)), { name: `203-0-113-9.shop.pod.${zone}.`, type: 'A' }).rcode
    expect([rcode('cluster.local'), rcode('corp.local')]).toEqual(['NOERROR', 'NXDOMAIN'])
  })

  test('names of addresses are told in the first zone of the block that has them; without one others are asked', () => {
    const pointers = (text: string) => serviceNames(view(text), serviceKey('shop', 'cart'))?.addresses[0]
    const back = [block('.', 'kubernetes corp.local'), block('in-addr.arpa', 'kubernetes cluster.local in-addr.arpa')]
    expect(pointers(back.join('\n'))).toMatchObject({ rcode: 'NOERROR', data: ['cart.shop.svc.cluster.local.'] })
    expect(pointers(block('.', 'kubernetes cluster.local', 'forward'))).toMatchObject({
      rcode: 'unknown',
      total: 0,
      reason: { code: 'names-outside' },
    })
  })
})

describe('[Q9] what may answer in its stead', () => {
  const rcodes = (text: string) =>
    ['cart.shop', 'nope.shop'].map((name) => {
      const answer = knownAnswer(view(text), clusterDns(view(text)), { name: `${name}.svc.cluster.local.`, type: 'A' })
      return answer.rcode === 'unknown' ? answer.reason.code : answer.rcode
    })

  test.each([
    ['nothing', block('.', cluster(), 'cache', 'forward'), ['NOERROR', 'NXDOMAIN']],
    [
      'a rewrite: what is not there cannot be said',
      block('.', 'rewrite', cluster()),
      ['NOERROR', 'names-may-be-answered'],
    ],
    ['a template', block('.', cluster(), 'template'), ['NOERROR', 'names-may-be-answered']],
    ['falling through', block('.', cluster('fallthrough')), ['NOERROR', 'names-may-be-answered']],
    [
      'falling through for reverse names alone',
      block('.', cluster('fallthrough in-addr.arpa')),
      ['NOERROR', 'NXDOMAIN'],
    ],
    ['a hosts file, which is for names of others', block('.', cluster(), 'hosts'), ['NOERROR', 'NXDOMAIN']],
    [
      'an option that leaves Services out',
      block('.', cluster('namespaces web')),
      ['names-may-be-kept', 'names-may-be-kept'],
    ],
    ['a plugin that refuses', block('.', 'acl', cluster()), ['names-may-be-kept', 'names-may-be-kept']],
  ])('%s', (_, text, found) => {
    expect(rcodes(text)).toEqual(found)
  })
})
