import { describe, expect, test } from 'vitest'
import { service, servicePort } from '../../testing/builders'
import { predict } from '../../testing/ipvs-cases'
import {
  add,
  backwards,
  codes,
  compareText,
  differences,
  full,
  print,
  replace,
  without,
} from '../../testing/ipvs-dumps'

const CLUSTER_IP = '-A -t 10.96.0.10:80 -s rr'
const REAL = '-a -t 10.96.0.10:80 -r 10.1.0.1:8080 -m -w 1'

describe('[V18] servers', () => {
  test.each([
    ['the node is as predicted', full, (lines: string[]) => lines, []],
    ['in any order', full, backwards, []],
    ['a missing server', full, without('-t 10.96.0.10:80'), ['missing ipvs-missing-server']],
    ['a missing real server', {}, without('-r 10.1.0.1:8080'), ['missing ipvs-missing-real-server']],
    ['another scheduler', {}, replace('-s rr', '-s sh'), ['different ipvs-different-scheduler']],
    ['affinity on', {}, replace(CLUSTER_IP, `${CLUSTER_IP} -p 360`), ['different ipvs-affinity-on']],
    ['one packet', {}, replace(CLUSTER_IP, `${CLUSTER_IP} -o`), ['different ipvs-different-flags']],
    ['a mask', {}, replace(CLUSTER_IP, `${CLUSTER_IP} --pe sip`), ['different ipvs-different-flags']],
    ['another weight', {}, replace(REAL, REAL.replace('-w 1', '-w 5')), ['different ipvs-different-weight']],
    ['another forwarding', {}, replace(REAL, REAL.replace('-m', '-g')), ['different ipvs-not-masqueraded']],
    [
      'affinity off',
      { service: { sessionAffinity: 'ClientIP' } },
      replace(' -p 10800', ''),
      ['different ipvs-affinity-off'],
    ],
    [
      'another timeout',
      { service: { sessionAffinity: 'ClientIP' } },
      replace('-p 10800', '-p 60'),
      ['different ipvs-different-timeout'],
    ],
    [
      'no flag for mh',
      { settings: { scheduler: 'mh' } },
      replace(' -b mh-port', ''),
      ['different ipvs-different-flags'],
    ],
    [
      'a server too much',
      {},
      add(REAL, '-A -t 10.96.9.9:443 -s rr', '-a -t 10.96.9.9:443 -r 10.9.9.9:1 -m -w 1'),
      ['extra ipvs-stale-server'],
    ],
    ['a port too much', {}, add(REAL, '-A -t 10.96.0.10:81 -s rr'), ['extra ipvs-stale-port']],
    [
      'a server of the other family',
      {},
      add(REAL, '-A -t [fd00::9]:443 -s rr', '-a -t [fd00::9]:443 -r [fd00::1]:1 -m -w 1'),
      [],
    ],
  ] as const)('%s', (_name, of, change, expected) => {
    expect(codes(differences(of, change as (lines: string[]) => readonly string[]))).toEqual(expected)
  })

  test('what is too much names the Service, port and endpoint it can', () => {
    const gone = '-a -t 10.96.0.10:80 -r 10.1.0.9:8080 -m -w 1'
    expect(differences({}, add(REAL, gone))).toEqual([
      {
        kind: 'extra',
        table: 'ipvsadm',
        predicted: undefined,
        found: { text: gone, line: 3 },
        service: 'shop/cart',
        port: 'http/TCP',
        endpoint: '10.1.0.9:8080',
        reason: { code: 'ipvs-stale-endpoint', values: { endpoint: '10.1.0.9:8080', service: '' } },
      },
    ])
    expect(differences({}, add(REAL, '-A -t 10.96.0.10:81 -s rr'))[0]).toMatchObject({
      service: 'shop/cart',
      port: undefined,
      reason: { values: { service: 'shop/cart', port: 81, servers: 0 } },
    })
  })

  test('of two Services that claim one address either may have it', () => {
    const rival = service({ name: 'rival', clusterIP: '10.96.0.11', clusterIPs: ['10.96.0.11'], ...SHARED })
    const both = predict({ service: SHARED, more: [{ service: rival, slices: [] }] })
    const turned = (name: string) =>
      print(both)
        .filter((line) => name === 'cart' || !line.includes('198.51.100.1:80 -r'))
        .flatMap((line) => (name === 'cart' && line === '-A -t 198.51.100.1:80 -s rr' ? [line, ...REALS] : [line]))
    for (const name of ['cart', 'rival']) {
      expect(compareText(both, turned(name).join('\n'))).toEqual([])
    }
  })

  test('what is missing or different says what should be there, and where', () => {
    const [found] = differences({}, replace(REAL, REAL.replace('-w 1', '-w 5')))
    expect(found).toMatchObject({
      predicted: REAL,
      found: { text: '-a -t 10.96.0.10:80 -r 10.1.0.1:8080 -m -w 5', line: 2 },
      service: 'shop/cart',
      port: 'http/TCP',
      endpoint: '10.1.0.1:8080',
    })
  })
})

describe('[V17] weight 0', () => {
  const real = (protocol: string, endpoint: string) => `-a ${protocol} 10.96.0.10:80 -r ${endpoint} -m -w 0`
  test.each([
    ['an endpoint that went away', {}, add(REAL, real('-t', '10.1.0.9:8080')), 'extra ipvs-draining'],
    ['one that should be used', {}, replace(REAL, real('-t', '10.1.0.1:8080')), 'different ipvs-weight-zero'],
    [
      'an SCTP endpoint that went away',
      { service: { ports: [servicePort({ protocol: 'SCTP' })] } },
      add('-A --sctp-service 10.96.0.10:80 -s rr', real('--sctp-service', '10.1.0.9:8080')),
      'extra ipvs-zero-not-tcp',
    ],
  ])('%s', (_name, of, change, expected) => {
    expect(codes(differences(of, change))).toContain(expected)
  })

  test('the list tells the connections it waits for', () => {
    const text = [
      'TCP  10.96.0.10:80 rr',
      '  -> 10.1.0.1:8080                Masq    1      0          0         ',
      '  -> 10.1.0.2:8080                Masq    1      0          0         ',
      '  -> 10.1.0.9:8080                Masq    0      2          7         ',
    ].join('\n')
    expect(compareText(predict(), text).map(({ reason }) => reason)).toEqual([
      { code: 'ipvs-draining-connections', values: { endpoint: '10.1.0.9:8080', active: 2, inactive: 7 } },
    ])
  })
})

const SHARED = { externalIPs: ['198.51.100.1'] }
const REALS = ['10.1.0.1:8080', '10.1.0.2:8080'].map((real) => `-a -t 198.51.100.1:80 -r ${real} -m -w 1`)
