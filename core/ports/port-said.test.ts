// What is said of a port's target, with everything that it names.

import { describe, expect, test } from 'vitest'
import { createClusterStore } from '@/server/store/cluster-store'
import type { ClusterRecord, PodRecord, Protocol } from '../model/records'
import { eventsOf } from '../testing/address-cluster'
import { container, pod, service, servicePort, slice, slicePort } from '../testing/builders'
import { portFacts } from './port-facts'

type Port = readonly [string, number, Protocol?]
const ports = (all: readonly Port[]) =>
  all.map(([name, containerPort, protocol = 'TCP']) => ({ name, containerPort, protocol }))
const offering = (name: string, ...all: readonly Port[]): PodRecord =>
  pod({ name, containers: [container({ ports: ports(all) })] })

function factOf(targetPort: number | string | undefined, records: readonly ClusterRecord[] = []) {
  const own = service({ ports: [servicePort({ port: 80, targetPort })] })
  const store = createClusterStore()
  store.apply(eventsOf([own, ...records]))
  const [fact] = portFacts(store, own)
  if (!fact) throw new Error('no port')
  return fact
}

describe('[T2] a named target', () => {
  const name = { name: 'http', protocol: 'TCP' }
  test.each<[string, readonly PodRecord[], readonly object[]]>([
    ['one number', [offering('a', ['http', 8080])], []],
    [
      'two numbers',
      [offering('a', ['http', 8080]), offering('b', ['http', 8081])],
      [{ code: 'target-several', values: { ...name, count: 2 } }],
    ],
    [
      'missed by some',
      [offering('a', ['http', 8080]), offering('b'), offering('c', ['web', 8080])],
      [{ code: 'target-missing', values: { ...name, count: 2 } }],
    ],
    [
      'missed by some, and had by others with other protocols',
      [offering('a', ['http', 8080]), offering('b'), offering('c', ['http', 1, 'UDP'], ['http', 2, 'SCTP'])],
      [
        { code: 'target-missing', values: { ...name, count: 2 } },
        { code: 'target-other-protocol', values: { ...name, count: 1, other: 'UDP, SCTP' } },
      ],
    ],
  ])('%s', (_, pods, findings) => expect(factOf('http', pods).findings).toEqual(findings))

  test('a name of an init container is none, with another protocol either', () => {
    const init = container({ role: 'init', ports: ports([['http', 8080, 'UDP']]) })
    const { missing } = factOf('http', [pod({ name: 'a', containers: [init] })])
    expect(missing).toEqual([{ pod: 'shop/a', otherProtocols: [] }])
  })
})

describe('[T1] a numeric target', () => {
  test('is missed by nobody, and not declared by those who declare another', () => {
    const { missing, missingCount, findings } = factOf(8080, [offering('a', ['x', 8081]), offering('b', ['x', 8080])])
    expect([missing, missingCount]).toEqual([[], 0])
    expect(findings).toEqual([{ code: 'target-undeclared', values: { number: 8080, protocol: 'TCP', count: 1 } }])
  })

  test('that an init container alone declares is not declared', () => {
    const init = container({ role: 'init', ports: ports([['x', 8080]]) })
    const { findings } = factOf(8080, [pod({ name: 'a', containers: [init] })])
    expect(findings.map(({ code }) => code)).toEqual(['target-undeclared'])
  })

  test('that is not set is the port, and says which', () => {
    expect(factOf(undefined, [offering('a', ['x', 80])]).findings).toEqual([
      { code: 'target-unset', values: { port: 80 } },
    ])
  })
})

describe('[T3] what slices say that no controller made from these pods', () => {
  const hand = (name: string, port: number | undefined, over: Parameters<typeof slicePort>[0] = {}) =>
    slice({ name, managedBy: 'me', ports: [slicePort({ port, ...over })] })
  const differs = (targetPort: number | string | undefined, records: readonly ClusterRecord[]) =>
    factOf(targetPort, records).findings.filter(({ code }) => code === 'slice-differs')
  const found = (number: number, target: string, slices: string, count = 1) => ({
    code: 'slice-differs',
    values: { number, target, slices, count },
  })
  const at = offering('p', ['http', 8080])
  test.each<[string, number | string | undefined, readonly ClusterRecord[], readonly object[]]>([
    ['the number of the target', 8080, [hand('a', 8080)], []],
    ['another number', 8080, [hand('a', 81)], [found(81, '8080', 'a')]],
    ['the port, where no target is set', undefined, [hand('a', 80)], []],
    ['another, where no target is set', undefined, [hand('a', 81)], [found(81, '80', 'a')]],
    ['the number that the name has in pods', 'http', [at, hand('a', 8080)], []],
    ['another than the name has in pods', 'http', [at, hand('a', 80)], [found(80, 'http', 'a')]],
    ['any number, where no pod has the name', 'http', [hand('a', 80)], [found(80, 'http', 'a')]],
    ['no number', 8080, [hand('a', undefined)], []],
    ['another number for another port', 8080, [hand('a', 81, { name: 'x' })], []],
    ['another number for another protocol', 8080, [hand('a', 81, { protocol: 'UDP' })], []],
    ['another number by the controller', 8080, [slice({ ports: [slicePort({ port: 81 })] })], []],
    [
      'another number in many, three of them named',
      8080,
      ['a', 'b', 'c', 'd'].map((name) => hand(name, 81)),
      [found(81, '8080', 'a, b, c', 4)],
    ],
    ['two other numbers', 8080, [hand('a', 81), hand('b', 82)], [found(81, '8080', 'a'), found(82, '8080', 'b')]],
  ])('%s', (_, targetPort, records, expected) => expect(differs(targetPort, records)).toEqual(expected))

  test('a port without a name is the one without a name', () => {
    const own = service({ ports: [servicePort({ name: '', targetPort: 8080 })] })
    const store = createClusterStore()
    store.apply(eventsOf([own, hand('a', 81, { name: undefined })]))
    const codes = portFacts(store, own)[0]?.findings.map(({ code }) => code)
    expect(codes).toContain('slice-differs')
  })
})
