// A dual-stack cluster for tests: two nodes with pod ranges, one Service of both families, pods, slices, and what a row adds.

import type { AddressAnswer, Knowledge } from '../addresses/types'
import type { ClusterEvent } from '../model/events'
import type { ClusterRecord, Kind } from '../model/records'
import { endpoint, endpointOf, node, pod, service, serviceCIDR, slice } from './builders'

export const nothingElse: Knowledge = { partial: false, departed: [] }

const KINDS: readonly Kind[] = [
  'Service',
  'EndpointSlice',
  'Node',
  'Pod',
  'Endpoints',
  'Namespace',
  'ServiceCIDR',
  'Ingress',
  'Gateway',
]

const cart1 = pod({ name: 'cart-1', nodeName: 'node-a', podIPs: ['10.244.1.5', 'fd00:10:244:1::5'] })

export const dualStack: readonly ClusterRecord[] = [
  serviceCIDR({ name: 'kubernetes', cidrs: ['10.96.0.0/16', 'fd00:10:96::/112'] }),
  node({
    name: 'node-a',
    podCIDRs: ['10.244.1.0/24', 'fd00:10:244:1::/64'],
    addresses: [
      { type: 'InternalIP', address: '10.0.0.1' },
      { type: 'InternalIP', address: 'fd00:10::1' },
      { type: 'ExternalIP', address: '198.51.100.1' },
      { type: 'Hostname', address: 'node-a' },
    ],
  }),
  node({ name: 'node-b', podCIDRs: ['10.244.2.0/24', 'fd00:10:244:2::/64'] }),
  service({
    clusterIP: '10.96.0.10',
    clusterIPs: ['10.96.0.10', 'fd00:10:96::a'],
    ipFamilies: ['IPv4', 'IPv6'],
    ipFamilyPolicy: 'RequireDualStack',
    externalIPs: ['203.0.113.7'],
  }),
  cart1,
  slice({ endpoints: [endpointOf(cart1), endpoint('192.0.2.9')] }),
]

/** The events that make a store of the records; `unknown` kinds are not read. */
export const eventsOf = (records: readonly ClusterRecord[], unknown: readonly Kind[] = []): readonly ClusterEvent[] => [
  ...records.map((record): ClusterEvent => ({ type: 'put', record })),
  ...KINDS.filter((kind) => !unknown.includes(kind)).map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
]

/** `Service shop/cart clusterIP`, with its state where it is not simply there. */
export const ownersText = ({ owners }: Pick<AddressAnswer, 'owners'>): readonly string[] =>
  owners.map(({ kind, namespace, name, role, state }) =>
    [kind, namespace === '' ? name : `${namespace}/${name}`, role, state === 'now' ? '' : state].join(' ').trim(),
  )
