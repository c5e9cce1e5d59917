// Problems of how traffic is steered: policies Local, hints, source ranges, load balancers.
import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import reasons from '../../messages/en/reasons.json'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord, Kind, ServiceRecord } from '../model/records'
import { configMap, endpoint, type Fields, node, pod, service, servicePort, slice } from '../testing/builders'
import { problemsOf } from './problems-of'
import type { Problem } from './types'

const seen: Problem[] = []

function problemsIn(records: readonly ClusterRecord[], unknown: readonly Kind[] = []): readonly Problem[] {
  const known = (['EndpointSlice', 'Pod', 'Node'] as const).filter((kind) => !unknown.includes(kind))
  const store = createClusterStore()
  store.apply([
    ...known.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...records.map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  const found = [...store.services()].flatMap((one) => problemsOf(store, one))
  seen.push(...found)
  return found
}
const told = (found: readonly Problem[]) => found.map(({ severity, code }) => `${severity} ${code}`)

const on = (address: string, nodeName: string | undefined, over = {}) => endpoint(address, { nodeName, ...over })
const nodes = ['a', 'b', 'c'].map((name) => node({ name, zone: `zone-${name}` }))
const master = node({ name: 'm', labels: { 'node-role.kubernetes.io/control-plane': '' } })
const proxy = (on: string, mode: string) =>
  pod({
    ...{ namespace: 'kube-system', name: `kube-proxy-${on}`, nodeName: on, labels: {} },
    proxyArgs: ['kube-proxy', `--proxy-mode=${mode}`],
  })
const iptables = [...nodes, master].map(({ name }) => proxy(name, 'iptables'))
const leaving = { ready: false, serving: true, terminating: true }
const everywhere = [on('10.0.0.1', 'a'), on('10.0.0.2', 'b'), on('10.0.0.3', 'c')]

describe('[B8] internal policy Local drops on nodes without an endpoint', () => {
  const internal = service({ internalTrafficPolicy: 'Local' })
  const local = (endpoints: typeof everywhere, more: readonly ClusterRecord[] = []) =>
    problemsIn([internal, pod(), slice({ endpoints }), ...nodes, ...iptables, ...more])
  test.each([
    ['an endpoint on every node', everywhere, []],
    ['on one of three', [on('10.0.0.1', 'a')], ['crit service-internal-local-drops']],
    [
      'an endpoint that names no node is local nowhere',
      [on('10.0.0.1', undefined)],
      ['crit service-internal-local-drops'],
    ],
    ['a terminating one that serves is used', [...everywhere.slice(1), on('10.0.0.1', 'a', leaving)], []],
  ])('%s', (_, endpoints, codes) => {
    expect(told(local(endpoints))).toEqual(codes)
  })

  test('the nodes are named, and how many there are', () => {
    const [found] = local([on('10.0.0.1', 'b')])
    expect(found?.reason.values).toEqual({ port: 'TCP 80', without: 2, nodes: 2, assumed: 0, of: 3 })
    expect(found?.evidence[0]?.values).toMatchObject({ names: 'a, c', count: 2 })
    expect(found?.evidence[1]?.values).toMatchObject({ names: 'b', count: 1 })
  })

  test('only nodes of the control plane: a note', () => {
    expect(told(local(everywhere, [master]))).toEqual(['info service-internal-local-drops'])
  })

  test('nothing usable anywhere is refused, not dropped', () => {
    expect(told(local([on('10.0.0.1', 'a', { ready: false, serving: false })]))).toEqual(['crit service-none-ready'])
  })

  test('[B1] nodes that may not be read: nothing is said', () => {
    expect(problemsIn([internal, slice({ endpoints: everywhere.slice(1) }), ...nodes], ['Node'])).toEqual([])
  })
})

describe('[B8] [B9] nodes whose proxy does otherwise', () => {
  const internal = service({ internalTrafficPolicy: 'Local' })
  const external = service({
    ...{ type: 'NodePort', externalTrafficPolicy: 'Local' },
    ports: [servicePort({ nodePort: 30080 })],
  })
  const one = slice({ endpoints: [on('10.0.0.1', 'a')] })

  test.each([
    ['internal', internal, 'service-internal-local-drops', 'evidence-ipvs-local'],
    ['external', external, 'service-external-local-drops', 'evidence-ipvs-external'],
  ])('%s: those in ipvs mode do not drop, and are named', (_, of, code, told) => {
    const [found] = problemsIn([of, pod(), one, ...nodes, proxy('b', 'ipvs'), proxy('c', 'iptables')])
    expect([found?.code, found?.reason.values]).toMatchObject([code, { without: 2, nodes: 1, assumed: 0, of: 3 }])
    expect(found?.evidence[0]?.values).toMatchObject({ names: 'c', count: 1 })
    const spared = found?.evidence.find((evidence) => evidence.code === told)
    expect(spared?.values).toMatchObject({ names: 'b', count: 1 })
    expect(problemsIn([of, pod(), one, ...nodes, proxy('b', 'ipvs'), proxy('c', 'ipvs')])).toEqual([])
  })

  test.each([
    ['internal', internal],
    ['external', external],
  ])('%s: a node whose proxy is not known, or is another, is told apart from those that drop', (_, of) => {
    const agent = pod({
      ...{ namespace: 'kube-system', name: 'cilium-c', nodeName: 'c', labels: {} },
      workload: { kind: 'DaemonSet', name: 'cilium', uid: 'u' },
    })
    const replaced = configMap({ name: 'cilium-config', data: { 'kube-proxy-replacement': 'true' } })
    const found = (...others: readonly ClusterRecord[]) => problemsIn([of, pod(), one, ...nodes, ...others])[0]
    const assumed = (problem: Problem | undefined) =>
      problem?.evidence.find(({ code }) => code === 'evidence-proxy-assumed')?.values
    const unknown = found(proxy('b', 'iptables'))
    expect([unknown?.severity, unknown?.reason.values]).toMatchObject(['crit', { without: 2, nodes: 1, assumed: 1 }])
    expect(unknown?.evidence[0]?.values).toMatchObject({ names: 'b', count: 1 })
    expect(assumed(unknown)).toMatchObject({ names: 'c', count: 1 })
    expect(assumed(found(proxy('b', 'iptables'), agent, replaced))).toMatchObject({ names: 'c', count: 1 })
    expect(assumed(found(proxy('b', 'iptables'), proxy('c', 'nftables')))).toBeUndefined()
  })

  test.each([
    ['internal', internal],
    ['external', external],
  ])('%s: where no proxy is known nothing certainly drops: a warning', (_, of) => {
    const [found] = problemsIn([of, pod(), one, ...nodes])
    expect([found?.severity, found?.reason.values]).toMatchObject(['warn', { without: 2, nodes: 0, assumed: 2 }])
    expect(found?.evidence.map(({ code }) => code)).not.toContain('evidence-nodes-without')
    const [masters] = problemsIn([of, pod(), slice({ endpoints: everywhere }), ...nodes, master])
    expect(masters?.severity).toBe('info')
  })

  test('each port that loses something is named with its protocol, the one that loses most first', () => {
    const shared = service({
      ...{ type: 'NodePort', externalTrafficPolicy: 'Local' },
      ports: [
        servicePort({ name: 'tcp', port: 443, nodePort: 30443 }),
        servicePort({ name: 'udp', port: 443, nodePort: 30443, protocol: 'UDP' }),
        servicePort({ name: 'all', port: 80, nodePort: 30080 }),
      ],
    })
    const of = (name: string, protocol: 'TCP' | 'UDP', endpoints: typeof everywhere) =>
      slice({ name, ports: [{ name, protocol, port: 8080, appProtocol: undefined }], endpoints })
    const [found] = problemsIn([
      ...[shared, pod(), ...nodes, ...iptables],
      ...[of('tcp', 'TCP', everywhere.slice(1)), of('udp', 'UDP', everywhere.slice(2)), of('all', 'TCP', everywhere)],
    ])
    expect(found?.reason.values).toMatchObject({ port: 'UDP 443', ways: 'nodePort 30443', nodes: 2, of: 3 })
    const others = found?.evidence.filter(({ code }) => code === 'evidence-local-other-port')
    expect(others?.map(({ values }) => values)).toMatchObject([{ port: 'TCP 443', without: 1, nodes: 1 }])
  })

  test('without one nothing is said of ipvs', () => {
    const [found] = problemsIn([internal, pod(), one, ...nodes])
    expect(found?.evidence.map(({ code }) => code)).not.toContain('evidence-ipvs-local')
  })

  test('on Windows a terminating endpoint is used for load balancer addresses only', () => {
    const windows = nodes.map((each) => (each.name === 'c' ? { ...each, os: 'windows' } : each))
    const list = slice({ endpoints: [...everywhere.slice(0, 2), on('10.0.0.3', 'c', leaving)] })
    const [found] = problemsIn([internal, pod(), list, ...windows, ...iptables])
    expect(found?.evidence[0]?.values).toMatchObject({ names: 'c', count: 1 })
    expect(problemsIn([internal, pod(), list, ...nodes])).toEqual([])
    const balanced = { ...internal, loadBalancerIngress: [{ ip: '192.0.2.1', hostname: undefined, ipMode: undefined }] }
    expect(told(problemsIn([balanced, pod(), list, ...windows]))).toEqual([])
  })
})

describe('[B9] external policy Local drops on nodes without an endpoint', () => {
  const ports = [servicePort({ nodePort: 30080 })]
  const external = (over: Fields<ServiceRecord>) =>
    problemsIn([
      service({ type: 'NodePort', externalTrafficPolicy: 'Local', ports, ...over }),
      ...[pod(), slice({ endpoints: [on('10.0.0.1', 'a')] }), ...nodes, ...iptables],
    ])
  test.each([
    ['a node port', {}, ['crit service-external-local-drops']],
    ['policy Cluster', { externalTrafficPolicy: 'Cluster' as const }, []],
    [
      'a load balancer that asks the health check port',
      { type: 'LoadBalancer' as const, healthCheckNodePort: 32000 },
      ['info service-lb-pending'],
    ],
    [
      'a load balancer that cannot ask',
      { type: 'LoadBalancer' as const },
      ['crit service-external-local-drops', 'info service-lb-pending'],
    ],
    ['a cluster IP alone is not exposed', { type: 'ClusterIP' as const, ports: [servicePort()] }, []],
  ])('%s', (_, over, codes) => {
    expect(told(external(over))).toEqual(codes)
  })

  test('the ways in are named', () => {
    expect(external({ externalIPs: ['198.51.100.9'] })[0]?.reason.values.ways).toBe('nodePort 30080, 198.51.100.9')
  })
})

describe('[B10] one ready endpoint without a zone hint, and kube-proxy heeds none', () => {
  const hinted = (address: string, zone: string) => endpoint(address, { zone, hintZones: [zone] })
  const two = [hinted('10.0.0.1', 'a'), hinted('10.0.0.2', 'b')]
  const byHand = (over = {}) =>
    slice({ name: 'by-hand', managedBy: undefined, createdAt: 7, endpoints: [endpoint('10.0.0.9', over)] })
  const records = (more: ClusterRecord) => [
    service({ trafficDistribution: 'PreferSameZone' }),
    ...[pod(), slice({ endpoints: two }), more],
  ]
  test.each([
    ['without a hint', byHand(), ['warn service-hints-ignored']],
    ['with a hint', byHand({ hintZones: ['a'] }), []],
    ['not ready: it needs none', byHand({ ready: false, terminating: true }), []],
    ['in a slice without the port', { ...byHand(), ports: [] }, []],
  ])('%s', (_, more, codes) => {
    expect(told(problemsIn(records(more)))).toEqual(codes)
  })

  test('it names the endpoint, its slice, who wrote it and since when, and what leaves each zone', () => {
    const [found] = problemsIn(records(byHand()))
    expect(found?.reason.values).toEqual({ endpoint: '10.0.0.9:8080', slice: 'by-hand', missing: 1, ready: 3 })
    expect(found?.since).toBe(7)
    const codes = found?.evidence.map(({ code }) => code)
    expect(codes).toContain('hints-hand-made-slice')
    const share = found?.evidence.find(({ code }) => code === 'evidence-zone-share')
    expect(share?.values).toEqual({ zone: 'a', own: 1, ready: 3, share: 1 - 1 / 3 })
  })
})

describe('[B11] topology hints are asked for and kept away', () => {
  const mode = (value: string) => service({ annotations: { 'service.kubernetes.io/topology-mode': value } })
  const zoned = ['a', 'b', 'c'].map((name) => node({ name, zone: `zone-${name}`, allocatableCpuMilli: 4000 }))
  const four = [1, 2, 3, 4].map((n) => endpoint(`10.0.0.${n}`, { zone: `zone-${'abca'[n - 1]}` }))
  test.each([
    ['four endpoints in three zones', mode('Auto'), four, 'safeguard-overload'],
    ['two endpoints in three zones', mode('Auto'), four.slice(0, 2), 'safeguard-too-few-endpoints'],
    ['a value that turns nothing on', mode('Enabled'), four, 'hints-annotation-value'],
    ['switched off on purpose', mode('Disabled'), four, undefined],
    ['hints on their way', mode('Auto'), four.slice(0, 3), undefined],
    ['not asked for', service(), four, undefined],
  ])('%s', (_, subject, endpoints, code) => {
    const found = problemsIn([subject, pod(), slice({ endpoints }), ...zoned])
    expect(found.map(({ reason }) => reason.code)).toEqual(code ? [code] : [])
  })

  test('[B1] nodes that may not be read: the safeguard is not known', () => {
    expect(problemsIn([mode('Auto'), pod(), slice({ endpoints: four }), ...zoned], ['Node'])).toEqual([])
  })
})

const ingress = (ip: string, ipMode?: string) => ({ ip, ipMode, hostname: undefined })
const balanced = (over: Fields<ServiceRecord>) =>
  problemsIn([
    service({
      ...{ type: 'LoadBalancer', ports: [servicePort({ nodePort: 30080 })] },
      ...{ loadBalancerIngress: [ingress('203.0.113.40')], ...over },
    }),
    ...[pod(), slice({ endpoints: everywhere })],
  ])

describe('[B12] source ranges that admit nobody, or everybody', () => {
  const ranges = (...loadBalancerSourceRanges: string[]) => balanced({ loadBalancerSourceRanges })
  test.each([
    [[], []],
    [['192.0.2.0/24'], []],
    [['0.0.0.0/0'], []],
    [['203.0.113.40/32'], ['crit service-source-ranges-shut-out']],
    [[' 127.0.0.1/8 ', '0.0.0.0/32'], ['crit service-source-ranges-shut-out']],
    [['203.0.113.40/32', '192.0.2.0/24'], []],
    [['203.0.113.0/24'], []],
    [['192.0.2.0/24', '0.0.0.0/0'], ['warn service-source-ranges-cancelled']],
    [['2001:db8::/32'], ['warn service-source-ranges-other-family']],
    [['not a range'], ['warn service-source-ranges-other-family']],
  ])('%j', (written, codes) => {
    expect(told(ranges(...written))).toEqual(codes)
  })

  test('without an address that kube-proxy serves they restrict nothing here', () => {
    const own = { loadBalancerIngress: [], loadBalancerSourceRanges: ['203.0.113.40/32'] }
    expect(told(balanced(own))).toEqual(['info service-lb-pending'])
  })
})

describe('[B13] a load balancer that answers itself', () => {
  const proxied = { loadBalancerIngress: [ingress('203.0.113.40', 'Proxy')] }
  test.each([
    ['ipMode VIP', { loadBalancerIngress: [ingress('203.0.113.40', 'VIP')] }, []],
    ['with a node port: a note', proxied, ['info service-lb-proxy']],
    ['without one', { ...proxied, ports: [servicePort()] }, ['warn service-lb-proxy-no-way-back']],
    [
      'without one, but with an external IP',
      { ...proxied, ports: [servicePort()], externalIPs: ['203.0.113.9'] },
      ['info service-lb-proxy'],
    ],
    ['with source ranges', { ...proxied, loadBalancerSourceRanges: ['192.0.2.0/24'] }, ['warn service-lb-proxy']],
    ['a host name', { loadBalancerIngress: [{ ip: undefined, hostname: 'lb.example', ipMode: 'Proxy' }] }, []],
  ])('%s', (_, over, codes) => {
    expect(told(balanced(over))).toEqual(codes)
  })
})

test('every sentence of the problems above is there and needs no value it is not given', () => {
  const faults: string[] = []
  const onError = (error: Error) => faults.push(error.message)
  const say = createTranslator<Record<string, string>>({ locale: 'en', messages: reasons, onError })
  for (const { reason, evidence, remedies } of seen) {
    for (const one of [reason, ...evidence, ...remedies]) say(one.code, one.values)
  }
  expect(seen.length).toBeGreaterThan(20)
  expect(faults).toEqual([])
})
