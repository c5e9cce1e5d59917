// The honest problems of the shop, by name. Each is made of what somebody did, and how long ago.

import type { Change, ManifestSpec } from './types'

const serviceName = 'kubernetes.io/service-name'

/** A slice somebody wrote with kubectl: no owner, no managed-by, conditions left out. */
const handMade = (
  namespace: string,
  name: string,
  body: ManifestSpec['body'] & { readonly service: string },
): ManifestSpec => {
  const { service, ...slice } = body
  return { resource: 'endpointslices', namespace, name, labels: { [serviceName]: service }, body: slice }
}

export const troubles = {
  // Zone hints ignored: one ready endpoint of a hand-made slice has none.
  'zone-hints': [
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
  ],
  // Nobody names a port http-api.
  'named-port': [
    {
      ago: '6m',
      do: 'patch-service',
      target: 'shop/checkout',
      spec: { ports: [{ name: 'http', port: 80, targetPort: 'http-api', appProtocol: 'http' }] },
    },
  ],
  // Three pods on twelve nodes: from the other nine, connections to the ClusterIP are dropped.
  'local-policy': [
    { ago: '41m', do: 'patch-service', target: 'identity/ldap-legacy', spec: { internalTrafficPolicy: 'Local' } },
  ],
  // Four endpoints in three equal zones: the safeguard takes all hints away.
  safeguard: [
    {
      ago: '3h',
      do: 'annotate-service',
      target: 'shop/recommendations',
      annotations: { 'service.kubernetes.io/topology-mode': 'Auto' },
    },
    { ago: '2h', do: 'scale', target: 'shop/recommendations', replicas: 4 },
  ],
  readiness: [
    { ago: '3m', do: 'fail-probe', target: 'shop/cart-next', pods: 1 },
    { ago: '1m', do: 'fail-probe', target: 'data/kafka', pods: 1 },
    { ago: '90s', do: 'fail-probe', target: 'data/clickhouse', pods: 1 },
  ],
  terminating: [
    { ago: '4m', do: 'retire', target: 'shop/cart-next', pods: 1 },
    { ago: '1m', do: 'retire', target: 'payments/webhooks', pods: 1 },
  ],
  // Left behind: a slice whose Service is gone, an address that two slices name, and one that kube-proxy cannot use.
  leftovers: [
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
  ],
} satisfies Record<string, readonly Change[]>
