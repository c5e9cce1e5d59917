// Where a connection starts: the node whose rules it meets first, and the address it has there. Rule E1.

import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import { type NodeKey, nodeKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { IpFamily, NodeRecord, PodRecord } from '../model/records'
import { lacksFamily } from '../model/shown-family'
import type { Flow } from './flow'

export type Start = {
  /** A pod with the node's network is the node. */
  readonly kind: 'pod' | 'node' | 'outside'
  readonly node: NodeKey | undefined
  readonly zone: string | undefined
  /** Set for every pod, also one with the node's network. */
  readonly pod: PodRecord | undefined
  /** Undefined where it is not known. */
  readonly address: string | undefined
}

/** The start, or why there is none: the object is not there, or the pod stands on no node. */
export function startOf(view: ClusterView, { source, family }: Flow): Start | Reason {
  if (source.kind === 'outside') {
    const node = source.at === undefined ? undefined : view.node(source.at)
    if (source.at !== undefined && !node) return notFound('explain-no-node', source.at)
    const address = source.address === undefined ? undefined : parseIp(source.address)?.text
    return { kind: 'outside', node: source.at, zone: undefined, pod: undefined, address }
  }
  if (source.kind === 'node') {
    const node = view.node(source.node)
    if (!node) return notFound('explain-no-node', source.node)
    return { kind: 'node', node: node.key, zone: node.zone, pod: undefined, address: nodeAddress(node, family) }
  }
  const pod = view.pod(source.pod)
  if (!pod) return notFound('explain-no-pod', source.pod)
  if (pod.nodeName === undefined) return { code: 'explain-pod-without-node', values: { pod: pod.key } }
  const node = view.node(nodeKey(pod.nodeName))
  return {
    kind: pod.hostNetwork ? 'node' : 'pod',
    node: nodeKey(pod.nodeName),
    zone: node?.zone,
    pod,
    address: pod.podIPs.map((text) => parseIp(text)).find((ip) => ip?.family === family)?.text,
  }
}

/** Why a pod opens no connection of this family: it has addresses, and none of it. One with the node's network has the node's. */
export function whyNotSent({ kind, pod }: Start, family: IpFamily): Reason | undefined {
  if (kind !== 'pod' || !pod || !lacksFamily(family, pod.podIPs)) return undefined
  return { code: 'explain-pod-without-family', values: { pod: pod.key, family } }
}

/** The node's first address of the family, its InternalIPs before others; undefined without one. */
export function nodeAddress(node: NodeRecord, family: IpFamily): string | undefined {
  const ips = node.addresses.flatMap(({ type, address }) => {
    const ip = parseIp(address)
    return ip?.family === family ? [{ type, text: ip.text }] : []
  })
  return (ips.find(({ type }) => type === 'InternalIP') ?? ips[0])?.text
}

const notFound = (code: string, name: string): Reason => ({ code, values: { name } })
