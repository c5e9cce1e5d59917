// IPv4, IPv6 or both: what the cluster has, and what its Services ask for and get. Rule I11.

import type { ClusterView } from '../model/cluster-view'
import type { IpFamily, ServiceRecord } from '../model/records'
import { hasUnaskedFamilies } from '../model/unasked-families'
import { hasServiceRanges, serviceRanges } from './known-ranges'
import { clusterIps, nodeIps, podSpans } from './numbers'
import type { FamilyGroup, FamilyState } from './types'

const MOST_EXAMPLES = 5
const FAMILIES: readonly IpFamily[] = ['IPv4', 'IPv6']

/** Families are those of Service ranges, pod ranges and node addresses: none is there by default. */
export function familyState(view: ClusterView): FamilyState {
  const seen = new Set<IpFamily>(serviceRanges(view).map(({ family }) => family))
  for (const node of view.nodes()) {
    for (const { span } of podSpans(node)) seen.add(span.family)
    for (const { family } of nodeIps(node)) seen.add(family)
  }
  const groups = new Map<string, { policy: string | null; families: readonly IpFamily[]; names: string[] }>()
  const half: { service: string; without: IpFamily }[] = []
  const single: string[] = []
  const services = serviceFamilies(view)
  for (const service of view.services()) {
    if (service.type === 'ExternalName') continue
    const { ipFamilyPolicy: policy = null, ipFamilies: families, key } = service
    const id = `${policy} ${families.join()}`
    const group = groups.get(id) ?? { policy, families, names: [] }
    groups.set(id, group)
    group.names.push(key)
    if (families.length === 1 && policy === 'PreferDualStack' && services.length > 1) single.push(key)
    const without = families.length > 1 && !hasUnaskedFamilies(service) ? missingFamily(view, service) : undefined
    if (without) half.push({ service: key, without })
  }
  return {
    families: FAMILIES.filter((family) => seen.has(family)),
    first: firstFamily(view),
    groups: [...groups.values()].map(toGroup).sort((a, b) => b.count - a.count),
    half,
    single,
  }
}

const toGroup = (one: { policy: string | null; families: readonly IpFamily[]; names: string[] }): FamilyGroup => ({
  policy: one.policy,
  families: one.families,
  count: one.names.length,
  examples: one.names.slice(0, MOST_EXAMPLES),
})

const serviceFamilies = (view: ClusterView) => [...new Set(serviceRanges(view).map(({ family }) => family))]

// The API server makes its own Service, default/kubernetes, in the first of its families (pkg/controlplane @v1.36.3).
function firstFamily(view: ClusterView): IpFamily | null {
  for (const service of view.servicesOfNamespace('default')) {
    if (service.name === 'kubernetes') return clusterIps(service)[0]?.family ?? null
  }
  const families = hasServiceRanges(view) ? serviceFamilies(view) : []
  return families.length === 1 ? (families[0] ?? null) : null
}

/** The family without a ready endpoint, where the other has some. */
function missingFamily(view: ClusterView, { key }: ServiceRecord): IpFamily | undefined {
  const ready = new Set(
    view
      .slicesOfService(key)
      .flatMap(({ addressType, endpoints }) => (endpoints.some((one) => one.ready) ? [addressType] : [])),
  )
  if (!FAMILIES.some((family) => ready.has(family))) return undefined
  return FAMILIES.find((family) => !ready.has(family))
}
