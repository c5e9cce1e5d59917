// Who makes policies true. The API server only keeps them; what enforces them on the nodes shows as a DaemonSet of kube-system,
// or does not show at all. Ours; rule F9.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'

type Engine = { readonly name: string; readonly enforces: boolean; readonly byIdentity: boolean }

const enforcing = (name: string, byIdentity = false): Engine => ({ name, enforces: true, byIdentity })

const ENGINES: ReadonlyMap<string, Engine> = new Map([
  ['calico-node', enforcing('Calico')],
  ['canal', enforcing('Calico (Canal)')],
  ['cilium', enforcing('Cilium', true)],
  ['anetd', enforcing('Cilium (anetd)', true)],
  ['antrea-agent', enforcing('Antrea')],
  ['kube-router', enforcing('kube-router')],
  ['weave-net', enforcing('Weave Net')],
  ['azure-npm', enforcing('Azure Network Policy Manager')],
  ['kindnet', enforcing('kindnet')],
  ['kube-network-policies', enforcing('kube-network-policies')],
  ['ovnkube-node', enforcing('OVN-Kubernetes')],
  ['kube-flannel', { name: 'Flannel', enforces: false, byIdentity: false }],
  ['kube-flannel-ds', { name: 'Flannel', enforces: false, byIdentity: false }],
])

/** `assumed`: nothing that is known to enforce, or not to, was found. */
export type PolicyEngine =
  | { readonly state: 'found'; readonly name: string; readonly byIdentity: boolean }
  | { readonly state: 'none'; readonly name: string }
  | { readonly state: 'assumed' }

/** What enforces policies, as far as DaemonSets of kube-system tell. One that enforces is enough. */
export function policyEngine(view: ClusterView): PolicyEngine {
  const found: Engine[] = []
  for (const { namespace, name } of view.daemonSets()) {
    const engine = namespace === 'kube-system' ? ENGINES.get(name) : undefined
    if (engine) found.push(engine)
  }
  const one = found.find(({ enforces }) => enforces)
  if (one) return { state: 'found', name: one.name, byIdentity: found.some(({ byIdentity }) => byIdentity) }
  const [idle] = found
  return idle ? { state: 'none', name: idle.name } : { state: 'assumed' }
}

/** Why a range may not hold a pod: an engine that tells pods by identity is there, or may be, unseen by this reader. */
export function rangesDoubt(view: ClusterView): Reason | undefined {
  const engine = policyEngine(view)
  if (engine.state === 'found' && engine.byIdentity)
    return { code: 'policy-block-by-identity', values: { engine: engine.name } }
  const coverage = view.coverage('DaemonSet', 'kube-system')
  return coverage === 'synced' ? undefined : { code: 'policy-block-engine-not-seen', values: { coverage } }
}

/** Who enforces policies, in a sentence. */
export function engineNote(view: ClusterView): Reason {
  const engine = policyEngine(view)
  if (engine.state === 'assumed') return { code: 'policy-engine-assumed', values: {} }
  const code = engine.state === 'found' ? 'policy-engine-found' : 'policy-not-enforced'
  return { code, values: { engine: engine.name } }
}
