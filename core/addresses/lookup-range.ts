// What lies in a range that somebody asked about: which known ranges it meets, and who has addresses in it. Rule I10.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { ServiceRecord } from '../model/records'
import { serviceOfSlice } from '../model/references'
import { isWhole, type KnownRange, podRangesOf, serviceRanges } from './known-ranges'
import { bareIps, clusterIps, entryIps, externalIps, loadBalancerIps, nodeIps, type Placed, podIps } from './numbers'
import { entriesWithAddresses, entryOwner, nodeOwner, podOwner } from './owners'
import { overlap, type Span, spanOf, spans, textOf } from './span'
import type { Ask, CoverageKind, Knowledge, Owner, RangeAnswer } from './types'
import { clash, whyShut } from './unowned'
import { podUsage, rangeFact, serviceUsage } from './usage'

/** Owners per page, and known ranges listed; of both it is told how many there are. */
const PAGE = 200
const MOST_RANGES = 100

/** `after`: how many owners came on earlier pages. Reads every object that has addresses, each once. */
export function lookupRange(
  view: ClusterView,
  ask: Extract<Ask, { kind: 'range' }>,
  { knowledge, after }: { readonly knowledge: Knowledge; readonly after: number },
): RangeAnswer | undefined {
  const span = spanOf(ask.cidr)
  if (!span) return undefined
  const known = [...serviceRanges(view), ...[...view.nodes()].flatMap((node) => podRangesOf(view, node))]
  const met = known.filter((one) => overlap(one.span, span))
  const all = ownersWithin(view, span)
  const rows = all.slice(after, after + PAGE)
  const counts = { Service: 0, Ingress: 0, Gateway: 0, Pod: 0, Node: 0, EndpointSlice: 0, Endpoints: 0 }
  for (const { kind } of all) counts[kind]++
  return {
    ...ask,
    first: textOf(span.family, span.first),
    last: textOf(span.family, span.last),
    size: String(span.last - span.first + 1n),
    overlaps: met.slice(0, MOST_RANGES).map((range) => ({
      ...rangeFact(range, (range.node ? podUsage : serviceUsage)(view, range, knowledge.partial)),
      relation: relationOf(span, range),
    })),
    overlapCount: met.length,
    owners: {
      total: all.length,
      counts,
      rows: rows.map(({ number, make }) => {
        const ip = textOf(span.family, number)
        return { ...make(ip), ip }
      }),
      next: after + PAGE < all.length ? after + PAGE : null,
    },
    findings: [...notKnown(view, knowledge), ...met.slice(0, MOST_RANGES).flatMap(whyShut), ...clash(met)],
  }
}

function relationOf(asked: Span, { span }: KnownRange): 'same' | 'contains' | 'within' {
  if (asked.prefix === span.prefix) return 'same'
  return asked.prefix < span.prefix ? 'contains' : 'within'
}

// Only those on the page are described.
type Found = { readonly number: bigint; readonly kind: Owner['kind']; readonly make: (ip: string) => Owner }

function ownersWithin(view: ClusterView, span: Span): readonly Found[] {
  const found: Found[] = []
  const add = (ips: readonly Placed[], kind: Owner['kind'], make: (ip: string) => Owner) => {
    for (const ip of ips) if (spans(span, ip)) found.push({ number: ip.number, kind, make })
  }
  for (const service of view.services()) {
    add(clusterIps(service), 'Service', () => serviceOwner(service, 'clusterIP'))
    add(externalIps(service), 'Service', () => serviceOwner(service, 'externalIP'))
    add(loadBalancerIps(service), 'Service', () => serviceOwner(service, 'loadBalancerIP'))
  }
  for (const entry of entriesWithAddresses(view)) add(entryIps(entry), entry.kind, () => entryOwner(entry))
  for (const node of view.nodes()) add(nodeIps(node), 'Node', (ip) => nodeOwner(node, ip))
  for (const pod of view.pods()) add(podIps(pod), 'Pod', () => podOwner(view, pod))
  for (const slice of view.slices()) {
    add(bareIps(slice), 'EndpointSlice', () => {
      const { namespace, name } = slice
      const service = serviceOfSlice(slice)
      const services = service === undefined ? [] : [service]
      return { kind: 'EndpointSlice', namespace, name, role: 'endpoint', state: 'now', services, node: null }
    })
  }
  return found.sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0))
}

function serviceOwner({ namespace, name }: ServiceRecord, role: Owner['role']): Owner {
  return { kind: 'Service', namespace, name, role, state: 'now', services: [], node: null }
}

const KINDS: readonly CoverageKind[] = ['Service', 'Pod', 'Node', 'EndpointSlice']

function notKnown(view: ClusterView, { partial }: Knowledge): readonly Reason[] {
  if (partial) return [{ code: 'unknown-hidden', values: {} }]
  const missing = KINDS.filter((kind) => !isWhole(view, kind))
  return missing.length === 0 ? [] : [{ code: 'unknown-kinds', values: { kinds: missing.join(', ') } }]
}
