import { describe, expect, test } from 'vitest'
import { endpoint, on, service, slice } from '../../proxy/testing'
import { endpointChain, isServiceChain, portChains } from './chains'
import { predictIptables } from './predict'
import { CART, input, rulesOf, settings } from './testing'

const MARK = 'KUBE-MARK-MASQ'
const sep = (ip: string) => endpointChain('shop/cart', 'TCP', `${ip}:8080`)
const local = { externalTrafficPolicy: 'Local', type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }
const remoteOnly = [endpoint(2, 'ready', on('node-b'))]
const balanced = { type: 'LoadBalancer', ports: [{ port: 80 }] }
const vip = { status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } } }

test('[R1] chains are named by the hash of port name, protocol and endpoint', () => {
  expect(portChains('default/web', 'TCP').cluster).toBe('KUBE-SVC-LOLE4ISW44XBNF3G')
  expect(portChains('default/web', 'TCP').firewall).toBe('KUBE-FW-LOLE4ISW44XBNF3G')
  expect(portChains('default/web', 'UDP').cluster).not.toBe('KUBE-SVC-LOLE4ISW44XBNF3G')
  expect(endpointChain('default/web', 'TCP', '10.1.2.11:8080')).toBe('KUBE-SEP-A2IOAHR6CYJEUQ52')
  expect(['KUBE-SVL-A', 'KUBE-EXT-A', 'KUBE-SERVICES', 'KUBE-SEPARATE'].map(isServiceChain)).toEqual([
    ...[true, true, false, false],
  ])
})

describe('[R2] the cluster IP leads to the chain of the internal policy', () => {
  test.each([
    ['Cluster', {}, CART.cluster],
    ['Local', { internalTrafficPolicy: 'Local' }, CART.local],
  ])('%s', (_name, spec, chain) => {
    expect(rulesOf('KUBE-SERVICES', { spec })).toEqual([`-m tcp -p tcp -d 10.96.0.10 --dport 80 -j ${chain}`])
  })
})

describe('[R3] what leads nowhere is refused, or dropped if only Local policy bars it', () => {
  const filter = (change: Parameters<typeof input>[0]) =>
    predictIptables(input(change)).flatMap(({ table, text }) => (table === 'filter' ? [text] : []))

  test('nothing usable anywhere', () => {
    expect(filter({ spec: local, endpoints: [] })).toEqual([
      '-A KUBE-EXTERNAL-SERVICES -m comment --comment "shop/cart has no endpoints" -m addrtype --dst-type LOCAL -m tcp -p tcp --dport 30080 -j REJECT',
      '-A KUBE-SERVICES -m comment --comment "shop/cart has no endpoints" -m tcp -p tcp -d 10.96.0.10 --dport 80 -j REJECT',
    ])
  })

  test('nothing usable here, by policy Local inside and outside', () => {
    const spec = { ...local, internalTrafficPolicy: 'Local', externalIPs: ['198.51.100.7'] }
    expect(filter({ spec, endpoints: remoteOnly })).toEqual([
      '-A KUBE-EXTERNAL-SERVICES -m comment --comment "shop/cart has no local endpoints" -m tcp -p tcp -d 198.51.100.7 --dport 80 -j DROP',
      '-A KUBE-EXTERNAL-SERVICES -m comment --comment "shop/cart has no local endpoints" -m addrtype --dst-type LOCAL -m tcp -p tcp --dport 30080 -j DROP',
      '-A KUBE-SERVICES -m comment --comment "shop/cart has no local endpoints" -m tcp -p tcp -d 10.96.0.10 --dport 80 -j DROP',
    ])
  })

  test('a load balancer address', () => {
    expect(filter({ spec: balanced, endpoints: [], ...vip })[0]).toContain('-d 203.0.113.9 --dport 80 -j REJECT')
  })
})

