import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { serviceKey } from '../model/keys'
import type { ClusterRecord, EndpointSliceRecord, EndpointsRecord, Kind } from '../model/records'
import { endpoint, legacyEndpoints, node, service, slice } from '../testing/builders'
import { besideSlices } from './beside'
import { MIRRORING } from './sides'
import { orphansOf } from './strays'

const KINDS: readonly Kind[] = ['Service', 'EndpointSlice', 'Endpoints', 'Node', 'Pod']

function storeOf(records: readonly ClusterRecord[], unknown: readonly Kind[] = []) {
  const store = createClusterStore()
  store.apply([
    ...records.map((record) => ({ type: 'put', record }) as const),
    ...KINDS.filter((kind) => !unknown.includes(kind)).map((kind) => ({ type: 'synced', kind, scope: '' }) as const),
  ])
  return store
}

type Given = {
  readonly service?: Parameters<typeof service>[0]
  readonly slices?: readonly EndpointSliceRecord[]
  readonly legacy?: EndpointsRecord | undefined
  readonly others?: readonly ClusterRecord[]
  readonly unknown?: readonly Kind[]
}

function beside({ service: over, slices = [], legacy, others = [], unknown }: Given) {
  const records = [service(over), ...slices, ...(legacy ? [legacy] : []), ...others]
  const view = storeOf(records, unknown)
  const record = view.service(serviceKey('shop', 'cart'))
  if (!record) throw new Error('no Service')
  return besideSlices(view, record)
}

const listed = (
  ready: readonly string[],
  over?: Parameters<typeof legacyEndpoints>[0],
  notReady: readonly string[] = [],
) => {
  const addresses = (all: readonly string[]) =>
    all.map((ip) => ({ ip, hostname: undefined, nodeName: 'n1', targetRef: undefined }))
  const ports = [{ name: 'http', protocol: 'TCP', port: 8080, appProtocol: undefined }] as const
  const subsets = [{ addresses: addresses(ready), notReadyAddresses: addresses(notReady), ports }]
  return legacyEndpoints({ subsets, ...over })
}
const halves = (a: EndpointsRecord, b: EndpointsRecord) => ({ ...a, subsets: [...a.subsets, ...b.subsets] })
const ips = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `10.1.${Math.floor((i + from) / 250)}.${((i + from) % 250) + 1}`)
const sliced = (name: string, addresses: readonly string[], over?: Parameters<typeof slice>[0]) =>
  slice({ name, endpoints: addresses.map((address) => endpoint(address)), ...over })
const handMade = { service: { selector: undefined } } as const
const brief = ({ differences }: ReturnType<typeof beside>) =>
  differences.map(({ side, code, isExpected, count }) => `${side} ${code} ${isExpected ? 'expected' : 'odd'} ${count}`)

