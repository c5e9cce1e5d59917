// Slices whose label and owner do not agree, and slices of no Service. kube-proxy goes by the label alone (P10). Rule J7.

import type { ClusterView } from '../model/cluster-view'
import type { EndpointSliceRecord, ServiceRecord } from '../model/records'
import { serviceOfSlice } from '../model/references'

export type Stray = {
  readonly slice: string
  readonly label: string | undefined
  readonly owner: string | undefined
  readonly code: /** The label says this Service, the owner is another. */
    | 'owned-by-another'
    /** The owner is this Service, the label says another or none. */
    | 'labelled-for-another'
    /** The owner has this Service's name and another uid: a Service that was deleted. */
    | 'owned-by-former'
}

/** Slices of the namespace that name the Service in one way and not in the other. */
export function straysOf(view: ClusterView, service: ServiceRecord): readonly Stray[] {
  const { name, uid } = service
  return view.slicesOfNamespace(service.namespace).flatMap((slice) => {
    const { serviceName: label, owner } = slice
    if (owner === undefined || (label !== name && owner.name !== name)) return []
    const code =
      owner.name !== name
        ? 'owned-by-another'
        : label !== name
          ? 'labelled-for-another'
          : owner.uid !== uid
            ? 'owned-by-former'
            : undefined
    return code ? [{ slice: slice.name, label, owner: owner.name, code }] : []
  })
}

export type Orphans = {
  /** Undefined while it is not known which Services there are. */
  readonly count: number | undefined
  /** At most 200. */
  readonly shown: readonly Orphan[]
}

type Orphan = {
  readonly namespace: string
  readonly name: string
  readonly label: string | undefined
  readonly managedBy: string | undefined
  readonly endpoints: number
}

/** Slices that belong to no Service: without the label, or for one that is not there. */
export function orphansOf(view: ClusterView): Orphans {
  if (view.coverage('Service') !== 'synced' && !isPartlyKnown(view)) return { count: undefined, shown: [] }
  const orphans: EndpointSliceRecord[] = []
  for (const slice of view.slices()) {
    if (view.coverage('Service', slice.namespace) !== 'synced') continue
    const service = serviceOfSlice(slice)
    if (service === undefined || view.service(service) === undefined) orphans.push(slice)
  }
  return {
    count: orphans.length,
    shown: orphans.slice(0, 200).map(({ namespace, name, serviceName, managedBy, endpoints }) => ({
      ...{ namespace, name, managedBy },
      label: serviceName,
      endpoints: endpoints.length,
    })),
  }
}

// Who reads some namespaces alone knows of all Services there.
function isPartlyKnown(view: ClusterView): boolean {
  for (const { namespace } of view.slices()) if (view.coverage('Service', namespace) === 'synced') return true
  return false
}
