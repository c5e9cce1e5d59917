import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterRecord, ServiceRecord } from '../model/records'
import { eventsOf } from '../testing/address-cluster'
import { pod, service, servicePort } from '../testing/builders'
import { meaningOf } from './app-protocol'
import { nodePortFindings } from './node-port'
import { portFacts } from './port-facts'

const on = (nodePort: number | undefined, over: Parameters<typeof service>[0] = {}): ServiceRecord =>
  service({ type: 'NodePort', ports: [servicePort({ nodePort })], ...over })
const other = (name: string, nodePort: number, protocol: 'TCP' | 'UDP' = 'TCP') =>
  on(nodePort, { name, ports: [servicePort({ nodePort, protocol })] })

function said(own: ServiceRecord, others: readonly ClusterRecord[] = []) {
  const store = createClusterStore()
  store.apply(eventsOf([own, ...others]))
  const [port] = own.ports
  return port && nodePortFindings(store, own, port)
}

describe('[T5] a node port', () => {
  const taken = (code: string, services: string, count: number) => [
    { code, values: { nodePort: 30_080, services, count } },
  ]
  test.each<[string, ServiceRecord, readonly ClusterRecord[], object[]]>([
    ['the first of the range', on(30_000), [], []],
    ['the last of the range', on(32_767), [], []],
    [
      'one below it',
      on(29_999),
      [],
      [{ code: 'node-port-outside', values: { nodePort: 29_999, first: 30_000, last: 32_767 } }],
    ],
    [
      'one above it',
      on(32_768),
      [],
      [{ code: 'node-port-outside', values: { nodePort: 32_768, first: 30_000, last: 32_767 } }],
    ],
    ['with other ports of others', on(30_080), [other('a', 30_081)], []],
    [
      'that others have',
      on(30_080),
      [other('a', 30_080), other('b', 30_081)],
      taken('node-port-taken', 'shop/a (TCP)', 1),
    ],
    [
      'that others have by another protocol',
      on(30_080),
      [other('a', 30_080, 'UDP')],
      taken('node-port-shared', 'shop/a (UDP)', 1),
    ],
    [
      'that others have by its own protocol, who alone are named',
      on(30_080),
      [other('a', 30_080, 'UDP'), other('b', 30_080)],
      taken('node-port-taken', 'shop/b (TCP)', 1),
    ],
    [
      'that many have, of whom five are named',
      on(30_080),
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => other(name, 30_080)),
      taken('node-port-taken', ['a', 'b', 'c', 'd', 'e'].map((name) => `shop/${name} (TCP)`).join(', '), 6),
    ],
    ['that it has not yet', on(undefined), [], [{ code: 'node-port-missing', values: {} }]],
    [
      'that a load balancer has not yet',
      on(0, { type: 'LoadBalancer' }),
      [],
      [{ code: 'node-port-missing', values: {} }],
    ],
    [
      'that a load balancer does not want',
      on(0, { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }),
      [],
      [{ code: 'node-port-not-wanted', values: {} }],
    ],
    ['that its type has not', on(0, { type: 'ClusterIP' }), [], []],
  ])('%s', (_, own, others, expected) => expect(said(own, others)).toEqual(expected))
})

test('[T4] what appProtocol tells, with what is written', () => {
  expect(meaningOf('grpc')).toEqual([{ code: 'app-iana', values: { value: 'grpc' } }])
  expect(meaningOf('')).toEqual([])
})

describe('[T2] the pods behind a port', () => {
  const facts = (...pods: readonly ReturnType<typeof pod>[]) => {
    const own = service({ ports: [servicePort({ targetPort: 'http' })] })
    const store = createClusterStore()
    store.apply(eventsOf([own, ...pods]))
    return portFacts(store, own)[0]?.groups
  }
  const at = (name: string, containerPort: number, phase = 'Running') => {
    const plain = pod({ name, phase })
    const ports = [{ name: 'http', protocol: 'TCP', containerPort } as const]
    return { ...plain, containers: plain.containers.map((one) => ({ ...one, ports })) }
  }

  test('in the order of their numbers, three of each named', () => {
    expect(facts(at('a', 9), at('b', 8), at('c', 8), at('d', 8), at('e', 8))).toEqual([
      { number: 8, pods: 4, examples: ['b', 'c', 'd'] },
      { number: 9, pods: 1, examples: ['a'] },
    ])
  })

  test.each(['Failed', 'Succeeded'])('without those that have %s', (phase) => {
    expect(facts(at('a', 9, phase))).toEqual([])
  })
})
