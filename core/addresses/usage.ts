// How much of a range is given out. Rules I6 to I8.

import type { ClusterView } from '../model/cluster-view'
import type { PodRecord } from '../model/records'
import { hasOwnAddress, isWhole, type KnownRange } from './known-ranges'
import { clusterIps, podIps } from './numbers'
import { bandsOf, usableRange } from './range-size'
import { spans } from './span'
import type { RangeFact, Usage } from './types'

/** The range with its use; without use where it was only inferred, since its size is not known then. */
export function rangeFact(range: KnownRange, usage: Usage | null): RangeFact {
  const { cidr, family, source, object } = range
  return { cidr, family, source, object, usage }
}

/** Nothing is free in a range that is shut. Null for one that the allocator would not take, or of which only the addresses in use are known. */
export function serviceUsage(view: ClusterView, range: KnownRange, partial: boolean): Usage | null {
  const usable = range.source === 'service-cidr' ? usableRange(range.span) : undefined
  if (!usable) return null
  const bands = bandsOf(range.family, usable)
  let used = 0
  let asked = 0
  for (const service of view.services()) {
    for (const ip of clusterIps(service)) {
      if (!spans(range.span, ip)) continue
      used++
      if (bands && ip.number < bands.border) asked++
    }
  }
  const whole = !partial && isWhole(view, 'Service')
  return {
    size: String(usable.size),
    used,
    free:
      range.shut && range.shut !== 'range-stays' ? '0' : whole ? String(atLeastNone(usable.size - BigInt(used))) : null,
    bands: bands ? { asked: { ...bands.asked, used: asked }, drawn: { ...bands.drawn, used: used - asked } } : null,
    outside: 0,
  }
}

/** Addresses of the node's own pods in this range of it. What the network plugin keeps for itself is not known: `free` is at most. */
export function podUsage(view: ClusterView, range: KnownRange, partial: boolean): Usage | null {
  const { node, span } = range
  if (!node || range.source !== 'pod-cidr') return null
  const pods = view.podsOfNode(node.key).filter(hasOwnAddress)
  const size = span.last - span.first + 1n
  const used = countIn(pods, range)
  const whole = !partial && isWhole(view, 'Pod')
  const inFamily = pods.filter((pod) => podIps(pod).some(({ family }) => family === span.family)).length
  return {
    size: String(size),
    used,
    free: whole ? String(atLeastNone(size - BigInt(used))) : null,
    bands: null,
    outside: inFamily - used,
  }
}

const countIn = (pods: readonly PodRecord[], { span }: KnownRange) =>
  pods.filter((pod) => podIps(pod).some((ip) => spans(span, ip))).length

const atLeastNone = (count: bigint) => (count < 0n ? 0n : count)
