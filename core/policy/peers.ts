// Who a rule lets in or out. Follows k8s.io/api networking/v1/types.go@v0.36.3; rule F4.

import type { NetworkPolicyRecord, PolicyPeer } from '../model/records'
import { all } from './answers'
import { blockHolds } from './ip-block'
import { isEmpty, selects } from './selector'
import type { Answer, Peer } from './types'

/** Whether one entry of `from` or `to` means this end of the connection. */
export function peerHolds(policy: NetworkPolicyRecord, written: PolicyPeer, peer: Peer): Answer {
  const { podSelector, namespaceSelector, ipBlock } = written
  const selecting = podSelector !== undefined || namespaceSelector !== undefined
  if (selecting === (ipBlock !== undefined)) return { code: 'policy-peer-unreadable', values: {} }
  if (peer.kind === 'unclear') return peer.why
  if (ipBlock) return inBlock(ipBlock, peer)
  if (peer.kind === 'address') return false
  if (peer.pod.hostNetwork) return { code: 'policy-host-network', values: { pod: peer.pod.key } }
  const inNamespace = namespaceSelector
    ? selectsNamespace(namespaceSelector, peer)
    : peer.pod.namespace === policy.namespace
  return all([inNamespace, podSelector === undefined || selects(podSelector, peer.pod.labels)])
}

type PodPeer = Extract<Peer, { kind: 'pod' }>

function selectsNamespace(selector: NonNullable<PolicyPeer['namespaceSelector']>, { pod, namespace }: PodPeer): Answer {
  if (isEmpty(selector)) return true
  if (!namespace) return { code: 'policy-namespace-not-known', values: { namespace: pod.namespace } }
  return selects(selector, namespace.labels)
}

function inBlock(block: NonNullable<PolicyPeer['ipBlock']>, peer: Exclude<Peer, { kind: 'unclear' }>): Answer {
  const holds = blockHolds(block, peer)
  if (typeof holds === 'object') return holds
  if (peer.kind === 'pod' && peer.pod.hostNetwork) return { code: 'policy-host-network', values: { pod: peer.pod.key } }
  if (peer.called !== undefined && blockHolds(block, { ...peer, address: peer.called }) !== holds) {
    const values = { cidr: block.cidr, called: peer.called, address: peer.address ?? '' }
    return { code: 'policy-block-and-service', values }
  }
  return (holds && peer.kind === 'pod' && peer.ranges) || holds
}
