import { describe, expect, test } from 'vitest'
import reasons from '../../../messages/en/reasons.json'
import type { Endpoint, ServiceRecord } from '../../model/records'
import { endpoint, service, servicePort, slice } from '../../testing/builders'
import { addedTexts, ruleInput, settings } from '../../testing/nftables'
import { predictNftables } from './predict'

const here = (ip: string, over?: Partial<Endpoint>) => endpoint(ip, { nodeName: 'n1', ...over })
const there = (ip: string) => endpoint(ip, { nodeName: 'n2' })

const cart = (over: Partial<ServiceRecord>, endpoints: readonly Endpoint[]) => ({
  service: service(over as never),
  slices: [slice({ endpoints })],
})

const BASE = `${hashOf()}-shop/cart/tcp/http`
const CLUSTER = `service-${BASE}`
const LOCAL = `local-${BASE}`
const EXTERNAL = `external-${BASE}`
const FIREWALL = `firewall-${BASE}`

// The hash is checked against upstream's own example in names.test.ts.
function hashOf(): string {
  const [chain] = addedTexts([cart({}, [there('10.1.2.11')])])
  return /service-([A-Z2-7]{8})-/.exec(chain ?? '')?.[1] ?? ''
}

describe('[N8] a cluster IP', () => {
  test('leads to the Cluster chain', () => {
    expect(addedTexts([cart({}, [there('10.1.2.11'), there('10.1.2.9')])])).toEqual([
      `chain ${CLUSTER}`,
      `rule ${CLUSTER} meta l4proto tcp dnat ip addr . port to numgen random mod 2 map { 0 : 10.1.2.11 . 8080 , 1 : 10.1.2.9 . 8080 }`,
      'element cluster-ips { 10.96.0.10 }',
      `element service-ips { 10.96.0.10 . tcp . 80 : goto ${CLUSTER} }`,
    ])
  })

  test('leads to the Local chain under internal policy Local', () => {
    const lines = addedTexts([cart({ internalTrafficPolicy: 'Local' }, [here('10.1.1.1'), there('10.1.2.11')])])
    expect(lines).toContain(`element service-ips { 10.96.0.10 . tcp . 80 : goto ${LOCAL} }`)
    expect(lines).not.toContain(`chain ${CLUSTER}`)
  })

  test('of two ports stands in the set once', () => {
    const two = cart({ ports: [servicePort(), servicePort({ name: 'admin', port: 81 })] }, [])
    expect(addedTexts([two]).filter((line) => line.startsWith('element cluster-ips'))).toHaveLength(1)
  })
})

describe('[N9] external addresses lead to the external chain when anything is usable anywhere', () => {
  const exposed = {
    type: 'LoadBalancer',
    ports: [servicePort({ nodePort: 30_080 })],
    externalIPs: ['198.51.100.7', 'fd00::7'],
    loadBalancerIngress: [
      { ip: '203.0.113.9', hostname: undefined, ipMode: 'VIP' },
      { ip: '203.0.113.10', hostname: undefined, ipMode: 'Proxy' },
    ],
  } as const
  const elements = [
    `element service-ips { 198.51.100.7 . tcp . 80 : goto ${EXTERNAL} }`,
    `element service-ips { 203.0.113.9 . tcp . 80 : goto ${EXTERNAL} }`,
    `element service-nodeports { tcp . 30080 : goto ${EXTERNAL} }`,
  ]
  test.each([
    ['here', 'Cluster', [here('10.1.1.1')], elements],
    ['elsewhere, under Local', 'Local', [there('10.1.2.11')], elements],
    ['nowhere', 'Cluster', [], []],
  ] as const)('%s', (_name, externalTrafficPolicy, endpoints, expected) => {
    const lines = addedTexts([cart({ ...exposed, externalTrafficPolicy }, endpoints)])
    expect(lines.filter((line) => line.includes(` : goto ${EXTERNAL}`))).toEqual(expected)
  })
})

