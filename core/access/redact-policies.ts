// A policy of a namespace that is seen may name others that are not.

import type { LabelSelector, NetworkPolicyRecord, PolicyRule } from '../model/records'
import type { NamespaceValue } from './namespace-values'

/** The policy with the audience's words in what it asks of namespaces. */
export function redactPolicy(record: NetworkPolicyRecord, word: NamespaceValue): NetworkPolicyRecord {
  const selector = ({ labels, expressions }: LabelSelector): LabelSelector => ({
    labels: new Map([...labels].map(([key, value]) => [key, word(key, value)])),
    expressions: expressions.map((one) => ({ ...one, values: one.values.map((value) => word(one.key, value)) })),
  })
  const rule = ({ peers, ports }: PolicyRule): PolicyRule => ({
    peers: peers.map((peer) => ({
      ...peer,
      namespaceSelector: peer.namespaceSelector && selector(peer.namespaceSelector),
    })),
    ports,
  })
  return { ...record, ingress: record.ingress.map(rule), egress: record.egress.map(rule) }
}
