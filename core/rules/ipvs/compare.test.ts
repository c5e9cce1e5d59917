import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { serviceKey } from '../../model/keys'
import { service, servicePort } from '../../testing/builders'
import { type Case, elsewhere, here, input, nodeSample, predict } from '../../testing/ipvs-cases'
import { compareIpvs } from './compare'
import { parseIpvs } from './dump'
import { ipvsLines } from './lines'
import { predictIpvs } from './predict'
import type { IpvsPrediction } from './types'

const full: Case = {
  service: {
    type: 'LoadBalancer',
    ports: [servicePort({ nodePort: 30_080 }), servicePort({ name: 'sctp', protocol: 'SCTP', nodePort: 30_081 })],
    externalIPs: ['198.51.100.1'],
    loadBalancerIngress: [{ ip: '203.0.113.1', hostname: undefined, ipMode: undefined }],
    loadBalancerSourceRanges: ['198.51.100.7/32', '198.51.100.0/24'],
    sessionAffinity: 'ClientIP',
  },
  settings: { scheduler: 'mh' },
}

const print = (prediction: IpvsPrediction) => ipvsLines(prediction).map(({ text }) => text)

/** Differences to what is printed for the prediction after a change of the lines. */
function differences(of: Case, change: (lines: string[]) => readonly string[]) {
  const prediction = predict(of)
  const dump = parseIpvs(change(print(prediction)).join('\n'))
  if ('reason' in dump) throw new Error(`line ${dump.line}: ${dump.reason.code}`)
  return compareIpvs(prediction, dump)
}

const codes = (found: ReturnType<typeof differences>) => found.map(({ kind, reason }) => `${kind} ${reason.code}`)
const replace = (from: string, to: string) => (lines: string[]) => lines.map((line) => line.replace(from, to))
const without = (part: string) => (lines: string[]) => lines.filter((line) => !line.includes(part))
const add =
  (after: string, ...more: string[]) =>
  (lines: string[]) =>
    lines.flatMap((line) => (line === after ? [line, ...more] : [line]))

/** Declarations before what belongs to them, everything else the other way round. */
const backwards = (lines: string[]) => {
  const declares = (line: string) => line.startsWith('-A') || line.startsWith('create')
  return [...lines.filter(declares).reverse(), ...lines.filter((line) => !declares(line)).reverse()]
}

const CLUSTER_IP = '-A -t 10.96.0.10:80 -s rr'
const REAL = '-a -t 10.96.0.10:80 -r 10.1.0.1:8080 -m -w 1'

describe('[V13] the prediction as the node prints it', () => {
  test('servers, then sets', () => {
    const lines = print(predict())
    expect(lines.slice(0, 3)).toEqual([CLUSTER_IP, REAL, '-a -t 10.96.0.10:80 -r 10.1.0.2:8080 -m -w 1'])
    expect(lines.filter((line) => line.startsWith('create'))).toHaveLength(17)
    expect(lines).toContain('create KUBE-CLUSTER-IP hash:ip,port family inet hashsize 1024 maxelem 65536')
    expect(lines).toContain('create KUBE-NODE-PORT-TCP bitmap:port range 0-65535')
    expect(lines).toContain('add KUBE-LOOP-BACK 10.1.0.1,tcp:8080,10.1.0.1')
  })

  test('flags and affinity, UDP and SCTP, IPv6', () => {
    expect(print(predict(full))).toContain('-A --sctp-service 203.0.113.1:80 -s mh -p 10800 -b mh-port')
    const ports = [servicePort({ protocol: 'UDP' })]
    const service = { clusterIP: 'fd00::a', clusterIPs: ['fd00::a'], ipFamilies: ['IPv6'], ports } as const
    expect(print(predictIpvs({ ...input({ service }), family: 'IPv6' }))[0]).toBe('-A -u [fd00::a]:80 -s rr')
  })

  test('every line says whose it is', () => {
    const lines = ipvsLines(predict())
    expect(lines.find(({ text }) => text === REAL)).toMatchObject({
      service: serviceKey('shop', 'cart'),
      port: 'http/TCP',
      endpoint: '10.1.0.1:8080',
      about: { code: 'endpoint-ready' },
    })
    expect(lines.every(({ facts }) => facts.length > 0)).toBe(true)
  })
})

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
      ['extra ipvs-extra-server'],
    ],
    ['a port too much', {}, add(REAL, '-A -t 10.96.0.10:81 -s rr'), ['extra ipvs-extra-port']],
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
        reason: { code: 'ipvs-extra-real-server', values: { endpoint: '10.1.0.9:8080', service: '' } },
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
      const dump = parseIpvs(turned(name).join('\n'))
      if ('reason' in dump) throw new Error(`line ${dump.line}: ${dump.reason.code}`)
      expect(compareIpvs(both, dump)).toEqual([])
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
    const dump = parseIpvs(text)
    if ('reason' in dump) throw new Error(dump.reason.code)
    expect(compareIpvs(predict(), dump).map(({ reason }) => reason)).toEqual([
      { code: 'ipvs-draining-connections', values: { endpoint: '10.1.0.9:8080', active: 2, inactive: 7 } },
    ])
  })
})

