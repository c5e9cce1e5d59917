// Policies Local, affinity, health checks.
import { balanced, bothExternal, dualService, port, type Scenario, slices } from '../scenario.ts'

const local = [{ n: 1, node: 'node-a' }, { n: 2, node: 'node-a' }, { n: 3 }, { n: 4, node: 'node-c' }] as const
const remote = [{ n: 3 }, { n: 4, node: 'node-c' }] as const
const affinity = { sessionAffinity: 'ClientIP' } as const

export const policyScenarios: readonly Scenario[] = [
  {
    name: '[M6] real: externalTrafficPolicy Local keeps outside traffic on the node and its client’s address',
    quick: true,
    objects: [dualService('edge', { type: 'NodePort', externalTrafficPolicy: 'Local' }), ...slices('edge', local)],
    traffic: [
      { from: 'outside', to: 'node port', lands: [1, 2], sees: 'client' },
      { from: 'pod', to: 'node port', lands: [1, 2, 3, 4], sees: 'client' },
      { from: 'node', to: 'node port', lands: [1, 2, 3, 4], sees: 'node' },
      { from: 'outside', to: 'cluster IP', lands: [1, 2, 3, 4], sees: 'node' },
    ],
  },
  {
    name: '[M6] real: externalTrafficPolicy Local without a local endpoint drops outside traffic, not the cluster’s own',
    quick: true,
    objects: [
      dualService('away', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }, balanced()),
      ...slices('away', remote),
    ],
    traffic: [
      { from: 'outside', to: 'node port', lands: 'drop' },
      { from: 'outside', to: 'load balancer IP', lands: 'drop' },
      { from: 'pod', to: 'load balancer IP', lands: [3, 4] },
      { from: 'node', to: 'load balancer IP', lands: [3, 4] },
      { from: 'pod', to: 'cluster IP', lands: [3, 4] },
    ],
    healthCheck: { service: 'away', status: 503, localEndpoints: 0 },
  },
  {
    name: 'externalTrafficPolicy Local of a load balancer: the health check counts local ready addresses once',
    objects: [
      dualService(
        'healthy',
        { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [port('http', 80), port('https', 443)] },
        balanced(),
      ),
      ...slices(
        'healthy',
        [...local, { n: 5, node: 'node-a', state: 'terminating' }],
        [
          { name: 'http', port: 8080 },
          { name: 'https', port: 8443 },
        ],
      ),
    ],
    traffic: [
      { port: 'https', from: 'outside', to: 'load balancer IP', lands: [1, 2], sees: 'client' },
      { port: 'http', from: 'pod', to: 'load balancer IP', lands: [1, 2, 3, 4] },
    ],
    healthCheck: { service: 'healthy', status: 200, localEndpoints: 2 },
  },
  {
    name: 'externalTrafficPolicy Local on external IPs of a ClusterIP Service',
    objects: [
      dualService('pinned', { externalIPs: bothExternal, externalTrafficPolicy: 'Local' }),
      ...slices('pinned', local),
    ],
    traffic: [
      { from: 'outside', to: 'external IP', lands: [1, 2], sees: 'client' },
      { from: 'pod', to: 'external IP', lands: [1, 2, 3, 4] },
    ],
  },
  {
    name: 'only terminating local endpoints: they serve outside traffic although others are ready elsewhere',
    objects: [
      dualService('leaving', { type: 'NodePort', externalTrafficPolicy: 'Local' }),
      ...slices('leaving', [{ n: 1, node: 'node-a', state: 'terminating' }, ...remote]),
    ],
    traffic: [
      { from: 'outside', to: 'node port', lands: [1], sees: 'client' },
      { from: 'pod', to: 'node port', lands: [3, 4] },
      { from: 'pod', to: 'cluster IP', lands: [3, 4] },
    ],
  },
  {
    name: 'source ranges and externalTrafficPolicy Local together',
    objects: [
      dualService(
        'strict',
        {
          type: 'LoadBalancer',
          externalTrafficPolicy: 'Local',
          loadBalancerSourceRanges: ['203.0.113.0/24', '2001:db8:113::/64'],
        },
        balanced(),
      ),
      ...slices('strict', local),
    ],
    traffic: [
      { from: 'outside', to: 'load balancer IP', lands: [1, 2], sees: 'client' },
      { from: 'stranger', to: 'load balancer IP', lands: 'drop' },
      { from: 'stranger', to: 'node port', lands: [1, 2] },
    ],
  },
  {
    name: '[M6] real: internalTrafficPolicy Local keeps the cluster IP on the node',
    objects: [dualService('agent', { internalTrafficPolicy: 'Local' }), ...slices('agent', local)],
    traffic: [
      { from: 'pod', to: 'cluster IP', lands: [1, 2], sees: 'client' },
      { from: 'node', to: 'cluster IP', lands: [1, 2], sees: 'node' },
    ],
  },
  {
    name: '[M6] real: internalTrafficPolicy Local without a local endpoint drops, even for the node itself',
    quick: true,
    objects: [dualService('lonely', { internalTrafficPolicy: 'Local' }), ...slices('lonely', remote)],
    traffic: [
      { from: 'pod', to: 'cluster IP', lands: 'drop' },
      { from: 'node', to: 'cluster IP', lands: 'drop' },
    ],
  },
  {
    name: 'internalTrafficPolicy Local leaves the node port to all endpoints',
    objects: [dualService('halves', { type: 'NodePort', internalTrafficPolicy: 'Local' }), ...slices('halves', local)],
    traffic: [
      { from: 'pod', to: 'cluster IP', lands: [1, 2] },
      { from: 'outside', to: 'node port', lands: [1, 2, 3, 4] },
    ],
  },
  {
    name: 'both policies Local',
    objects: [
      dualService('home', { type: 'NodePort', internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Local' }),
      ...slices('home', local),
    ],
    traffic: [
      { from: 'pod', to: 'cluster IP', lands: [1, 2] },
      { from: 'outside', to: 'node port', lands: [1, 2] },
      { from: 'pod', to: 'node port', lands: [1, 2, 3, 4] },
    ],
  },
  {
    name: '[M5] real: ClientIP affinity keeps each client with one endpoint',
    quick: true,
    objects: [dualService('sticky', affinity), ...slices('sticky', local)],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: [1, 2, 3, 4], stickyClients: 60 }],
  },
  {
    name: '[M5] real: ClientIP affinity on a node port with externalTrafficPolicy Local keeps to the local endpoints',
    objects: [
      dualService('stuck', {
        ...affinity,
        type: 'NodePort',
        externalTrafficPolicy: 'Local',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
      }),
      ...slices('stuck', local),
    ],
    traffic: [
      { from: 'outside', to: 'node port', lands: [1, 2], stickyClients: 60 },
      { from: 'pod', to: 'cluster IP', lands: [1, 2, 3, 4], stickyClients: 60 },
    ],
  },
]
