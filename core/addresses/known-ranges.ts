// The ranges a cluster gives addresses from, as far as they are written down, and what follows from the addresses where they are not.
// Rules I3, I4.

import type { ClusterView } from '../model/cluster-view'
import { commonBlock, parseCidr } from '../model/ip'
import type { IpFamily, Kind, NodeRecord, PodRecord, ServiceCIDRRecord } from '../model/records'
import { clusterIps, type Placed, podIps, podSpans } from './numbers'
import { usableRange } from './range-size'
import { type Span, spanOf } from './span'
import type { RangeSource } from './types'

export type KnownRange = {
  readonly cidr: string
  readonly family: IpFamily
  readonly source: RangeSource
  /** Name of the ServiceCIDR or of the node; '' where none is known. */
  readonly object: string
  readonly span: Span
  readonly node: NodeRecord | undefined
  /** Why the API server gives out none of its addresses now; undefined where it does, or none of its own would say. */
  readonly shut: 'range-refused' | 'range-deleting' | 'range-not-ready' | 'range-stays' | undefined
}

/** Whether all objects of the kind are known, in every namespace. */
export const isWhole = (view: ClusterView, kind: Kind): boolean => view.coverage(kind, '') === 'synced'

/** Whether ServiceCIDR objects say which ranges cluster IPs come from. Older API servers do not serve them. */
export const hasServiceRanges = (view: ClusterView): boolean =>
  view.coverage('ServiceCIDR', '') === 'synced' && [...view.serviceCIDRs()].some((one) => one.cidrs.length > 0)

/** Ranges of cluster IPs: those of the objects, or one per family around all cluster IPs, which may be smaller than the real one. */
export function serviceRanges(view: ClusterView): readonly KnownRange[] {
  if (hasServiceRanges(view)) return withTwins([...view.serviceCIDRs()].flatMap(written))
  return inferred([...view.services()].flatMap(clusterIps), 'inferred-service')
}

const written = (record: ServiceCIDRRecord) =>
  record.cidrs.flatMap((cidr) =>
    range({ cidr, source: 'service-cidr', object: record.name, node: undefined }).map((one) => {
      return { ...one, shut: shutOf(record, one.span) }
    }),
  )

// A range that two objects name has one allocator, which gives out addresses while one of them lets it (syncAllocators, as below).
function withTwins(ranges: readonly KnownRange[]): readonly KnownRange[] {
  const open = new Set(ranges.flatMap(({ cidr, shut }) => (shut === undefined ? cidr : [])))
  return ranges.map((range) => (range.shut && open.has(range.cidr) ? { ...range, shut: 'range-stays' } : range))
}

// As syncAllocators in pkg/registry/core/service/ipallocator/cidrallocator.go@v1.36.3 decides it.
function shutOf({ ready, deletedAt }: ServiceCIDRRecord, span: Span): KnownRange['shut'] {
  if (!usableRange(span)) return 'range-refused'
  if (deletedAt !== undefined) return 'range-deleting'
  return ready ? undefined : 'range-not-ready'
}

/** A node's pod ranges: those of its spec, or one per family around the addresses of its pods. */
export function podRangesOf(view: ClusterView, node: NodeRecord): readonly KnownRange[] {
  const own = podRangesWritten(node)
  if (own.length > 0) return own
  const ips = view.podsOfNode(node.key).filter(hasOwnAddress).flatMap(podIps)
  return inferred(ips, 'inferred-pod').map((one) => ({ ...one, object: node.name, node }))
}

export const podRangesWritten = (node: NodeRecord): readonly KnownRange[] =>
  podSpans(node).map(({ cidr, span }) => {
    return { cidr, span, family: span.family, node, source: 'pod-cidr', object: node.name, shut: undefined }
  })

/** Whether the pod has an address of its own now: not its node's, and not one that it left behind when it ended. */
export const hasOwnAddress = ({ hostNetwork, phase }: PodRecord): boolean =>
  !hostNetwork && phase !== 'Succeeded' && phase !== 'Failed'

function range(of: Omit<KnownRange, 'span' | 'family' | 'shut'>): readonly KnownRange[] {
  const span = spanOf(of.cidr)
  return span ? [{ ...of, cidr: parseCidr(of.cidr)?.text ?? of.cidr, family: span.family, span, shut: undefined }] : []
}

/** One range per family around the addresses; of a single address, nothing follows. */
function inferred(ips: readonly Placed[], source: RangeSource): readonly KnownRange[] {
  return (['IPv4', 'IPv6'] as const).flatMap((family) => {
    const texts = [...new Set(ips.flatMap((ip) => (ip.family === family ? ip.text : [])))]
    const cidr = texts.length < 2 ? undefined : commonBlock(texts)
    return cidr === undefined ? [] : range({ cidr, source, object: '', node: undefined })
  })
}
