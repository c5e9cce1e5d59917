// What may be said of an address that nobody has: free, in every range that holds it, or why that cannot be said. Rule I9.

import type { ClusterView } from '../model/cluster-view'
import type { Ip } from '../model/ip'
import type { Reason } from '../model/reason'
import { isWhole, type KnownRange } from './known-ranges'
import { usableRange } from './range-size'
import { numberOf, overlap } from './span'
import type { CoverageKind, Knowledge } from './types'

const KINDS: readonly CoverageKind[] = ['Service', 'Pod', 'Node', 'EndpointSlice']
// They have addresses outside every range, where nothing else would show them.
const ENTRIES = ['Ingress', 'Gateway'] as const

type Unowned = { readonly ip: Ip; readonly holders: readonly KnownRange[]; readonly knowledge: Knowledge }

/** Empty where a range that holds it says by itself why nobody is given it. `holders`: the ranges that hold the address. */
export function unowned(view: ClusterView, { holders, knowledge, ip }: Unowned): readonly Reason[] {
  if (knowledge.partial) return [{ code: 'unknown-hidden', values: {} }]
  const missing = [
    ...KINDS.filter((kind) => !isWhole(view, kind)),
    ...(holders.length === 0 ? ENTRIES.filter((kind) => !isWhole(view, kind) && !isUnserved(view, kind)) : []),
  ]
  if (missing.length > 0) return [{ code: 'unknown-kinds', values: { kinds: missing.join(', ') } }]
  if (holders.length === 0) return [{ code: 'no-range', values: {} }]
  return [...holders.flatMap((range) => freeIn(range, ip)), ...clash(holders)]
}

const isUnserved = (view: ClusterView, kind: (typeof ENTRIES)[number]) => view.coverage(kind, '') === 'unserved'

function freeIn(range: KnownRange, ip: Ip): readonly Reason[] {
  const { cidr, object, source } = range
  if (range.shut || isEdge(range, ip)) return []
  if (source === 'inferred-service' || source === 'inferred-pod') return [{ code: 'free-inferred', values: { cidr } }]
  return [{ code: source === 'pod-cidr' ? 'free-pod' : 'free-service', values: { cidr, object } }]
}

// The first and the last address of a Service range are nobody's, and free for nobody.
function isEdge({ source, span }: KnownRange, ip: Ip): boolean {
  const usable = source === 'service-cidr' ? usableRange(span) : undefined
  const number = numberOf(ip)
  return usable !== undefined && number !== undefined && (number < usable.first || number > usable.last)
}

/** Ranges, of those given, that meet though they must not: an address of both planes goes where a rule sends it, one of two nodes to either. */
export const clash = (ranges: readonly KnownRange[]): readonly Reason[] => [...withPods(ranges), ...amongNodes(ranges)]

// In the order of their first addresses, a range meets one before it if and only if it meets the one that reaches furthest.
function amongNodes(ranges: readonly KnownRange[]): readonly Reason[] {
  const pods = ranges
    .filter(({ source }) => source === 'pod-cidr')
    .toSorted((a, b) => a.family.localeCompare(b.family) || (a.span.first < b.span.first ? -1 : 1))
  const pairs: (readonly [KnownRange, KnownRange])[] = []
  let furthest: KnownRange | undefined
  for (const one of pods) {
    if (furthest && overlap(furthest.span, one.span) && furthest.object !== one.object) pairs.push([furthest, one])
    if (!furthest || !overlap(furthest.span, one.span) || one.span.last > furthest.span.last) furthest = one
  }
  const [first] = pairs
  if (!first) return []
  const [{ cidr, object }, other] = first
  const values = { count: pairs.length, cidr, node: object, other: other.cidr, otherNode: other.object }
  return [{ code: 'pod-ranges-overlap', values }]
}

function withPods(ranges: readonly KnownRange[]): readonly Reason[] {
  const pods = ranges.filter(({ source }) => source === 'pod-cidr')
  return ranges.flatMap(({ source, span, cidr }) => {
    const other = source === 'service-cidr' ? pods.find((one) => overlap(one.span, span)) : undefined
    return other ? [{ code: 'ranges-overlap', values: { cidr, other: other.cidr, node: other.object } }] : []
  })
}

/** Why the API server gives out no address of the range. */
export function whyShut({ shut, cidr, object }: KnownRange): readonly Reason[] {
  if (shut === undefined) return []
  return [shut === 'range-refused' ? { code: shut, values: { cidr } } : { code: shut, values: { cidr, object } }]
}
