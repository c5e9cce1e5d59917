// Everything about one address: who has it, on which plane it lies, in which range, and whether it may be said to be free. Rule I9.

import type { ClusterView } from '../model/cluster-view'
import { type Ip, parseIp } from '../model/ip'
import { nodeKey } from '../model/keys'
import type { Reason } from '../model/reason'
import { hasServiceRanges, type KnownRange, podRangesOf, podRangesWritten, serviceRanges } from './known-ranges'
import { ownersAt } from './owners'
import { usableRange } from './range-size'
import { holds, numberOf } from './span'
import { specialKind } from './special'
import type { AddressAnswer, Ask, Knowledge, Owner, Plane } from './types'
import { unowned, whyShut } from './unowned'
import { podUsage, rangeFact, serviceUsage } from './usage'

/** `ask.ip` is canonical, as readAsk gives it. Reads the owners of the address and the written ranges, not every object. */
export function lookupAddress(
  view: ClusterView,
  ask: Extract<Ask, { kind: 'address' }>,
  knowledge: Knowledge,
): AddressAnswer {
  const ip = parseIp(ask.ip) ?? { family: ask.family, bytes: [], text: ask.ip }
  const owners = ownersAt(view, ip.text)
  const holders = rangesHolding(view, ip, owners)
  const departed = knowledge.departed
    .filter((one) => parseIp(one.address)?.text === ip.text)
    .map(({ service, at }) => ({ service, at }))
    .toSorted((a, b) => b.at - a.at)
  const plane = planeOf(ip, owners, holders)
  return {
    ...ask,
    plane,
    owners,
    ranges: holders.map((range) =>
      rangeFact(range, (range.node ? podUsage : serviceUsage)(view, range, knowledge.partial)),
    ),
    findings: once([
      ...special(ip),
      ...ownerFindings(owners, plane),
      ...rangeFindings(view, { ip, owners, holders }),
      ...(owners.some(({ state }) => state !== 'released') || specialKind(ip)
        ? []
        : unowned(view, { holders, knowledge, ip })),
    ]),
    departed,
  }
}

/** Two objects that name one range say the same of it. */
const once = (findings: readonly Reason[]): readonly Reason[] => [
  ...new Map(findings.map((one) => [JSON.stringify(one), one])).values(),
]

function rangesHolding(view: ClusterView, ip: Ip, owners: readonly Owner[]): readonly KnownRange[] {
  const found = serviceRanges(view).filter(({ span }) => holds(span, ip))
  for (const node of view.nodes()) found.push(...podRangesWritten(node).filter(({ span }) => holds(span, ip)))
  if (found.some(({ node }) => node)) return found
  // Where nodes have no ranges of their own, the one of the pod's node is inferred; that of all nodes would take every pod.
  const names = owners.flatMap(({ kind, role, node }) => (kind === 'Pod' && role === 'podIP' ? (node ?? []) : []))
  for (const name of new Set(names)) {
    const node = view.node(nodeKey(name))
    if (node) found.push(...podRangesOf(view, node).filter(({ span }) => holds(span, ip)))
  }
  return found
}

function planeOf(ip: Ip, owners: readonly Owner[], ranges: readonly KnownRange[]): Plane {
  const roles = new Set(owners.filter(({ state }) => state !== 'released').map(({ role }) => role))
  if (roles.has('clusterIP')) return 'cluster-ip'
  if (owners.some(({ kind }) => kind === 'Node') || roles.has('hostNetwork')) return 'node'
  if (roles.has('podIP')) return 'pod'
  if (roles.size > 0) return 'outside'
  if (specialKind(ip)) return 'special'
  if (ranges.some(({ node, source }) => node || source === 'inferred-pod')) return 'pod'
  return ranges.length > 0 ? 'cluster-ip' : 'unknown'
}

const special = (ip: Ip): readonly Reason[] => {
  const kind = specialKind(ip)
  return kind === undefined ? [] : [{ code: `special-${kind}`, values: { ip: ip.text } }]
}

