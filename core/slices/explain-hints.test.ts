import { describe, expect, test } from 'vitest'
import { endpoint, record, service, slice } from '../proxy/testing'
import { explainHints } from './explain-hints'

const OWN = { labels: { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' } }
const AUTO = { annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } }
const SELECTED = { selector: { app: 'cart' } }
const SAME_ZONE = { ...SELECTED, trafficDistribution: 'PreferSameZone' }

const node = (name: string, zone?: string, cpu = '4') =>
  record('Node', {
    metadata: { name, labels: zone ? { 'topology.kubernetes.io/zone': zone } : {} },
    status: { allocatable: { cpu }, conditions: [{ type: 'Ready', status: 'True' }] },
  })
const NODES = [node('a', 'zone-a'), node('b', 'zone-b')]

const plain = (last: number, zone: string | undefined = 'zone-a') => endpoint(last, 'ready', { zone })
const hinted = (last: number) => endpoint(last, 'ready', { zone: 'zone-a', hints: { forZones: [{ name: 'zone-a' }] } })

const explain = (
  spec: object,
  extra: object,
  slices: Parameters<typeof explainHints>[0]['slices'],
  nodes: typeof NODES | undefined = NODES,
) => explainHints({ service: service({ ...spec }, { ...extra }), slices, nodes })

describe('[S27] hints of a family: all, some or none, and why', () => {
  test.each([
    ['not asked for', SELECTED, {}, [slice([plain(1)], OWN)], 'none', ['hints-not-asked']],
    [
      'asked and given',
      SAME_ZONE,
      {},
      [slice([hinted(1), endpoint(2, 'not-ready')], OWN)],
      'all',
      ['hints-asked-by-distribution'],
    ],
    [
      'given to some: the rest is awaited',
      SAME_ZONE,
      {},
      [slice([hinted(1), plain(2)], OWN)],
      'some',
      ['hints-asked-by-distribution', 'hints-awaited'],
    ],
    [
      'an endpoint without a zone',
      SAME_ZONE,
      {},
      [slice([hinted(1), endpoint(2)], OWN)],
      'some',
      ['hints-asked-by-distribution', 'safeguard-endpoint-without-zone'],
    ],
    [
      'an unknown value',
      { ...SELECTED, trafficDistribution: 'Bogus' },
      {},
      [slice([plain(1)], OWN)],
      'none',
      ['hints-distribution-unknown'],
    ],
    [
      'an annotation of another spelling',
      SELECTED,
      { annotations: { 'service.kubernetes.io/topology-mode': 'AUTO' } },
      [slice([plain(1)], OWN)],
      'none',
      ['hints-annotation-value'],
    ],
    [
      'too few endpoints for the zones',
      SELECTED,
      AUTO,
      [slice([plain(1)], OWN)],
      'none',
      ['hints-asked-by-annotation', 'safeguard-too-few-endpoints'],
    ],
    [
      'the annotation beats the field',
      SAME_ZONE,
      AUTO,
      [slice([plain(1)], OWN)],
      'none',
      ['hints-asked-by-annotation', 'hints-annotation-wins', 'safeguard-too-few-endpoints'],
    ],
    [
      'overload',
      SELECTED,
      AUTO,
      [slice([plain(1), plain(2), plain(3)], OWN)],
      'none',
      ['hints-asked-by-annotation', 'safeguard-overload'],
    ],
    [
      'no safeguard failed',
      SELECTED,
      AUTO,
      [slice([plain(1), plain(2)], OWN)],
      'none',
      ['hints-asked-by-annotation', 'hints-awaited'],
    ],
    [
      'topology hints and an endpoint without a zone',
      SELECTED,
      AUTO,
      [slice([endpoint(1), plain(2)], OWN)],
      'none',
      ['hints-asked-by-annotation', 'safeguard-endpoint-without-zone'],
    ],
    [
      'a hand-made slice beside the controller’s',
      SAME_ZONE,
      {},
      [slice([hinted(1)], OWN), slice([plain(2)], { name: 'mine' })],
      'some',
      ['hints-asked-by-distribution', 'hints-hand-made-slice'],
    ],
    [
      'a slice of another manager',
      SAME_ZONE,
      {},
      [
        slice([hinted(1)], OWN),
        slice([plain(2)], { name: 'theirs', labels: { 'endpointslice.kubernetes.io/managed-by': 'me' } }),
      ],
      'some',
      ['hints-asked-by-distribution', 'hints-other-manager'],
    ],
    [
      'no selector: nobody writes hints',
      { trafficDistribution: 'PreferClose' },
      {},
      [slice([plain(1)], { name: 'mine' })],
      'none',
      ['hints-asked-by-distribution', 'hints-no-selector', 'hints-hand-made-slice'],
    ],
    ['nothing ready', SAME_ZONE, {}, [slice([endpoint(1, 'not-ready')], OWN)], 'none', ['hints-nothing-ready']],
    [
      'unready endpoints published as ready',
      { ...SAME_ZONE, publishNotReadyAddresses: true },
      {},
      [slice([{ ...hinted(1), conditions: { ready: true, serving: false } }], OWN)],
      'all',
      ['hints-asked-by-distribution', 'hints-publish-not-ready'],
    ],
  ] as const)('%s', (_, spec, extra, slices, state, codes) => {
    const found = explain(spec, extra, slices)
    expect(found.map((one) => [one.family, one.state, one.reasons.map(({ code }) => code)])).toEqual([
      ['IPv4', state, codes],
    ])
  })

  test.each([
    ['a node without a zone', [...NODES, node('c')], 'safeguard-node-facts', { node: 'c', nodes: 1 }],
    ['a node without CPU', [...NODES, node('c', 'zone-c', '0')], 'safeguard-node-facts', { node: 'c', nodes: 1 }],
    ['one zone', [node('a', 'zone-a')], 'safeguard-one-zone', { zone: 'zone-a' }],
    ['no node that counts', [], 'safeguard-no-node', {}],
    ['nodes that cannot be read', undefined, 'safeguard-nodes-unknown', {}],
  ] as const)('the safeguard and its numbers: %s', (_, nodes, code, values) => {
    const subject = service({ ...SELECTED }, { ...AUTO })
    const [found] = explainHints({ service: subject, slices: [slice([plain(1), plain(2)], OWN)], nodes })
    expect(found?.reasons.at(-1)).toEqual({ code, values })
  })

  const reasonsOf = (spec: object, extra: object, slices: Parameters<typeof explain>[2], nodes?: typeof NODES) =>
    explainHints({ service: service({ ...spec }, { ...extra }), slices, nodes }).flatMap(({ reasons }) => reasons)
  const theirs = (...endpoints: ReturnType<typeof plain>[]) =>
    slice(endpoints, { name: 'theirs', labels: { 'endpointslice.kubernetes.io/managed-by': 'me' } })

  test.each([
    [
      'what the Service asks',
      SAME_ZONE,
      AUTO,
      [slice([plain(1), plain(2)], OWN)],
      [
        {
          code: 'hints-asked-by-annotation',
          values: { annotation: 'service.kubernetes.io/topology-mode', value: 'Auto' },
        },
        { code: 'hints-annotation-wins', values: { value: 'PreferSameZone' } },
        { code: 'hints-awaited', values: {} },
      ],
    ],
    [
      'the first endpoint without a zone, and how many there are',
      SAME_ZONE,
      {},
      [slice([hinted(1), endpoint(2), endpoint(3)], OWN)],
      [
        { code: 'hints-asked-by-distribution', values: { value: 'PreferSameZone' } },
        { code: 'safeguard-endpoint-without-zone', values: { endpoint: '10.0.0.2', endpoints: 2 } },
      ],
    ],
    [
      'slices of others',
      SAME_ZONE,
      {},
      [slice([hinted(1)], OWN), theirs(plain(2)), slice([hinted(3), plain(4)], { name: 'mine' })],
      [
        { code: 'hints-asked-by-distribution', values: { value: 'PreferSameZone' } },
        { code: 'hints-other-manager', values: { slice: 'theirs', manager: 'me' } },
        { code: 'hints-hand-made-slice', values: { slice: 'mine' } },
      ],
    ],
    [
      'how many unready endpoints are published',
      { ...SAME_ZONE, publishNotReadyAddresses: true },
      {},
      [
        slice(
          [hinted(1), { ...hinted(2), conditions: { ready: true, serving: false } }, endpoint(3, 'not-ready')],
          OWN,
        ),
      ],
      [
        { code: 'hints-asked-by-distribution', values: { value: 'PreferSameZone' } },
        { code: 'hints-publish-not-ready', values: { endpoints: 1 } },
      ],
    ],
    [
      'nothing of published endpoints that carry no hint',
      { publishNotReadyAddresses: true },
      {},
      [slice([{ ...plain(1), conditions: { ready: true, serving: false } }], OWN)],
      [{ code: 'hints-not-asked', values: {} }],
    ],
  ])('reasons tell %s', (_, spec, extra, slices, expected) => {
    expect(reasonsOf(spec, extra, slices, NODES)).toEqual(expected)
  })

  const unready = (last: number, zone?: string) => endpoint(last, 'not-ready', { zone })
  test.each([
    [
      'one that is not ready and has no zone stands in no way',
      SAME_ZONE,
      {},
      [slice([hinted(1), plain(2), unready(3)], OWN)],
      'hints-awaited',
    ],
    [
      'nor does it with topology hints',
      SELECTED,
      AUTO,
      [slice([plain(1), plain(2), unready(3)], OWN)],
      'hints-awaited',
    ],
    [
      'nor is it counted among the endpoints',
      SELECTED,
      AUTO,
      [slice([plain(1), plain(2), unready(3, 'zone-a')], OWN)],
      'hints-awaited',
    ],
    [
      'of slices of others those with all hints are left alone',
      SAME_ZONE,
      {},
      [slice([hinted(1), plain(2)], OWN), theirs(hinted(3), unready(4))],
      'hints-awaited',
    ],
    [
      'ready but not serving is nothing published where the Service publishes nothing',
      SAME_ZONE,
      {},
      [slice([plain(1), { ...hinted(2), conditions: { ready: true, serving: false } }], OWN)],
      'hints-awaited',
    ],
    [
      'nor where all are ready and serving',
      { ...SAME_ZONE, publishNotReadyAddresses: true },
      {},
      [slice([plain(1), hinted(2)], OWN)],
      'hints-awaited',
    ],
  ])('%s', (_, spec, extra, slices, last) => {
    expect(reasonsOf(spec, extra, slices, NODES).at(-1)?.code).toBe(last)
  })

  test('trafficDistribution asks no node anything', () => {
    expect(reasonsOf(SAME_ZONE, {}, [slice([plain(1)], OWN)]).at(-1)?.code).toBe('hints-awaited')
  })

  test('each family by itself; FQDN slices have none', () => {
    const six = slice([{ addresses: ['fd00::1'], zone: 'zone-a' }], { ...OWN, name: 'six', addressType: 'IPv6' })
    const fqdn = slice([{ addresses: ['a.example'] }], { name: 'fqdn', addressType: 'FQDN' })
    const found = explain(SAME_ZONE, {}, [slice([hinted(1)], OWN), six, fqdn])
    expect(found.map(({ family, state }) => [family, state])).toEqual([
      ['IPv4', 'all'],
      ['IPv6', 'none'],
    ])
    expect(explain(SAME_ZONE, {}, [fqdn])).toEqual([])
  })
})
