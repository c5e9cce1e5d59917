import { describe, expect, test } from 'vitest'
import { node, nodeMap, pod, service } from '../proxy/testing'
import { desiredEndpoints, endpointIdentity, isSameEndpoint, isSliced, slicedFamilies } from './desired-endpoints'

const NODES = nodeMap(node('node-a', 'zone-a'), node('node-b'))
const desired = (pods: ReturnType<typeof pod>[], spec: object = {}, family: 'IPv4' | 'IPv6' = 'IPv4') =>
  desiredEndpoints({ service: service({ selector: { app: 'cart' }, ...spec }), pods, nodes: NODES }, family)
const endpoints = (...of: Parameters<typeof desired>) =>
  [...desired(...of).groups.values()].flatMap((group) => [...group.endpoints.values()])

describe('[S1] Services that are sliced', () => {
  test.each([
    ['one with a selector', { selector: { app: 'cart' } }, true],
    ['not ExternalName', { selector: { app: 'cart' }, type: 'ExternalName' }, false],
    ['not one without a selector', {}, false],
    ['not one with an empty selector', { selector: {} }, false],
  ])('%s', (_, spec, sliced) => {
    expect(isSliced(service(spec))).toBe(sliced)
  })
})

describe('[S2] families', () => {
  test.each([
    ['those of ipFamilies', { ipFamilies: ['IPv6', 'IPv4'] }, ['IPv6', 'IPv4']],
    ['else that of the cluster IP', { ipFamilies: [], clusterIP: 'fd00::1' }, ['IPv6']],
    ['else that of the cluster IP, IPv4', { ipFamilies: [] }, ['IPv4']],
    ['both when headless', { ipFamilies: [], clusterIP: 'None' }, ['IPv4', 'IPv6']],
    ['both when not allocated', { ipFamilies: [], clusterIP: '' }, ['IPv4', 'IPv6']],
  ])('%s', (_, spec, families) => {
    expect(slicedFamilies(service(spec))).toEqual(families)
  })
})

describe('[S3] pods in slices', () => {
  test.each([
    ['running', pod('p', '10.0.0.1'), ['10.0.0.1']],
    ['pending with an address', pod('p', '10.0.0.1', { status: { phase: 'Pending' } }), ['10.0.0.1']],
    ['terminating', pod('p', '10.0.0.1', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }), ['10.0.0.1']],
    ['not succeeded', pod('p', '10.0.0.1', { status: { phase: 'Succeeded' } }), []],
    ['not failed', pod('p', '10.0.0.1', { status: { phase: 'Failed' } }), []],
    ['not without an address', pod('p', undefined), []],
    ['not without an address of the family', pod('p', 'fd00::1'), []],
    [
      'with the addresses of the family, canonical and in order',
      pod('p', undefined, { status: { podIPs: [{ ip: '10.0.0.9' }, { ip: 'fd00::1' }, { ip: '010.0.0.1' }] } }),
      ['10.0.0.1', '10.0.0.9'],
    ],
  ])('%s', (_, subject, addresses) => {
    expect(endpoints([subject]).flatMap((one) => one.addresses)).toEqual(addresses)
  })
})

test('an endpoint as it is derived from its pod has no hints yet', () => {
  expect(endpoints([pod('p', '10.0.0.1')]).map(({ hintZones, hintNodes }) => [hintZones, hintNodes])).toEqual([
    [[], []],
  ])
})

describe('[S4] conditions', () => {
  const of = (ready: boolean, terminating: boolean) =>
    pod('p', '10.0.0.1', {
      status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
      ...(terminating && { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }),
    })
  test.each([
    [of(true, false), false, [true, true, false]],
    [of(false, false), false, [false, false, false]],
    [of(true, true), false, [false, true, true]],
    [of(false, true), false, [false, false, true]],
    [of(false, true), true, [true, false, true]],
    [pod('p', '10.0.0.1', { status: { conditions: [] } }), false, [false, false, false]],
  ])('%#: publishNotReadyAddresses %s', (subject, publishNotReadyAddresses, expected) => {
    const [found] = endpoints([subject], { publishNotReadyAddresses })
    expect([found?.ready, found?.serving, found?.terminating]).toEqual(expected)
    expect(found?.absentConditions).toEqual([])
  })
})

describe('[S5] where an endpoint stands', () => {
  const named = (subdomain: string) => pod('p', '10.0.0.1', { spec: { hostname: 'p-0', subdomain } })
  test.each([
    ['node and its zone', pod('p', '10.0.0.1'), ['node-a', 'zone-a', undefined]],
    [
      'no zone on an unlabelled node',
      pod('p', '10.0.0.1', { spec: { nodeName: 'node-b' } }),
      ['node-b', undefined, undefined],
    ],
    ['hostname if the subdomain is the Service', named('cart'), ['node-a', 'zone-a', 'p-0']],
    ['no hostname if it is not', named('web'), ['node-a', 'zone-a', undefined]],
  ])('%s', (_, subject, expected) => {
    const [found] = endpoints([subject])
    expect([found?.nodeName, found?.zone, found?.hostname]).toEqual(expected)
    expect(found?.targetRef).toEqual({ kind: 'Pod', namespace: 'shop', name: 'p', uid: 'uid-p' })
  })
})

