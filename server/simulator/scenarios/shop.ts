// The shop: a living cluster with a handful of honest problems. `healthy` is the same cluster without them.

import { entryTroubles, shopEntries } from './entries'
import { smallNodes } from './nodes'
import { shopPolicies } from './policies'
import { shopServices } from './shop-services'
import { shopWorkloads } from './shop-workloads'
import { systemChanges, systemServices, systemWorkloads } from './system'
import { faults, troubles } from './troubles'
import type { Change, ManifestSpec, Scenario, Script, WorkloadSpec } from './types'

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

const all = [...Object.values(troubles).flat(), ...entryTroubles]

type Details = { readonly unclearProxies?: boolean; readonly workloads?: readonly WorkloadSpec[] }

/** The shop with these troubles; a life of its own disturbs none of them. */
function shopWith(
  changes: readonly Change[],
  { unclearProxies = false, workloads = shopWorkloads }: Details = {},
): Scenario {
  return {
    families: ['IPv4', 'IPv6'],
    maxEndpointsPerSlice: 100,
    nodes: smallNodes({ unknown: unclearProxies }),
    services: [...systemServices, ...shopServices],
    workloads: [...systemWorkloads, ...workloads],
    changes: [
      ...systemChanges({ staleOn: unclearProxies ? ['node-7'] : [] }),
      ...history,
      ...shopEntries,
      ...shopPolicies,
      ...changes,
    ],
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

export const healthy: Scenario = shopWith([])

// Pods made before the cluster became dual-stack keep their one address.
const withOldVault = shopWorkloads.map((workload) =>
  workload.name === 'vault' ? { ...workload, families: ['IPv4'] as const } : workload,
)

/** One fault each, in a cluster that is else healthy. */
export const broken = {
  'broken-dead-selector': shopWith(faults['dead-selector']),
  'broken-unready': shopWith(faults.unready),
  'broken-named-port': shopWith(troubles['named-port']),
  'broken-etp-local': shopWith(faults['etp-local']),
  'broken-itp-local': shopWith(troubles['itp-local']),
  'broken-hints-ignored': shopWith(troubles['hints-ignored']),
  'broken-hints-overload': shopWith(troubles['hints-overload']),
  'broken-terminating-only': shopWith(faults['terminating-only']),
  'broken-source-ranges': shopWith(faults['source-ranges']),
  'broken-stale-rules': shopWith(faults['stale-rules']),
  'broken-family': shopWith([], { workloads: withOldVault }),
  'broken-ipmode-proxy': shopWith(troubles['ipmode-proxy']),
  'broken-proxy-mode': shopWith([], { unclearProxies: true }),
  'broken-leftovers': shopWith(troubles.leftovers),
  'broken-entries': shopWith(entryTroubles),
}
