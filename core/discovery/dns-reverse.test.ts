import { describe, expect, test } from 'vitest'
import { endpoint, service, slice } from '../testing/builders'
import { discoveryView } from '../testing/discovery-view'
import { ask, cart, NXDOMAIN } from '../testing/dns-questions'
import { namesOfAddresses } from './dns-reverse'

describe('[C8] PTR', () => {
  const both = discoveryView(
    [
      service({ clusterIPs: ['10.96.0.10', 'fd00:10:96::a'] }),
      service({ name: 'old', clusterIPs: [], clusterIP: '10.96.0.11' }),
    ],
    [
      slice({
        endpoints: [
          endpoint('10.0.0.1'),
          endpoint('10.0.0.2', { hostname: 'cart-0' }),
          endpoint('10.0.0.3', { ready: false }),
        ],
      }),
      slice({ name: 'again', endpoints: [endpoint('10.0.0.1')] }),
      slice({
        name: 'other',
        namespace: 'other',
        serviceName: 'till',
        endpoints: [endpoint('10.0.0.1'), endpoint('10.96.0.10')],
      }),
      slice({ name: 'loose', serviceName: undefined, endpoints: [endpoint('10.0.0.7')] }),
    ],
  )
  const ipv6 = `a.${'0.'.repeat(19)}6.9.0.0.0.1.0.0.0.0.d.f.ip6.arpa.`

  test.each([
    ['a cluster IP is its Service', '10.0.96.10.in-addr.arpa.', [`10.0.96.10.in-addr.arpa. PTR ${cart}`]],
    ['IPv6 too', ipv6, [`${ipv6} PTR ${cart}`]],
    [
      'without clusterIPs, clusterIP counts',
      '11.0.96.10.in-addr.arpa.',
      ['11.0.96.10.in-addr.arpa. PTR old.shop.svc.cluster.local.'],
    ],
    [
      'an endpoint has one name per Service',
      '1.0.0.10.in-addr.arpa.',
      [
        `1.0.0.10.in-addr.arpa. PTR 10-0-0-1.${cart}`,
        '1.0.0.10.in-addr.arpa. PTR 10-0-0-1.till.other.svc.cluster.local.',
      ],
    ],
    ['by its host name', '2.0.0.10.in-addr.arpa.', [`2.0.0.10.in-addr.arpa. PTR cart-0.${cart}`]],
    [
      'a slice of no Service leaves a gap',
      '7.0.0.10.in-addr.arpa.',
      ['7.0.0.10.in-addr.arpa. PTR 10-0-0-7..shop.svc.cluster.local.'],
    ],
    ['one that is not ready has none', '3.0.0.10.in-addr.arpa.', NXDOMAIN],
    ['nobody has it', '9.9.9.10.in-addr.arpa.', NXDOMAIN],
    [
      'capitals',
      '1.0.0.10.IN-ADDR.arpa.',
      [
        `1.0.0.10.IN-ADDR.arpa. PTR 10-0-0-1.${cart}`,
        '1.0.0.10.IN-ADDR.arpa. PTR 10-0-0-1.till.other.svc.cluster.local.',
      ],
    ],
    ['part of an address', '0.10.in-addr.arpa.', NXDOMAIN],
    ['a leading zero is no address', '01.0.0.10.in-addr.arpa.', NXDOMAIN],
    ['IPv6 written below in-addr.arpa', '::a.in-addr.arpa.', NXDOMAIN],
    ['part of an IPv6 address', 'd.f.ip6.arpa.', NXDOMAIN],
    ['a digit too many is not read', `5.${ipv6}`, [`5.${ipv6} PTR ${cart}`]],
    ['four are', `0.0.0.0.${ipv6}`, NXDOMAIN],
    ['the reverse zones exist', 'in-addr.arpa.', 'NOERROR'],
    ['both', 'ip6.arpa.', 'NOERROR'],
    ['a name of the cluster has no PTR record', cart, 'NOERROR'],
    ['a name that is not there', 'absent.shop.svc.cluster.local.', NXDOMAIN],
    ['nor the name server', 'ns.dns.cluster.local.', NXDOMAIN],
  ])('%s', (_, name, expected) => {
    expect(ask(both, `${name} PTR`)).toEqual(expected)
  })

  test('several at once: of those asked for alone, a Service before its endpoints, the first of two', () => {
    const view = discoveryView(
      [service(), service({ name: 'twin' }), service({ name: 'other', clusterIPs: ['10.96.0.12'] })],
      [slice({ endpoints: [endpoint('10.0.0.1'), endpoint('10.0.0.2'), endpoint('10.96.0.10')] })],
    )
    const told = (...ips: string[]) => Object.fromEntries(namesOfAddresses(new Set(ips), view, 'cluster.local.'))
    expect(told('10.96.0.10', '10.0.0.1', '10.0.0.9')).toEqual({
      '10.96.0.10': [cart],
      '10.0.0.1': [`10-0-0-1.${cart}`],
    })
    expect(told('10.96.0.10')).toEqual({ '10.96.0.10': [cart] })
  })

  test('the names are in the cluster domain that is set', () => {
    expect(ask(both, '10.0.96.10.in-addr.arpa. PTR', { clusterDomain: 'k8s.example' })).toEqual([
      '10.0.96.10.in-addr.arpa. PTR cart.shop.svc.k8s.example.',
    ])
  })

  test('an address has no A record under its reverse name', () => {
    expect(ask(both, '10.0.96.10.in-addr.arpa. A')).toBe(NXDOMAIN)
  })
})
