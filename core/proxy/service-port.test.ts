import { describe, expect, test } from 'vitest'
import { LATEST } from './features'
import { servicePorts, whyNotProxied } from './service-port'
import { service } from './testing'

const facts = (spec: object = {}, extra: object = {}) => servicePorts(service({ ...spec }, { ...extra }), 'IPv4')[0]
const ingress = (...entries: object[]) => ({ status: { loadBalancer: { ingress: entries } } })

describe('[P1] a Service without rules in this proxy', () => {
  test.each([
    [
      'served by another proxy, whatever the value',
      {},
      { labels: { 'service.kubernetes.io/service-proxy-name': '' } },
      'service-other-proxy',
    ],
    [
      'ExternalName, even with a stale cluster IP',
      { type: 'ExternalName', externalName: 'db.example.com' },
      {},
      'service-external-name',
    ],
    ['headless', { clusterIP: 'None', clusterIPs: ['None'] }, {}, 'service-headless'],
    ['without a cluster IP', { clusterIP: '', clusterIPs: [] }, {}, 'service-without-cluster-ip'],
    [
      'of the other family',
      { clusterIP: 'fd00::1', clusterIPs: ['fd00::1'], ipFamilies: ['IPv6'] },
      {},
      'service-without-family',
    ],
  ])('%s', (_, spec, extra, code) => {
    const subject = service(spec, extra)
    expect(whyNotProxied(subject, 'IPv4')?.code).toBe(code)
    expect(servicePorts(subject, 'IPv4')).toEqual([])
  })

  test.each([
    [
      { labels: { 'service.kubernetes.io/service-proxy-name': 'mine' } },
      {},
      { code: 'service-other-proxy', values: { proxy: 'mine' } },
    ],
    [
      {},
      { type: 'ExternalName', externalName: 'db.example.com' },
      { code: 'service-external-name', values: { name: 'db.example.com' } },
    ],
    [{}, { type: 'ExternalName' }, { code: 'service-external-name', values: { name: '' } }],
    [{}, { clusterIPs: [], ipFamilies: ['IPv4'] }, { code: 'service-without-family', values: { family: 'IPv4' } }],
  ])('%j %j tells why', (extra, spec, reason) => {
    expect(whyNotProxied(service(spec, extra), 'IPv4')).toEqual(reason)
  })

  test('an ordinary one is served', () => {
    expect(whyNotProxied(service(), 'IPv4')).toBeUndefined()
    expect(servicePorts(service(), 'IPv4')).toHaveLength(1)
  })
})

describe('[P2] the cluster IP of a family', () => {
  const two = { clusterIP: 'fd00::0a', clusterIPs: ['fd00::0a', '10.96.0.10'], ipFamilies: ['IPv6', 'IPv4'] }
  test.each([
    ['stands at the place of the family', two, 'IPv4', '10.96.0.10'],
    ['is printed canonically', two, 'IPv6', 'fd00::a'],
    ['is none when the list is too short', { ...two, clusterIPs: ['fd00::0a'] }, 'IPv4', undefined],
    [
      'is the only one by its own family without ipFamilies',
      { clusterIP: 'fd00::1', ipFamilies: [] },
      'IPv6',
      'fd00::1',
    ],
    ['counts as IPv4 if it cannot be read', { clusterIP: 'x', ipFamilies: [] }, 'IPv4', 'x'],
    ['and not as IPv6', { clusterIP: 'x', ipFamilies: [] }, 'IPv6', undefined],
    ['is none by its own family without ipFamilies', { clusterIP: 'fd00::1', ipFamilies: [] }, 'IPv4', undefined],
  ] as const)('%s', (_, spec, family, expected) => {
    expect(servicePorts(service(spec), family)[0]?.clusterIP).toBe(expected)
  })
})

describe('[P3] externalTrafficPolicy Local', () => {
  test.each([
    ['counts for NodePort', { type: 'NodePort' }, true],
    ['counts for LoadBalancer', { type: 'LoadBalancer' }, true],
    ['counts for ClusterIP with an external IP of any family', { externalIPs: ['2001:db8::1'] }, true],
    ['does not count for plain ClusterIP', {}, false],
  ])('%s', (_, spec, expected) => {
    expect(facts({ ...spec, externalTrafficPolicy: 'Local' })?.externalLocal).toBe(expected)
    expect(facts({ ...spec, externalTrafficPolicy: 'Cluster' })?.externalLocal).toBe(false)
  })
})