describe('[S7] pods are grouped by port map', () => {
  const web = (name: string, ip: string, port?: number) =>
    pod(name, ip, { spec: { containers: [{ name: 'c', ports: port ? [{ name: 'web', containerPort: port }] : [] }] } })
  test('one group per list of numbers, and an empty list for a pod without the name', () => {
    const { groups } = desired(
      [web('a', '10.0.0.1', 1), web('b', '10.0.0.2', 2), web('c', '10.0.0.3', 1), web('d', '10.0.0.4')],
      {
        ports: [{ port: 80, targetPort: 'web' }],
      },
    )
    const found = [...groups.values()].map((group) => [
      group.ports.map(({ port }) => port),
      [...group.endpoints.values()].map(({ targetRef }) => targetRef?.name),
    ])
    expect(found).toEqual([
      [[1], ['a', 'c']],
      [[2], ['b']],
      [[], ['d']],
    ])
  })

  test('numbers beside names: the names are still looked up per pod', () => {
    const ports = [
      { name: 'fixed', port: 80, targetPort: 8080 },
      { name: 'named', port: 81, targetPort: 'web' },
    ]
    const { groups } = desired([web('a', '10.0.0.1', 1), web('b', '10.0.0.2', 2)], { ports })
    expect([...groups.values()].map((group) => group.ports.map(({ port }) => port))).toEqual([
      [8080, 1],
      [8080, 2],
    ])
  })
})

describe('[S8] a pod on an unknown node', () => {
  const lost = pod('lost', '10.0.0.1', { spec: { nodeName: 'gone' } })
  const unbound = pod('unbound', '10.0.0.2', { spec: { nodeName: undefined } })
  test('is left out and reported, but its group exists', () => {
    const { groups, skipped } = desired([lost, unbound])
    expect(skipped).toEqual([
      { pod: 'lost', node: 'gone' },
      { pod: 'unbound', node: '' },
    ])
    expect([...groups.values()].map((group) => group.endpoints.size)).toEqual([0])
  })

  test('is not reported if it has no address or has ended: it would not be in a slice anyway', () => {
    const gone = { spec: { nodeName: 'gone' } }
    const { groups, skipped } = desired([
      pod('early', undefined, gone),
      pod('late', '10.0.0.3', { ...gone, status: { phase: 'Failed' } }),
    ])
    expect([groups.size, skipped]).toEqual([0, []])
  })

  test('is in when the Service publishes all addresses', () => {
    const found = desired([lost], { publishNotReadyAddresses: true })
    expect(found.skipped).toEqual([])
    expect([...found.groups.values()].map((group) => group.endpoints.size)).toEqual([1])
  })
})

test('[S2] a cluster IP that cannot be read counts as IPv4', () => {
  expect(slicedFamilies(service({ clusterIP: 'bogus', clusterIPs: ['bogus'], ipFamilies: [] }))).toEqual(['IPv4'])
})

test('[S3] a pod without an address of the family, or with one that cannot be read, is no endpoint', () => {
  expect([endpoints([pod('p', '10.0.0.1')], {}, 'IPv6'), endpoints([pod('p', 'bogus')])]).toEqual([[], []])
})

describe('[S9] the same endpoint, perhaps changed', () => {
  const [base] = endpoints([pod('p', '10.0.0.1')])
  if (!base) throw new Error('no endpoint')
  test.each([
    ['hints', { hintZones: ['zone-a'] }, true, true],
    ['ready', { ready: false }, true, false],
    ['serving', { serving: false }, true, false],
    ['terminating', { terminating: true }, true, false],
    ['node', { nodeName: 'node-b' }, true, false],
    ['zone', { zone: undefined }, true, false],
    ['uid of the pod', { targetRef: { kind: 'Pod', namespace: 'shop', name: 'p', uid: 'other' } }, true, false],
    ['kind of the target', { targetRef: { kind: 'Other', namespace: 'shop', name: 'p', uid: 'uid-p' } }, true, false],
    ['target: none', { targetRef: undefined }, false, false],
    ['an absent condition', { absentConditions: ['ready' as const] }, true, false],
    ['name of the pod', { targetRef: { kind: 'Pod', namespace: 'shop', name: 'q', uid: 'uid-p' } }, false, true],
    ['address', { addresses: ['10.0.0.2'] }, false, true],
    ['hostname', { hostname: 'p-0' }, false, true],
  ])('another %s', (_, change, sameIdentity, equal) => {
    const other = { ...base, ...change }
    expect(endpointIdentity(other) === endpointIdentity(base)).toBe(sameIdentity)
    expect(isSameEndpoint(other, base)).toBe(equal)
  })

  test('two host names are two endpoints', () => {
    const [a, b] = ['p-0', 'p-1'].map((hostname) => endpointIdentity({ ...base, hostname }))
    expect(a).not.toBe(b)
  })

  test('a new endpoint has no hints', () => {
    expect([base.hintZones, base.hintNodes]).toEqual([[], []])
  })

  test('endpoints without a target are compared all the same', () => {
    const bare = { ...base, targetRef: undefined }
    expect([isSameEndpoint(base, bare), isSameEndpoint(bare, bare)]).toEqual([false, true])
    const empty = { ...base, targetRef: { kind: 'Pod', namespace: '', name: '', uid: '' } }
    expect(endpointIdentity(bare)).toBe(endpointIdentity(empty))
  })

  test('addresses in another order are the same endpoint', () => {
    expect(endpointIdentity({ ...base, addresses: ['b', 'a'] })).toBe(
      endpointIdentity({ ...base, addresses: ['a', 'b'] }),
    )
  })
})
