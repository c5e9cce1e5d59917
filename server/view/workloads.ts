// The endpoints of a Service by workload, as its page groups them.

import { groupByWorkload } from '@/core/graph/workload-groups'
import type { ClusterView } from '@/core/model/cluster-view'
import type { ServiceRecord } from '@/core/model/records'
import { podOfEndpoint } from '@/core/model/references'

/** Counts by condition and zone; `endpoints` is their number. */
export function workloadsJson(view: ClusterView, service: ServiceRecord) {
  const endpoints = view.slicesOfService(service.key).flatMap((slice) =>
    slice.endpoints.map((endpoint) => {
      const key = podOfEndpoint(slice, endpoint)
      return { ...endpoint, zone: endpoint.zone ?? null, pod: key && view.pod(key) }
    }),
  )
  const workloadOf = ({ pod }: (typeof endpoints)[number]) =>
    pod && (pod.workload ? `${pod.workload.kind}/${pod.workload.name}` : null)
  return groupByWorkload(endpoints, workloadOf).map(({ members, ...group }) => ({
    ...group,
    endpoints: members.length,
  }))
}
