// The rows of the endpoints tab: endpoints as they are, or under the workloads of their pods.

import type { EndpointDetail, PodDetail } from '@/core/graph/types'
import { groupByWorkload, type WorkloadGroup } from '@/core/graph/workload-groups'

export type Entry =
  | { readonly key: string; readonly group: WorkloadGroup<EndpointDetail> }
  | { readonly key: string; readonly endpoint: EndpointDetail }

/** `Kind/name` of the pod's owner; null: it has none; undefined: the endpoint names no pod that is known here. */
export function workloadFinder(pods: readonly PodDetail[]) {
  const byKey = new Map(pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod]))
  return ({ targetRef, slice }: EndpointDetail): string | null | undefined => {
    if (targetRef?.kind !== 'Pod') return undefined
    const namespace = targetRef.namespace || slice.slice(0, slice.indexOf('/'))
    const pod = byKey.get(`${namespace}/${targetRef.name}`)
    return pod && (pod.workload ? `${pod.workload.kind}/${pod.workload.name}` : null)
  }
}

type Grouping = {
  readonly workloadOf: ReturnType<typeof workloadFinder>
  /** Workloads whose endpoints are folded away. */
  readonly closed: ReadonlySet<string>
}

/** `grouping` undefined: one list. */
export function entriesOf(endpoints: readonly EndpointDetail[], grouping: Grouping | undefined): readonly Entry[] {
  const single = (endpoint: EndpointDetail): Entry => ({ key: endpoint.id, endpoint })
  if (!grouping) return endpoints.map(single)
  return groupByWorkload(endpoints, grouping.workloadOf).flatMap((group) => [
    { key: `group ${group.workload}`, group },
    ...(grouping.closed.has(group.workload) ? [] : group.members.map(single)),
  ])
}
