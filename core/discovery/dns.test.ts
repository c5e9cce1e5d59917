import { describe, expect, test } from 'vitest'
import { endpoint, service, slice, slicePort } from '../testing/builders'
import { discoveryView } from '../testing/discovery-view'
import { ask, cart, headless, NXDOMAIN, plain } from '../testing/dns-questions'
import { answerDns } from './dns'

describe('[C6] SRV', () => {
  const endpoints = (count: number) =>
    Array.from({ length: count }, (_, i) => endpoint(`10.0.0.${i + 1}`, { hostname: `c-${i}` }))
  const heads = (...slices: Parameters<typeof slice>[0][]) => discoveryView([service(headless)], slices.map(slice))

  test('of a cluster IP: the port of the Service, and its address', () => {
    expect(ask(plain, `_http._tcp.${cart} SRV`)).toEqual([
      `_http._tcp.${cart} SRV 0 100 80 ${cart}`,
      `+${cart} A 10.96.0.10`,
    ])
  })

  test('of the bare name: all ports, that share the weight', () => {
    expect(ask(plain, `${cart} SRV`)).toEqual([
      `${cart} SRV 0 50 80 ${cart}`,
      `${cart} SRV 0 50 53 ${cart}`,
      `+${cart} A 10.96.0.10`,
    ])
  })

  test('two families share the weight of one record, and both addresses are added', () => {
    const view = discoveryView([service({ clusterIPs: ['10.96.0.10', 'fd00::a'] })])
    expect(ask(view, `${cart} SRV`)).toEqual([
      `${cart} SRV 0 50 80 ${cart}`,
      `+${cart} A 10.96.0.10`,
      `+${cart} AAAA fd00::a`,
    ])
  })

  test('of endpoints: their own port, and their own names in the spelling of the zone asked', () => {
    const asked = '_http._tcp.cart.shop.svc.CLUSTER.local.'
    expect(ask(heads({ endpoints: endpoints(1) }), `${asked} SRV`)).toEqual([
      `${asked} SRV 0 100 8080 c-0.cart.shop.svc.CLUSTER.local.`,
      '+c-0.cart.shop.svc.CLUSTER.local. A 10.0.0.1',
    ])
  })

  test.each([
    [3, 33],
    [7, 14],
    [99, 1],
    [101, 1],
    [250, 1],
  ])('%i records weigh %i each', (count, weight) => {
    const answer = ask(heads({ endpoints: endpoints(count) }), `${cart} SRV`)
    expect(answer?.[0]).toBe(`${cart} SRV 0 ${weight} 8080 c-0.${cart}`)
  })

  test('equal records are merged after the weight has been shared', () => {
    const twins = [endpoint('10.0.0.1', { hostname: 'twin' }), endpoint('10.0.0.2', { hostname: 'twin' })]
    expect(ask(heads({ endpoints: twins }, { name: 'b', endpoints: twins }), `${cart} SRV`)).toEqual([
      `${cart} SRV 0 25 8080 twin.${cart}`,
      `+twin.${cart} A 10.0.0.1`,
      `+twin.${cart} A 10.0.0.2`,
    ])
  })

  test('a port without a number weighs, but is not told', () => {
    const view = heads({
      ports: [slicePort({ port: undefined }), slicePort({ name: undefined })],
      endpoints: endpoints(1),
    })
    expect(ask(view, `${cart} SRV`)).toEqual([`${cart} SRV 0 50 8080 c-0.${cart}`, `+c-0.${cart} A 10.0.0.1`])
  })

  test.each([
    ['without ports there is no record', heads({ ports: [], endpoints: endpoints(1) }), 'NOERROR'],
    ['nor for a Service without ports', discoveryView([service({ ports: [] })]), 'NOERROR'],
    [
      'an alias has none',
      discoveryView([service({ type: 'ExternalName', externalName: 'db.example.com' })]),
      'NOERROR',
    ],
    ['no name, no record', heads(), NXDOMAIN],
  ])('%s', (_, view, expected) => {
    expect(ask(view, `${cart} SRV`)).toEqual(expected)
  })
})

