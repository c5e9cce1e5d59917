import { describe, expect, test } from 'vitest'
import { serviceKey } from '../../model/keys'
import { endpoint, service, servicePort, slice, slicePort } from '../../testing/builders'
import { elsewhere, here, predict, servers, sets } from '../../testing/ipvs-cases'

const nodePort = (over?: Parameters<typeof servicePort>[0]) => [servicePort({ nodePort: 30_080, ...over })]
const external = {
  type: 'LoadBalancer',
  ports: nodePort(),
  externalIPs: ['198.51.100.1'],
  loadBalancerIngress: [{ ip: '203.0.113.1', hostname: undefined, ipMode: undefined }],
} as const

describe('virtual servers', () => {
  test('[V3] one per address and port: cluster IP, external IP, load balancer address, node address', () => {
    expect(servers(predict({ service: external, addresses: ['192.168.0.2', '172.16.0.2'] }))).toEqual([
      '10.96.0.10:80/TCP -> 10.1.0.1:8080 10.1.0.2:8080',
      '172.16.0.2:30080/TCP -> 10.1.0.1:8080 10.1.0.2:8080',
      '192.168.0.2:30080/TCP -> 10.1.0.1:8080 10.1.0.2:8080',
      '198.51.100.1:80/TCP -> 10.1.0.1:8080 10.1.0.2:8080',
      '203.0.113.1:80/TCP -> 10.1.0.1:8080 10.1.0.2:8080',
    ])
  })

  test.each([
    ['neither', {}, '', 0, 0],
    ['ClientIP', { sessionAffinity: 'ClientIP', sessionAffinityTimeoutSeconds: 60 }, 'rr', 1, 60],
    ['mh', {}, 'mh', 0x10, 0],
    ['both', { sessionAffinity: 'ClientIP' }, 'mh', 0x11, 10_800],
  ] as const)('[V3] flags and timeout with %s', (_name, over, scheduler, flags, timeout) => {
    const [server] = predict({ service: over, settings: { scheduler } }).virtualServers
    expect(server).toMatchObject({ flags, timeout, scheduler: scheduler || 'rr' })
  })

  test('of two Services that claim one address the later one has it, the other is its rival', () => {
    const rival = service({
      name: 'rival',
      clusterIP: '10.96.0.11',
      clusterIPs: ['10.96.0.11'],
      externalIPs: ['198.51.100.1'],
    })
    const of = { service: { externalIPs: ['198.51.100.1'] }, more: [{ service: rival, slices: [] }] }
    const prediction = predict(of)
    expect(servers(prediction)).toContain('198.51.100.1:80/TCP -> ')
    expect(prediction.virtualServers.at(-1)?.service).toBe(rival.key)
    expect(prediction.virtualServers.at(-1)?.rivals?.map(({ service: key }) => key)).toEqual(['shop/cart'])
    expect(prediction.virtualServers[0]?.rivals).toBeUndefined()
    expect(sets(prediction)['KUBE-EXTERNAL-IP']).toEqual(['198.51.100.1,tcp:80'])
  })
})

describe('addresses of the node', () => {
  const addresses = ['192.168.0.2', '172.16.0.2', '127.0.0.1', 'fe80::1', 'junk']
  test.each([
    ['no ranges', [], ['172.16.0.2', '192.168.0.2']],
    ['a range', ['192.168.0.0/16'], ['192.168.0.2']],
    ['ranges of the other family only', ['fd00::/8'], ['172.16.0.2', '192.168.0.2']],
    ['mask /0 beside a range', ['192.168.0.0/16', '0.0.0.0/0'], ['172.16.0.2', '192.168.0.2']],
    ['primary', ['primary'], ['192.168.0.2']],
    ['a range that holds none', ['10.0.0.0/8'], []],
    ['loopback', ['127.0.0.0/8'], []],
  ])('[V4] node ports with %s', (_name, nodePortAddresses, expected) => {
    const { virtualServers } = predict({
      service: { type: 'NodePort', ports: nodePort() },
      addresses,
      settings: { nodePortAddresses },
    })
    expect(virtualServers.flatMap(({ number, address }) => (number === 30_080 ? [address] : []))).toEqual(expected)
  })

  test('[V5] kube-ipvs0 has cluster IPs, and external addresses that the node does not have elsewhere', () => {
    const all = predict({ service: external })
    expect(all.dummyAddresses.map(({ text }) => text)).toEqual(['10.96.0.10', '198.51.100.1', '203.0.113.1'])
    const own = predict({ service: external, addresses: ['192.168.0.2', '203.0.113.1', '10.96.0.10'] })
    expect(own.dummyAddresses.map(({ text }) => text)).toEqual(['10.96.0.10', '198.51.100.1'])
    expect(sets(own)['KUBE-IPVS-IPS']).toEqual(['10.96.0.10', '198.51.100.1'])
  })
})