describe('[N10] without endpoints', () => {
  const exposed = {
    type: 'NodePort',
    ports: [servicePort({ nodePort: 30_080 })],
    externalIPs: ['198.51.100.7'],
  } as const
  const noEndpoint = (lines: readonly string[]) => lines.filter((line) => line.includes('no-endpoint'))
  const refuse = (key: string) => `{ ${key} comment "shop/cart:http" : goto reject-chain }`
  const drop = (key: string) => `{ ${key} comment "shop/cart:http" : drop }`

  test('anywhere: every address refuses, and there are no chains', () => {
    const lines = addedTexts([cart(exposed, [here('10.1.1.1', { ready: false, serving: false })])])
    expect(noEndpoint(lines)).toEqual([
      `element no-endpoint-nodeports ${refuse('tcp . 30080')}`,
      `element no-endpoint-services ${refuse('10.96.0.10 . tcp . 80')}`,
      `element no-endpoint-services ${refuse('198.51.100.7 . tcp . 80')}`,
    ])
    expect(lines.filter((line) => line.startsWith('chain'))).toEqual([])
  })

  test('here, under external Local: the external addresses drop, the cluster IP does not', () => {
    const lines = addedTexts([cart({ ...exposed, externalTrafficPolicy: 'Local' }, [there('10.1.2.11')])])
    expect(noEndpoint(lines)).toEqual([
      `element no-endpoint-nodeports ${drop('tcp . 30080')}`,
      `element no-endpoint-services ${drop('198.51.100.7 . tcp . 80')}`,
    ])
  })

  test('here, under internal Local: the cluster IP drops, the external addresses do not', () => {
    const lines = addedTexts([cart({ ...exposed, internalTrafficPolicy: 'Local' }, [there('10.1.2.11')])])
    expect(noEndpoint(lines)).toEqual([`element no-endpoint-services ${drop('10.96.0.10 . tcp . 80')}`])
  })
})

describe('[N11] [N12] the external chain', () => {
  const nodePort = { type: 'NodePort', ports: [servicePort({ nodePort: 30_080 })] } as const
  const external = (lines: readonly string[]) =>
    lines.flatMap((line) => (line.startsWith(`rule ${EXTERNAL} `) ? [line.slice(`rule ${EXTERNAL} `.length)] : []))
  const pods = `ip saddr 10.244.0.0/16 goto ${CLUSTER} comment "short-circuit pod traffic"`
  const node = [
    'fib saddr type local mark set mark or 0x4000 comment "masquerade local traffic"',
    `fib saddr type local goto ${CLUSTER} comment "short-circuit local traffic"`,
  ]

  test('[N11] marks everything for masquerading under policy Cluster', () => {
    expect(external(addedTexts([cart(nodePort, [there('10.1.2.11')])]))).toEqual([
      'mark set mark or 0x4000 comment "masquerade"',
      `goto ${CLUSTER}`,
    ])
  })

  test('[N12] leads pods and the node to every endpoint under Local, the rest to those here', () => {
    const local = cart({ ...nodePort, externalTrafficPolicy: 'Local' }, [here('10.1.1.1'), there('10.1.2.11')])
    expect(external(addedTexts([local]))).toEqual([pods, ...node, `goto ${LOCAL}`])
  })

  test('[N12] ends there when nothing is here', () => {
    const local = cart({ ...nodePort, externalTrafficPolicy: 'Local' }, [there('10.1.2.11')])
    expect(external(addedTexts([local]))).toEqual([pods, ...node])
  })

  test('[N12] cannot tell pods without a detector', () => {
    const local = cart({ ...nodePort, externalTrafficPolicy: 'Local' }, [there('10.1.2.11')])
    expect(external(addedTexts([local], { settings: settings({ localDetector: { kind: 'none' } }) }))).toEqual(node)
  })
})

