import { describe, expect, test } from 'vitest'
import { endpoint, pod, service, slice, slicePort } from '../testing/builders'
import { discoveryView } from '../testing/discovery-view'
import { ask, cart, headless, NXDOMAIN, plain } from '../testing/dns-questions'
import type { DnsView } from './dns-records'

describe('[C3] a Service with a cluster IP', () => {
  const dual = { clusterIP: 'fd00::a', clusterIPs: ['fd00::a', '10.96.0.10'] }
  test.each([
    ['A', {}, [`${cart} A 10.96.0.10`]],
    ['the other family has no record', { clusterIP: 'fd00::a', clusterIPs: ['fd00::a'] }, 'NOERROR'],
    ['of two addresses the one of the family', dual, [`${cart} A 10.96.0.10`]],
    ['without clusterIPs, clusterIP counts', { clusterIPs: [] }, [`${cart} A 10.96.0.10`]],
    ['without ports the name exists all the same', { ports: [] }, [`${cart} A 10.96.0.10`]],
  ])('%s', (_, spec, expected) => {
    expect(ask(discoveryView([service(spec)]), `${cart} A`)).toEqual(expected)
  })

  test('AAAA', () => {
    expect(ask(discoveryView([service(dual)]), `${cart} AAAA`)).toEqual([`${cart} AAAA fd00::a`])
  })

  test('external and load balancer addresses are not told', () => {
    const view = discoveryView([service({ externalIPs: ['192.0.2.1'], loadBalancerIngress: [] })])
    expect(ask(view, `${cart} A`)).toEqual([`${cart} A 10.96.0.10`])
  })
})

describe('[C4] a headless Service', () => {
  const of = (...slices: Parameters<typeof slice>[0][]) => discoveryView([service(headless)], slices.map(slice))
  test.each([
    [
      'ready endpoints of all slices, each address once',
      of({ endpoints: [endpoint('10.0.0.1'), endpoint('10.0.0.2')] }, { name: 'b', endpoints: [endpoint('10.0.0.1')] }),
      [`${cart} A 10.0.0.1`, `${cart} A 10.0.0.2`],
    ],
    [
      'every address of an endpoint',
      of({ endpoints: [endpoint('10.0.0.1', { addresses: ['10.0.0.1', '10.0.0.9'] })] }),
      [`${cart} A 10.0.0.1`, `${cart} A 10.0.0.9`],
    ],
    [
      'none ready: no such name',
      of({ endpoints: [endpoint('10.0.0.1', { ready: false, serving: true, terminating: true })] }),
      NXDOMAIN,
    ],
    ['no slices: no such name', of(), NXDOMAIN],
    ['only the other family: no record', of({ addressType: 'IPv6', endpoints: [endpoint('fd00::1')] }), 'NOERROR'],
    ['slices without ports answer', of({ ports: [], endpoints: [endpoint('10.0.0.1')] }), [`${cart} A 10.0.0.1`]],
    [
      'slices of another Service do not count',
      of({ serviceName: 'other', endpoints: [endpoint('10.0.0.1')] }),
      NXDOMAIN,
    ],
    [
      'a slice of names is followed like an alias',
      of({ addressType: 'FQDN', endpoints: [endpoint('db.example.com')] }),
      [`${cart} CNAME db.example.com.`],
    ],
  ])('%s', (_, view, expected) => {
    expect(ask(view, `${cart} A`)).toEqual(expected)
  })

  test('is headless by the first of clusterIPs, else by clusterIP', () => {
    const slices = [slice({ endpoints: [endpoint('10.0.0.1')] })]
    const odd = discoveryView([service({ clusterIP: 'None', clusterIPs: ['10.96.0.7'] })], slices)
    const old = discoveryView([service({ clusterIP: 'None', clusterIPs: [] })], slices)
    expect([ask(odd, `${cart} A`), ask(old, `${cart} A`)]).toEqual([[`${cart} A 10.96.0.7`], [`${cart} A 10.0.0.1`]])
  })

  test('a port that only one slice has leads to its endpoints', () => {
    const view = of(
      { endpoints: [endpoint('10.0.0.1')] },
      { name: 'b', ports: [slicePort({ name: 'admin' })], endpoints: [endpoint('10.0.0.2')] },
    )
    expect(ask(view, `_admin._tcp.${cart} A`)).toEqual([`_admin._tcp.${cart} A 10.0.0.2`])
    expect(ask(view, `_admin._udp.${cart} A`)).toBe(NXDOMAIN)
  })
})

