// Random entries out of the pools of random-records.ts, so that they name Services that are there and some that are not.

import type { EntryKind, EntryRecord } from '../model/records-entries'
import {
  backendRef,
  gateway,
  gatewayClass,
  httpRoute,
  ingress,
  ingressBackend,
  ingressClass,
  ingressPath,
  listener,
  parentRef,
  referenceGrant,
  routeMatch,
  routeRule,
} from './entry-builders'
import type { Random } from './random'

const HOSTS = ['', 'shop.example.com', '*.example.com', 'a.b.example.com', 'other.test'] as const
const CLASSES = ['nginx', 'edge', 'gone'] as const
const NAMES = ['web', 'edge'] as const
const PATHS = ['/', '/cart', '/cart/', ''] as const

type Pools = {
  readonly namespaces: readonly [string, ...string[]]
  readonly services: readonly [string, ...string[]]
}
type Named = { readonly uid: string; readonly resourceVersion: string; readonly namespace: string }

/** A record of this kind, everything by chance. */
export function randomEntry(random: Random, kind: EntryKind, { pools, at }: { pools: Pools; at: Named }): EntryRecord {
  const { namespace: _, ...clusterWide } = at
  const own = { ...at, name: random.pick(NAMES) }
  const accepted = random.pick([undefined, { status: true, reason: 'Accepted' }, { status: false, reason: 'Pending' }])
  switch (kind) {
    case 'Ingress': {
      const backend = () =>
        ingressBackend(
          random.pick(pools.services),
          random.pick<number | string | undefined>([80, 'http', 81, undefined]),
        )
      return ingress({
        ...own,
        className: random.pick([undefined, ...CLASSES]),
        classAnnotation: random.pick([undefined, undefined, 'nginx']),
        expressions: random.chance(0.1),
        defaultBackend: random.chance(0.2) ? backend() : undefined,
        rules: Array.from({ length: random.int(3) }, () => ({
          host: random.pick(HOSTS),
          paths: Array.from({ length: random.int(3) }, () =>
            ingressPath(random.pick(PATHS), {
              pathType: random.pick(['Exact', 'Prefix', 'ImplementationSpecific']),
              backend: backend(),
            }),
          ),
        })),
        tls: random.chance(0.3) ? [{ hosts: [random.pick(HOSTS)], secretName: 'tls' }] : [],
      })
    }
    case 'IngressClass':
      return ingressClass({ ...clusterWide, name: random.pick(CLASSES), isDefault: random.chance(0.4) })
    case 'GatewayClass':
      return gatewayClass({
        ...clusterWide,
        name: random.pick(CLASSES),
        accepted: random.pick([true, false, undefined]),
      })
    case 'Gateway':
      return gateway({
        ...own,
        className: random.pick(CLASSES),
        accepted,
        listeners: Array.from({ length: random.int(3) }, (_, at) =>
          listener({
            name: `l${at}`,
            hostname: random.pick(HOSTS),
            port: random.pick([80, 443]),
            from: random.pick(['Same', 'All', 'None', 'Selector']),
            selector: random.chance(0.5) ? [{ key: 'app', operator: 'In', values: ['cart'] }] : undefined,
            accepted,
          }),
        ),
      })
    case 'HTTPRoute':
      return httpRoute({
        ...own,
        hostnames: random.chance(0.5) ? [random.pick(HOSTS)] : [],
        parents: [
          parentRef({
            namespace: random.pick(pools.namespaces),
            name: random.pick(NAMES),
            sectionName: random.pick([undefined, 'l0', 'l9']),
            kind: random.pick(['Gateway', 'Gateway', 'Service']),
          }),
        ],
        rules: Array.from({ length: random.int(3) }, () =>
          routeRule({
            matches: [routeMatch(random.pick(['/', '/cart']), { headers: random.chance(0.2) ? ['x'] : [] })],
            backends: Array.from({ length: random.int(3) }, () =>
              backendRef({
                namespace: random.chance(0.6) ? at.namespace : random.pick(pools.namespaces),
                name: random.pick(pools.services),
                port: random.pick([80, 81, undefined]),
                weight: random.pick([0, 1, 10, -1, 2 ** 31]),
                filters: random.chance(0.2) ? ['RequestRedirect'] : [],
              }),
            ),
          }),
        ),
      })
    case 'ReferenceGrant':
      return referenceGrant({
        ...own,
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: random.pick(pools.namespaces) }],
        to: [{ group: '', kind: 'Service', name: random.pick([undefined, ...pools.services]) }],
      })
  }
}
