// What a Corefile of several blocks makes of names, and what is said where it says nothing.

import { describe, expect, test } from 'vitest'
import { configMap, endpoint, service, slice } from '../testing/builders'
import { namesView } from '../testing/names-view'
import { clusterDns } from './cluster-dns'
import { parseCorefile } from './corefile'
import { reverseName } from './dns-reverse'
import { knownAnswer } from './known-answer'
import { nameServer, zoneOfName } from './name-server'
import { serviceNames } from './service-names'

const block = (keys: string, ...lines: string[]) => [`${keys} {`, ...lines, '}'].join('\n')
const kubeDns = (clusterIP: string) => service({ namespace: 'kube-system', name: 'kube-dns', clusterIP })
function viewOf(corefile: string | undefined, services = [service()], kubelet?: string) {
  return namesView({
    services,
    configMaps: [
      ...(corefile === undefined ? [] : [configMap({ name: 'coredns', data: { Corefile: corefile } })]),
      ...(kubelet === undefined ? [] : [configMap({ name: 'kubelet-config', data: { kubelet } })]),
    ],
  })
}
const dnsOf = (corefile: string | undefined, services = [service()]) => clusterDns(viewOf(corefile, services))

describe('[Q1] what is said of the cluster', () => {
  test('nothing can be read: each assumption says what is assumed', () => {
    expect(dnsOf(undefined)).toMatchObject({
      domains: ['cluster.local'],
      domainFrom: { code: 'names-domain-assumed', values: { domain: 'cluster.local' } },
      optionsFrom: { code: 'names-options-assumed', values: { ttl: 30 } },
    })
  })

  test('its domain is answered by a block without Services: what kubeadm sets up is assumed', () => {
    const text = [block('.', 'forward'), block('in-addr.arpa', 'kubernetes')].join('\n')
    expect(dnsOf(text)).toMatchObject({ domain: 'cluster.local', pods: 'insecure', ttlSeconds: 30 })
  })

  test('what is sent elsewhere, but for the rest of the world', () => {
    const text = [
      block('.', 'forward'),
      ...['a', 'b'].map((zone) => block(`${zone}.example`, 'forward')),
      block('cluster.local', 'kubernetes'),
    ]
    expect(dnsOf(text.join('\n')).notes).toEqual([
      { code: 'names-stub-domains', values: { zones: 'a.example, b.example' } },
    ])
  })

  test('what is imported beside the blocks may change answers', () => {
    expect(dnsOf(`import custom\n${block('.', 'kubernetes cluster.local')}`).notes).toEqual([
      { code: 'names-corefile-other', values: { name: 'import' } },
    ])
  })

  test.each([
    ['10.96.0.53', ['10.96.0.53'], 'names-server-by-name', { service: 'kube-system/kube-dns', address: '10.96.0.53' }],
    ['', [], 'names-server-absent', { namespace: 'kube-system' }],
  ])('the server of cluster IP "%s"', (clusterIP, servers, code, values) => {
    expect(dnsOf(undefined, [kubeDns(clusterIP)])).toMatchObject({ servers, serversFrom: { code, values } })
  })

  test('the root is no domain, a zone that only contains the reverse one is', () => {
    expect(dnsOf(block('.', 'kubernetes')).domains).toEqual(['cluster.local'])
    expect(dnsOf(block('.', 'kubernetes in-addr.arpa.example')).domains).toEqual(['in-addr.arpa.example'])
  })

  test('snippets and other transports are no blocks; plugins are told once, without their brackets', () => {
    const text = [
      block('(snippet)', 'kubernetes'),
      block('https://a.example', 'hosts'),
      block('.', 'errors {', '}', 'kubernetes cluster.local', 'errors', 'forward'),
    ].join('\n')
    expect(parseCorefile(text)?.blocks).toMatchObject([{ zones: [''], plugins: ['errors', 'forward'] }])
    expect(parseCorefile(text)?.blocks).toHaveLength(1)
  })
})

