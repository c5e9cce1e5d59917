// What NetworkPolicies make of the pods behind a Service, as information: closing a pod is what they are for. Rule F1.

import type { ClusterView, Coverage } from '../model/cluster-view'
import type { ObjectKey, ServiceKey } from '../model/keys'
import { splitKey } from '../model/keys'
import { bindingOf } from './decide'

export type ServicePolicies = {
  /** Of the NetworkPolicies of its namespace. */
  readonly coverage: Coverage
  /** Pods that its selector selects. */
  readonly pods: number
  /** Of these: those that a policy binds for what comes in, and those among them that nothing may come in to. */
  readonly closed: number
  readonly shut: number
  /** Policies that bind any of them for what comes in, in key order. */
  readonly policies: readonly ObjectKey[]
}

/** Undefined when there is no such Service. Policies whose selector cannot be read count as binding. */
export function policiesOfService(view: ClusterView, key: ServiceKey): ServicePolicies | undefined {
  if (!view.service(key)) return undefined
  const { namespace } = splitKey(key)
  const coverage = view.coverage('NetworkPolicy', namespace)
  const all = coverage === 'synced' ? view.networkPoliciesOfNamespace(namespace) : []
  const pods = view.podsOfService(key)
  const policies = new Set<ObjectKey>()
  let closed = 0
  let shut = 0
  for (const pod of pods) {
    const { sure, unsure } = bindingOf(all, pod, 'ingress')
    const binding = [...sure, ...unsure.map(({ policy }) => policy)]
    if (binding.length === 0) continue
    closed += 1
    if (unsure.length === 0 && sure.every(({ ingress }) => ingress.length === 0)) shut += 1
    for (const policy of binding) policies.add(policy.key)
  }
  return { coverage, pods: pods.length, closed, shut, policies: [...policies].sort() }
}
