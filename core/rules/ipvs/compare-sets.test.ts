import { describe, expect, test } from 'vitest'
import { servicePort } from '../../testing/builders'
import { type Case, elsewhere, here } from '../../testing/ipvs-cases'
import { add, codes, differences, full, replace, without } from '../../testing/ipvs-dumps'

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
    expect(codes(differences(ranged, add(last, bridge, ...reals)))).toEqual(['extra ipvs-stale-server'])
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