describe('[N13] source ranges', () => {
  const balanced = {
    type: 'LoadBalancer',
    loadBalancerIngress: [{ ip: '203.0.113.9', hostname: undefined, ipMode: undefined }],
  } as const
  test.each([
    ['are kept for load balancer addresses', ['203.0.113.0/25'], '203.0.113.0/25'],
    [
      'let the address itself in where the node may',
      ['192.168.0.0/16', '198.51.100.0/24'],
      '192.168.0.0/16 , 198.51.100.0/24 , 203.0.113.9',
    ],
  ])('%s, with endpoints or without', (_name, loadBalancerSourceRanges, sources) => {
    const expected = [
      `chain ${FIREWALL}`,
      `rule ${FIREWALL} ip saddr != { ${sources} } drop`,
      `element firewall-ips { 203.0.113.9 . tcp . 80 : goto ${FIREWALL} }`,
    ]
    for (const endpoints of [[here('10.1.1.1')], []]) {
      const lines = addedTexts([cart({ ...balanced, loadBalancerSourceRanges }, endpoints)])
      expect(lines.filter((line) => line.includes('firewall'))).toEqual(expected)
    }
  })

  test('mean nothing without a load balancer address', () => {
    const lines = addedTexts([cart({ loadBalancerSourceRanges: ['203.0.113.0/25'] }, [here('10.1.1.1')])])
    expect(lines.filter((line) => line.includes('firewall'))).toEqual([])
  })
})

test('[N14] both lists are written when both are used, each with its own numbers', () => {
  const both = cart({ type: 'NodePort', ports: [servicePort({ nodePort: 30_080 })], externalTrafficPolicy: 'Local' }, [
    here('10.1.1.1'),
    there('10.1.2.11'),
  ])
  const chosen = addedTexts([both]).filter((line) => line.includes('numgen'))
  expect(chosen).toEqual([
    `rule ${LOCAL} meta l4proto tcp dnat ip addr . port to numgen random mod 1 map { 0 : 10.1.1.1 . 8080 }`,
    `rule ${CLUSTER} meta l4proto tcp dnat ip addr . port to numgen random mod 2 map { 0 : 10.1.1.1 . 8080 , 1 : 10.1.2.11 . 8080 }`,
  ])
})

test('[N15] session affinity: a chain and a set of clients for each endpoint, asked before a number is drawn', () => {
  const sticky = cart({ sessionAffinity: 'ClientIP', sessionAffinityTimeoutSeconds: 60 }, [there('10.1.2.11')])
  const lines = addedTexts([sticky])
  const chain = lines[0]?.replace('chain ', '') ?? ''
  const set = chain.replace('endpoint-', 'affinity-')
  expect(chain).toMatch(/^endpoint-[A-Z2-7]{8}-shop\/cart\/tcp\/http__10\.1\.2\.11\/8080$/)
  expect(lines.slice(0, 7)).toEqual([
    `chain ${chain}`,
    `chain ${CLUSTER}`,
    `set ${set} { type ipv4_addr ; flags dynamic,timeout ; timeout 60s ; }`,
    `rule ${chain} update @${set} { ip saddr }`,
    `rule ${chain} meta l4proto tcp dnat to 10.1.2.11:8080`,
    `rule ${CLUSTER} ip saddr @${set} goto ${chain}`,
    `rule ${CLUSTER} numgen random mod 1 vmap { 0 : goto ${chain} }`,
  ])
})

test('[N16] endpoints of this node that it reaches may call themselves through the Service', () => {
  const lines = addedTexts([cart({}, [here('10.1.1.1'), there('10.1.2.11'), here('10.1.1.2', { ready: false })])])
  expect(lines.filter((line) => line.startsWith('element hairpin'))).toEqual([
    'element hairpin-connections { 10.1.1.1 . 10.1.1.1 . tcp . 8080 }',
  ])
})