describe('[Q9] who answers for a name', () => {
  test('nobody, by name', () => {
    expect(nameServer(dnsOf(block('cluster.local', 'kubernetes')), 'example.com')).toEqual({
      by: 'others',
      reason: { code: 'names-no-block', values: { name: 'example.com' } },
    })
  })

  test('the zone of a name, and the domain where the plugin has the root', () => {
    const dns = dnsOf(block('.', 'kubernetes'))
    expect(zoneOfName(dns, 'www.example.com')).toBe('cluster.local')
    expect(zoneOfName(dnsOf(block('.', 'kubernetes a.example')), 'x.a.example')).toBe('a.example')
  })

  const answer = (corefile: string, name: string, services = [service()]) => {
    const view = viewOf(corefile, services)
    return knownAnswer(view, clusterDns(view), { name, type: 'A' })
  }

  test('what falls through, or another plugin has, may be answered by others: both are named', () => {
    const text = block('.', 'hosts', 'template', block('kubernetes cluster.local', 'fallthrough'))
    expect(answer(text, 'gone.shop.svc.cluster.local.')).toMatchObject({
      rcode: 'unknown',
      reason: { code: 'names-may-be-answered', values: { name: 'gone.shop.svc.cluster.local.' } },
    })
    const server = nameServer(dnsOf(text), 'gone.shop.svc.cluster.local.')
    const others = server.by === 'kubernetes' ? server.others : []
    expect(others).toContain('fallthrough')
    const found = answer(text, 'gone.shop.svc.cluster.local.')
    expect(found.rcode === 'unknown' && found.reason.values.plugins).toBe(others.join(', '))
  })

  const alias = (name: string, externalName: string) =>
    service({ name, type: 'ExternalName', clusterIP: '', clusterIPs: [], externalName })
  const two = [block('a.local', 'kubernetes'), block('b.local', 'kubernetes'), block('.', 'forward')].join('\n')
  const rows = (name: string, ...services: ReturnType<typeof service>[]) => {
    const found = answer(two, `${name}.shop.svc.a.local.`, [service(), ...services])
    return found.rcode === 'NOERROR' && [found.records.map(({ data }) => data), found.upstream]
  }

  test('an alias into another zone is asked for there', () => {
    expect(rows('x', alias('x', 'cart.shop.svc.b.local'))).toEqual([['cart.shop.svc.b.local.', '10.96.0.10'], []])
    expect(rows('x', alias('x', 'gone.shop.svc.b.local'))).toEqual([['gone.shop.svc.b.local.'], []])
    expect(rows('x', alias('x', 'y.shop.svc.b.local'), alias('y', 'example.com'))).toEqual([
      ['y.shop.svc.b.local.', 'example.com.'],
      ['example.com.'],
    ])
  })

  test('aliases into each other come to an end, after nine of them', () => {
    const found = rows('x', alias('x', 'y.shop.svc.b.local'), alias('y', 'x.shop.svc.a.local'))
    expect(found && [found[0]?.length, found[1]]).toEqual([9, ['y.shop.svc.b.local.']])
  })
})

describe('[C8] the name that is asked for an address', () => {
  test.each([
    ['10.96.0.7', '7.0.96.10.in-addr.arpa'],
    ['fd00::1:a', `a.0.0.0.1.0.0.0.${'0.'.repeat(22)}d.f.ip6.arpa`],
    ['host', undefined],
  ])('%s', (address, name) => expect(reverseName(address)).toBe(name))

  test('what a Service of IPv6 lacks of IPv6 is told first', () => {
    const own = service({ clusterIP: 'None', clusterIPs: ['None'], ipFamilies: ['IPv6'], selector: undefined })
    const four = slice({ endpoints: [endpoint('10.0.0.1')] })
    const found = serviceNames(namesView({ services: [own], slices: [four] }), own.key)
    expect(found?.names[0]).toMatchObject({
      type: 'AAAA',
      reason: { code: 'names-family-no-endpoints', values: { family: 'IPv6' } },
    })
  })

  test('one of the two families may be answered by others; names are told in the first zone of Services', () => {
    const text = [block('.', 'kubernetes corp.local cluster.local in-addr.arpa'), block('ip6.arpa', 'forward')].join(
      '\n',
    )
    const own = service({ clusterIP: 'fd00::a', clusterIPs: ['fd00::a', '10.96.0.7'], ipFamilies: ['IPv6', 'IPv4'] })
    const found = serviceNames(viewOf(text, [own], 'clusterDomain: cluster.local'), own.key)
    expect(found?.names.slice(0, 2).map(({ type }) => type)).toEqual(['AAAA', 'A'])
    expect(found?.addresses).toMatchObject([
      { name: 'fd00::a', type: 'PTR', rcode: 'unknown', data: [], total: 0 },
      { name: '10.96.0.7', type: 'PTR', rcode: 'NOERROR', data: ['cart.shop.svc.corp.local.'] },
    ])
    expect(found?.addresses[0]?.data).toEqual([])
  })
})
