// Policies of other kinds, which are not read: they may cut what NetworkPolicies let through, and those that come first may let
// through what they cut. Follows sigs.k8s.io/network-policy-api apis/v1alpha1 (AdminNetworkPolicy); rule F10.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { PolicyVerdict } from './types'

/** Kinds of policies that the API serves besides NetworkPolicy; empty also where nothing is known of the cluster. */
export const otherKinds = (view: ClusterView): readonly string[] => view.cluster?.()?.otherPolicies ?? []

// Asked before NetworkPolicies; a baseline only where none of these binds the pod.
const comesFirst = (kind: string) => /^(Admin|Cluster)NetworkPolicy\b/.test(kind)

/** The verdict of NetworkPolicies, as far as it holds beside policies of these kinds. */
export function beside(kinds: readonly string[], verdict: PolicyVerdict): PolicyVerdict {
  const doubted = verdict.state === 'denied' ? kinds.filter(comesFirst) : kinds
  if (doubted.length === 0 || verdict.state === 'unknown') return verdict
  const { decisive } = verdict
  const code = verdict.state === 'denied' ? 'policy-other-kinds-first' : 'policy-other-kinds'
  const reason = { code, values: { ...decisive.reason.values, kinds: doubted.join(', ') } }
  return { ...verdict, state: 'unknown', decisive: { ...decisive, state: 'unknown', reason } }
}

/** That policies of other kinds are served, in a sentence; undefined where none are. */
export function otherKindsNote(view: ClusterView): Reason | undefined {
  const kinds = otherKinds(view)
  return kinds.length === 0 ? undefined : { code: 'policy-other-kinds-served', values: { kinds: kinds.join(', ') } }
}