describe('[V16] addresses of the node that the API does not tell', () => {
  const nodePort: Case = { service: { type: 'NodePort', ports: [servicePort({ nodePort: 30_080 })] } }
  const bridge = '-A -t 10.244.0.1:30080 -s rr'
  const reals = ['10.1.0.1:8080', '10.1.0.2:8080'].map((real) => `-a -t 10.244.0.1:30080 -r ${real} -m -w 1`)
  const last = '-a -t 192.168.0.2:30080 -r 10.1.0.2:8080 -m -w 1'

  test('a node port on a bridge is as it should be, and compared', () => {
    expect(differences(nodePort, add(last, bridge, ...reals))).toEqual([])
    expect(codes(differences(nodePort, add(last, bridge, reals[0] ?? '')))).toEqual([
      'missing ipvs-missing-real-server',
    ])
  })

  test('outside the ranges of nodePortAddresses it is too much', () => {
    const ranged = { ...nodePort, settings: { nodePortAddresses: ['192.168.0.0/16'] } }
    expect(codes(differences(ranged, add(last, bridge, ...reals)))).toEqual(['extra ipvs-extra-server'])
  })

  test('an address of the Node object that the node does not have is not missed, its first one is', () => {
    const cloud = { ...nodePort, addresses: ['192.168.0.2', '203.0.113.9'] }
    expect(differences(cloud, without('203.0.113.9'))).toEqual([])
    expect(codes(differences(cloud, without('192.168.0.2')))).toEqual(['missing ipvs-missing-server'])
  })

  test('the same for SCTP in its set', () => {
    const ports = [servicePort({ protocol: 'SCTP', nodePort: 30_080 })]
    const cloud: Case = { service: { type: 'NodePort', ports }, addresses: ['192.168.0.2', '203.0.113.9'] }
    const entry = 'add KUBE-NODE-PORT-SCTP-HASH 192.168.0.2,sctp:30080'
    const sets = (change: (lines: string[]) => readonly string[]) =>
      codes(differences(cloud, (lines) => change(lines.filter((line) => !line.startsWith('-')))))
    expect(sets(without('203.0.113.9'))).toEqual([])
    expect(sets(without('192.168.0.2'))).toEqual(['missing ipvs-missing-entry'])
    expect(sets(add(entry, 'add KUBE-NODE-PORT-SCTP-HASH 10.244.0.1,sctp:30080'))).toEqual([])
    expect(sets(add(entry, 'add KUBE-NODE-PORT-SCTP-HASH 10.244.0.1,sctp:30099'))).toEqual(['extra ipvs-extra-entry'])
  })

  test('an external address may be on kube-ipvs0 or on another interface', () => {
    const external: Case = { service: { externalIPs: ['198.51.100.1'] } }
    expect(codes(differences(external, without('KUBE-IPVS-IPS 198.51.100.1')))).toEqual([
      'missing ipvs-missing-address',
    ])
    expect(codes(differences(external, without('KUBE-IPVS-IPS 10.96.0.10')))).toEqual(['missing ipvs-missing-entry'])
    const own = { ...external, addresses: ['192.168.0.2', '198.51.100.1'] }
    expect(differences(own, add('add KUBE-IPVS-IPS 10.96.0.10', 'add KUBE-IPVS-IPS 198.51.100.1'))).toEqual([])
  })
})

