import type { ClusterView } from '../model/cluster-view'
import { nodeKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { ContainerRecord, PodRecord } from '../model/records'
import { serviceOfSlice } from '../model/references'
import { fallbackOf } from './fallback'
import { probeNotes, probeTimes } from './probe-times'
import { standingOf } from './standing'
import type { ContainerReadiness, GateReadiness, PodReadiness } from './types'
import { deletedSinceOf, readySinceOf, whyNotReady } from './why-not-ready'

/** Everything that is known of a pod's readiness, and what the slices of Services make of it. Rules H1 to H9. */
export function podReadiness(view: ClusterView, pod: PodRecord): PodReadiness {
  return {
    ready: pod.ready,
    since: readySinceOf(pod) ?? null,
    causes: [...whyNotReady(pod), ...nodeCauses(view, pod)],
    containers: pod.containers.map(containerReadiness),
    gates: pod.readinessGates.map((type) => gateReadiness(pod, type)),
    terminating: pod.deletedAt === undefined ? null : { since: deletedSinceOf(pod) ?? null, deadline: pod.deletedAt },
    services: view.endpointsOfPod(pod.key).flatMap(({ slice, endpoint }) => {
      const key = serviceOfSlice(slice)
      const service = key && view.service(key)
      const standing = service && standingOf(view, { service, slice, index: slice.endpoints.indexOf(endpoint) })
      if (!service || !standing) return []
      const { publishNotReadyAddresses } = service
      const isFallback = standing.state === 'serving-terminating'
      return [
        {
          ...standing,
          service: service.key,
          publishNotReadyAddresses,
          fallback: isFallback ? fallbackOf(view, service) : null,
        },
      ]
    }),
  }
}

// What the pod's object alone does not tell: its node is gone, or is not ready itself.
function nodeCauses(view: ClusterView, { ready, nodeName, phase }: PodRecord): readonly Reason[] {
  if (ready || nodeName === undefined || phase === 'Succeeded' || phase === 'Failed') return []
  if (view.coverage('Node') !== 'synced') return []
  const node = view.node(nodeKey(nodeName))
  if (node === undefined) return [{ code: 'unready-node-gone', values: { node: nodeName } }]
  return node.ready === false ? [{ code: 'unready-node-not-ready', values: { node: nodeName } }] : []
}

const containerReadiness = (container: ContainerRecord): ContainerReadiness => ({
  name: container.name,
  role: container.role,
  ready: container.ready ?? null,
  restartCount: container.restartCount ?? null,
  state: container.state ?? null,
  lastEnd: container.lastEnd ?? null,
  readinessProbe: container.readinessProbe ? probeTimes(container.readinessProbe) : null,
  startupProbe: container.startupProbe ? probeTimes(container.startupProbe) : null,
  notes: probeNotes(container),
})

function gateReadiness(pod: PodRecord, type: string): GateReadiness {
  const condition = pod.conditions.find((one) => one.type === type)
  if (condition === undefined) return { type, status: 'missing', reason: null, since: null }
  return { type, status: condition.status, reason: condition.reason ?? null, since: condition.since ?? null }
}
