import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterRecord, Kind, PodRecord, Protocol, ServiceRecord } from '../model/records'
import { portMapOf } from '../slices/port-map'
import { eventsOf } from '../testing/address-cluster'
import { container, pod, service, servicePort, slice, slicePort } from '../testing/builders'
import { portFacts } from './port-facts'

function factsOf(of: ServiceRecord, records: readonly ClusterRecord[] = [], unknown: readonly Kind[] = []) {
  const store = createClusterStore()
  store.apply(eventsOf([of, ...records], unknown))
  return portFacts(store, of)
}

const offering = (name: string, ...ports: readonly [string, number, Protocol?][]): PodRecord =>
  pod({
    name,
    containers: [
      container({
        ports: ports.map(([port, containerPort, protocol = 'TCP']) => ({ name: port, containerPort, protocol })),
      }),
    ],
  })

const http = (over = {}) => service({ ports: [servicePort({ targetPort: 'http', ...over })] })
const first = (...of: Parameters<typeof factsOf>) => {
  const [fact] = factsOf(...of)
  if (!fact) throw new Error('no port')
  return fact
}
const codes = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code)

describe('[T1] a numeric target', () => {
  const by = (targetPort: number | undefined) => service({ ports: [servicePort({ port: 80, targetPort })] })
  test('is taken as it is in every pod, declared or not', () => {
    const fact = first(by(9000), [offering('a', ['http', 9000]), offering('b')])
    expect(fact.groups).toEqual([{ number: 9000, pods: 2, examples: ['a', 'b'] }])
    expect(fact.findings).toEqual([{ code: 'target-undeclared', values: { number: 9000, protocol: 'TCP', count: 1 } }])
  })

  test('declared with another protocol is not declared', () => {
    expect(codes(first(by(9000), [offering('a', ['http', 9000, 'UDP'])]))).toEqual(['target-undeclared'])
  })

  test('that is not set is the port', () => {
    const fact = first(by(undefined), [offering('a', ['http', 80])])
    expect([fact.target, fact.groups[0]?.number, codes(fact)]).toEqual([80, 80, ['target-unset']])
  })
})

describe('[T2] a named target', () => {
  test('is looked up in each pod, and may be several numbers', () => {
    const fact = first(http(), [
      offering('a', ['http', 8080]),
      offering('b', ['http', 8081]),
      offering('c', ['http', 8080]),
    ])
    expect(fact.groups.map(({ number, pods }) => [number, pods])).toEqual([
      [8080, 2],
      [8081, 1],
    ])
    expect(codes(fact)).toEqual(['target-several'])
  })

  test('is missed by pods without the name, and by those that have it with another protocol', () => {
    const fact = first(http(), [
      offering('a', ['http', 8080]),
      offering('b', ['web', 8080]),
      offering('c', ['http', 8080, 'UDP']),
    ])
    expect(fact.missing).toEqual([
      { pod: 'shop/b', otherProtocols: [] },
      { pod: 'shop/c', otherProtocols: ['UDP'] },
    ])
    expect(codes(fact)).toEqual(['target-missing', 'target-other-protocol'])
  })

  test('is not looked up in pods that have ended', () => {
    const ended = { ...offering('b'), phase: 'Succeeded' }
    expect(first(http(), [offering('a', ['http', 8080]), ended]).missingCount).toBe(0)
  })

  test('lists twenty pods that lack it and counts them all', () => {
    const fact = first(
      http(),
      Array.from({ length: 30 }, (_, i) => offering(`p${i}`)),
    )
    expect([fact.missing.length, fact.missingCount]).toEqual([20, 30])
  })

  test('resolves as the slice controller resolves it', () => {
    const ports = fc.array(
      fc.tuple(fc.constantFrom('http', 'web'), fc.integer({ min: 1, max: 9 }), fc.constantFrom<Protocol>('TCP', 'UDP')),
      { maxLength: 3 },
    )
    fc.assert(
      fc.property(fc.array(ports, { minLength: 1, maxLength: 4 }), (all) => {
        const pods = all.map((own, i) => offering(`p${i}`, ...own))
        const fact = first(http(), pods)
        const wanted = pods.map((one) => portMapOf(http(), one)[0]?.port)
        expect(fact.missingCount).toBe(wanted.filter((number) => number === undefined).length)
        const counts = new Map<number, number>()
        for (const number of wanted) if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1)
        expect(new Map(fact.groups.map((group) => [group.number, group.pods]))).toEqual(counts)
      }),
      { numRuns: 100 },
    )
  })
})

