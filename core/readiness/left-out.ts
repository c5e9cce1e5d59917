import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import { nodeKey, type PodKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { PodRecord, ServiceRecord } from '../model/records'
import { podOfEndpoint } from '../model/references'
import { isSliced, slicedFamilies } from '../slices/desired-endpoints'
import type { LeftOut } from './types'

/** Pods that are told by name; a Service of thousands without an address needs no more to be understood. */
const most = 20

/**
 * Pods that the Service selects and no slice of it names, with why (rules H9, S3). Pods that have ended are left out by right, and
 * not told. Empty where pods or slices are not known.
 */
export function leftOutOf(view: ClusterView, service: ServiceRecord): readonly LeftOut[] {
  const { namespace } = service
  const isKnown = view.coverage('Pod', namespace) === 'synced' && view.coverage('EndpointSlice', namespace) === 'synced'
  if (!isKnown || !isSliced(service)) return []
  const listed = new Set<PodKey>()
  for (const slice of view.slicesOfService(service.key)) {
    for (const endpoint of slice.endpoints) {
      const pod = podOfEndpoint(slice, endpoint)
      if (pod !== undefined) listed.add(pod)
    }
  }
  return view
    .podsOfService(service.key)
    .filter(({ key, phase }) => !listed.has(key) && phase !== 'Succeeded' && phase !== 'Failed')
    .slice(0, most)
    .map((pod) => ({ pod: pod.key, reason: whyLeftOut(view, service, pod) }))
}

function whyLeftOut(view: ClusterView, service: ServiceRecord, { name, nodeName, podIPs }: PodRecord): Reason {
  if (podIPs.length === 0) return { code: 'left-out-no-address', values: { pod: name } }
  // A pod keeps its addresses: nothing will ever write it.
  const families = slicedFamilies(service)
  if (!podIPs.some((text) => families.some((family) => parseIp(text)?.family === family))) {
    return { code: 'left-out-other-family', values: { pod: name, family: families.join(', ') } }
  }
  // The controller leaves it out, and tries again until the node is there.
  const asksNode = !service.publishNotReadyAddresses && nodeName !== undefined && view.coverage('Node') === 'synced'
  if (asksNode && !view.node(nodeKey(nodeName))) {
    return { code: 'left-out-node-unknown', values: { pod: name, node: nodeName } }
  }
  return { code: 'left-out-not-written', values: { pod: name } }
}
