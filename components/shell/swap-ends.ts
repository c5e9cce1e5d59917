// What `X` does: the source becomes what is called, and what was called the source. A Service starts no connection, so there is
// nothing to swap with one.

import type { PageQuery } from '@/core/graph/page-query'
import type { SourceRef } from '@/core/graph/page-refs'
import type { NodeSummary, PodSummary } from '@/core/graph/types'
import { parseIp } from '@/core/model/ip'
import type { IpFamily } from '@/core/model/records'

type Known = { readonly nodes: readonly NodeSummary[]; readonly pods: readonly PodSummary[] }

/**
 * The change, or undefined where it means nothing: the source is outside or not chosen, what is called is no pod and no node, or
 * the source has no address of that family. The port called stays the same.
 */
export function swapEnds(query: PageQuery, overview: Known | undefined): Partial<PageQuery> | undefined {
  const { from, outside, to, focus } = query
  if (!from || outside || !overview) return undefined
  if (to) {
    const ip = parseIp(to.host)
    const owner = ip && ownerOf(overview, ip.text)
    const host = ip && addressOf(overview, from, ip.family)
    return owner && host ? { from: owner, to: { ...to, host } } : undefined
  }
  if (focus?.kind === 'Node') return { focus: from, from: focus }
  return focus?.kind === 'Pod' ? { focus: from, from: { ...focus, kind: 'Pod' } } : undefined
}

// A pod with the node's network has the node's address, and is called by it as the node.
function ownerOf({ nodes, pods }: Known, ip: string): SourceRef | undefined {
  const node = nodes.find((one) => textsOf(one).includes(ip))
  if (node) return { kind: 'Node', name: node.name }
  const pod = pods.find((one) => textsOf(one).includes(ip))
  return pod && { kind: 'Pod', namespace: pod.namespace, name: pod.name }
}

function addressOf({ nodes, pods }: Known, from: SourceRef, family: IpFamily): string | undefined {
  const object =
    from.kind === 'Node'
      ? nodes.find(({ name }) => name === from.name)
      : pods.find(({ namespace, name }) => namespace === from.namespace && name === from.name)
  return object && textsOf(object).find((text) => parseIp(text)?.family === family)
}

function textsOf(object: NodeSummary | PodSummary): readonly string[] {
  const texts = object.kind === 'NodeSummary' ? object.addresses.map(({ address }) => address) : object.podIPs
  return texts.flatMap((text) => parseIp(text)?.text ?? [])
}
