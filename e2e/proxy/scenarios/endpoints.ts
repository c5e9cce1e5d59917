// What an endpoint's conditions and hints do, hairpin, many endpoints.
import type { KubeObject } from '../../cluster/api.ts'
import { dualService, port, type Scenario, slices } from '../scenario.ts'

const count = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
const nodes = ['node-a', 'node-b', 'node-c'] as const
const spread = (n: number) => count(n).map((i) => ({ n: i, node: nodes[i % 3] }))

const changing = dualService('changing', { ports: [port('http', 80), port('admin', 81)] })
const [left = changing, right = changing] = slices('changing', spread(4), [
  { name: 'http', port: 8080 },
  { name: 'admin', port: 8081 },
])
const without = (slice: KubeObject) => ({
  of: slice,
  patch: { endpoints: (slice.endpoints as readonly object[]).slice(0, 2) },
})

export const endpointScenarios: readonly Scenario[] = [
  {
    name: 'no endpoint anywhere is refused, by every way in',
    quick: true,
    objects: [dualService('empty', { type: 'NodePort', externalIPs: ['198.18.1.1', '2001:db8:1801::1'] })],
    traffic: [
      { from: 'pod', to: 'cluster IP', lands: 'reject' },
      { from: 'node', to: 'cluster IP', lands: 'reject' },
      { from: 'outside', to: 'node port', lands: 'reject' },
      { from: 'outside', to: 'external IP', lands: 'reject' },
      { from: 'node', to: 'node port', lands: 'reject' },
      { from: 'node', to: 'external IP', lands: 'reject', only: { mode: 'nftables' } },
      // Its rules for external addresses stand where packets come in and pass, not where the node's own go out.
      { from: 'node', to: 'external IP', lands: 'nowhere', only: { mode: 'iptables' } },
    ],
  },
  {
    name: 'only unready endpoints are refused',
    objects: [
      dualService('starting', { type: 'NodePort', externalTrafficPolicy: 'Local' }),
      ...slices('starting', [
        { n: 1, node: 'node-a', state: 'unready' },
        { n: 2, state: 'unready' },
      ]),
    ],
    traffic: [
      { from: 'pod', to: 'cluster IP', lands: 'reject' },
      { from: 'outside', to: 'node port', lands: 'reject' },
    ],
  },
  {
    name: 'unready endpoints get nothing beside ready ones',
    objects: [
      dualService('partly'),
      ...slices('partly', [
        { n: 1, node: 'node-a' },
        { n: 2, state: 'unready' },
        { n: 3 },
        { n: 4, state: 'terminating' },
      ]),
    ],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: [1, 3] }],
  },
  {
    name: '[M11] real: terminating endpoints serve when none is ready',
    quick: true,
    objects: [
      dualService('rolling'),
      ...slices('rolling', [
        { n: 1, node: 'node-a', state: 'terminating' },
        { n: 2, state: 'terminating' },
        { n: 3, state: 'unready' },
        { n: 4, state: 'terminating, not serving' },
      ]),
    ],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: [1, 2] }],
  },
  {
    name: 'terminating endpoints that do not serve are refused',
    objects: [
      dualService('gone'),
      ...slices('gone', [
        { n: 1, node: 'node-a', state: 'terminating, not serving' },
        { n: 2, state: 'terminating, not serving' },
      ]),
    ],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: 'reject' }],
  },
  {
    name: '[M7] real: zone hints keep traffic in the zone',
    quick: true,
    objects: [
      dualService('near', { type: 'NodePort' }),
      ...slices('near', [
        { n: 1, node: 'node-a', zones: ['zone-a'] },
        { n: 2, node: 'node-b', zones: ['zone-a', 'zone-b'] },
        { n: 3, node: 'node-c', zones: ['zone-c'] },
        { n: 4, node: 'node-a', state: 'unready' },
      ]),
    ],
    traffic: [
      { from: 'pod', to: 'cluster IP', lands: [1, 2] },
      { from: 'outside', to: 'node port', lands: [1, 2] },
    ],
  },
  {
    name: '[M7] real: one ready endpoint without a hint turns hints off',
    objects: [
      dualService('holey'),
      ...slices('holey', [
        { n: 1, node: 'node-a', zones: ['zone-a'] },
        { n: 2, node: 'node-b', zones: ['zone-b'] },
        { n: 3, node: 'node-c' },
      ]),
    ],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: [1, 2, 3] }],
  },
  {
    name: 'hints that name no endpoint for this zone are ignored',
    objects: [
      dualService('far'),
      ...slices('far', [
        { n: 1, node: 'node-b', zones: ['zone-b'] },
        { n: 2, node: 'node-c', zones: ['zone-c'] },
      ]),
    ],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: [1, 2] }],
  },
  {
    name: '[M7] real: node hints keep traffic on the node, before zone hints',
    objects: [
      dualService('cache'),
      ...slices('cache', [
        { n: 1, node: 'node-a', zones: ['zone-a'], nodes: ['node-a'] },
        { n: 2, node: 'node-a', zones: ['zone-a'], nodes: ['node-b'] },
        { n: 3, node: 'node-b', zones: ['zone-a'], nodes: ['node-b'] },
      ]),
    ],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: [1] }],
  },
  {
    name: 'node hints that name other nodes fall back to zone hints',
    objects: [
      dualService('other'),
      ...slices('other', [
        { n: 1, node: 'node-b', zones: ['zone-a'], nodes: ['node-b'] },
        { n: 2, node: 'node-b', zones: ['zone-a'], nodes: ['node-b'] },
        { n: 3, node: 'node-c', zones: ['zone-c'], nodes: ['node-c'] },
      ]),
    ],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: [1, 2] }],
  },
  {
    name: 'hints do not touch policy Local, and all lists are written where both are used',
    objects: [
      dualService('cross', { type: 'NodePort', externalTrafficPolicy: 'Local' }),
      ...slices('cross', [
        { n: 1, node: 'node-a', zones: ['zone-b'] },
        { n: 2, node: 'node-b', zones: ['zone-a'] },
        { n: 3, node: 'node-c', zones: ['zone-c'] },
      ]),
    ],
    traffic: [
      { from: 'outside', to: 'node port', lands: [1] },
      { from: 'pod', to: 'cluster IP', lands: [2] },
    ],
  },
  {
    name: 'an address in two slices counts once, and the one that is not terminating decides',
    objects: [
      dualService('twice'),
      ...slices('twice', [{ n: 1, node: 'node-a' }, { n: 2 }]),
      ...slices('twice', [{ n: 1, node: 'node-a', state: 'terminating' }, { n: 3 }], [{ port: 8080 }], 'b'),
    ],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: [1, 2, 3] }],
  },
  {
    name: 'a pod that reaches itself through its Service sees the node as its client',
    objects: [dualService('mirror'), ...slices('mirror', [{ n: 1, node: 'node-a' }])],
    traffic: [
      { from: { endpoint: 1 }, to: 'cluster IP', lands: [1], sees: 'node' },
      { from: 'pod', to: 'cluster IP', lands: [1], sees: 'client' },
    ],
  },
  {
    name: 'endpoints that leave and a port that goes take their rules with them',
    objects: [changing, left, right],
    changes: [without(left), without(right), { of: changing, patch: { spec: { ports: [port('http', 80)] } } }],
    traffic: [{ port: 'http', from: 'pod', to: 'cluster IP', lands: [1, 2] }],
  },
  {
    name: 'sixty endpoints share alike',
    objects: [dualService('wide'), ...slices('wide', spread(60))],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: count(60) }],
  },
  {
    name: 'more than a thousand endpoints: a large cluster’s rules',
    objects: [
      dualService('huge'),
      ...slices('huge', spread(1020).slice(0, 510)),
      ...slices('huge', spread(1020).slice(510), [{ port: 8080 }], 'b'),
    ],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: count(1020) }],
  },
]
