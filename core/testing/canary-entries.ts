// Ways in of a namespace of canaries, which name things of another one.

import type { ClusterRecord } from '../model/records'
import { all, inNamespace, type Ledger, outside, type Sees } from './canary-ledger'
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

type Around = {
  /** Name of a Service of the namespace. */
  readonly service: string
  /** A namespace that is named, perhaps the own one. */
  readonly other: string
}

const allNamespaces: Sees = ({ namespaces }) => namespaces === 'all'
const allLabels: Sees = ({ show }) => show.labels === 'all'

/** An Ingress with its class, and a route to a Gateway, a Service and a grant of the other namespace. */
export function canaryEntries(ledger: Ledger, of: string, { service, other }: Around): readonly ClusterRecord[] {
  const sees = inNamespace(of)
  const both = all(sees, inNamespace(other))
  const there = inNamespace(other)
  const host = (own: Sees) => `${ledger.word(all(own, outside), true)}.example`
  const classes = [ledger.word(allNamespaces), ledger.word(allNamespaces)]
  const [className = '', gatewayClassName = ''] = classes
  ledger.at(className, sees)
  ledger.at(gatewayClassName, there)
  const gatewayName = ledger.word(there, true)
  ledger.at(gatewayName, both)
  const far = ledger.word(both)
  const edge = gateway({
    namespace: other,
    name: gatewayName,
    uid: ledger.word(there),
    className: gatewayClassName,
    addresses: [ledger.ip(all(there, outside))],
    listeners: [
      listener({ hostname: '', from: 'All', certificates: [`${of}/${ledger.word(both)}`] }),
      listener({
        name: ledger.word(there),
        hostname: host(there),
        from: 'Selector',
        selector: [
          {
            key: ledger.word(all(there, allLabels)),
            operator: 'In',
            values: [
              ledger.word(all(there, allLabels, allNamespaces)),
              ledger.at(of, all(there, allLabels, inNamespace(of))),
            ],
          },
        ],
      }),
    ],
  })
  const route = httpRoute({
    namespace: of,
    name: ledger.word(sees, true),
    uid: ledger.word(sees),
    hostnames: [host(sees)],
    parents: [parentRef({ namespace: other, name: gatewayName })],
    rules: [
      routeRule({
        matches: [routeMatch(`/${ledger.word(sees)}`, { headers: [ledger.word(sees)] })],
        backends: [backendRef({ namespace: of, name: service }), backendRef({ namespace: other, name: far })],
      }),
    ],
  })
  const front = ingress({
    namespace: of,
    name: ledger.word(sees, true),
    uid: ledger.word(sees),
    className,
    rules: [{ host: host(sees), paths: [ingressPath('/', { backend: ingressBackend(service, 1) })] }],
    tls: [{ hosts: [`${ledger.word(all(sees, outside))}.example`], secretName: ledger.word(sees) }],
    addresses: [ledger.ip(all(sees, outside))],
  })
  const grant = referenceGrant({
    namespace: other,
    name: ledger.word(there),
    uid: ledger.word(there),
    from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: of }],
  })
  return [
    ingressClass({ name: className, uid: ledger.word(allNamespaces), controller: ledger.word(allNamespaces) }),
    gatewayClass({ name: gatewayClassName, uid: ledger.word(allNamespaces), controller: ledger.word(allNamespaces) }),
    edge,
    route,
    front,
    grant,
  ]
}
