// The shop: a living cluster with a handful of honest problems. `healthy` is the same cluster without them.

import { smallNodes } from './nodes'
import { shopServices } from './shop-services'
import { shopWorkloads } from './shop-workloads'
import { systemChanges, systemServices, systemWorkloads } from './system'
import { troubles } from './troubles'
import type { Change, ManifestSpec, Scenario, Script } from './types'

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

const history: readonly Change[] = [
  { ago: '60d', do: 'write', manifest: warehouseEndpoints },
  { ago: '2d', do: 'roll-out', target: 'identity/users' },
  { ago: '5h', do: 'roll-out', target: 'shop/web' },
  { ago: '22m', do: 'scale', target: 'shop/catalog', replicas: 9 },
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

const all = Object.values(troubles).flat()

/** The shop with these troubles; a life of its own disturbs none of them. */
function shopWith(changes: readonly Change[], { unclearProxies }: { readonly unclearProxies: boolean }): Scenario {
  return {
    maxEndpointsPerSlice: 100,
    nodes: smallNodes({ unknown: unclearProxies }),
    services: [...systemServices, ...shopServices],
    workloads: [...systemWorkloads, ...shopWorkloads],
    changes: [...systemChanges({ staleOn: unclearProxies ? ['node-7'] : [] }), ...history, ...changes],
    script: calm,
  }
}

export const shop: Scenario = {
  ...shopWith(all, { unclearProxies: true }),
  script: {
    ...calm,
    failProbe: ['shop/catalog', 'identity/users', 'batch/worker-api'],
    drain: ['node-4', 'node-5', 'node-6'],
    failZone: ['zone-a', 'zone-b', 'zone-c'],
  },
}

export const healthy: Scenario = shopWith([], { unclearProxies: false })

/** One fault each, in a cluster that is else healthy. */
export const broken = {
  'broken-proxy-mode': shopWith([], { unclearProxies: true }),
  'broken-zone-hints': shopWith(troubles['zone-hints'], { unclearProxies: false }),
  'broken-safeguard': shopWith(troubles.safeguard, { unclearProxies: false }),
  'broken-named-port': shopWith(troubles['named-port'], { unclearProxies: false }),
  'broken-local-policy': shopWith(troubles['local-policy'], { unclearProxies: false }),
  'broken-readiness': shopWith(troubles.readiness, { unclearProxies: false }),
  'broken-terminating': shopWith(troubles.terminating, { unclearProxies: false }),
  'broken-leftovers': shopWith(troubles.leftovers, { unclearProxies: false }),
}
