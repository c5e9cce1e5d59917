// What is wrong in the shop, and in the broken-… scenarios, by name. Each is made of what somebody did, and how long ago.

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
  'hints-ignored': [
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
  'itp-local': [
    { ago: '41m', do: 'patch-service', target: 'identity/ldap-legacy', spec: { internalTrafficPolicy: 'Local' } },
  ],
  // Four endpoints in three equal zones: the safeguard takes all hints away.
  'hints-overload': [
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
    { ago: '90s', do: 'fail-probe', target: 'data/clickhouse', pods: 1, by: 'crash' },
    { ago: '2m', do: 'fail-probe', target: 'payments/ledger-consumer', pods: 1, by: 'gate' },
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
  // A load balancer that answers for its address itself, while no node has a port for what it sends.
  'ipmode-proxy': [
    {
      ago: '2h',
      do: 'set-load-balancer',
      target: 'platform/argocd-server',
      ingress: [{ ip: '203.0.113.41', ipMode: 'Proxy' }],
    },
  ],
} satisfies Record<string, readonly Change[]>

/** Faults that the shop has not: each would hide another, or break more than a living shop bears. */
export const faults = {
  // Somebody added a label to the selector that no pod has.
  'dead-selector': [
    {
      ago: '6m',
      do: 'patch-service',
      target: 'shop/checkout',
      spec: { selector: { app: 'checkout', track: 'stable' } },
    },
  ],
  unready: [{ ago: '3m', do: 'fail-probe', target: 'shop/checkout', pods: 4 }],
  // Three pods on twelve nodes: what enters by the others is dropped, by the node port and by the external IP that the routers
  // outside spread over all nodes. The one in ipvs mode sends it on.
  'etp-local': [
    {
      ago: '25m',
      do: 'patch-service',
      target: 'identity/ldap-legacy',
      spec: { externalTrafficPolicy: 'Local', externalIPs: ['203.0.113.80'] },
    },
  ],
  // The Deployment is at 0; two of its pods still finish what they serve.
  'terminating-only': [
    { ago: '5m', do: 'retire', target: 'payments/webhooks', pods: 2 },
    { ago: '4m', do: 'scale', target: 'payments/webhooks', replicas: 0 },
  ],
  // The address that is dialled stands where those who may dial it belong.
  'source-ranges': [
    {
      ago: '12m',
      do: 'patch-service',
      target: 'ingress/ingress-nginx',
      spec: { loadBalancerSourceRanges: ['203.0.113.40/32'] },
    },
  ],
  // One node's kube-proxy has written nothing since; the pods it knows of are replaced.
  'stale-rules': [
    { ago: '7m', do: 'stop-proxy', node: 'node-4' },
    { ago: '5m', do: 'roll-out', target: 'shop/checkout' },
  ],
} satisfies Record<string, readonly Change[]>