describe('what cannot be resolved', () => {
  test.each<[string, ServiceRecord, readonly Kind[], string]>([
    [
      'an ExternalName leads nowhere',
      service({ type: 'ExternalName', externalName: 'example.com' }),
      [],
      'external-name',
    ],
    ['without a selector the slices decide', service({ selector: undefined }), [], 'no-selector'],
    ['pods that are not read', service(), ['Pod'], 'pods-unknown'],
    ['no pods', service(), [], 'no-pods'],
  ])('[T2] %s', (_name, of, unknown, code) => expect(codes(first(of, [], unknown))).toEqual([code]))
})

describe('[T3] slices of other hands', () => {
  const manual = (port: number, over = {}) =>
    slice({ name: `own-${port}`, managedBy: 'me', ports: [slicePort({ port, ...over })], ...over })
  const free = service({ selector: undefined, ports: [servicePort({ targetPort: 8080 })] })
  test('count with their own number, which is said where it is another', () => {
    expect(first(free, [manual(9090), manual(8080)]).findings.at(-1)).toEqual({
      code: 'slice-differs',
      values: { number: 9090, target: '8080', slices: 'own-9090', count: 1 },
    })
  })

  test('of the controller itself, of another name or protocol, say nothing', () => {
    const none = [
      slice({ name: 'a', ports: [slicePort({ port: 9090 })] }),
      slice({
        name: 'b',
        managedBy: 'me',
        ports: [slicePort({ name: 'x', port: 9090 }), slicePort({ protocol: 'UDP', port: 9090 })],
      }),
    ]
    expect(codes(first(free, none))).toEqual(['no-selector'])
  })
})

test.each([
  ['kubernetes.io/h2c', ['app-h2c']],
  ['kubernetes.io/ws', ['app-ws']],
  ['kubernetes.io/wss', ['app-wss']],
  ['http', ['app-http']],
  ['https', ['app-https']],
  ['postgresql', ['app-iana']],
  ['example.com/proxy', ['app-custom']],
  ['', []],
])('[T4] appProtocol %s', (appProtocol, expected) => {
  expect(codes(first(service({ ports: [servicePort({ appProtocol })] }), [offering('a', ['http', 8080])]))).toEqual(
    expected,
  )
})

describe('[T5] a node port', () => {
  const ready = offering('a', ['http', 8080])
  const of = (nodePort: number | undefined, over: Parameters<typeof service>[0] = {}) =>
    service({ type: 'NodePort', ports: [servicePort({ nodePort })], ...over })
  test.each<[string, ServiceRecord, readonly ClusterRecord[], readonly string[]]>([
    ['of its own says nothing', of(30_080), [], []],
    ['outside the range', of(20_080), [], ['node-port-outside']],
    [
      'outside the range that the API server says it has',
      of(30_080),
      [pod({ namespace: 'kube-system', name: 'kube-apiserver-a', nodePortRange: { first: 1, last: 9, flag: true } })],
      ['node-port-outside-told'],
    ],
    ['that another Service has', of(30_080), [of(30_080, { name: 'other' })], ['node-port-taken']],
    [
      'that another Service has with another protocol',
      of(30_080),
      [of(undefined, { name: 'other', ports: [servicePort({ protocol: 'UDP', nodePort: 30_080 })] })],
      ['node-port-shared'],
    ],
    [
      'that is the health check of another Service',
      of(30_080),
      [service({ name: 'other', type: 'LoadBalancer', healthCheckNodePort: 30_080 })],
      ['node-port-taken'],
    ],
    ['that is missing', of(0), [], ['node-port-missing']],
    [
      'that was not wanted',
      of(undefined, { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }),
      [],
      ['node-port-not-wanted'],
    ],
    ['that the type does not have', of(undefined, { type: 'ClusterIP' }), [], []],
  ])('%s', (_name, own, others, expected) => expect(codes(first(own, [ready, ...others]))).toEqual(expected))
})