describe('[C7] ExternalName', () => {
  const to = (externalName: string | undefined) => service({ type: 'ExternalName', externalName })
  const other = service({ name: 'db', clusterIP: '10.96.0.20', clusterIPs: ['10.96.0.20'] })
  const db = 'db.shop.svc.cluster.local.'

  test.each([
    ['A gives the alias', 'db.example.com', `${cart} A`, [`${cart} CNAME db.example.com.`]],
    ['AAAA too', 'db.example.com', `${cart} AAAA`, [`${cart} CNAME db.example.com.`]],
    ['and CNAME', 'db.example.com.', `${cart} CNAME`, [`${cart} CNAME db.example.com.`]],
    ['no endpoint below it', 'db.example.com', `x.${cart} A`, NXDOMAIN],
    ['no port below it', 'db.example.com', `_http._.${cart} A`, NXDOMAIN],
    ['no protocol below it', 'db.example.com', `_._tcp.${cart} A`, NXDOMAIN],
    ['an IPv4 address is no name', '192.0.2.7', `${cart} A`, NXDOMAIN],
    ['nor an IPv6 address', 'fd00::1', `${cart} CNAME`, NXDOMAIN],
    ['leading zeros make it a name', '010.0.0.1', `${cart} CNAME`, [`${cart} CNAME 010.0.0.1.`]],
    ['unset leads to the root', undefined, `${cart} CNAME`, [`${cart} CNAME .`]],
    [
      'inside the cluster the chain is followed',
      'db.shop.svc.cluster.local',
      `${cart} A`,
      [`${cart} CNAME ${db}`, `${db} A 10.96.0.20`],
    ],
    ['a chain without an address of the family is left out', 'db.shop.svc.cluster.local', `${cart} AAAA`, 'NOERROR'],
    ['a chain to a name that is not there, too', 'absent.shop.svc.cluster.local', `${cart} A`, 'NOERROR'],
    [
      'but CNAME tells it',
      'absent.shop.svc.cluster.local',
      `${cart} CNAME`,
      [`${cart} CNAME absent.shop.svc.cluster.local.`],
    ],
    ['an alias of itself is left out', 'CART.shop.svc.cluster.local', `${cart} A`, 'NOERROR'],
    ['also of a name below it', 'x.cart.shop.svc.cluster.local', `${cart} A`, 'NOERROR'],
  ])('%s', (_, value, question, expected) => {
    expect(ask(discoveryView([to(value), other]), question)).toEqual(expected)
  })

  test('a ring is given up', () => {
    const ring = discoveryView([
      to('b.shop.svc.cluster.local'),
      service({ name: 'b', type: 'ExternalName', externalName: 'c.shop.svc.cluster.local' }),
      service({ name: 'c', type: 'ExternalName', externalName: 'b.shop.svc.cluster.local' }),
    ])
    expect(ask(ring, `${cart} A`)).toBe('NOERROR')
  })

  test.each([
    [11, 11],
    [12, 0],
  ])('of a chain of %i aliases %i are told', (length, told) => {
    const chain = Array.from({ length }, (_, i) =>
      service({
        name: `a${i}`,
        type: 'ExternalName',
        externalName: i + 1 < length ? `a${i + 1}.shop.svc.cluster.local` : 'end.example.com',
      }),
    )
    const found = answerDns(discoveryView(chain), { name: 'a0.shop.svc.cluster.local', type: 'A' })
    expect(found?.answer).toHaveLength(told)
    expect(found?.upstream).toEqual(told > 0 ? ['end.example.com.'] : [])
  })

  test('what is asked elsewhere is named', () => {
    const upstream = (value: string) =>
      answerDns(discoveryView([to(value), other]), { name: cart, type: 'A' })?.upstream
    expect([upstream('db.example.com'), upstream('db.shop.svc.cluster.local')]).toEqual([['db.example.com.'], []])
  })

  test('a cluster IP left over does not count', () => {
    const stale = service({ type: 'ExternalName', externalName: 'db.example.com', clusterIPs: ['10.96.0.10'] })
    expect(ask(discoveryView([stale]), `${cart} A`)).toEqual([`${cart} CNAME db.example.com.`])
  })
})

describe('[C9] other types', () => {
  test.each([
    ['the version of the schema', 'dns-version.cluster.local. TXT', ['dns-version.cluster.local. TXT "1.1.0"']],
    ['in capitals', 'DNS-Version.Cluster.Local. TXT', ['DNS-Version.Cluster.Local. TXT "1.1.0"']],
    ['not below', 'x.dns-version.cluster.local. TXT', NXDOMAIN],
    ['only as text', 'dns-version.cluster.local. A', NXDOMAIN],
    ['a name with other records has no text', `${cart} TXT`, 'NOERROR'],
    ['one without any is said not to exist', 'shop.svc.cluster.local. TXT', NXDOMAIN],
    ['also the zone', 'cluster.local. TXT', NXDOMAIN],
    ['no such Service', 'absent.shop.svc.cluster.local. TXT', NXDOMAIN],
    ['no alias of a cluster IP', `${cart} CNAME`, 'NOERROR'],
    ['no alias of nothing', 'shop.svc.cluster.local. CNAME', 'NOERROR'],
    ['nor of what is not there', 'absent.shop.svc.cluster.local. CNAME', NXDOMAIN],
    ['no mail', `${cart} MX`, 'NOERROR'],
    ['no mail for what is not there', 'absent.shop.svc.cluster.local. MX', NXDOMAIN],
    ['NS of a Service', `${cart} NS`, 'NOERROR'],
    ['any other type', 'absent.shop.svc.cluster.local. HTTPS', NXDOMAIN],
    [
      'SOA of the zone',
      'Cluster.local. SOA',
      ['Cluster.local. SOA ns.dns.Cluster.local. hostmaster.Cluster.local. 0 7200 1800 86400 5'],
    ],
    ['SOA of anything below, there or not', 'absent.shop.svc.cluster.local. SOA', 'NOERROR'],
  ])('%s', (_, question, expected) => {
    expect(ask(plain, question)).toEqual(expected)
  })
})