test('[P4] load balancer addresses: of the family, with ipMode VIP or none, whatever the type', () => {
  const status = ingress(
    { ip: '203.0.113.1' },
    { ip: '203.0.113.2', ipMode: 'VIP' },
    { ip: '203.0.113.3', ipMode: 'Proxy' },
    { ip: '2001:db8::1' },
    { hostname: 'lb.example.com' },
  )
  expect(facts({}, status)?.vips).toEqual(['203.0.113.1', '203.0.113.2'])
})

describe('[P5] source ranges', () => {
  test.each([
    ['are trimmed, of the family, readable', [' 198.51.100.0/24 ', '2001:db8::/32', 'x'], ['198.51.100.0/24']],
    ['are none if one is /0', ['198.51.100.0/24', '0.0.0.0/0'], []],
    ['keep /0 of the other family apart', ['198.51.100.0/24', '::/0'], ['198.51.100.0/24']],
  ])('%s', (_, loadBalancerSourceRanges, expected) => {
    expect(facts({ type: 'LoadBalancer', loadBalancerSourceRanges })?.sourceRanges).toEqual(expected)
  })
})

describe('[P6] exposed, and which lists a port uses', () => {
  const local = { internalTrafficPolicy: 'Local' }
  test.each([
    ['a plain port: the cluster list', {}, {}, [false, true, false]],
    ['internal Local: the local list alone', local, {}, [false, false, true]],
    [
      'internal Local with a node port: both',
      { ...local, type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }] },
      {},
      [true, true, true],
    ],
    ['a node port', { type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }] }, {}, [true, true, false]],
    ['a load balancer address', {}, ingress({ ip: '203.0.113.1' }), [true, true, false]],
    ['an external IP', { externalIPs: ['198.51.100.7'] }, {}, [true, true, false]],
    [
      'an external IP of the other family',
      { externalIPs: ['2001:db8::1'], externalTrafficPolicy: 'Local' },
      {},
      [false, true, false],
    ],
    [
      'external Local',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }], externalTrafficPolicy: 'Local' },
      {},
      [true, true, true],
    ],
    [
      'external Local without a node port',
      { type: 'NodePort', externalTrafficPolicy: 'Local' },
      {},
      [false, true, false],
    ],
  ])('%s', (_, spec, extra, expected) => {
    const port = facts(spec, extra)
    expect([port?.exposed, port?.usesCluster, port?.usesLocal]).toEqual(expected)
  })
})

test('[P7] external IPs: those of the family that can be read', () => {
  expect(facts({ externalIPs: ['198.51.100.007', '2001:db8::1', 'x', ''] })?.externalIPs).toEqual(['198.51.100.7'])
})

describe('[P8] the health check node port', () => {
  const lb = { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 32001 }
  test.each([
    ['is open for LoadBalancer with Local', lb, 32001],
    ['is not for Cluster', { ...lb, externalTrafficPolicy: 'Cluster' }, 0],
    ['is not for NodePort', { ...lb, type: 'NodePort' }, 0],
    ['is not when it is not allocated', { ...lb, healthCheckNodePort: 0 }, 0],
  ])('%s', (_, spec, expected) => {
    expect(facts(spec)?.healthCheckNodePort).toBe(expected)
  })
})

describe('[P9] ClientIP affinity', () => {
  test.each([
    [
      'keeps its timeout',
      { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } },
      60,
    ],
    ['lasts three hours by default', { sessionAffinity: 'ClientIP' }, 10_800],
    ['is off for None', { sessionAffinity: 'None', sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } }, 0],
  ])('%s', (_, spec, expected) => {
    expect(facts(spec)?.affinitySeconds).toBe(expected)
  })
})

test('[P7] without the gate of external IPs there is none, and the port still counts as exposed', () => {
  const own = service({ type: 'ClusterIP', externalIPs: ['198.51.100.9'], internalTrafficPolicy: 'Local' })
  const [off] = servicePorts(own, 'IPv4', { ...LATEST, externalIPs: false })
  expect([off?.externalIPs, off?.exposed, off?.usesCluster]).toEqual([[], true, true])
})
