// The shop's NetworkPolicies: a namespace that is closed but for what is named, and a way out that leaves the metadata service out.
// Their uids are given, so that nothing drawn by chance changes with them.

import type { JsonObject } from '../api-object'
import type { Change } from './types'

const policy = (at: number, [namespace, name]: readonly [string, string], spec: JsonObject): Change => ({
  ago: '70d',
  do: 'write',
  manifest: {
    resource: 'networkpolicies',
    namespace,
    name,
    uid: `90110c1e-0000-4000-8000-${String(at).padStart(12, '0')}`,
    body: { spec },
  },
})

const ofNamespace = (name: string): JsonObject => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
})

export const shopPolicies: readonly Change[] = [
  policy(1, ['platform', 'default-deny'], { podSelector: {}, policyTypes: ['Ingress'] }),
  policy(2, ['platform', 'vault-from-payments'], {
    podSelector: { matchLabels: { app: 'vault' } },
    policyTypes: ['Ingress'],
    ingress: [
      { from: [ofNamespace('payments')], ports: [{ port: 'https', protocol: 'TCP' }] },
      { from: [{ podSelector: {} }] },
    ],
  }),
  policy(3, ['platform', 'front-doors'], {
    podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['argocd-server', 'registry'] }] },
    policyTypes: ['Ingress'],
    ingress: [{}],
  }),
  policy(4, ['batch', 'workers-out'], {
    podSelector: { matchLabels: { app: 'worker' } },
    policyTypes: ['Egress'],
    egress: [
      { to: [{ namespaceSelector: {} }] },
      { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }] },
    ],
  }),
]