describe('[N17] an address that two Services claim', () => {
  const claiming = (name: string, over?: Partial<ServiceRecord>) => ({
    service: service({ name, clusterIP: '10.96.0.20', clusterIPs: ['10.96.0.20'], ...over } as never),
    slices: [slice({ serviceName: name, endpoints: [there('10.1.2.11')] })],
  })
  test('goes to the later one; which that is, a Go map decides', () => {
    const elements = addedTexts([claiming('one'), claiming('two')]).filter((line) => line.includes('service-ips'))
    expect(elements).toHaveLength(1)
    expect(elements[0]).toContain('shop/two/tcp/http')
  })

  test('keeps the first comment where the verdict is the same', () => {
    const none = (name: string) => ({ ...claiming(name), slices: [] })
    expect(addedTexts([none('one'), none('two')])).toContain(
      'element no-endpoint-services { 10.96.0.20 . tcp . 80 comment "shop/one:http" : goto reject-chain }',
    )
  })
})

test('nothing is added for a Service that is not proxied', () => {
  expect(addedTexts([cart({ clusterIP: 'None' }, [there('10.1.2.11')])])).toEqual([])
})

test.each([
  ['balanced', { type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/25'] }],
  [
    'sticky and Local',
    { sessionAffinity: 'ClientIP', internalTrafficPolicy: 'Local', type: 'NodePort', externalTrafficPolicy: 'Local' },
  ],
  ['Local', { internalTrafficPolicy: 'Local', type: 'NodePort', externalTrafficPolicy: 'Local' }],
] as const)('every reason has a sentence: %s', (_name, over) => {
  const ports = [servicePort({ nodePort: 30_080 })]
  const loadBalancerIngress = [{ ip: '203.0.113.9', hostname: undefined, ipMode: undefined }]
  const exposed = { ports, loadBalancerIngress, externalIPs: ['198.51.100.7'], ...over }
  for (const endpoints of [[here('10.1.1.1'), there('10.1.2.9')], [there('10.1.2.9')], []]) {
    for (const { about } of predictNftables(ruleInput([cart(exposed, endpoints)]))) {
      expect(Object.keys(reasons)).toContain(about.code)
    }
  }
})

test('every line names its Service, port, and the fields it comes from', () => {
  const sticky = cart(
    {
      sessionAffinity: 'ClientIP',
      type: 'LoadBalancer',
      ports: [servicePort({ name: 'other' }), servicePort({ nodePort: 30_080 })],
      externalIPs: ['fd00::7', '198.51.100.7'],
      loadBalancerIngress: [{ ip: '203.0.113.9', hostname: undefined, ipMode: undefined }],
      loadBalancerSourceRanges: ['203.0.113.0/25'],
    },
    [there('10.1.2.9'), here('10.1.1.1')],
  )
  const lines = predictNftables(ruleInput([sticky])).filter(({ port }) => port === 'http/TCP')
  expect(lines.every(({ service, table }) => service === 'shop/cart' && table === 'ip kube-proxy')).toBe(true)
  expect(lines.every(({ facts }) => facts.length > 0)).toBe(true)
  const factsOf = (code: string) =>
    lines.find(({ about }) => about.code === code)?.facts.map(({ id, field }) => `${id} ${field}`)
  expect(factsOf('nft-capture-external-ip')).toEqual(['shop/cart spec.externalIPs[1]', 'shop/cart spec.ports[1].port'])
  expect(factsOf('nft-capture-node-port')).toEqual(['shop/cart spec.ports[1].nodePort'])
  expect(factsOf('nft-hairpin')).toEqual([
    'shop/cart-a1b2c endpoints[1].addresses[0]',
    'shop/cart-a1b2c endpoints[1].nodeName',
  ])
  expect(lines.flatMap(({ about, endpoint }) => (about.code === 'nft-dnat' ? [endpoint] : []))).toEqual(
    expect.arrayContaining(['10.1.1.1:8080', '10.1.2.9:8080']),
  )
})