test('[R4] external IPs and load balancer addresses enter by the external chain, guarded ones by that of the ranges', () => {
  const spec = { ...balanced, externalIPs: ['198.51.100.7'] }
  expect(rulesOf('KUBE-SERVICES', { spec, ...vip }).slice(1)).toEqual([
    `-m tcp -p tcp -d 198.51.100.7 --dport 80 -j ${CART.external}`,
    `-m tcp -p tcp -d 203.0.113.9 --dport 80 -j ${CART.external}`,
  ])
  const ranged = { ...spec, loadBalancerSourceRanges: ['192.0.2.0/24'] }
  expect(rulesOf('KUBE-SERVICES', { spec: ranged, ...vip })[2]).toContain(`-j ${CART.firewall}`)
})

describe('[R5] a node port is caught on every accepted address', () => {
  const nodePort = { ...local, externalTrafficPolicy: 'Cluster' }
  const counted = `-m tcp -p tcp -d 127.0.0.0/8 --dport 30080 -m nfacct --nfacct-name localhost_nps_accepted_pkts -j ${CART.external}`
  const plain = `-m tcp -p tcp --dport 30080 -j ${CART.external}`

  test.each([
    ['with localhost', {}, [counted, plain]],
    ['without localhost', { localhostNodePorts: false }, [plain]],
    ['with ranges that leave localhost out', { nodePortAddresses: ['192.168.0.0/16'] }, [plain]],
    ['with ranges that hold localhost', { nodePortAddresses: ['127.0.0.0/8', '192.168.0.0/16'] }, [counted, plain]],
  ])('%s', (_name, over, rules) => {
    expect(rulesOf('KUBE-NODEPORTS', { spec: nodePort, settings: over })).toEqual(rules)
  })

  test('the counted rule may be missing on a node, the plain one may not', () => {
    const lines = predictIptables(input({ spec: nodePort })).filter(({ text }) => text.includes('30080'))
    expect(lines.map(({ unless }) => unless?.code)).toEqual(['rule-unless-counters', undefined])
  })
})

test('[R6] a health check port is open even if nothing is local', () => {
  const spec = { ...balanced, externalTrafficPolicy: 'Local', healthCheckNodePort: 32000 }
  expect(rulesOf('KUBE-NODEPORTS', { spec, endpoints: [] })).toEqual(['-m tcp -p tcp --dport 32000 -j ACCEPT'])
})

describe('[R7] cluster IP traffic from elsewhere than the pods is masqueraded', () => {
  const head = '-m tcp -p tcp -d 10.96.0.10 --dport 80'
  test.each([
    ['by CIDR', {}, `${head} ! -s 10.0.0.0/16 -j ${MARK}`],
    ['by bridge', { localDetector: { kind: 'bridge-interface', name: 'cni0' } }, `${head} ! -i cni0 -j ${MARK}`],
    ['by prefix', { localDetector: { kind: 'interface-prefix', prefix: 'veth' } }, `${head} ! -i veth+ -j ${MARK}`],
    ['all of it', { masqueradeAll: true }, `${head} -j ${MARK}`],
  ] as const)('%s', (_name, over, rule) => {
    expect(rulesOf(CART.cluster, { settings: over })[0]).toBe(rule)
  })

  test('without a detector: none of it', () => {
    expect(rulesOf(CART.cluster, { settings: { localDetector: { kind: 'none' } } })[0]).toContain('statistic')
  })

  test('under internal policy Local in the Local chain', () => {
    expect(rulesOf(CART.local, { spec: { internalTrafficPolicy: 'Local' } })).toEqual([
      `${head} ! -s 10.0.0.0/16 -j ${MARK}`,
      `-j ${sep('10.0.0.1')}`,
    ])
  })
})

