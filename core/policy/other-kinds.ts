// Policies of other kinds, which are not read: all of them may cut what NetworkPolicies let through, and all but a baseline may let
// through what these cut. Follows sigs.k8s.io/network-policy-api apis/v1alpha1 and v1alpha2 (tiers), docs.cilium.io (Network Policy:
// rules of all kinds add up, deny rules come first), docs.tigera.io (policies by order, tiers) and antrea.io (tiers, then
// NetworkPolicies, then the baseline tier); rule F10, ADR 0015.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { PolicyVerdict } from './types'

/** Kinds of policies that the API serves besides NetworkPolicy; empty also where nothing is known of the cluster. */
export const otherKinds = (view: ClusterView): readonly string[] => view.cluster?.()?.otherPolicies ?? []

// Asked only where no NetworkPolicy binds the pod. Of any other kind it is not known that it opens nothing.
const comesLast = (kind: string) => kind === 'BaselineAdminNetworkPolicy'

/** The verdict of NetworkPolicies, as far as it holds beside policies of these kinds. */
export function beside(kinds: readonly string[], verdict: PolicyVerdict): PolicyVerdict {
  const doubted = verdict.state === 'denied' ? kinds.filter((kind) => !comesLast(kind)) : kinds
  if (doubted.length === 0 || verdict.state === 'unknown') return verdict
  const { decisive } = verdict
  const code = verdict.state === 'denied' ? 'policy-other-kinds-first' : 'policy-other-kinds'
  const reason = { code, values: { ...decisive.reason.values, kinds: doubted.join(', ') } }
  return { ...verdict, state: 'unknown', decisive: { ...decisive, state: 'unknown', reason } }
}

/** That policies of other kinds are served, and how those of each engine stand to NetworkPolicies; empty where none are. */
export function otherKindsNotes(view: ClusterView): readonly Reason[] {
  const kinds = otherKinds(view)
  if (kinds.length === 0) return []
  const standing = STANDING.filter(([pattern]) => kinds.some((kind) => pattern.test(kind)))
  return [
    { code: 'policy-other-kinds-served', values: { kinds: kinds.join(', ') } },
    ...standing.map(([, code]) => ({ code, values: {} })),
  ]
}

const STANDING: readonly (readonly [RegExp, string])[] = [
  [/^Cilium/, 'policy-kind-cilium'],
  [/\(Calico\)$/, 'policy-kind-calico'],
  [/\(Antrea\)$/, 'policy-kind-antrea'],
  [/^(Baseline)?Admin|^ClusterNetworkPolicy$/, 'policy-kind-admin'],
]
