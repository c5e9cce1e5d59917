import type { ClusterView } from '../model/cluster-view'
import type { EndpointSliceRecord, IpFamily, ServiceRecord } from '../model/records'
import { podOfEndpoint } from '../model/references'
import type { Fallback } from './types'

const families: readonly IpFamily[] = ['IPv4', 'IPv6']

/**
 * The terminating endpoints a Service lives on while none of a family is ready (rule H8; kube-proxy's is P19, from 1.26 on).
 * Null: something is ready in every family that has endpoints, or nothing serves any more.
 */
export function fallbackOf(view: ClusterView, service: ServiceRecord): Fallback | null {
  const slices = view.slicesOfService(service.key)
  const found = families.flatMap((family) => fallbackOfFamily(view, ofFamily(slices, family)) ?? [])
  return found.reduce<Fallback | null>((most, one) => (most && most.endpoints >= one.endpoints ? most : one), null)
}

const ofFamily = (slices: readonly EndpointSliceRecord[], family: IpFamily) =>
  slices.filter(({ addressType }) => addressType === family)

function fallbackOfFamily(view: ClusterView, slices: readonly EndpointSliceRecord[]): Fallback | undefined {
  const deadlines: number[] = []
  const serving = new Set<string>()
  for (const slice of slices) {
    for (const endpoint of slice.endpoints) {
      if (endpoint.ready) return undefined
      if (!endpoint.serving || !endpoint.terminating) continue
      serving.add(endpoint.addresses[0] ?? '')
      const key = podOfEndpoint(slice, endpoint)
      const deadline = key && view.pod(key)?.deletedAt
      if (deadline !== undefined) deadlines.push(deadline)
    }
  }
  if (serving.size === 0) return undefined
  return { endpoints: serving.size, endsBy: deadlines.length === 0 ? null : Math.max(...deadlines) }
}