describe('differences', () => {
  test('[J5] both say the same: none', () => {
    expect(brief(beside({ slices: [sliced('a', ips(3))], legacy: listed(ips(3)) }))).toEqual([])
  })

  test('[J5] cut at a thousand: every address that is missing, counted and named', () => {
    const all = ips(1100)
    const made = beside({
      slices: Array.from({ length: 11 }, (_, i) => sliced(`s${i}`, all.slice(i * 100, i * 100 + 100))),
      legacy: listed([...all].sort().slice(0, 1000), { overCapacity: 'truncated' }),
    })
    expect(brief(made)).toEqual(['slices truncated odd 100'])
    expect(made.differences[0]?.addresses).toEqual([...all].sort().slice(1000))
    expect(made.legacy).toMatchObject({ ready: 1000, overCapacity: 'truncated' })
  })

  test.each<{ of: string; given: Given; is: readonly string[] }>([
    {
      of: 'an address that the controller should list and does not',
      given: { slices: [sliced('a', ips(3))], legacy: listed(ips(2)) },
      is: ['slices missing odd 1'],
    },
    {
      of: 'an address of a pod that is gone',
      given: { slices: [sliced('a', ips(2))], legacy: listed(ips(3)), others: [node({ name: 'n1' })] },
      is: ['endpoints stale odd 1'],
    },
    {
      of: 'a pod on a node that does not exist: slices leave it out, Endpoints does not look',
      given: { slices: [sliced('a', ips(2))], legacy: listed(ips(3)) },
      is: ['endpoints node-unknown expected 1'],
    },
    {
      of: 'a pod on a node of which nothing is known',
      given: { slices: [sliced('a', ips(2))], legacy: listed(ips(3)), unknown: ['Node'] },
      is: ['endpoints stale odd 1'],
    },
    {
      of: 'one that is terminating',
      given: {
        slices: [slice({ endpoints: [endpoint('10.1.0.1', { ready: false, terminating: true })] })],
        legacy: listed([]),
      },
      is: ['slices terminating expected 1'],
    },
    {
      of: 'the second family',
      given: {
        service: { ipFamilies: ['IPv4', 'IPv6'] },
        slices: [sliced('a', ips(1)), sliced('b', ['2001:db8::1'], { addressType: 'IPv6' })],
        legacy: listed(ips(1)),
      },
      is: ['slices other-family expected 1'],
    },
    {
      of: 'pods that lack the named port',
      given: { slices: [sliced('a', ips(1), { ports: [] })], legacy: listed([]) },
      is: ['slices no-port expected 1'],
    },
    {
      of: 'a slice somebody wrote, which nothing lists in Endpoints',
      given: { slices: [sliced('a', ips(2), { managedBy: undefined })], legacy: listed([]) },
      is: ['slices written-by-others expected 2'],
    },
    { of: 'no Endpoints object at all', given: { slices: [sliced('a', ips(2))] }, is: ['slices no-object expected 2'] },
    {
      of: 'ready in one, not ready in the other',
      given: { slices: [sliced('a', ips(2))], legacy: listed(ips(1), {}, ips(1, 1)) },
      is: ['both readiness odd 1'],
    },
    {
      of: 'hand-made Endpoints that ask not to be mirrored',
      given: { ...handMade, legacy: listed(ips(2), { skipMirror: true }) },
      is: ['endpoints refused expected 2'],
    },
    {
      of: 'hand-made Endpoints of 1,200: a thousand are mirrored',
      given: {
        ...handMade,
        legacy: listed(ips(1200)),
        slices: [sliced('a', ips(1000), { managedBy: MIRRORING })],
      },
      is: ['endpoints over-mirror-limit odd 200'],
    },
    {
      of: 'hand-made Endpoints of two subsets of 600 with the same ports: one, as it is mirrored',
      given: {
        ...handMade,
        legacy: halves(listed(ips(600)), listed(ips(600, 600))),
        slices: [sliced('a', [...ips(1200)].sort().slice(0, 1000), { managedBy: MIRRORING })],
      },
      is: ['endpoints over-mirror-limit odd 200'],
    },
    {
      of: 'hand-made Endpoints in no order: a thousand are mirrored by their text, and only readable ones',
      given: {
        ...handMade,
        legacy: listed(['10.1.0.300', ...[...ips(1200)].reverse()]),
        slices: [sliced('a', [...ips(1200)].sort().slice(0, 1000), { managedBy: MIRRORING })],
      },
      is: ['endpoints over-mirror-limit odd 200', 'endpoints stale odd 1'],
    },
    {
      of: 'nothing, where Endpoints may not be read',
      given: { slices: [sliced('a', ips(2))], unknown: ['Endpoints'] },
      is: [],
    },
  ])('[J5] $of', ({ given, is }) => {
    expect(brief(beside(given))).toEqual(is)
  })

  test('[J5] what may not be read is named, and is no difference', () => {
    expect(beside({ unknown: ['Endpoints'] }).unknown).toEqual([{ kind: 'Endpoints', coverage: 'loading' }])
  })
})

