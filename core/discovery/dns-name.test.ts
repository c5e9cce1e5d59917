import { describe, expect, test } from 'vitest'
import { ask, cart, NXDOMAIN, plain } from '../testing/dns-questions'
import { answerDns } from './dns'
import { parseName } from './dns-name'

describe('[C1] names and zones', () => {
  test.each([
    [
      'case does not count, and the owner keeps the spelling of the question',
      'CART.Shop.SVC.cluster.LOCAL. A',
      ['CART.Shop.SVC.cluster.LOCAL. A 10.96.0.10'],
    ],
    ['a name without a final dot is complete', 'cart.shop.svc.cluster.local A', [`${cart} A 10.96.0.10`]],
    ['another zone is for another plugin', 'example.com. A', undefined],
    ['so is a name that only ends in the same letters', 'xcluster.local. A', undefined],
    ['and the zone above', 'local. A', undefined],
    ['and the root', '. A', undefined],
    ['a zone transfer is refused', 'cluster.local. AXFR', 'REFUSED'],
    ['also in parts', 'cluster.local. IXFR', 'REFUSED'],
  ])('%s', (_, question, expected) => {
    expect(ask(plain, question)).toEqual(expected)
  })

  test('an answer that holds nothing is empty in every part', () => {
    const nothing = { answer: [], additional: [], upstream: [] }
    const asked = (type: string) => answerDns(plain, { name: 'absent.shop.svc.cluster.local.', type })
    expect([asked('A'), asked('AXFR'), asked('SOA')]).toEqual([
      { rcode: 'NXDOMAIN', ...nothing },
      { rcode: 'REFUSED', ...nothing },
      { rcode: 'NOERROR', ...nothing },
    ])
  })

  test('the cluster domain is a setting', () => {
    expect(ask(plain, 'cart.shop.svc.k8s.example. A', { clusterDomain: 'k8s.example' })).toEqual([
      'cart.shop.svc.k8s.example. A 10.96.0.10',
    ])
    expect(ask(plain, `${cart} A`, { clusterDomain: 'k8s.example' })).toBeUndefined()
  })
})

describe('[C2] what the labels of a name ask for', () => {
  test.each([
    ['the zone itself', 'cluster.local. A', 'NOERROR'],
    ['svc', 'svc.cluster.local. A', 'NOERROR'],
    ['pod', 'pod.cluster.local. A', 'NOERROR'],
    ['a namespace', 'shop.svc.cluster.local. A', 'NOERROR'],
    ['a namespace that is not there', 'absent.svc.cluster.local. A', NXDOMAIN],
    ['a Service that is not there', 'absent.shop.svc.cluster.local. A', NXDOMAIN],
    ['a Service of another namespace', 'cart.default.svc.cluster.local. A', NXDOMAIN],
    ['neither svc nor pod', 'cart.shop.cluster.local. A', NXDOMAIN],
    ['three labels below a Service', `a.b.c.${cart} A`, NXDOMAIN],
    ['also behind port and protocol', `_http._tcp.x.${cart} A`, NXDOMAIN],
    ['an underscore within a label', `h_ttp._tcp.${cart} A`, NXDOMAIN],
    ['a label as long as that of the name server', 'absent.cluster.local. A', NXDOMAIN],
    [
      'port and protocol below a Service answer as the Service',
      `_http._tcp.${cart} A`,
      [`_http._tcp.${cart} A 10.96.0.10`],
    ],
    ['also without underscores', `http.tcp.${cart} A`, [`http.tcp.${cart} A 10.96.0.10`]],
    ['nothing after the underscore means any', `_._.${cart} A`, [`_._.${cart} A 10.96.0.10`]],
    ['one underscore is taken off, not two', `__http._tcp.${cart} A`, NXDOMAIN],
    ['the protocol of another port', `_http._udp.${cart} A`, NXDOMAIN],
    ['a port that is not there', `_nope._tcp.${cart} A`, NXDOMAIN],
    ['a protocol alone is read as an endpoint', `_tcp.${cart} A`, NXDOMAIN],
    ['the name of the name server', 'ns.dns.cluster.local. A', 'NOERROR'],
    ['also above the zone twice', 'ns.dns.cluster.local.a.b.cluster.local. A', 'NOERROR'],
    ['but not with a label before it', 'a.ns.dns.cluster.local. A', NXDOMAIN],
    ['nor with one in between', 'ns.dns.a.cluster.local. A', NXDOMAIN],
    ['a Service below a reverse zone', 'cart.shop.svc.in-addr.arpa. A', NXDOMAIN],
    ['svc below a reverse zone', 'svc.in-addr.arpa. A', 'NOERROR'],
  ])('%s', (_, question, expected) => {
    expect(ask(plain, question)).toEqual(expected)
  })

  test.each(['x.cluster.local.', 'a.b.c.cart.shop.svc.cluster.local.'])('%s is no name that can exist', (name) => {
    expect(parseName(name, 'cluster.local.')).toEqual({ kind: 'invalid' })
  })

  test('a Service shows that its namespace exists where namespaces may not be read', () => {
    const view = { ...plain, namespace: () => undefined }
    expect([ask(view, 'shop.svc.cluster.local. A'), ask(view, 'other.svc.cluster.local. A')]).toEqual([
      'NOERROR',
      NXDOMAIN,
    ])
  })

  test('a namespace exists without Services', () => {
    expect(ask(plain, 'default.svc.cluster.local. A')).toBe('NOERROR')
  })
})
