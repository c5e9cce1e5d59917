// The shop: a living cluster with a handful of honest problems. `healthy` is the same cluster without them.

import { smallNodes } from './nodes'
import { shopServices } from './shop-services'
import { shopWorkloads } from './shop-workloads'
import { systemChanges, systemServices, systemWorkloads } from './system'
import type { Change, ManifestSpec, Scenario, Script } from './types'

const serviceName = 'kubernetes.io/service-name'

const warehouseEndpoints: ManifestSpec = {
  resource: 'endpoints',
  namespace: 'data',
  name: 'warehouse',
  body: {
    subsets: [
      { addresses: [{ ip: '10.0.8.10' }, { ip: '10.0.8.11' }], ports: [{ name: 'sql', port: 1433, protocol: 'TCP' }] },
    ],
  },
}

/** A slice somebody wrote with kubectl: no owner, no managed-by, conditions left out. */
const handMade = (
  namespace: string,
  name: string,
  body: ManifestSpec['body'] & { readonly service: string },
): ManifestSpec => {
  const { service, ...slice } = body
  return { resource: 'endpointslices', namespace, name, labels: { [serviceName]: service }, body: slice }
}

const history: readonly Change[] = [
  { ago: '60d', do: 'write', manifest: warehouseEndpoints },
  { ago: '2d', do: 'roll-out', target: 'identity/users' },
  { ago: '5h', do: 'roll-out', target: 'shop/web' },
  { ago: '22m', do: 'scale', target: 'shop/catalog', replicas: 9 },
]

const troubles: readonly Change[] = [
  // Zone hints ignored: one ready endpoint of a hand-made slice has none.
  {
    ago: '18m',
    do: 'write',
    manifest: handMade('payments', 'fraud-canary', {
      service: 'fraud',
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.9.40'] }],
      ports: [{ name: 'grpc', port: 50051, protocol: 'TCP' }],
    }),
  },
  // Nobody names a port http-api.
  {
    ago: '6m',
    do: 'patch-service',
    target: 'shop/checkout',
    spec: { ports: [{ name: 'http', port: 80, targetPort: 'http-api', appProtocol: 'http' }] },
  },
  // Three pods on twelve nodes: from the other nine, connections to the ClusterIP are dropped.
  { ago: '41m', do: 'patch-service', target: 'identity/ldap-legacy', spec: { internalTrafficPolicy: 'Local' } },
  // Four endpoints in three equal zones: the safeguard takes all hints away.
  {
    ago: '3h',
    do: 'annotate-service',
    target: 'shop/recommendations',
    annotations: { 'service.kubernetes.io/topology-mode': 'Auto' },
  },
  { ago: '2h', do: 'scale', target: 'shop/recommendations', replicas: 4 },
  { ago: '3m', do: 'fail-probe', target: 'shop/cart-next', pods: 1 },
  { ago: '4m', do: 'retire', target: 'shop/cart-next', pods: 1 },
  { ago: '1m', do: 'retire', target: 'payments/webhooks', pods: 1 },
  { ago: '1m', do: 'fail-probe', target: 'data/kafka', pods: 1 },
  { ago: '90s', do: 'fail-probe', target: 'data/clickhouse', pods: 1 },
  // Left behind: a slice whose Service is gone, an address that two slices name, and one that kube-proxy cannot use.
  {
    ago: '8d',
    do: 'write',
    manifest: handMade('batch', 'worker-old', {
      service: 'worker-old',
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.8.77'], conditions: { ready: true } }],
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    }),
  },
  {
    ago: '5d',
    do: 'write',
    manifest: handMade('data', 'warehouse-manual', {
      service: 'warehouse',
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.8.11'], conditions: {} }],
      ports: [{ name: 'sql', port: 1433, protocol: 'TCP' }],
    }),
  },
  {
    ago: '5d',
    do: 'write',
    manifest: handMade('data', 'warehouse-names', {
      service: 'warehouse',
      addressType: 'FQDN',
      endpoints: [{ addresses: ['warehouse.corp.example'], conditions: { ready: true } }],
      ports: [{ name: 'sql', port: 1433, protocol: 'TCP' }],
    }),
  },
]

// What may move without changing what the scenario is there to show.
const calm: Script = {
  restart: [
    'shop/catalog',
    'shop/web',
    'identity/auth',
    'identity/users',
    'data/redis',
    'batch/worker-api',
    'batch/worker',
  ],
  scale: ['shop/web', 'shop/emails', 'identity/tokens', 'identity/users', 'batch/worker-api', 'payments/vault-proxy'],
  rollOut: ['shop/catalog', 'identity/auth', 'batch/worker-api'],
  failProbe: [],
  drain: [],
  failZone: [],
}

const system = { services: [...systemServices, ...shopServices], workloads: [...systemWorkloads, ...shopWorkloads] }

export const shop: Scenario = {
  maxEndpointsPerSlice: 100,
  nodes: smallNodes({ unknown: true }),
  ...system,
  changes: [...systemChanges({ staleOn: ['node-7'] }), ...history, ...troubles],
  script: {
    ...calm,
    failProbe: ['shop/catalog', 'identity/users', 'batch/worker-api'],
    drain: ['node-4', 'node-5', 'node-6'],
    failZone: ['zone-a', 'zone-b', 'zone-c'],
  },
}

export const healthy: Scenario = {
  maxEndpointsPerSlice: 100,
  nodes: smallNodes({ unknown: false }),
  ...system,
  changes: [...systemChanges({ staleOn: [] }), ...history],
  script: calm,
}