describe('[V19] sets', () => {
  const created = 'create KUBE-CLUSTER-IP hash:ip,port family inet hashsize 1024 maxelem 65536'
  test.each([
    ['a missing set', without('KUBE-HEALTH-CHECK-NODE-PORT'), ['missing ipvs-missing-set']],
    ['a set of another type', replace(created, 'create KUBE-CLUSTER-IP hash:ip'), ['different ipvs-different-set']],
    ['a missing entry', without('add KUBE-CLUSTER-IP'), ['missing ipvs-missing-entry']],
    ['an entry too much', add(created, 'add KUBE-CLUSTER-IP 10.96.0.10,tcp:81'), ['extra ipvs-extra-entry']],
    ['a set of others', add(created, 'create cali hash:ip', 'add cali 10.0.0.1'), []],
    ['a set of the other family', add(created, 'create KUBE-6-CLUSTER-IP hash:ip,port'), []],
  ] as const)('%s', (_name, change, expected) => {
    expect(codes(differences({ endpoints: [elsewhere] }, change as (lines: string[]) => readonly string[]))).toEqual(
      expected,
    )
  })

  test('what is too much names the Service or endpoint that has the address', () => {
    const entry = 'add KUBE-CLUSTER-IP 10.96.0.10,tcp:81'
    expect(differences({}, add(created, entry))[0]).toMatchObject({
      table: 'ipset',
      service: 'shop/cart',
      found: { text: entry, line: expect.any(Number) },
    })
    const loop = 'create KUBE-LOOP-BACK hash:ip,port,ip family inet hashsize 1024 maxelem 65536'
    const moved = 'add KUBE-LOOP-BACK 10.1.0.2,tcp:8080,10.1.0.2'
    expect(differences({ endpoints: [here, elsewhere] }, add(loop, moved))[0]).toMatchObject({
      service: 'shop/cart',
      port: 'http/TCP',
      endpoint: '10.1.0.2:8080',
    })
  })

  test('the mask of a whole address counts as none', () => {
    expect(differences(full, replace('198.51.100.7/32', '198.51.100.7'))).toEqual([])
  })
})

describe('[V14] dumps of the real programs', () => {
  const dumps = new URL('../../../fixtures/dumps/ipvs/', import.meta.url)
  const read = (name: string) => {
    const dump = parseIpvs(readFileSync(new URL(`${name}.txt`, dumps), 'utf8'))
    if ('reason' in dump) throw new Error(`${name} line ${dump.line}: ${dump.reason.code}`)
    return dump
  }

  test.each([
    ['IPv4', 'ipvsadm-save'],
    ['IPv6', 'ipvsadm-save'],
    ['IPv4', 'ipvsadm-list'],
    ['IPv6', 'ipvsadm-list'],
    ['IPv4', 'ipset-save'],
    ['IPv6', 'ipset-save'],
    ['IPv4', 'iptables-save'],
    ['IPv6', 'ip6tables-save'],
  ] as const)('%s: %s of a node as predicted', (family, name) => {
    expect(compareIpvs(predictIpvs(nodeSample(family)), read(name))).toEqual([])
  })

  test.each([
    ['ipvsadm-save', ['ipvs-missing-server']],
    ['ipset-save', ['ipvs-missing-address', 'ipvs-missing-entry']],
    ['iptables-save', ['rule-missing']],
  ])('%s of a node that has not heard of a Service yet', (name, expected) => {
    const sample = nodeSample('IPv4')
    const more = service({ name: 'new', clusterIP: '10.96.0.12', clusterIPs: ['10.96.0.12'], ...RESTRICTED })
    const prediction = predictIpvs({ ...sample, services: [...sample.services, { service: more, slices: [] }] })
    const found = compareIpvs(prediction, read(name))
    expect([...new Set(found.map(({ kind, reason }) => `${kind} ${reason.code}`))].sort()).toEqual(
      expected.map((code) => `missing ${code}`),
    )
    expect(new Set(found.map((one) => one.service))).toEqual(new Set([more.key]))
  })
})

