// What policies make of one pod, as they are written: whether they bind it, and whom its rules let in and out. Rules F1, F4, F9.

import type { ClusterView, Coverage } from '../model/cluster-view'
import type { ObjectKey, PodKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { NetworkPolicyRecord, PodRecord, PolicyPeer, PolicyRule } from '../model/records'
import { peerText, portText, ruleText, selectorText } from './brief'
import { bindingOf } from './decide'
import { engineNote } from './engine'
import { isEmpty } from './selector'
import type { Direction } from './types'

export type RuleInWords = {
  /** Path in the policy. */
  readonly field: string
  readonly value: string
  /** Everybody, or each entry of `from` or `to`. */
  readonly peers: readonly Reason[]
  readonly ports: Reason
}

export type BindingPolicy = {
  readonly policy: ObjectKey
  /** Set where its selector cannot be read, so that it may or may not bind the pod. */
  readonly unsure: Reason | undefined
  readonly podSelector: string
  readonly rules: readonly RuleInWords[]
}

export type PodDirection = {
  readonly direction: Direction
  readonly bound: 'yes' | 'no' | 'unknown'
  readonly policies: readonly BindingPolicy[]
}

export type PodPolicies = {
  readonly pod: PodKey
  /** Of the NetworkPolicies of its namespace; without them nothing can be said. */
  readonly coverage: Coverage
  readonly directions: readonly PodDirection[]
  /** Who makes the policies true, and where they may not hold. */
  readonly notes: readonly Reason[]
}

/** Undefined when there is no such pod. */
export function policiesOfPod(view: ClusterView, key: PodKey): PodPolicies | undefined {
  const pod = view.pod(key)
  if (!pod) return undefined
  const coverage = view.coverage('NetworkPolicy', pod.namespace)
  const policies = coverage === 'synced' ? view.networkPoliciesOfNamespace(pod.namespace) : []
  const host: Reason = { code: 'policy-host-network', values: { pod: pod.key } }
  return {
    pod: pod.key,
    coverage,
    directions:
      coverage === 'synced' ? (['ingress', 'egress'] as const).map((one) => directionOf(policies, pod, one)) : [],
    notes: [...(pod.hostNetwork ? [host] : []), ...(policies.length > 0 ? [engineNote(view)] : [])],
  }
}

function directionOf(policies: readonly NetworkPolicyRecord[], pod: PodRecord, direction: Direction): PodDirection {
  const { sure, unsure } = bindingOf(policies, pod, direction)
  const toldOf = (policy: NetworkPolicyRecord, why: Reason | undefined): BindingPolicy => ({
    policy: policy.key,
    unsure: why && { code: why.code, values: { ...why.values, policy: policy.key, field: 'spec.podSelector' } },
    podSelector: selectorText(policy.podSelector),
    rules: policy[direction].map((rule, index) => inWords(rule, `spec.${direction}[${index}]`)),
  })
  return {
    direction,
    bound: sure.length > 0 ? 'yes' : unsure.length > 0 ? 'unknown' : 'no',
    policies: [...sure.map((one) => toldOf(one, undefined)), ...unsure.map(({ policy, why }) => toldOf(policy, why))],
  }
}

function inWords(rule: PolicyRule, field: string): RuleInWords {
  const ports = rule.ports.map(portText).join(', ')
  return {
    field,
    value: ruleText(rule),
    peers: rule.peers.length === 0 ? [{ code: 'policy-peer-anybody', values: {} }] : rule.peers.map(peerInWords),
    ports: ports === '' ? { code: 'policy-ports-all', values: {} } : { code: 'policy-ports', values: { ports } },
  }
}

function peerInWords(peer: PolicyPeer): Reason {
  const { podSelector, namespaceSelector, ipBlock } = peer
  if (ipBlock) {
    const values = { cidr: ipBlock.cidr, except: ipBlock.except.join(', '), exceptions: ipBlock.except.length }
    return { code: 'policy-peer-range', values }
  }
  const pods = podSelector && !isEmpty(podSelector) ? selectorText(podSelector) : ''
  const all = pods === '' ? 'yes' : 'no'
  if (!namespaceSelector) {
    return podSelector
      ? { code: 'policy-peer-own-pods', values: { pods, all } }
      : { code: 'policy-peer-unreadable-entry', values: { entry: peerText(peer) } }
  }
  if (isEmpty(namespaceSelector)) return { code: 'policy-peer-all-namespaces', values: { pods, all } }
  return { code: 'policy-peer-namespaces', values: { pods, all, namespaces: selectorText(namespaceSelector) } }
}
