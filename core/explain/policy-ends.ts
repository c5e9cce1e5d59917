// The two ends of a connection as policies see them: who the pod behind an endpoint takes the source for, and whose address an
// endpoint has. Rule F8.

import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import { type NodeKey, splitKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { PodRecord, Protocol } from '../model/records'
import type { PolicySource, PolicyTarget } from '../policy/evaluate'
import type { Start } from './start'
import type { ExplainedEndpoint, Explanation } from './types'

/** The source, by what the rules did to its address on the way. */
export function policySource(answer: Explanation, start: Start): PolicySource {
  const { target, sourceAddress, hops } = answer
  const balanced = hops.some(({ kind }) => kind === 'load-balancer')
  // The rules of another node replace the address there: until then the packet is on its way to that node.
  const elsewhere = target?.way === 'node-port' ? answer.deciders.find(({ node }) => node !== start.node) : undefined
  return {
    pod: start.pod,
    address: start.address,
    seenAs: seenAs(start, sourceAddress.seen),
    called: target && splitAddress(target.address).ip,
    through: start.kind === 'pod' ? throughOf(balanced, elsewhere?.node) : undefined,
  }
}

function throughOf(balanced: boolean, node: NodeKey | undefined): Reason | undefined {
  if (balanced) return { code: 'policy-through-balancer', values: {} }
  return node === undefined ? undefined : { code: 'policy-through-node', values: { node } }
}

function seenAs(start: Start, seen: Explanation['sourceAddress']['seen']): PolicySource['seenAs'] {
  const unclear = (code: string, values: Reason['values'] = {}) => ({ kind: 'unclear', why: { code, values } }) as const
  if (start.kind === 'node') return unclear('policy-node-source', { node: start.node ?? '' })
  if (seen === 'node') return unclear('policy-masqueraded')
  if (seen === 'unknown') return unclear('policy-source-not-known')
  return start.kind === 'pod' ? { kind: 'pod' } : { kind: 'address', address: start.address }
}

/** An endpoint as a policy sees it: its pod, by reference if that pod has the address, else whoever has it. */
export function policyTarget(
  view: ClusterView,
  { key, pod }: Pick<ExplainedEndpoint, 'key' | 'pod'>,
  protocol: Protocol,
): PolicyTarget {
  const { ip, port } = splitAddress(key)
  const named = pod && view.pod(pod)
  if (named && hasAddress(named, ip)) return podTarget(named, { address: ip, port, protocol })
  if (pod && !named)
    return { address: ip, port, protocol, pod: undefined, namespace: splitKey(pod).namespace, unclear: undefined }
  for (const owner of view.ownersOf(ip)) {
    const found = owner.kind === 'Pod' ? view.pod(owner.key) : undefined
    if (found && found.phase !== 'Succeeded' && found.phase !== 'Failed')
      return podTarget(found, { address: ip, port, protocol })
  }
  const unclear =
    view.coverage('Pod') === 'synced' ? undefined : { code: 'policy-pod-not-known', values: { address: ip } }
  return { address: ip, port, protocol, pod: undefined, namespace: undefined, unclear }
}

/** A pod that is called by its own address. */
export const podTarget = (pod: PodRecord, at: Pick<PolicyTarget, 'address' | 'port' | 'protocol'>): PolicyTarget => ({
  ...at,
  pod,
  namespace: pod.namespace,
  unclear: undefined,
})

const hasAddress = ({ podIPs }: PodRecord, ip: string) =>
  podIPs.includes(ip) || podIPs.some((text) => parseIp(text)?.text === ip)

function splitAddress(text: string): { readonly ip: string; readonly port: number } {
  const colon = text.lastIndexOf(':')
  const ip = text.startsWith('[') ? text.slice(1, colon - 1) : text.slice(0, colon)
  return { ip, port: Number(text.slice(colon + 1)) }
}