function ownerFindings(owners: readonly Owner[], plane: Plane): readonly Reason[] {
  const now = owners.filter(({ state }) => state !== 'released')
  const virtual: Reason[] = plane === 'cluster-ip' && now.length > 0 ? [{ code: 'virtual', values: {} }] : []
  const released = owners.length - now.length
  const ended: Reason[] = released > 0 ? [{ code: 'released', values: { count: released } }] : []
  const shared: Reason[] =
    now.some(({ kind }) => kind === 'Node') && now.some(({ role }) => role === 'hostNetwork')
      ? [{ code: 'host-network', values: { count: now.filter(({ role }) => role === 'hostNetwork').length } }]
      : []
  const sharing = now.filter(({ role }) => role === 'externalIP' || role === 'loadBalancerIP')
  const several: Reason[] =
    new Set(sharing.map(nameOf)).size > 1 ? [{ code: 'shared-way-in', values: { count: sharing.length } }] : []
  const rivals = rivalsOf(now)
  const duplicate: Reason[] =
    rivals.length > 1 ? [{ code: 'duplicate', values: { count: rivals.length, owners: rivals.join(', ') } }] : []
  return [...virtual, ...duplicate, ...shared, ...several, ...ended]
}

const nameOf = ({ kind, namespace, name }: Owner) => `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`

// Those of whom only one may have it. Pods of the host's network have their node's; a way in may be shared by its ports; a slice and
// the legacy object repeat what somebody wrote, which is then beside the point.
function rivalsOf(owners: readonly Owner[]): readonly string[] {
  const alone: readonly Owner['role'][] = ['clusterIP', 'podIP', 'InternalIP', 'ExternalIP', 'nodeAddress']
  return [...new Set(owners.filter(({ role }) => alone.includes(role)).map(nameOf))]
}

// Of Service ranges that overlap the allocator takes the first that holds the address, in no order (getAllocator in
// pkg/registry/core/service/ipallocator/cidrallocator.go@v1.36.3): what is the edge of one may come out of the other.
function givesOut({ source, shut, span }: KnownRange, number: bigint): boolean {
  const usable = source === 'service-cidr' && !shut ? usableRange(span) : undefined
  return usable !== undefined && usable.first <= number && number <= usable.last
}

type Found = { readonly ip: Ip; readonly owners: readonly Owner[]; readonly holders: readonly KnownRange[] }

function rangeFindings(view: ClusterView, { ip, owners, holders }: Found): readonly Reason[] {
  const has = (role: Owner['role']) => owners.some((owner) => owner.role === role && owner.state !== 'released')
  const findings: Reason[] = []
  const inService = holders.some(({ source }) => source === 'service-cidr')
  if (has('clusterIP') && hasServiceRanges(view) && !inService)
    findings.push({ code: 'outside-service-ranges', values: {} })
  if (has('podIP') && inService) findings.push({ code: 'pod-in-service-range', values: {} })
  for (const { kind, name, namespace, node: place, role } of owners) {
    const node = kind === 'Pod' && role === 'podIP' && place !== null ? view.node(nodeKey(place)) : undefined
    const own = node ? podRangesWritten(node).filter(({ family }) => family === ip.family) : []
    if (own.length > 0 && !own.some(({ span }) => holds(span, ip))) {
      findings.push({ code: 'pod-outside-node-range', values: { pod: `${namespace}/${name}`, node: place ?? '' } })
    }
  }
  for (const range of holders) {
    findings.push(...whyShut(range))
    const usable = range.source === 'service-cidr' && !range.shut ? usableRange(range.span) : undefined
    const number = numberOf(ip)
    if (!usable || number === undefined) continue
    const { first, last, asked } = usable
    const values = { cidr: range.cidr }
    const other = number < first || number > last ? holders.find((one) => givesOut(one, number)) : undefined
    if (other)
      findings.push({
        code: 'edge-address',
        values: { ...values, edge: number < first ? 'first' : 'last', other: other.cidr },
      })
    else if (number < first) findings.push({ code: 'network-address', values })
    else if (number > last) findings.push({ code: 'broadcast-address', values })
    else if (asked > 0n) findings.push({ code: number < first + asked ? 'band-asked' : 'band-drawn', values })
  }
  return findings
}