describe('[R8] the external chain', () => {
  test('masquerades everything under policy Cluster', () => {
    expect(rulesOf(CART.external, { spec: { ...local, externalTrafficPolicy: 'Cluster' } })).toEqual([
      `-j ${MARK}`,
      `-j ${CART.cluster}`,
    ])
  })

  const inside = [
    `-s 10.0.0.0/16 -j ${CART.cluster}`,
    `-m addrtype --src-type LOCAL -j ${MARK}`,
    `-m addrtype --src-type LOCAL -j ${CART.cluster}`,
  ]

  test.each([
    ['keeps the client address under policy Local', {}, [...inside, `-j ${CART.local}`]],
    ['still serves pods and the node when nothing is local', { endpoints: remoteOnly }, inside],
    [
      'cannot tell pods without a detector',
      { settings: { localDetector: { kind: 'none' } } },
      [...inside.slice(1), `-j ${CART.local}`],
    ],
    ['is not there when nothing is usable anywhere', { endpoints: [] }, []],
  ] as const)('%s', (_name, change, rules) => {
    expect(rulesOf(CART.external, { spec: local, ...change })).toEqual(rules)
  })
})

describe('[R9] source ranges', () => {
  const ranges = (...loadBalancerSourceRanges: readonly string[]) => ({ ...balanced, loadBalancerSourceRanges })
  const accept = (source: string) => `-s ${source} -j ${CART.external}`
  test.each([
    ['let their sources in', ['192.0.2.0/24'], [accept('192.0.2.0/24'), '']],
    [
      'that hold the node let in what it sends to the address itself',
      ['192.168.0.0/24'],
      [accept('192.168.0.0/24'), accept('203.0.113.9'), ''],
    ],
    ['of mask /0 are none', ['0.0.0.0/0'], []],
  ])('%s', (_name, texts, rules) => {
    expect(rulesOf(CART.firewall, { spec: ranges(...texts), ...vip })).toEqual(rules)
  })

  test('drop the rest in the filter table', () => {
    expect(rulesOf('KUBE-PROXY-FIREWALL', { spec: ranges('192.0.2.0/24'), ...vip })).toEqual([
      '-m tcp -p tcp -d 203.0.113.9 --dport 80 -j DROP',
    ])
  })
})

describe('[R10] rule i of n takes 1/(n-i), the last all that is left', () => {
  const many = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ addresses: [`10.1.${i >> 8}.${i & 255}`], conditions: { ready: true } }))
  const chances = (n: number) =>
    rulesOf(CART.cluster, { endpoints: many(n) }).flatMap((rule) => /--probability (\S+)/.exec(rule)?.[1] ?? [])

  test.each([
    [1, []],
    [2, ['0.5000000000']],
    [7, ['0.1428571429', '0.1666666667', '0.2000000000', '0.2500000000', '0.3333333333', '0.5000000000']],
  ])('%i endpoints', (n, texts) => {
    expect(chances(n)).toEqual(texts)
  })

  test('1/2048 is rounded to the even digit', () => {
    expect(chances(2049).slice(0, 3)).toEqual(['0.0004880429', '0.0004882812', '0.0004885198'])
  })
})

test('[R11] affinity comes before chance and is remembered per endpoint', () => {
  const spec = { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } }
  const [one, two] = [sep('10.0.0.1'), sep('10.0.0.2')]
  expect(rulesOf(CART.cluster, { spec }).slice(1)).toEqual([
    `-m recent --name ${one} --rcheck --seconds 60 --reap -j ${one}`,
    `-m recent --name ${two} --rcheck --seconds 60 --reap -j ${two}`,
    `-m statistic --mode random --probability 0.5000000000 -j ${one}`,
    `-j ${two}`,
  ])
  expect(rulesOf(one, { spec })[1]).toBe(
    `-m recent --name ${one} --set -m tcp -p tcp -j DNAT --to-destination 10.0.0.1:8080`,
  )
})

