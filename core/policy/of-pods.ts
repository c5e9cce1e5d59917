// What NetworkPolicies make of some pods for what comes in to them. Rule F1.

import type { ClusterView, Coverage } from '../model/cluster-view'
import type { ObjectKey } from '../model/keys'
import type { PodRecord } from '../model/records'
import { bindingOf } from './decide'

export type PodsPolicies = {
  /** Of the NetworkPolicies of the pods' namespaces; what is known least. */
  readonly coverage: Coverage
  readonly pods: number
  /** Of these: those that a policy binds for what comes in, and those among them that nothing may come in to. */
  readonly closed: number
  readonly shut: number
  /** Policies that bind any of them for what comes in, in key order. */
  readonly policies: readonly ObjectKey[]
}

/** Policies whose selector cannot be read count as binding. `namespace` is asked also where there are no pods. */
export function policiesOfPods(view: ClusterView, pods: readonly PodRecord[], namespace: string): PodsPolicies {
  const namespaces = new Set([namespace, ...pods.map((pod) => pod.namespace)])
  const gap = [...namespaces]
    .map((one) => view.coverage('NetworkPolicy', one))
    .find((coverage) => coverage !== 'synced')
  if (gap !== undefined) return { coverage: gap, pods: pods.length, closed: 0, shut: 0, policies: [] }
  const all = new Map([...namespaces].map((one) => [one, view.networkPoliciesOfNamespace(one)]))
  const policies = new Set<ObjectKey>()
  let closed = 0
  let shut = 0
  for (const pod of pods) {
    const { sure, unsure } = bindingOf(all.get(pod.namespace) ?? [], pod, 'ingress')
    const binding = [...sure, ...unsure.map(({ policy }) => policy)]
    if (binding.length === 0) continue
    closed += 1
    if (unsure.length === 0 && sure.every(({ ingress }) => ingress.length === 0)) shut += 1
    for (const policy of binding) policies.add(policy.key)
  }
  return { coverage: 'synced', pods: pods.length, closed, shut, policies: [...policies].sort() }
}
