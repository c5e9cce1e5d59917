// How objects that an audience sees name each other. What a hidden object names, or is named by, is not there.

import type { GraphView } from '../graph/graph-view'
import type { AddressOwner, PodEndpoint } from '../model/cluster-view'
import type { NodeKey, PodKey, ServiceKey } from '../model/keys'
import type { EndpointSliceRecord, PodRecord } from '../model/records'
import type { Seen } from './seen'
import { ownersOf } from './seen-addresses'

export function referencesOf(view: GraphView, seen: Seen) {
  const ofNode = <T>(key: NodeKey, list: (real: NodeKey) => readonly T[]): readonly T[] => {
    const real = seen.realNode(key)
    return real === undefined ? [] : list(real)
  }
  return {
    slicesOfService: (key: ServiceKey): readonly EndpointSliceRecord[] =>
      seen.seesKey(key) ? view.slicesOfService(key).map(seen.slice) : [],
    podsOfService: (key: ServiceKey): readonly PodRecord[] =>
      seen.seesKey(key) ? view.podsOfService(key).filter(seen.seesPod).map(seen.pod) : [],
    podsOfNode: (key: NodeKey): readonly PodRecord[] =>
      ofNode(key, (real) => view.podsOfNode(real).filter(seen.seesPod).map(seen.pod)),
    servicesOfNode: (key: NodeKey): readonly ServiceKey[] =>
      ofNode(key, (real) => view.servicesOfNode(real).filter(seen.seesKey)),
    servicesOfPod: (key: PodKey): readonly ServiceKey[] =>
      seen.seesPod(view.pod(key)) ? view.servicesOfPod(key).filter(seen.seesKey) : [],
    endpointsOfPod: (key: PodKey): readonly PodEndpoint[] =>
      seen.seesPod(view.pod(key))
        ? view
            .endpointsOfPod(key)
            .filter(({ slice }) => seen.seesKey(slice.key))
            .map((one) => redactedPlace(one, seen.slice(one.slice)))
        : [],
    ownersOf: (ip: string): readonly AddressOwner[] => ownersOf(view, seen, ip),
  }
}

function redactedPlace(place: PodEndpoint, slice: EndpointSliceRecord): PodEndpoint {
  if (slice === place.slice) return place
  const endpoint = slice.endpoints[place.slice.endpoints.indexOf(place.endpoint)]
  return endpoint === undefined ? place : { slice, endpoint }
}
