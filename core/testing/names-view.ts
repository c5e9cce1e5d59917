import type { NamesView } from '../discovery/known-answer'
import type { Coverage } from '../model/cluster-view'
import { podKey } from '../model/keys'
import type { ConfigMapRecord, EndpointSliceRecord, Kind, PodRecord, ServiceRecord } from '../model/records'
import { discoveryView } from './discovery-view'

type Objects = {
  readonly services?: readonly ServiceRecord[]
  readonly slices?: readonly EndpointSliceRecord[]
  readonly pods?: readonly PodRecord[]
  readonly configMaps?: readonly ConfigMapRecord[]
  readonly coverage?: (kind: Kind, namespace: string | undefined) => Coverage
}

/** What names are decided from, of these objects; everything is in sync unless `coverage` says otherwise. */
export function namesView({ services = [], slices = [], pods = [], configMaps = [], coverage }: Objects) {
  const view = discoveryView(services, slices, pods)
  return {
    ...view,
    coverage: (kind: Kind, namespace?: string) => coverage?.(kind, namespace) ?? ('synced' as const),
    configMaps: () => configMaps,
    pod: (key: string) => pods.find((one) => one.key === key),
    podsOfService: (key: string) => {
      const service = services.find((one) => one.key === key)
      return pods.filter(
        ({ namespace, labels }) =>
          namespace === service?.namespace &&
          service.selector !== undefined &&
          [...service.selector].every(([name, value]) => labels.get(name) === value),
      )
    },
    endpointsOfPod: (key: string) =>
      slices.flatMap((slice) =>
        slice.endpoints
          .filter(({ targetRef }) => targetRef && podKey(targetRef.namespace, targetRef.name) === key)
          .map((endpoint) => ({ slice, endpoint })),
      ),
  } satisfies NamesView & Record<string, unknown>
}
