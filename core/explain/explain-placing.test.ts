import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { EndpointSliceRecord } from '../model/records'
import { service as cart, servicePort, slice } from '../testing/builders'
import { clusterEvents, endpoints, flow, type Mode, nodes } from '../testing/small-cluster'
import { explain } from './explain'

const explained = (
  service: Parameters<typeof cart>[0],
  slices: readonly EndpointSliceRecord[],
  [from, to]: readonly [string, string],
  mode: Mode = 'iptables',
) => {
  const store = createClusterStore()
  store.apply(clusterEvents([...nodes(mode), cart(service), ...slices]))
  return explain(store, flow(from, to))
}

const hopOf = ({ hops }: ReturnType<typeof explained>, kind: string) => hops.find((hop) => hop.kind === kind)

/** As `endpoints`, with what their slice says of where they stand taken away. */
const without = (text: string, ...fields: readonly ('nodeName' | 'zone')[]) => {
  const made = endpoints(text)
  const bare = Object.fromEntries(fields.map((field) => [field, undefined]))
  return slice({ endpoints: made.endpoints.map((one) => ({ ...one, ...bare })) })
}

describe('[E8] a client that source ranges keep out', () => {
  const ranged = {
    type: 'LoadBalancer',
    ports: [servicePort({ nodePort: 30080 })],
    loadBalancerIngress: [{ ip: '192.0.2.10', hostname: undefined, ipMode: undefined }],
    loadBalancerSourceRanges: ['198.51.100.0/24'],
  } as const

  test('is stopped before any endpoint is asked: none of them is the reason', () => {
    const found = explained(ranged, [endpoints('1a 2b!')], ['203.0.113.7@node-a', '192.0.2.10:80'])
    expect([found.verdict, found.sentence.code]).toEqual(['drop', 'explain-drop-source-ranges'])
    expect(found.endpoints.map(({ chosen, reason }) => [chosen, reason.code])).toEqual([
      [false, 'endpoint-not-asked'],
      [false, 'endpoint-not-asked'],
    ])
  })
})

describe('where candidates stand', () => {
  test.each([
    ['of one zone', endpoints('1a'), 'explain-hop-node', ['explain-stays-in-zone'], 0],
    ['of another', endpoints('1b'), 'explain-hop-node', ['explain-leaves-zone'], 1],
    ['on a node, of no zone', without('1a', 'zone'), 'explain-hop-node-no-zone', ['explain-zone-not-known'], undefined],
    ['on no node', without('1a', 'zone', 'nodeName'), 'explain-hop-no-node', ['explain-zone-not-known'], undefined],
  ] as const)('%s', (_, made, title, details, leaves) => {
    const found = explained({}, [made], ['pod', 'cart'])
    const hop = hopOf(found, 'node')
    expect([hop?.title.code, hop?.details.map(({ code }) => code)]).toEqual([title, details])
    expect(found.shares.leavesZone).toBe(leaves)
    expect(found.sentence.code === 'explain-lands-in-zone').toBe(leaves === 0)
  })

  test('one of two on no node is counted', () => {
    const [placed, bare] = [endpoints('1a'), without('2b', 'nodeName', 'zone')]
    const found = explained({}, [slice({ endpoints: [...placed.endpoints, ...bare.endpoints] })], ['pod', 'cart'])
    expect(hopOf(found, 'node')).toMatchObject({
      title: { code: 'explain-hop-node', values: { nodes: 1, zones: 'zone-a' } },
      details: [{ code: 'explain-hop-unplaced', values: { unplaced: 1 } }, { code: 'explain-zone-not-known' }],
    })
  })
})

test('only slices that hold endpoints of the port are counted', () => {
  const fqdn = slice({ name: 'names', addressType: 'FQDN', endpoints: endpoints('9a').endpoints })
  const empty = slice({ name: 'empty', endpoints: [] })
  const found = explained({}, [endpoints('1a 2b'), fqdn, empty], ['pod', 'cart'])
  expect(hopOf(found, 'candidates')?.title.values).toMatchObject({ slices: 1, endpoints: 2, candidates: 2 })
})

test.each([
  ['pod', 'cart', { internalTrafficPolicy: 'Local' }, 'internalTrafficPolicy'],
  ['outside@node-a', 'node-a:30080', { externalTrafficPolicy: 'Local' }, 'externalTrafficPolicy'],
] as const)('[E5] hints from %s to %s give way to the policy that is Local', (from, to, over, policy) => {
  const service = { type: 'NodePort', ports: [servicePort({ nodePort: 30080 })], ...over } as const
  const found = explained(service, [endpoints('1a+ 2b+')], [from, to])
  expect(hopOf(found, 'candidates')?.details).toContainEqual({ code: 'hints-local-policy', values: { policy } })
})

test('[P32] a client that is kept draws once, and not for every connection', () => {
  const choice = (over: Parameters<typeof cart>[0]) => explained(over, [endpoints('1a 2b')], ['pod', 'cart']).choice
  expect(choice({}).reason.code).toBe('choice-random')
  expect(choice({ sessionAffinity: 'ClientIP' }).reason.code).toBe('choice-random-kept')
})

test.each([
  ['elsewhere alone', '2b', 'outside@node-a', true],
  ['here too', '1a 2b', 'outside@node-a', false],
  ['elsewhere, called by a pod', '2b', 'pod', false],
] as const)('[P27] ipvs, external policy Local, endpoints %s: is the answer lost?', (_, list, from, lost) => {
  const service = {
    type: 'NodePort',
    ports: [servicePort({ nodePort: 30080 })],
    externalTrafficPolicy: 'Local',
  } as const
  const found = explained(service, [endpoints(list)], [from, 'node-a:30080'], 'ipvs')
  const codes = hopOf(found, 'rules')?.details.map(({ code }) => code)
  expect([found.verdict, codes?.includes('explain-ipvs-answer-lost')]).toEqual(['forward', lost])
})
