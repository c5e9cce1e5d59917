import { expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord, Kind } from '../model/records'
import { endpointOf, node, pod, service, slice } from '../testing/builders'
import { leftOutOf } from './left-out'

const KINDS: readonly Kind[] = ['Service', 'EndpointSlice', 'Pod', 'Node']

function leftOut(owner: ReturnType<typeof service>, records: readonly ClusterRecord[], unknown: readonly Kind[] = []) {
  const store = createClusterStore()
  store.apply([
    ...KINDS.filter((kind) => !unknown.includes(kind)).map(
      (kind): ClusterEvent => ({ type: 'synced', kind, scope: '' }),
    ),
    ...[owner, ...records].map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return leftOutOf(store, owner)
}

type Over = Parameters<typeof pod>[0]
type Row = {
  readonly of?: Parameters<typeof service>[0]
  readonly unknown?: readonly Kind[]
  readonly others?: readonly ClusterRecord[]
}
const dual = { ipFamilies: ['IPv4', 'IPv6'], clusterIPs: ['10.96.0.10', 'fd00::a'] } as const
const six = { ipFamilies: ['IPv6'], clusterIPs: ['fd00::a'], clusterIP: 'fd00::a' } as const
const notWritten = { code: 'left-out-not-written', values: { pod: 'cart-1' } }

test.each<[string, Over, Row, object | undefined]>([
  ['that no slice names', {}, {}, notWritten],
  ['without an address', { podIPs: [] }, {}, { code: 'left-out-no-address', values: { pod: 'cart-1' } }],
  [
    'of the other family',
    { podIPs: ['fd00::1'] },
    {},
    { code: 'left-out-other-family', values: { pod: 'cart-1', family: 'IPv4' } },
  ],
  [
    'of the other family alone',
    {},
    { of: six },
    { code: 'left-out-other-family', values: { pod: 'cart-1', family: 'IPv6' } },
  ],
  [
    'of no family that can be read, of a Service of both',
    { podIPs: ['host'] },
    { of: dual },
    { code: 'left-out-other-family', values: { pod: 'cart-1', family: 'IPv4, IPv6' } },
  ],
  ['of one family of two', { podIPs: ['fd00::1'] }, { of: dual }, notWritten],
  ['whose second address is of the family', { podIPs: ['fd00::1', '10.244.0.1'] }, {}, notWritten],
  [
    'on a node that is gone',
    { nodeName: 'gone' },
    {},
    { code: 'left-out-node-unknown', values: { pod: 'cart-1', node: 'gone' } },
  ],
  ['on a node that is gone, as far as nodes are read', { nodeName: 'gone' }, { unknown: ['Node'] }, notWritten],
  [
    'on a node that is gone, though unready ones are published',
    { nodeName: 'gone' },
    { of: { publishNotReadyAddresses: true } },
    notWritten,
  ],
  ['on no node', { nodeName: undefined }, {}, notWritten],
  ['that has ended well', { phase: 'Succeeded' }, {}, undefined],
  ['that has failed', { phase: 'Failed' }, {}, undefined],
  ['where pods are not read', {}, { unknown: ['Pod'] }, undefined],
  ['where slices are not read', {}, { unknown: ['EndpointSlice'] }, undefined],
  ['that a slice names', {}, { others: [slice({ endpoints: [endpointOf(pod())] })] }, undefined],
  ['that is not selected', { labels: { app: 'x' } }, {}, undefined],
  ['of a Service that nobody slices', {}, { of: { type: 'ExternalName', externalName: 'a.test' } }, undefined],
])('[H9] a pod %s', (_, over, { of, unknown, others = [] }, reason) => {
  const found = leftOut(service(of), [pod(over), node({ name: 'n1' }), ...others], unknown)
  expect(found).toEqual(reason === undefined ? [] : [{ pod: 'shop/cart-1', reason }])
})

test('[H9] twenty of many are told', () => {
  const pods = Array.from({ length: 21 }, (_, i) => pod({ name: `p${i}` }))
  expect(leftOut(service(), [...pods, node({ name: 'n1' })])).toHaveLength(20)
})