describe('real servers', () => {
  const both = '10.1.0.1:8080 10.1.0.2:8080'
  test.each([
    ['Cluster and Cluster', 'Cluster', 'Cluster', both, both],
    ['internal Local', 'Local', 'Cluster', '10.1.0.1:8080', both],
    ['external Local', 'Cluster', 'Local', both, '10.1.0.1:8080'],
  ] as const)('[V6] %s', (_name, internalTrafficPolicy, externalTrafficPolicy, clusterIP, node) => {
    const over = { type: 'NodePort', ports: nodePort(), internalTrafficPolicy, externalTrafficPolicy } as const
    expect(servers(predict({ service: over }))).toEqual([
      `10.96.0.10:80/TCP -> ${clusterIP}`,
      `192.168.0.2:30080/TCP -> ${node}`,
    ])
  })

  test('[V7] a Local policy without anything on the node takes the Cluster list, says so, and is counted', () => {
    const over = { type: 'NodePort', ports: nodePort(), externalTrafficPolicy: 'Local' } as const
    const prediction = predict({ service: over, endpoints: [elsewhere] })
    expect(servers(prediction).at(-1)).toBe('192.168.0.2:30080/TCP -> 10.1.0.2:8080')
    const [cluster, node] = prediction.virtualServers.map(({ realServers }) => realServers[0]?.about.code)
    expect([cluster, node]).toEqual(['endpoint-ready', 'ipvs-endpoint-not-local'])
    expect(prediction.noLocalEndpoints).toEqual({ internal: 0, external: 1 })
  })

  test('[V7] internal Local of a Service that is not exposed has nothing to fall back to', () => {
    const prediction = predict({ service: { internalTrafficPolicy: 'Local' }, endpoints: [elsewhere] })
    expect(servers(prediction)).toEqual(['10.96.0.10:80/TCP -> '])
    expect(prediction.noLocalEndpoints).toEqual({ internal: 1, external: 0 })
  })

  test('[V7] nothing usable anywhere: the servers stay, empty, and nothing is counted', () => {
    const over = { type: 'NodePort', ports: nodePort(), externalTrafficPolicy: 'Local' } as const
    const prediction = predict({ service: over, endpoints: [{ ...elsewhere, ready: false, serving: false }] })
    expect(servers(prediction)).toEqual(['10.96.0.10:80/TCP -> ', '192.168.0.2:30080/TCP -> '])
    expect(prediction.noLocalEndpoints).toEqual({ internal: 0, external: 0 })
  })
})

describe('sets', () => {
  test.each([
    [
      'Cluster',
      {
        'KUBE-EXTERNAL-IP': ['198.51.100.1,tcp:80'],
        'KUBE-LOAD-BALANCER': ['203.0.113.1,tcp:80'],
        'KUBE-NODE-PORT-TCP': ['30080'],
      },
    ],
    [
      'Local',
      {
        'KUBE-EXTERNAL-IP-LOCAL': ['198.51.100.1,tcp:80'],
        'KUBE-LOAD-BALANCER': ['203.0.113.1,tcp:80'],
        'KUBE-LOAD-BALANCER-LOCAL': ['203.0.113.1,tcp:80'],
        'KUBE-NODE-PORT-TCP': ['30080'],
        'KUBE-NODE-PORT-LOCAL-TCP': ['30080'],
        'KUBE-HEALTH-CHECK-NODE-PORT': ['32000'],
      },
    ],
  ] as const)('[V8] with external policy %s', (externalTrafficPolicy, expected) => {
    const found = sets(predict({ service: { ...external, externalTrafficPolicy, healthCheckNodePort: 32_000 } }))
    expect(found).toEqual({
      'KUBE-CLUSTER-IP': ['10.96.0.10,tcp:80'],
      'KUBE-IPVS-IPS': ['10.96.0.10', '198.51.100.1', '203.0.113.1'],
      'KUBE-LOOP-BACK': ['10.1.0.1,tcp:8080,10.1.0.1'],
      ...expected,
    })
  })

  test('[V8] loop-back holds endpoints of the node that get no traffic, too', () => {
    const dead = { ...here, ready: false, serving: false }
    const prediction = predict({ endpoints: [dead, elsewhere] })
    expect(servers(prediction)).toEqual(['10.96.0.10:80/TCP -> 10.1.0.2:8080'])
    expect(prediction.ipsets['KUBE-LOOP-BACK']).toEqual([
      expect.objectContaining({ text: '10.1.0.1,tcp:8080,10.1.0.1', endpoint: '10.1.0.1:8080' }),
    ])
  })

  test('[V8] an SCTP node port stands with every node address, and one set serves many ports', () => {
    const ports = [
      servicePort({ name: 'a', nodePort: 30_001, protocol: 'SCTP' }),
      servicePort({ name: 'b', nodePort: 30_002, protocol: 'UDP' }),
    ]
    const found = sets(predict({ service: { type: 'NodePort', ports }, addresses: ['192.168.0.2', '172.16.0.2'] }))
    expect(found['KUBE-NODE-PORT-SCTP-HASH']).toEqual(['172.16.0.2,sctp:30001', '192.168.0.2,sctp:30001'])
    expect(found['KUBE-NODE-PORT-UDP']).toEqual(['30002'])
    expect(found['KUBE-CLUSTER-IP']).toEqual(['10.96.0.10,sctp:80', '10.96.0.10,udp:80'])
  })

  test('[V9] no address for node ports: no health check port either; without a node port it is there', () => {
    const over = { ...external, externalTrafficPolicy: 'Local', healthCheckNodePort: 32_000 } as const
    const nowhere = { settings: { nodePortAddresses: ['10.0.0.0/8'] } }
    const skipped = sets(predict({ service: over, ...nowhere }))
    expect(Object.keys(skipped).filter((name) => name.includes('NODE-PORT'))).toEqual([])
    const without = sets(predict({ service: { ...over, ports: [servicePort()] }, ...nowhere }))
    expect(without['KUBE-HEALTH-CHECK-NODE-PORT']).toEqual(['32000'])
  })

  test.each([
    ['hold the node', ['192.168.0.0/24', '198.51.100.0/24'], ['203.0.113.1,tcp:80,203.0.113.1'], []],
    [
      'do not',
      ['198.51.100.0/24'],
      undefined,
      ['-A KUBE-IPVS-OUT-FILTER -s 203.0.113.1 -m ipvs --vaddr 203.0.113.1 --vproto tcp --vport 80 -j DROP'],
    ],
  ])('[V10] source ranges that %s', (_name, loadBalancerSourceRanges, own, dropped) => {
    const prediction = predict({ service: { ...external, loadBalancerSourceRanges } })
    expect(sets(prediction)['KUBE-LOAD-BALANCER-FW']).toEqual(['203.0.113.1,tcp:80'])
    expect(sets(prediction)['KUBE-LOAD-BALANCER-SOURCE-CIDR']).toEqual(
      loadBalancerSourceRanges.map((range) => `203.0.113.1,tcp:80,${range}`),
    )
    expect(sets(prediction)['KUBE-LOAD-BALANCER-SOURCE-IP']).toEqual(own)
    const texts = prediction.rules.map(({ text }) => text)
    expect(texts.filter((text) => text.includes('OUT-FILTER'))).toEqual(dropped)
  })
})

