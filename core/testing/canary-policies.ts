// NetworkPolicies of the canary cluster: every text in them one of its own, and one that names another namespace.

import type { NetworkPolicyRecord, PodRecord } from '../model/records'
import { networkPolicy } from './builders'
import { addresses, all, inNamespace, type Ledger, outside, type Sees } from './canary-ledger'

// A part of a policy would tell another story, so all of it is hidden where one of its details is.
const wholePolicies: Sees = all(addresses, outside, ({ show }) => show.labels === 'all')

/** A policy of namespace `of` that binds a pod's label; a rule of it names the namespace `other`. */
export function canaryPolicy(
  ledger: Ledger,
  of: string,
  { other, own }: { readonly other: string; readonly own: PodRecord | undefined },
): NetworkPolicyRecord {
  const sees = all(inNamespace(of), wholePolicies)
  const word = () => ledger.word(sees, true)
  const [label] = own?.labels ?? []
  const labels = new Map([label ?? [word(), word()]])
  for (const text of label ?? []) ledger.at(text, sees)
  // Whoever sees the policy is told of another namespace only what they may know of it.
  ledger.at(other, all(sees, inNamespace(other)))
  // What namespaces are asked for by other labels is told of those that are seen.
  const far = ledger.word(all(sees, ({ namespaces }) => namespaces === 'all'))
  const named = new Map([
    ['kubernetes.io/metadata.name', other],
    ['name', other],
  ])
  const expressions = [
    { key: 'kubernetes.io/metadata.name', operator: 'In', values: [other] },
    { key: 'team', operator: 'In', values: [other, far] },
  ]
  const none = { podSelector: undefined, namespaceSelector: undefined, ipBlock: undefined }
  const ip = ledger.ip(sees, true)
  return networkPolicy({
    namespace: of,
    name: word(),
    uid: ledger.word(sees),
    podSelector: { labels, expressions: [] },
    ingress: [
      {
        peers: [
          {
            ...none,
            namespaceSelector: { labels: named, expressions },
            podSelector: { labels: new Map([[word(), word()]]), expressions: [] },
          },
          { ...none, ipBlock: { cidr: `${ip}/${ip.includes(':') ? 128 : 32}`, except: [] } },
        ],
        ports: [{ protocol: 'TCP', port: word(), endPort: undefined }],
      },
    ],
  })
}