describe('[V20] iptables rules', () => {
  const dump = readFileSync(new URL('../../../fixtures/dumps/ipvs/iptables-save.txt', import.meta.url), 'utf8')
  const compare = (text: string) => {
    const read = parseIpvs(text)
    if ('reason' in read) throw new Error(`line ${read.line}: ${read.reason.code}`)
    return compareIpvs(predictIpvs(nodeSample('IPv4')), read)
  }
  const moved = '-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT\n'
  const accept = '-A KUBE-SERVICES -m set --match-set KUBE-LOAD-BALANCER dst,dst -j ACCEPT\n'

  test('a rule of KUBE-SERVICES that stands too late', () => {
    const found = compare(dump.replace(moved, '').replace(accept, `${accept}${moved}`))
    expect(found.map(({ kind, reason }) => [kind, reason.code])).toEqual([
      ['different', 'rule-out-of-order'],
      ['different', 'rule-out-of-order'],
    ])
  })

  test('a rule that shuts the node out of an address names the Service that has it', () => {
    const drop = '-A KUBE-IPVS-OUT-FILTER -s 203.0.113.1/32 -m ipvs --vproto 6 --vaddr 203.0.113.1 --vport 80 -j DROP'
    const [found] = compare(dump.replace(/^COMMIT$/m, `${drop}\nCOMMIT`))
    expect(found).toMatchObject({ kind: 'extra', table: 'filter', service: 'shop/local', found: { text: drop } })
  })

  test('the order of those rules is free, and so is how the program prints them', () => {
    const vips = ['203.0.113.2', '203.0.113.1'].map((ip) => ({ ip, hostname: undefined, ipMode: undefined }))
    const prediction = predict({ service: { ...RESTRICTED, loadBalancerIngress: vips } })
    const drops = vips.map(
      ({ ip }) => `-A KUBE-IPVS-OUT-FILTER -s ${ip}/32 -m ipvs --vproto 6 --vaddr ${ip} --vport 80 -j DROP`,
    )
    const own = prediction.tables.filter(({ text }) => !text.includes('-m ipvs'))
    const text = ['filter', 'nat'].map((table) => {
      const lines = own.filter((line) => line.table === table).map((line) => line.text)
      return [`*${table}`, ...lines, ...(table === 'filter' ? drops : []), 'COMMIT'].join('\n')
    })
    const read = parseIpvs(text.join('\n'))
    if ('reason' in read) throw new Error(`line ${read.line}: ${read.reason.code}`)
    expect(compareIpvs(prediction, read)).toEqual([])
  })
})

const SHARED = { externalIPs: ['198.51.100.1'] }
const REALS = ['10.1.0.1:8080', '10.1.0.2:8080'].map((real) => `-a -t 198.51.100.1:80 -r ${real} -m -w 1`)

/** The node has a rule of its own for a load balancer address whose ranges do not hold it. */
const RESTRICTED = {
  loadBalancerIngress: [{ ip: '203.0.113.2', hostname: undefined, ipMode: undefined }],
  loadBalancerSourceRanges: ['198.51.100.0/24'],
} as const