describe('[C5] one endpoint by its label', () => {
  const below = (label: string, view: DnsView, type = 'A') => ask(view, `${label}.${cart} ${type}`)
  const ipv6 = discoveryView(
    [service(headless)],
    [slice({ addressType: 'IPv6', endpoints: [endpoint('fd00::5'), endpoint('fd00:1::')] })],
  )

  test.each([
    ['its address with dashes', '10-0-0-1', plain, 'A', [`10-0-0-1.${cart} A 10.0.0.1`]],
    ['its host name', 'cart-0', plain, 'A', [`cart-0.${cart} A 10.0.0.2`]],
    ['case does not count', 'CART-0', plain, 'A', [`CART-0.${cart} A 10.0.0.2`]],
    ['with a host name the address is no label', '10-0-0-2', plain, 'A', NXDOMAIN],
    ['one that is not ready has none', '10-0-0-3', plain, 'A', NXDOMAIN],
    ['IPv6', 'fd00--5', ipv6, 'AAAA', [`fd00--5.${cart} AAAA fd00::5`]],
    ['a dash at the end is given a 0', 'fd00-1--0', ipv6, 'AAAA', [`fd00-1--0.${cart} AAAA fd00:1::`]],
    ['and has no label without it', 'fd00-1--', ipv6, 'AAAA', NXDOMAIN],
  ])('%s', (_, label, view, type, expected) => {
    expect(below(label, view, type)).toEqual(expected)
  })

  test('the labels of names', () => {
    const view = discoveryView(
      [service(headless)],
      [slice({ addressType: 'FQDN', endpoints: [endpoint('db.example.com.'), endpoint('localhost')] })],
    )
    expect(below('db-example-com-', view)).toEqual([`db-example-com-.${cart} CNAME db.example.com.`])
    expect(below('localhost', view)).toBe(NXDOMAIN)
  })

  test('a host name in capitals is found', () => {
    const view = discoveryView([service()], [slice({ endpoints: [endpoint('10.0.0.1', { hostname: 'Db' })] })])
    expect(below('db', view)).toEqual([`db.${cart} A 10.0.0.1`])
  })

  test('twins share a label', () => {
    const twin = { hostname: 'twin' }
    const view = discoveryView(
      [service()],
      [slice({ endpoints: [endpoint('10.0.0.1', twin), endpoint('10.0.0.2', twin)] })],
    )
    expect(below('twin', view)).toEqual([`twin.${cart} A 10.0.0.1`, `twin.${cart} A 10.0.0.2`])
  })
})

describe('[C10] names of pods', () => {
  const insecure = (name: string, type = 'A') => ask(plain, `${name}.pod.cluster.local. ${type}`, { pods: 'insecure' })

  test('do not exist unless the plugin is told to answer them', () => {
    expect(ask(plain, '10-0-0-1.shop.pod.cluster.local. A')).toBe(NXDOMAIN)
    expect(ask(plain, 'shop.pod.cluster.local. A')).toBe(NXDOMAIN)
  })

  test.each([
    [
      'spell the address, whether there is a pod or not',
      '203-0-113-9.shop',
      'A',
      ['203-0-113-9.shop.pod.cluster.local. A 203.0.113.9'],
    ],
    ['IPv6 in full', 'fd00-0-0-0-0-0-0-1.shop', 'AAAA', ['fd00-0-0-0-0-0-0-1.shop.pod.cluster.local. AAAA fd00::1']],
    ['IPv6', 'fd00--1.shop', 'AAAA', ['fd00--1.shop.pod.cluster.local. AAAA fd00::1']],
    ['four groups with a gap are IPv6', '1--2-3.shop', 'AAAA', ['1--2-3.shop.pod.cluster.local. AAAA 1::2:3']],
    ['another family has no record', '10-0-0-1.shop', 'AAAA', 'NOERROR'],
    ['no address, no name', 'web-abc.shop', 'A', NXDOMAIN],
    ['no namespace, no name', '10-0-0-1.absent', 'A', NXDOMAIN],
    ['the namespace itself', 'shop', 'A', 'NOERROR'],
    [
      'SRV',
      '10-0-0-1.shop',
      'SRV',
      [
        '10-0-0-1.shop.pod.cluster.local. SRV 0 100 0 10-0-0-1.shop.pod.cluster.local.',
        '+10-0-0-1.shop.pod.cluster.local. A 10.0.0.1',
      ],
    ],
  ])('%s', (_, name, type, expected) => {
    expect(insecure(name, type)).toEqual(expected)
  })
  test('with `verified` they exist where a pod of the namespace that is not being deleted has the address', () => {
    const view = discoveryView(
      [service()],
      [],
      [pod({ podIPs: ['10.0.0.1', 'fd00::1'] }), pod({ name: 'gone', podIPs: ['10.0.0.2'], deletedAt: 1 })],
    )
    const verified = (label: string, type = 'A') =>
      ask(view, `${label}.pod.cluster.local. ${type}`, { pods: 'verified' })
    expect(verified('10-0-0-1.shop')).toEqual(['10-0-0-1.shop.pod.cluster.local. A 10.0.0.1'])
    expect(verified('fd00--1.shop', 'AAAA')).toEqual(['fd00--1.shop.pod.cluster.local. AAAA fd00::1'])
    expect([verified('10-0-0-2.shop'), verified('10-0-0-1.default')]).toEqual([NXDOMAIN, NXDOMAIN])
  })
})