test.each<{ of: string; given: Given; is: string }>([
  { of: 'a selector', given: { legacy: listed([]) }, is: 'from-pods' },
  { of: 'a selector and no Endpoints', given: {}, is: 'no-endpoints-object' },
  {
    of: 'hand-made Endpoints with a mirror',
    given: { ...handMade, legacy: listed(ips(1)), slices: [sliced('a', ips(1), { managedBy: MIRRORING })] },
    is: 'mirrored',
  },
  { of: 'hand-made Endpoints, not mirrored yet', given: { ...handMade, legacy: listed(ips(1)) }, is: 'not-mirrored' },
  {
    of: 'hand-made Endpoints that refuse',
    given: { ...handMade, legacy: listed(ips(1), { skipMirror: true }) },
    is: 'mirroring-refused',
  },
  { of: 'hand-made slices', given: { ...handMade, slices: [sliced('a', ips(1))] }, is: 'slices-alone' },
  { of: 'neither', given: handMade, is: 'neither' },
])('[J4] which way the addresses go: $of: $is', ({ given, is }) => {
  expect(beside(given).direction).toBe(is)
})

describe('duplicates', () => {
  test('[J6] the selector was taken away: the old slices stay beside the mirrored ones', () => {
    const { duplicates } = beside({
      ...handMade,
      slices: [sliced('a', ips(3)), sliced('b', ips(3), { managedBy: MIRRORING })],
      legacy: listed(ips(3)),
    })
    expect(duplicates).toMatchObject({ count: 3, isTwoGenerations: true })
    expect(duplicates.shown[0]?.slices.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  test('[J6] one slice per port is no duplicate; two of one port are, of one generation', () => {
    const other = [{ name: 'metrics', protocol: 'TCP', port: 9090, appProtocol: undefined }] as const
    const own = { managedBy: undefined }
    expect(
      beside({ slices: [sliced('a', ips(1), own), sliced('b', ips(1), { ...own, ports: other })] }).duplicates.count,
    ).toBe(0)
    expect(beside({ slices: [sliced('a', ips(1)), sliced('b', ips(1))] }).duplicates).toMatchObject({
      count: 1,
      isTwoGenerations: false,
    })
  })

  test('[J6] of several addresses in one endpoint only the first is used', () => {
    const { duplicates } = beside({
      slices: [slice({ endpoints: [endpoint('10.1.0.1', { addresses: ['10.1.0.1', '10.1.0.2'] })] })],
    })
    expect(duplicates.several).toEqual({
      count: 1,
      shown: [{ slice: 'cart-a1b2c', used: '10.1.0.1', unused: ['10.1.0.2'] }],
    })
  })
})

describe('labels and owners', () => {
  const uid = service().uid
  test('[J7] each way in which they do not agree', () => {
    const { strays } = beside({
      slices: [
        sliced('right', [], { owner: { name: 'cart', uid } }),
        sliced('theirs', [], { owner: { name: 'pay', uid: 'x' } }),
        sliced('lent', [], { serviceName: 'pay', owner: { name: 'cart', uid } }),
        sliced('former', [], { owner: { name: 'cart', uid: 'older' } }),
        sliced('unrelated', [], { serviceName: 'pay', owner: { name: 'pay', uid: 'x' } }),
        sliced('by-hand', []),
      ],
    })
    expect(strays.map(({ slice, code }) => `${slice} ${code}`)).toEqual([
      'former owned-by-former',
      'lent labelled-for-another',
      'theirs owned-by-another',
    ])
  })

  test('[J7] slices of no Service, and nothing while the Services are not known', () => {
    const records = [
      service(),
      sliced('a', ips(1)),
      sliced('b', ips(2), { serviceName: 'gone' }),
      sliced('c', [], { serviceName: undefined }),
    ]
    expect(orphansOf(storeOf(records))).toMatchObject({ count: 2, shown: [{ name: 'b', endpoints: 2 }, { name: 'c' }] })
    expect(orphansOf(storeOf(records, ['Service'])).count).toBeUndefined()
  })
})

test('[J8] bytes of both sides, and the largest slice', () => {
  const made = beside({ slices: [sliced('a', ips(3)), sliced('b', ips(9, 3))], legacy: listed(ips(12)) })
  expect(made.slices).toMatchObject({ count: 2, endpoints: 12, largest: { name: 'b' } })
  expect(made.slices.bytes.json).toBeGreaterThan(made.legacy?.bytes.json ?? Number.POSITIVE_INFINITY)
})