describe('every entry names the fields it comes from', () => {
  const fields = (facts: readonly { readonly field: string }[] | undefined) => facts?.map(({ field }) => field)

  test('virtual servers, real servers, entries and addresses', () => {
    const ports = [servicePort({ name: 'other' }), ...nodePort()]
    const over = { ...external, ports, sessionAffinity: 'ClientIP', sessionAffinityTimeoutSeconds: 60 } as const
    const prediction = predict({ service: over, endpoints: [elsewhere, endpoint('10.1.0.1', { nodeName: 'node-a' })] })
    const server = prediction.virtualServers.find(
      ({ address, port }) => address === '203.0.113.1' && port === 'http/TCP',
    )
    expect(server).toMatchObject({
      service: serviceKey('shop', 'cart'),
      about: { code: 'ipvs-server-load-balancer-ip' },
    })
    expect(fields(server?.facts)).toEqual([
      'status.loadBalancer.ingress[0].ip',
      'spec.ports[1].port',
      'spec.sessionAffinity',
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
      'scheduler',
    ])
    expect(server?.realServers[0]?.facts).toEqual([
      { kind: 'EndpointSlice', id: 'shop/cart-a1b2c', field: 'endpoints[1].addresses[0]' },
      { kind: 'EndpointSlice', id: 'shop/cart-a1b2c', field: 'ports[0].port' },
    ])
    expect(fields(prediction.ipsets['KUBE-NODE-PORT-TCP']?.[0]?.facts)).toEqual(['spec.ports[1].nodePort'])
    expect(fields(prediction.ipsets['KUBE-EXTERNAL-IP']?.[0]?.facts)).toEqual([
      'spec.externalIPs[0]',
      'spec.ports[0].port',
    ])
    expect(prediction.dummyAddresses.map(({ facts }) => fields(facts))).toEqual([
      ['spec.clusterIPs[0]'],
      ['spec.externalIPs[0]'],
      ['status.loadBalancer.ingress[0].ip'],
    ])
  })

  test('the fields exist in what they name', () => {
    const ipv6 = service({ ipFamilies: ['IPv6', 'IPv4'], clusterIP: 'fd00::a', clusterIPs: ['fd00::a', '10.96.0.10'] })
    const slices = [slice({ ports: [slicePort({ name: 'x' }), slicePort()], endpoints: [here] })]
    const prediction = predict({ service: { name: 'first' }, more: [{ service: ipv6, slices }] })
    const facts = prediction.virtualServers.find((server) => server.service === ipv6.key)
    expect(fields(facts?.facts)?.[0]).toBe('spec.clusterIPs[1]')
    expect(fields(facts?.realServers[0]?.facts)?.at(-1)).toBe('ports[1].port')
  })
})