describe('[R12] only chains that lead somewhere are written', () => {
  const chains = (change: Parameters<typeof input>[0]) =>
    predictIptables(input(change)).flatMap(({ text }) => /^:(\S+)/.exec(text)?.[1] ?? [])

  test.each([
    ['Cluster only', {}, [CART.cluster, sep('10.0.0.1'), sep('10.0.0.2')]],
    ['internal Local only', { spec: { internalTrafficPolicy: 'Local' } }, [CART.local, sep('10.0.0.1')]],
    ['external Local', { spec: local }, [CART.external, CART.cluster, CART.local, sep('10.0.0.1'), sep('10.0.0.2')]],
    [
      'external Local, nothing local',
      { spec: local, endpoints: remoteOnly },
      [CART.external, CART.cluster, sep('10.0.0.2')],
    ],
    ['nothing usable', { spec: local, endpoints: [endpoint(1, 'not-ready')] }, []],
  ])('%s', (_name, change, names) => {
    expect(chains(change)).toEqual(names)
  })
})

test('[R13] an endpoint is masqueraded when it calls itself, then the destination is rewritten', () => {
  expect(rulesOf(sep('10.0.0.1'))).toEqual([
    `-s 10.0.0.1 -j ${MARK}`,
    '-m tcp -p tcp -j DNAT --to-destination 10.0.0.1:8080',
  ])
})

describe('[R14] above 1000 endpoints the chains of endpoints carry no comments', () => {
  test.each([
    [1000, true],
    [1001, false],
  ])('%i: %s', (totalEndpoints, comments) => {
    const lines = predictIptables(input({ totalEndpoints })).filter(({ endpoint: key }) => key !== undefined)
    const rules = lines.filter(({ text }) => text.startsWith('-A'))
    expect(rules).toHaveLength(6)
    expect(rules.map(({ text }) => text.includes('--comment'))).toEqual(rules.map(() => comments))
  })

  test('endpoints of every Service and in every condition count', () => {
    const crowd = Array.from({ length: 999 }, (_, i) => ({
      addresses: [`10.2.${i >> 8}.${i & 255}`],
      conditions: { ready: false },
    }))
    const other = {
      service: service({ clusterIP: '10.96.0.11', clusterIPs: ['10.96.0.11'] }, { name: 'till' }),
      slices: [slice(crowd, { labels: { 'kubernetes.io/service-name': 'till' } })],
    }
    const lines = predictIptables({ ...input(), services: [...input().services, other] })
    expect(lines.some(({ text }) => text.includes('shop/cart ->'))).toBe(false)
  })
})

describe('a line says where it comes from', () => {
  const spec = { ...local, externalIPs: ['198.51.100.7', '198.51.100.8'], loadBalancerSourceRanges: [] }
  const lines = predictIptables(input({ spec }))
  const line = (part: string) => lines.find(({ text }) => text.includes(part))

  test.each([
    ['--dport 30080 -j KUBE', 'Service', 'shop/cart', 'spec.ports[0].nodePort'],
    ['-d 198.51.100.8', 'Service', 'shop/cart', 'spec.externalIPs[1]'],
    ['--to-destination 10.0.0.2:8080', 'EndpointSlice', 'shop/cart-1', 'endpoints[1].addresses[0]'],
    ['! -s 10.0.0.0/16', 'ProxySettings', '', 'clusterCIDR'],
  ])('%s', (part, kind, id, field) => {
    expect(line(part)?.facts[0]).toEqual({ kind, id, field })
  })

  test('and whose it is', () => {
    expect(line('--to-destination 10.0.0.2:8080')).toMatchObject({
      ...{ table: 'nat', service: 'shop/cart', port: '/TCP', endpoint: '10.0.0.2:8080' },
      about: { code: 'rule-dnat', values: { port: 'shop/cart', endpoint: '10.0.0.2:8080' } },
    })
  })
})

test('a Service of the other family has no rules', () => {
  expect(predictIptables({ ...input(), family: 'IPv6' })).toEqual([])
  expect(settings().masqueradeBit).toBe(14)
})
