import type { ClusterView } from '../model/cluster-view'
import type { PodRecord } from '../model/records'
import { bestCondition, conditionOf } from '../proxy/endpoint-counts'
import { graphId } from './ids'
import { orNull, toPairs } from './pairs'
import type { PodCondition, PodDetail, PodSummary } from './types'

export function podSummary(view: ClusterView, pod: PodRecord): PodSummary {
  return {
    id: graphId('PodSummary', pod.key),
    kind: 'PodSummary',
    namespace: pod.namespace,
    name: pod.name,
    nodeName: orNull(pod.nodeName),
    podIPs: pod.podIPs,
    hostNetwork: pod.hostNetwork,
    condition: podCondition(view, pod),
    services: view.servicesOfPod(pod.key),
    workload: pod.workload === undefined ? null : `${pod.workload.kind}/${pod.workload.name}`,
    labels: toPairs(pod.labels),
  }
}

// How the pod stands as an endpoint, by the best of its endpoints in slices of Services.
function podCondition(view: ClusterView, pod: PodRecord): PodCondition {
  const endpoints = view.endpointsOfPod(pod.key).filter(({ slice }) => slice.serviceName !== undefined)
  if (endpoints.length > 0) return bestCondition(new Set(endpoints.map(({ endpoint }) => conditionOf(endpoint))))
  return view.coverage('EndpointSlice', pod.namespace) === 'synced' ? 'outside' : 'unknown'
}

export function podDetail(view: ClusterView, pod: PodRecord): PodDetail {
  return {
    id: graphId('Pod', pod.key),
    kind: 'Pod',
    namespace: pod.namespace,
    name: pod.name,
    uid: pod.uid,
    nodeName: orNull(pod.nodeName),
    podIPs: pod.podIPs,
    hostNetwork: pod.hostNetwork,
    phase: pod.phase,
    ready: pod.ready,
    terminating: pod.deletedAt !== undefined,
    readySince: orNull(pod.readySince),
    workload: pod.workload === undefined ? null : { kind: pod.workload.kind, name: pod.workload.name },
    labels: toPairs(pod.labels),
    containers: pod.containers.map((container) => ({
      name: container.name,
      role: container.role,
      ports: container.ports,
      hasReadinessProbe: container.readinessProbe !== undefined,
      ready: orNull(container.ready),
      restartCount: orNull(container.restartCount),
    })),
    services: view.servicesOfPod(pod.key),
  }
}
